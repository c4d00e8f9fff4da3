// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/execution_trace.h"

#include <algorithm>

namespace flow {

namespace {

void take(ExecutionTrace *trace, const QString &source, const QString &target, TaskStatus status)
{
    if (target.isEmpty())
        return;
    ++trace->taken[{source, target}];
    if (status != TaskStatus::Success)
        ++trace->takenAfterFailure[{source, target}];
}

/// Folds one event into the trace; one function per kind of event.
class TraceFolder
{
public:
    TraceFolder(ExecutionTrace *trace, Timestamp at)
        : m_trace(*trace)
        , m_at(at)
    {
    }

    void operator()(const ExecutionQueued &event)
    {
        m_trace.flowId = event.flowId;
        m_trace.status = ExecutionStatus::Pending;
        goesOn();
    }

    void operator()(const ExecutionStarted &event)
    {
        m_trace.flowId = event.flowId;
        m_trace.status = ExecutionStatus::Running;
        goesOn();
        if (!m_trace.startedAt) // it goes on after a pause
            m_trace.startedAt = m_at;
    }

    void operator()(const TaskStarted &event)
    {
        if (event.sequenceNumber <= m_trace.lastEnded)
            return; // the records told of it before
        TaskTrace &task = m_trace.tasks[event.taskName];
        // Told again where it goes on after a pause.
        const bool isNew = event.sequenceNumber > m_trace.lastStarted;
        m_trace.lastStarted = std::max(m_trace.lastStarted, event.sequenceNumber);
        const int visits = task.visits + (isNew && event.attempt == 1 ? 1 : 0);
        task = TaskTrace{.status = TaskStatus::Running, .visits = visits, .attempt = event.attempt, .startedAt = m_at};
        if (isNew && event.sequenceNumber == 1)
            ++m_trace.taken[{QString(), event.taskName}];
    }

    void operator()(const TaskProgressed &event)
    {
        TaskTrace &task = m_trace.tasks[event.taskName];
        if (task.status != TaskStatus::Running)
            return; // told before the task ended, arrived after
        task.progress = event.fraction;
        task.progressText = event.text;
    }

    void operator()(const TaskLogged &) {}

    void operator()(const TaskFinished &event)
    {
        if (event.sequenceNumber <= m_trace.lastEnded)
            return;
        m_trace.lastEnded = event.sequenceNumber;
        m_trace.lastStarted = std::max(m_trace.lastStarted, event.sequenceNumber);
        TaskTrace &task = m_trace.tasks[event.taskName];
        task.status = event.status;
        task.attempt = event.attempt;
        task.durationSeconds = event.durationSeconds;
        task.error = event.error;
        task.retryAt = event.retryAt;
        task.progress = -1;
        task.progressText.clear();
        take(&m_trace, event.taskName, event.nextTask, event.status);
    }

    void operator()(const ExecutionPaused &event)
    {
        m_trace.status = ExecutionStatus::Paused;
        m_trace.nextTask = event.nextTask;
        m_trace.pausedBecause = event.reason;
    }

    void operator()(const ExecutionFinished &event)
    {
        m_trace.status = event.status;
        m_trace.error = event.error;
        m_trace.errorTask = event.errorTask;
        m_trace.durationSeconds = event.durationSeconds;
        for (TaskTrace &task : m_trace.tasks)
            task.retryAt.reset(); // nobody waits any more
        goesOn();
    }

private:
    void goesOn()
    {
        m_trace.nextTask.clear();
        m_trace.pausedBecause.clear();
    }

    ExecutionTrace &m_trace;
    Timestamp m_at;
};

void addRecord(ExecutionTrace *trace, const TaskExecution &record)
{
    trace->lastStarted = std::max(trace->lastStarted, record.sequenceNumber);
    if (record.status != TaskStatus::Running && record.status != TaskStatus::Pending)
        trace->lastEnded = std::max(trace->lastEnded, record.sequenceNumber);
    TaskTrace &task = trace->tasks[record.taskName];
    task.status = record.status;
    task.visits += record.attempt == 1 ? 1 : 0;
    task.attempt = record.attempt;
    task.startedAt = record.startedAt;
    task.durationSeconds = record.durationSeconds.value_or(0);
    task.error = record.errorMessage;
    task.retryAt = isFinished(trace->status) ? std::nullopt : record.retryAt;
    if (record.sequenceNumber == 1)
        ++trace->taken[{QString(), record.taskName}];
    take(trace, record.taskName, record.nextTask, record.status);
}

} // namespace

void ExecutionTrace::apply(const ExecutionEvent &event)
{
    executionId = event.executionId;
    std::visit(TraceFolder(this, event.at), event.what);
}

ExecutionTrace ExecutionTrace::fromRecords(const Execution &execution, const QList<TaskExecution> &tasks)
{
    ExecutionTrace trace;
    trace.executionId = execution.id;
    trace.flowId = execution.flowId;
    trace.status = execution.status;
    trace.startedAt = execution.startedAt;
    trace.durationSeconds = execution.durationSeconds.value_or(0);
    trace.error = execution.errorMessage;
    trace.errorTask = execution.errorTask;
    trace.nextTask = execution.nextTask;
    trace.pausedBecause = execution.pausedBecause;
    QList<TaskExecution> inOrder = tasks;
    std::stable_sort(inOrder.begin(), inOrder.end(), [](const TaskExecution &a, const TaskExecution &b) {
        return a.sequenceNumber < b.sequenceNumber;
    });
    for (const TaskExecution &record : inOrder)
        addRecord(&trace, record);
    return trace;
}

} // namespace flow
