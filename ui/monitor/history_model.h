// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"
#include "model/execution.h"
#include "model/stored_flow.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QSet>

namespace flow {

/// The executions read so far, newest first; asks for the next page when a view comes to its end. GUI thread.
class HistoryModel : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { State, FlowName, Run, Started, Duration, Tasks, Message, ColumnCount };
    enum DataRole { IconRole = Qt::UserRole, ColorRole, IsRunningRole };
    static constexpr int pageSize = 100;

    using QAbstractTableModel::QAbstractTableModel;

    void setFlowNames(const QHash<FlowId, QString> &names);
    /// Empties the model and asks for the first page; `topLevel`: without what other runs started.
    void start(const FlowId &flowId, std::optional<ExecutionStatus> status, bool topLevel = false);
    /// Answers to questions that are no longer asked are ignored; false then.
    bool takePage(const ExecutionQuery &query, const Page<Execution> &page);
    void update(const Execution &execution);
    void setPinned(ExecutionId id, bool pinned);
    void failed() { m_asking = false; }

    const Execution &execution(int row) const { return m_rows[row]; }
    qint64 total() const { return m_total; }
    bool isAsking() const { return m_asking; }
    bool isFiltered() const { return !m_query.flowId.isEmpty() || m_query.status; }
    bool hasRunning() const;
    /// Times are said anew: "5 min ago", and how long the running ones run.
    void refreshTimes(Timestamp now);

    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;
    bool canFetchMore(const QModelIndex &parent) const override;
    void fetchMore(const QModelIndex &parent) override;

Q_SIGNALS:
    void pageNeeded(const flow::ExecutionQuery &query);
    void totalChanged();

private:
    bool fits(const Execution &execution) const;
    void noteLoop(const Execution &execution);
    QString placeInParent(const ExecutionParent &parent) const;
    QString text(const Execution &execution, int column) const;
    QVariant toolTip(const Execution &execution, int column) const;

    QHash<FlowId, QString> m_names;
    ExecutionQuery m_query;
    QList<Execution> m_rows;
    QSet<QPair<ExecutionId, int>> m_loops; ///< attempts that started several, as far as their runs are known
    qint64 m_total = 0;
    bool m_complete = true; ///< the last page has been read
    bool m_asking = false;
    Timestamp m_now;
};

} // namespace flow
