// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/stored_flow.h"

#include <QAbstractListModel>

namespace flow {

/// The flows of the library as a list, the last changed or run first. GUI thread.
class LibraryModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum ItemRole { IdRole = Qt::UserRole + 1, StatusRole, WhenRole };

    using QAbstractListModel::QAbstractListModel;

    void setFlows(const QList<StoredFlow> &flows);
    const QList<StoredFlow> &flows() const { return m_flows; }
    const StoredFlow *flow(const FlowId &id) const; ///< null when there is none
    /// An execution of the flow began, went on or ended.
    void setStatus(const FlowId &id, ExecutionStatus status, std::optional<Timestamp> startedAt);

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    Qt::ItemFlags flags(const QModelIndex &index) const override;

Q_SIGNALS:
    void renameRequested(const flow::FlowId &id, const QString &name);

private:
    void removeMissing(const QList<StoredFlow> &flows);
    void bringTo(int row, const FlowId &id, const StoredFlow &flow);
    QString statusText(const StoredFlow &flow) const;
    QString toolTip(const StoredFlow &flow) const;

    QList<StoredFlow> m_flows;
};

} // namespace flow
