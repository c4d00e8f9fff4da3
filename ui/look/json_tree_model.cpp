// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/json_tree_model.h"

#include "base/json.h"
#include "look/format.h"

#include <QJsonArray>
#include <QJsonObject>

#include <vector>

namespace flow {

struct JsonTreeModel::Node
{
    QString key;
    QJsonValue value;
    Node *parent = nullptr;
    int row = 0;
    qsizetype leftOut = 0; ///< above 0: this row only says how many more there are
    bool made = false;
    std::vector<std::unique_ptr<Node>> children;
};

JsonTreeModel::JsonTreeModel(const Look *look, QObject *parent)
    : QAbstractItemModel(parent)
    , m_look(look)
    , m_root(std::make_unique<Node>())
{
}

JsonTreeModel::~JsonTreeModel() = default;

void JsonTreeModel::setValue(const QJsonValue &value)
{
    beginResetModel();
    m_root = std::make_unique<Node>();
    if (value.isObject() || value.isArray()) {
        m_root->value = value;
    } else if (!value.isUndefined()) {
        m_root->value = QJsonArray{value};
        makeChildren(m_root.get());
        m_root->children.front()->key.clear();
    }
    endResetModel();
}

QJsonValue JsonTreeModel::valueAt(const QModelIndex &index) const
{
    return nodeOf(index)->value;
}

JsonTreeModel::Node *JsonTreeModel::nodeOf(const QModelIndex &index) const
{
    return index.isValid() ? static_cast<Node *>(index.internalPointer()) : m_root.get();
}

void JsonTreeModel::makeChildren(Node *node) const
{
    if (node->made)
        return;
    node->made = true;
    const auto add = [node](const QString &key, const QJsonValue &value) {
        auto child = std::make_unique<Node>();
        child->key = key;
        child->value = value;
        child->parent = node;
        child->row = int(node->children.size());
        node->children.push_back(std::move(child));
    };
    qsizetype total = 0;
    if (node->value.isObject()) {
        const QJsonObject object = node->value.toObject();
        total = object.size();
        for (auto member = object.begin(); member != object.end() && node->children.size() < mostChildren; ++member)
            add(member.key(), member.value());
    } else if (node->value.isArray()) {
        const QJsonArray list = node->value.toArray();
        total = list.size();
        for (qsizetype i = 0; i < std::min<qsizetype>(total, mostChildren); ++i)
            add(QString::number(i), list[i]);
    }
    if (total > mostChildren) {
        add(QStringLiteral("…"), QJsonValue::Undefined);
        node->children.back()->leftOut = total - mostChildren;
    }
}

QModelIndex JsonTreeModel::index(int row, int column, const QModelIndex &parent) const
{
    Node *node = nodeOf(parent);
    makeChildren(node);
    if (row < 0 || row >= int(node->children.size()) || column < 0 || column >= ColumnCount)
        return {};
    return createIndex(row, column, node->children[size_t(row)].get());
}

QModelIndex JsonTreeModel::parent(const QModelIndex &index) const
{
    Node *above = index.isValid() ? nodeOf(index)->parent : nullptr;
    return above && above->parent ? createIndex(above->row, 0, above) : QModelIndex();
}

int JsonTreeModel::rowCount(const QModelIndex &parent) const
{
    if (parent.column() > 0)
        return 0;
    Node *node = nodeOf(parent);
    makeChildren(node);
    return int(node->children.size());
}

int JsonTreeModel::columnCount(const QModelIndex &) const
{
    return ColumnCount;
}

bool JsonTreeModel::hasChildren(const QModelIndex &parent) const
{
    const QJsonValue value = nodeOf(parent)->value;
    return (value.isObject() && !value.toObject().isEmpty()) || (value.isArray() && !value.toArray().isEmpty());
}

QString JsonTreeModel::textOf(const Node &node) const
{
    if (node.leftOut > 0)
        return tr("%1 more, not shown here").arg(formatNumber(node.leftOut));
    if (node.value.isObject()) {
        const qsizetype size = node.value.toObject().size();
        return size == 1 ? tr("{ 1 field }") : tr("{ %1 fields }").arg(formatNumber(size));
    }
    if (node.value.isArray()) {
        const qsizetype size = node.value.toArray().size();
        return size == 1 ? tr("[ 1 entry ]") : tr("[ %1 entries ]").arg(formatNumber(size));
    }
    if (node.value.isString())
        return node.value.toString().left(2000);
    return QString::fromUtf8(json::writeCompact(node.value));
}

Role JsonTreeModel::roleOf(const Node &node) const
{
    switch (node.value.type()) {
    case QJsonValue::String:
        return Role::Text;
    case QJsonValue::Double:
        return Role::Accent;
    case QJsonValue::Bool:
        return Role::Expression;
    default:
        return Role::Muted;
    }
}

QVariant JsonTreeModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Node &node = *nodeOf(index);
    switch (role) {
    case Qt::DisplayRole:
        return index.column() == Key ? node.key : textOf(node);
    case Qt::ToolTipRole:
        return index.column() == Value && node.value.isString() ? textOf(node) : QVariant();
    case Qt::FontRole:
        return m_look->font(Look::Text::Code);
    case Qt::ForegroundRole:
        return m_look->color(index.column() == Key ? Role::Muted : roleOf(node));
    default:
        return {};
    }
}

QVariant JsonTreeModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    return section == Key ? tr("Name") : tr("Value");
}

} // namespace flow
