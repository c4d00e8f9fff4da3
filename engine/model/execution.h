// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "base/timestamp.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QList>

#include <optional>

/// Records of what ran: plain values for any thread. Names are those of the REST contract.
namespace flow {

enum class ExecutionStatus {
    Pending, ///< waits for a free place
    Running,
    Paused,      ///< waits for a person, at a place between two tasks (addition)
    Completed,   ///< ended with a task that succeeded
    Failure,     ///< ended with a task that failed, or by a limit
    Cancelled,   ///< stopped by a person (addition)
    Interrupted, ///< the program died while it ran, and whether its task has done its work is unknown (addition)
};

enum class TaskStatus {
    Pending,
    Running,
    Success,
    Failure,
    Cancelled,   ///< stopped before it ended (addition)
    Interrupted, ///< the program died while it ran (addition)
};

/// Where the result of an attempt comes from.
enum class AttemptOrigin {
    Run,    ///< the task ran
    Forced, ///< a person said what came of it; the task did not run
    Reused, ///< taken over from the execution that this one resumes
};

/// Whether no step of it will ever follow. One that is paused goes on.
bool isFinished(ExecutionStatus status);

QString toString(ExecutionStatus status); ///< pending, running, paused, completed, failure, cancelled, interrupted
QString toString(TaskStatus status);      ///< pending, running, success, failure, cancelled, interrupted
std::optional<ExecutionStatus> executionStatusFromString(const QString &word);
std::optional<TaskStatus> taskStatusFromString(const QString &word);
QString toString(AttemptOrigin origin); ///< run, forced, reused
std::optional<AttemptOrigin> attemptOriginFromString(const QString &word);

/// Which task of which execution started an execution.
struct ExecutionParent
{
    ExecutionId id = 0;
    int sequenceNumber = 0; ///< of the attempt that started it
    int index = 0;          ///< from 0 where an attempt starts several; higher by 100,000 for one that replaces another

    bool operator==(const ExecutionParent &) const = default;
};

/// One run of a flow.
struct Execution
{
    ExecutionId id = 0;
    FlowId flowId;
    RevisionId revision; ///< exactly what ran
    ExecutionStatus status = ExecutionStatus::Pending;
    QJsonObject inputContext;
    std::optional<QJsonObject> outputData; ///< the whole context of a completed execution
    QString errorMessage;                  ///< null when there is none
    QString errorTask;                     ///< null when there is none
    int totalTasksExecuted = 0;
    std::optional<Timestamp> startedAt; ///< null while pending
    std::optional<Timestamp> completedAt;
    std::optional<double> durationSeconds; ///< by the monotonic clock
    // Additions.
    std::optional<ExecutionParent> parent;  ///< absent for one that a person or a client started
    int depth = 0;                          ///< parents above it
    std::optional<ExecutionId> resumedFrom; ///< whose results it took over
    QString startTask;                      ///< where it began; null: the flow's start task
    bool singleTask = false;                ///< ran its start task alone
    bool pinned = false;                    ///< kept whatever the rules of retention say
    QString nextTask;                       ///< while paused: what comes next, `end` included
    QString pausedBecause;                  ///< while paused: for people

    bool operator==(const Execution &) const = default;
};

/// One attempt of one task in an execution.
struct TaskExecution
{
    qint64 id = 0;
    ExecutionId executionId = 0;
    QString taskName;
    QString taskDescription;
    int sequenceNumber = 1; ///< from 1 in the order of starting
    int attempt = 1;        ///< from 1 for each visit of a task (addition)
    TaskStatus status = TaskStatus::Pending;
    QJsonObject inputData;                    ///< the context before the task; put together when read
    QJsonValue outputData = QJsonValue::Null; ///< the task's data; null when it had none
    QString errorMessage;                     ///< null when there is none
    QString decidedBy; ///< name of the condition that chose what came next; null: none (addition)
    QString nextTask;  ///< what came next, `end` included; null while unknown (addition)
    std::optional<Timestamp> startedAt;
    std::optional<Timestamp> completedAt;
    std::optional<double> durationSeconds;
    std::optional<Timestamp> retryAt;          ///< when it is tried again; absent: it is not (addition)
    AttemptOrigin origin = AttemptOrigin::Run; ///< addition
    std::optional<double> progress;            ///< the last it told, 0 to 1; absent when it told none (addition)
    QString progressText;                      ///< null when there is none (addition)

    bool operator==(const TaskExecution &) const = default;
};

} // namespace flow
