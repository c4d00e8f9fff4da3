// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/json_table_model.h"

#include "base/json.h"

#include <QJsonObject>
#include <QSet>

namespace flow {
namespace {

constexpr qsizetype looked = 200; ///< rows that decide about the columns
constexpr qsizetype mostColumns = 64;

/// Objects only, and each has at least half of all fields that occur.
bool isTable(const QJsonArray &list)
{
    if (list.isEmpty())
        return false;
    QSet<QString> fields;
    qsizetype fewest = mostColumns;
    for (qsizetype i = 0; i < std::min(list.size(), looked); ++i) {
        if (!list[i].isObject() || list[i].toObject().isEmpty())
            return false;
        const QStringList keys = list[i].toObject().keys();
        fields.unite(QSet<QString>(keys.begin(), keys.end()));
        fewest = std::min(fewest, keys.size());
    }
    return fields.size() <= mostColumns && fewest * 2 >= fields.size();
}

} // namespace

std::optional<JsonTable> tableIn(const QJsonValue &value)
{
    if (value.isArray() && isTable(value.toArray()))
        return JsonTable{{}, value.toArray()};
    std::optional<JsonTable> best;
    const QJsonObject object = value.toObject();
    for (auto member = object.begin(); member != object.end(); ++member) {
        const QJsonArray rows = member.value().toArray();
        if (isTable(rows) && (!best || rows.size() > best->rows.size()))
            best = JsonTable{member.key(), rows};
    }
    return best;
}

JsonTableModel::JsonTableModel(const Look *look, QObject *parent)
    : QAbstractTableModel(parent)
    , m_look(look)
{
}

void JsonTableModel::setRows(const QJsonArray &rows)
{
    beginResetModel();
    m_rows = rows;
    m_columns.clear();
    QSet<QString> known;
    for (qsizetype i = 0; i < std::min(rows.size(), looked); ++i) {
        const QStringList keys = rows[i].toObject().keys();
        for (const QString &key : keys) {
            if (!known.contains(key)) {
                known.insert(key);
                m_columns.append(key);
            }
        }
    }
    endResetModel();
}

int JsonTableModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int JsonTableModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_columns.size());
}

QVariant JsonTableModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const QJsonValue value = m_rows[index.row()].toObject().value(m_columns[index.column()]);
    switch (role) {
    case Qt::DisplayRole:
    case Qt::ToolTipRole:
        if (value.isUndefined())
            return {};
        return value.isString() ? value.toString().left(500) : QString::fromUtf8(json::writeCompact(value)).left(500);
    case Qt::TextAlignmentRole:
        return value.isDouble() ? int(Qt::AlignVCenter) | int(Qt::AlignRight)
                                : headerData(index.column(), Qt::Horizontal, role);
    case Qt::FontRole:
        return m_look->font(Look::Text::Code);
    case Qt::ForegroundRole:
        return value.isNull() ? m_look->color(Role::Muted) : QVariant();
    default:
        return {};
    }
}

QVariant JsonTableModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation == Qt::Horizontal && role == Qt::DisplayRole)
        return m_columns[section];
    if (orientation == Qt::Horizontal && role == Qt::TextAlignmentRole) {
        const bool number = !m_rows.isEmpty() && m_rows[0].toObject().value(m_columns[section]).isDouble();
        return int(Qt::AlignVCenter) | int(number ? Qt::AlignRight : Qt::AlignLeft);
    }
    if (orientation == Qt::Vertical && role == Qt::DisplayRole)
        return section + 1;
    return {};
}

} // namespace flow
