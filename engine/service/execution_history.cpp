// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/execution_history.h"

namespace flow {

namespace {

TaskFinished finishedEvent(const TaskExecution &task, const Flow &flow)
{
    TaskFinished finished{.taskName = task.taskName,
                          .sequenceNumber = task.sequenceNumber,
                          .attempt = task.attempt,
                          .status = task.status,
                          .error = task.errorMessage,
                          .durationSeconds = task.durationSeconds.value_or(0),
                          .nextTask = task.nextTask,
                          .retryAt = task.retryAt};
    for (const qsizetype index : flow.conditionsOf(task.taskName)) {
        const Condition &condition = flow.conditions[index];
        if (task.decidedBy.isNull() || condition.name != task.decidedBy)
            continue;
        finished.condition = index;
        finished.matched = condition.targetTaskSuccess == task.nextTask;
        break;
    }
    return finished;
}

} // namespace

QList<ExecutionEvent> executionHistory(const Execution &execution, const QList<TaskExecution> &tasks,
                                       const QList<ExecutionEvent> &lines, const Flow &flow)
{
    QList<ExecutionEvent> events;
    // Tasks run one after the other and lines are kept in order: each line belongs to the first task that ends after
    // it.
    auto line = lines.begin();
    if (execution.startedAt)
        events.append(
            {execution.id, *execution.startedAt,
             ExecutionStarted{execution.flowId, execution.revision, execution.parent ? execution.parent->id : 0}});
    for (const TaskExecution &task : tasks) {
        if (task.startedAt)
            events.append(
                {execution.id, *task.startedAt, TaskStarted{task.taskName, task.sequenceNumber, task.attempt}});
        while (line != lines.end() && (!task.completedAt || line->at <= *task.completedAt))
            events.append(*line++);
        if (task.completedAt)
            events.append({execution.id, *task.completedAt, finishedEvent(task, flow)});
    }
    events.append(QList<ExecutionEvent>(line, lines.end()));
    if (execution.completedAt)
        events.append({execution.id, *execution.completedAt,
                       ExecutionFinished{execution.status, execution.errorMessage, execution.errorTask,
                                         execution.totalTasksExecuted, execution.durationSeconds.value_or(0)}});
    return events;
}

} // namespace flow
