// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/palette_model.h"

#include "editor/task_mime.h"

#include <QMimeData>

#include <algorithm>

namespace flow {
namespace {

/// `whole` where `text` begins with the word, less where a word in it does, still less in the middle of a word.
int scoreIn(const QString &text, const QString &word, int whole)
{
    const qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
    if (at < 0)
        return 0;
    if (at == 0)
        return text.size() == word.size() ? whole + 5 : whole;
    for (qsizetype next = at; next > 0; next = text.indexOf(word, next + 1, Qt::CaseInsensitive)) {
        if (!text[next - 1].isLetterOrNumber())
            return whole - 10;
    }
    return whole - 20;
}

QString titleOf(const TaskType &type)
{
    return type.title.isEmpty() ? type.name : type.title;
}

} // namespace

int paletteScore(const TaskType &type, const QString &search)
{
    int total = 0;
    const QStringList words = search.split(u' ', Qt::SkipEmptyParts);
    for (const QString &word : words) {
        const int best = std::max({scoreIn(titleOf(type), word, 100), scoreIn(type.name, word, 70),
                                   scoreIn(type.group, word, 40), scoreIn(type.description, word, 30)});
        if (best == 0)
            return 0;
        total += best;
    }
    return total;
}

PaletteModel::PaletteModel(const TaskTypes *types, QObject *parent)
    : QAbstractListModel(parent)
    , m_types(types)
    , m_rows(grouped())
{
}

void PaletteModel::setSearch(const QString &text)
{
    beginResetModel();
    m_search = text.trimmed();
    m_rows = m_search.isEmpty() ? grouped() : ranked();
    endResetModel();
}

int PaletteModel::firstTaskRow() const
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [](const Row &row) { return row.heading.isEmpty(); });
    return found == m_rows.end() ? -1 : int(found - m_rows.begin());
}

QList<PaletteModel::Row> PaletteModel::grouped() const
{
    QMap<QString, QStringList> groups;
    for (const TaskType &type : *m_types)
        groups[type.group.isEmpty() ? tr("Other") : type.group].append(type.name);
    QList<Row> rows;
    for (auto group = groups.begin(); group != groups.end(); ++group) {
        std::sort(group->begin(), group->end(), [this](const QString &a, const QString &b) {
            return titleOf(m_types->value(a)).localeAwareCompare(titleOf(m_types->value(b))) < 0;
        });
        rows.append({group.key(), {}});
        for (const QString &name : std::as_const(*group))
            rows.append({{}, name});
    }
    return rows;
}

QList<PaletteModel::Row> PaletteModel::ranked() const
{
    QList<QPair<int, QString>> found;
    for (const TaskType &type : *m_types) {
        if (const int score = paletteScore(type, m_search))
            found.append({-score, type.name});
    }
    std::stable_sort(found.begin(), found.end(), [this](const auto &a, const auto &b) {
        return a.first != b.first ? a.first < b.first
                                  : titleOf(m_types->value(a.second)) < titleOf(m_types->value(b.second));
    });
    QList<Row> rows;
    for (const auto &entry : std::as_const(found))
        rows.append({{}, entry.second});
    return rows;
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Row &row = m_rows[index.row()];
    const bool heading = !row.heading.isEmpty();
    if (role == IsHeadingRole)
        return heading;
    if (heading)
        return role == Qt::DisplayRole || role == GroupRole ? row.heading : QVariant();
    const TaskType type = m_types->value(row.type);
    switch (role) {
    case Qt::DisplayRole:
        return titleOf(type);
    case NameRole:
        return type.name;
    case IconRole:
        return type.icon;
    case GroupRole:
        return type.group;
    case Qt::AccessibleDescriptionRole:
        return type.description;
    case Qt::ToolTipRole: {
        const QString help = type.help.isEmpty() ? type.description : type.description + u'\n' + type.help;
        return QStringLiteral("<b>%1</b> <span>(%2)</span><p style='white-space:pre-wrap'>%3</p>")
            .arg(titleOf(type).toHtmlEscaped(), type.name.toHtmlEscaped(), help.toHtmlEscaped());
    }
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    if (!index.isValid() || !m_rows[index.row()].heading.isEmpty())
        return Qt::NoItemFlags;
    return Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemIsDragEnabled | Qt::ItemNeverHasChildren;
}

QStringList PaletteModel::mimeTypes() const
{
    return {taskTypeMime};
}

QMimeData *PaletteModel::mimeData(const QModelIndexList &indexes) const
{
    if (indexes.isEmpty())
        return nullptr;
    auto *data = new QMimeData;
    data->setData(taskTypeMime, indexes.first().data(NameRole).toString().toUtf8());
    return data;
}

} // namespace flow
