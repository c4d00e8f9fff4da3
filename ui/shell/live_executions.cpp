// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/live_executions.h"

#include "service/flow_service.h"
#include "shell/background.h"

#include <algorithm>

namespace flow {

void LiveExecutions::follow(FlowService *service)
{
    m_asking = true;
    whenReady(service->async([service] { return service->executionsHere(); }), this,
              [this](const Result<QList<Execution>> &here) {
                  if (here) // without it they show with the next that they do
                      add(*here);
                  m_asking = false;
                  m_ended.clear();
              });
}

void LiveExecutions::add(const QList<Execution> &records)
{
    QList<Execution> added;
    for (const Execution &record : records) {
        if (m_ended.contains(record.id))
            continue;
        Execution execution = record;
        if (const auto known = m_running.constFind(record.id); known != m_running.cend()) {
            execution.status = known->status;
            execution.nextTask = known->nextTask;
            execution.pausedBecause = known->pausedBecause;
            execution.totalTasksExecuted = std::max(known->totalTasksExecuted, record.totalTasksExecuted);
        }
        m_running.insert(execution.id, execution);
        added.append(execution);
    }
    if (!added.isEmpty())
        Q_EMIT changed(added);
}

void LiveExecutions::apply(const QList<ExecutionEvent> &events)
{
    QMap<ExecutionId, Execution> touched;
    for (const ExecutionEvent &event : events) {
        const bool begins =
            std::holds_alternative<ExecutionQueued>(event.what) || std::holds_alternative<ExecutionStarted>(event.what);
        if (m_asking && std::holds_alternative<ExecutionFinished>(event.what))
            m_ended.insert(event.executionId);
        if (!begins && !m_running.contains(event.executionId))
            continue; // the last words of one that has ended
        Execution &execution = m_running[event.executionId];
        execution.id = event.executionId;
        if (fold(event, execution))
            touched.insert(execution.id, execution);
        if (isFinished(execution.status))
            m_running.remove(event.executionId);
    }
    if (!touched.isEmpty())
        Q_EMIT changed(touched.values());
}

/// True when it matters to a list of executions.
bool LiveExecutions::fold(const ExecutionEvent &event, Execution &execution)
{
    if (const auto *queued = std::get_if<ExecutionQueued>(&event.what)) {
        execution.flowId = queued->flowId;
        execution.revision = queued->revision;
        execution.status = ExecutionStatus::Pending; // again, where it goes on after a pause
        execution.nextTask.clear();
        execution.pausedBecause.clear();
        return true;
    }
    if (const auto *started = std::get_if<ExecutionStarted>(&event.what)) {
        execution.flowId = started->flowId;
        execution.revision = started->revision;
        execution.status = ExecutionStatus::Running;
        execution.startedAt = execution.startedAt.value_or(event.at);
        if (started->parent != 0)
            execution.parent = ExecutionParent{started->parent};
        return true;
    }
    if (std::holds_alternative<TaskFinished>(event.what)) {
        ++execution.totalTasksExecuted;
        return true;
    }
    if (const auto *paused = std::get_if<ExecutionPaused>(&event.what)) {
        execution.status = ExecutionStatus::Paused;
        execution.nextTask = paused->nextTask;
        execution.pausedBecause = paused->reason;
        return true;
    }
    if (const auto *finished = std::get_if<ExecutionFinished>(&event.what)) {
        execution.status = finished->status;
        execution.errorMessage = finished->error;
        execution.errorTask = finished->errorTask;
        execution.totalTasksExecuted = finished->totalTasksExecuted;
        execution.completedAt = event.at;
        execution.durationSeconds = finished->durationSeconds;
        return true;
    }
    return false;
}

bool LiveExecutions::isRunning(const FlowId &flow) const
{
    return std::any_of(m_running.cbegin(), m_running.cend(),
                       [&](const Execution &execution) { return execution.flowId == flow; });
}

} // namespace flow
