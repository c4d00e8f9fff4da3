// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QAbstractItemModel>
#include <QJsonValue>

#include <memory>

namespace flow {

/// A JSON value as a tree of keys and values; children are made when they are asked for. GUI thread.
class JsonTreeModel : public QAbstractItemModel
{
    Q_OBJECT

public:
    enum Column { Key, Value, ColumnCount };
    /// Members of one list or object that are shown; a last row tells how many more there are.
    static constexpr int mostChildren = 10'000;

    explicit JsonTreeModel(const Look *look, QObject *parent = nullptr);
    ~JsonTreeModel() override;

    void setValue(const QJsonValue &value);
    QJsonValue valueAt(const QModelIndex &index) const;

    QModelIndex index(int row, int column, const QModelIndex &parent = {}) const override;
    QModelIndex parent(const QModelIndex &index) const override;
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    bool hasChildren(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    struct Node;
    Node *nodeOf(const QModelIndex &index) const;
    void makeChildren(Node *node) const;
    QString textOf(const Node &node) const;
    Role roleOf(const Node &node) const;

    const Look *m_look;
    std::unique_ptr<Node> m_root;
};

} // namespace flow
