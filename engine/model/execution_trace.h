// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_event.h"
#include "model/flow.h"

#include <QMap>
#include <QPair>

namespace flow {

/// What one task did so far in an execution.
struct TaskTrace
{
    TaskStatus status = TaskStatus::Pending;
    int visits = 0;                     ///< how often it was started, further attempts not counted
    int attempt = 1;                    ///< of the last visit
    std::optional<Timestamp> startedAt; ///< of the last attempt
    double durationSeconds = 0;         ///< of the last attempt, once it has ended
    double progress = -1;               ///< 0 to 1 while it runs; below 0: it has ended, or does not tell
    QString progressText;
    QString error;
    std::optional<Timestamp> retryAt; ///< it has failed and waits until it is tried again

    bool operator==(const TaskTrace &) const = default;
};

/// An execution as it can be drawn on a flow: folded from its events while it runs, or from its records afterwards. A
/// plain value; the same execution gives the same trace both ways.
struct ExecutionTrace
{
    ExecutionId executionId = 0;
    FlowId flowId;
    ExecutionStatus status = ExecutionStatus::Pending;
    std::optional<Timestamp> startedAt;
    double durationSeconds = 0; ///< once it has ended
    QString error;
    QString errorTask;
    QString nextTask;      ///< while paused: what comes next, `end` included
    QString pausedBecause; ///< while paused: for people
    QMap<QString, TaskTrace> tasks;
    /// How often each way out was taken: (source task, target) -> count. The start is ("", start task).
    QMap<QPair<QString, QString>, int> taken;
    /// Of these, how often its source had not succeeded.
    QMap<QPair<QString, QString>, int> takenAfterFailure;
    // Sequence numbers up to which attempts are known: events may tell again what records have told.
    int lastStarted = -1;
    int lastEnded = -1;

    void apply(const ExecutionEvent &event);
    static ExecutionTrace fromRecords(const Execution &execution, const QList<TaskExecution> &tasks);

    bool operator==(const ExecutionTrace &) const = default;
};

} // namespace flow
