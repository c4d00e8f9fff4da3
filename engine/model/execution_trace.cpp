// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/execution_trace.h"

namespace flow {

namespace {

/// One overload per event.
class Fold
{
public:
    Fold(ExecutionTrace &trace, Timestamp at) : m_trace(trace), m_at(at) {}

    void operator()(const ExecutionQueued &event) { m_trace.flowId = event.flowId; }

    void operator()(const ExecutionStarted &event)
    {
        m_trace.flowId = event.flowId;
        m_trace.status = ExecutionStatus::Running;
        m_trace.startedAt = m_at;
    }

    void operator()(const TaskStarted &event)
    {
        if (event.sequenceNumber == 1)
            ++m_trace.taken[{QString(), event.taskName}];
        TaskTrace &task = m_trace.tasks[event.taskName];
        task = TaskTrace{.status = TaskStatus::Running,
                         .visits = task.visits + (event.attempt == 1 ? 1 : 0),
                         .attempt = event.attempt,
                         .startedAt = m_at};
    }

    void operator()(const TaskProgressed &event)
    {
        TaskTrace &task = m_trace.tasks[event.taskName];
        task.progress = event.fraction;
        task.progressText = event.text;
    }

    void operator()(const TaskLogged &) {}

    void operator()(const TaskFinished &event)
    {
        TaskTrace &task = m_trace.tasks[event.taskName];
        task.status = event.status;
        task.attempt = event.attempt;
        task.durationSeconds = event.durationSeconds;
        task.error = event.error;
        task.progress = -1;
        task.progressText.clear();
        if (!event.nextTask.isNull())
            ++m_trace.taken[{event.taskName, event.nextTask}];
    }

    void operator()(const ExecutionFinished &event)
    {
        m_trace.status = event.status;
        m_trace.error = event.error;
        m_trace.errorTask = event.errorTask;
        m_trace.durationSeconds = event.durationSeconds;
    }

private:
    ExecutionTrace &m_trace;
    Timestamp m_at;
};

} // namespace

void ExecutionTrace::apply(const ExecutionEvent &event)
{
    executionId = event.executionId;
    std::visit(Fold(*this, event.at), event.what);
}

ExecutionTrace ExecutionTrace::fromRecords(const Execution &execution, const QList<TaskExecution> &tasks)
{
    ExecutionTrace trace;
    trace.executionId = execution.id;
    trace.flowId = execution.flowId;
    trace.status = execution.status;
    trace.startedAt = execution.startedAt;
    for (const TaskExecution &record : tasks) {
        Fold fold(trace, record.startedAt.value_or(Timestamp()));
        fold(TaskStarted{record.taskName, record.sequenceNumber, record.attempt});
        if (record.status == TaskStatus::Running || record.status == TaskStatus::Pending)
            continue;
        fold(TaskFinished{.taskName = record.taskName, .sequenceNumber = record.sequenceNumber, .attempt = record.attempt,
                          .status = record.status, .error = record.errorMessage,
                          .durationSeconds = record.durationSeconds.value_or(0), .nextTask = record.nextTask});
    }
    if (isFinished(execution.status)) {
        Fold(trace, Timestamp())(ExecutionFinished{execution.status, execution.errorMessage, execution.errorTask,
                                                   execution.totalTasksExecuted, execution.durationSeconds.value_or(0)});
    }
    return trace;
}

} // namespace flow
