// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/history_model.h"

#include "base/clock.h"
#include "look/format.h"

#include <algorithm>

namespace flow {
namespace {

int alignmentOf(int column)
{
    const bool number =
        column == HistoryModel::Run || column == HistoryModel::Duration || column == HistoryModel::Tasks;
    return int(number ? Qt::AlignRight : Qt::AlignLeft) | int(Qt::AlignVCenter);
}

/// Counted from there on are executions that replace others of the same item.
constexpr int replacement = 100'000;

} // namespace

void HistoryModel::setFlowNames(const QHash<FlowId, QString> &names)
{
    m_names = names;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, FlowName), index(rowCount() - 1, FlowName));
}

void HistoryModel::start(const FlowId &flowId, std::optional<ExecutionStatus> status, bool topLevel)
{
    beginResetModel();
    m_rows.clear();
    m_loops.clear();
    m_total = 0;
    m_complete = false;
    m_asking = true;
    m_now = systemClock().now();
    m_query = ExecutionQuery{.flowId = flowId, .status = status, .perPage = pageSize, .topLevel = topLevel};
    endResetModel();
    Q_EMIT totalChanged();
    Q_EMIT pageNeeded(m_query);
}

bool HistoryModel::takePage(const ExecutionQuery &query, const Page<Execution> &page)
{
    if (query.flowId != m_query.flowId || query.status != m_query.status || query.topLevel != m_query.topLevel)
        return false;
    m_now = systemClock().now();
    for (const Execution &execution : page.items)
        noteLoop(execution);
    if (!query.olderThan) {
        beginResetModel();
        m_rows = page.items;
        endResetModel();
    } else if (!m_rows.isEmpty() && *query.olderThan == m_rows.last().id) {
        if (!page.items.isEmpty()) {
            beginInsertRows({}, rowCount(), rowCount() + int(page.items.size()) - 1);
            m_rows.append(page.items);
            endInsertRows();
        }
    } else {
        return false;
    }
    m_asking = false;
    m_total = std::max<qint64>(page.total, m_rows.size());
    m_complete = page.items.size() < query.perPage;
    Q_EMIT totalChanged();
    return true;
}

bool HistoryModel::fits(const Execution &execution) const
{
    return (m_query.flowId.isEmpty() || execution.flowId == m_query.flowId) &&
           (!m_query.status || execution.status == *m_query.status) && !(m_query.topLevel && execution.parent);
}

/// Only from its second item on a loop can be told from a task that starts one flow.
void HistoryModel::noteLoop(const Execution &execution)
{
    if (execution.parent && execution.parent->index % replacement > 0)
        m_loops.insert({execution.parent->id, execution.parent->sequenceNumber});
}

QString HistoryModel::placeInParent(const ExecutionParent &parent) const
{
    if (!m_loops.contains({parent.id, parent.sequenceNumber}))
        return tr("from run %1").arg(formatNumber(parent.id));
    return tr("item %1 of run %2").arg(formatNumber(parent.index % replacement + 1), formatNumber(parent.id));
}

void HistoryModel::update(const Execution &execution)
{
    // Ids grow with time, and the newest stands first.
    const auto place = std::lower_bound(m_rows.begin(), m_rows.end(), execution.id,
                                        [](const Execution &row, ExecutionId id) { return row.id > id; });
    const int row = int(place - m_rows.begin());
    const bool known = place != m_rows.end() && place->id == execution.id;
    const bool wanted = fits(execution);
    if (known && wanted) {
        // Events do not tell what the records do.
        const Execution before = std::exchange(*place, execution);
        place->pinned = before.pinned;
        if (before.parent) // which attempt it was only the record tells
            place->parent = before.parent;
        place->resumedFrom = before.resumedFrom;
        place->startTask = before.startTask;
        place->singleTask = before.singleTask;
        if (before.startedAt)
            place->startedAt = before.startedAt;
        place->totalTasksExecuted = std::max(before.totalTasksExecuted, execution.totalTasksExecuted);
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    } else if (known) {
        beginRemoveRows({}, row, row);
        m_rows.removeAt(row);
        endRemoveRows();
        --m_total;
        Q_EMIT totalChanged();
    } else if (wanted && (row < m_rows.size() || m_complete || m_rows.isEmpty())) {
        beginInsertRows({}, row, row);
        m_rows.insert(row, execution);
        endInsertRows();
        ++m_total;
        Q_EMIT totalChanged();
    }
}

void HistoryModel::setPinned(ExecutionId id, bool pinned)
{
    for (int row = 0; row < m_rows.size(); ++row) {
        if (m_rows[row].id != id)
            continue;
        m_rows[row].pinned = pinned;
        Q_EMIT dataChanged(index(row, 0), index(row, ColumnCount - 1));
    }
}

bool HistoryModel::hasRunning() const
{
    return std::any_of(m_rows.begin(), m_rows.end(),
                       [](const Execution &row) { return row.status == ExecutionStatus::Running; });
}

void HistoryModel::refreshTimes(Timestamp now)
{
    m_now = now;
    if (!m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, Started), index(rowCount() - 1, Duration), {Qt::DisplayRole});
}

int HistoryModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(m_rows.size());
}

int HistoryModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : int(ColumnCount);
}

QString HistoryModel::text(const Execution &execution, int column) const
{
    switch (column) {
    case State:
        return look(execution.status).word;
    case FlowName:
        if (execution.parent)
            return QStringLiteral("↳ %1 · %2")
                .arg(m_names.value(execution.flowId, execution.flowId), placeInParent(*execution.parent));
        return m_names.value(execution.flowId, execution.flowId);
    case Run:
        return formatNumber(execution.id);
    case Started:
        return execution.startedAt ? formatWhen(*execution.startedAt, m_now) : tr("not yet");
    case Duration:
        if (execution.durationSeconds)
            return formatDuration(*execution.durationSeconds);
        if (execution.status == ExecutionStatus::Running && execution.startedAt)
            return formatDuration(std::chrono::duration<double>(m_now - *execution.startedAt).count());
        return {};
    case Tasks:
        return formatNumber(execution.totalTasksExecuted);
    case Message:
        if (execution.status == ExecutionStatus::Paused)
            return execution.pausedBecause;
        if (execution.errorMessage.isNull())
            return {};
        return execution.errorTask.isNull() ? execution.errorMessage
                                            : tr("%1: %2").arg(execution.errorTask, execution.errorMessage);
    default:
        return {};
    }
}

QVariant HistoryModel::toolTip(const Execution &execution, int column) const
{
    if (column == Run && execution.pinned)
        return tr("Pinned: kept whatever else is deleted");
    if ((column == Run || column == FlowName) && execution.parent)
        return tr("%1: %2").arg(m_names.value(execution.flowId, execution.flowId), placeInParent(*execution.parent));
    if (column == Started && execution.startedAt)
        return formatExact(*execution.startedAt);
    if (column == Message || column == FlowName)
        return text(execution, column);
    return {};
}

QVariant HistoryModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid())
        return {};
    const Execution &execution = m_rows[index.row()];
    const StateLook state = look(execution.status);
    switch (role) {
    case Qt::DisplayRole:
        return text(execution, index.column());
    case Qt::ToolTipRole:
        return toolTip(execution, index.column());
    case IconRole:
        if (index.column() == Run && execution.pinned)
            return QStringLiteral("pin");
        return index.column() == State ? state.icon : QString();
    case IsRunningRole:
        return !isFinished(execution.status);
    case ColorRole:
        if (index.column() == State)
            return int(state.role);
        if (index.column() == Message)
            return int(execution.status == ExecutionStatus::Failure ? Role::Failure : Role::Muted);
        return int(index.column() == FlowName || index.column() == Duration ? Role::Text : Role::Muted);
    case Qt::TextAlignmentRole:
        return alignmentOf(index.column());
    default:
        return {};
    }
}

QVariant HistoryModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return alignmentOf(section);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case State:
        return tr("State");
    case FlowName:
        return tr("Flow");
    case Run:
        return tr("Run");
    case Started:
        return tr("Started");
    case Duration:
        return tr("Duration");
    case Tasks:
        return tr("Tasks");
    case Message:
        return tr("Message");
    default:
        return {};
    }
}

bool HistoryModel::canFetchMore(const QModelIndex &parent) const
{
    return !parent.isValid() && !m_complete && !m_asking && !m_rows.isEmpty();
}

void HistoryModel::fetchMore(const QModelIndex &parent)
{
    if (!canFetchMore(parent))
        return;
    m_asking = true;
    ExecutionQuery query = m_query;
    query.olderThan = m_rows.last().id;
    Q_EMIT pageNeeded(query);
}

} // namespace flow
