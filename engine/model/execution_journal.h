// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/execution.h"
#include "model/task_type.h"

namespace flow {

/// What a restart does with an attempt whose program has died before its result was committed.
enum class OnLoss {
    Ask,     ///< nobody knows whether it did its work: the execution is interrupted and waits for a person
    Repeat,  ///< it is safe to repeat: a new attempt runs
    Reenter, ///< it only waits for executions of its own: the same attempt goes on
};
QString toString(OnLoss onLoss); ///< ask, repeat, reenter

/// The part of a flow that runs.
enum class ExecutionPhase {
    Main,
    Failure, ///< the flow's failure task and what follows it
    Final,   ///< the flow's final task and what follows it
};
QString toString(ExecutionPhase phase); ///< main, failure, final
std::optional<ExecutionPhase> executionPhaseFromString(const QString &word);

/// From this attempt on the execution is about to end: what runs now is its failure or final task.
struct ExecutionEnding
{
    ExecutionPhase phase = ExecutionPhase::Main;
    ExecutionStatus status = ExecutionStatus::Completed; ///< how it will end
    QString error;
    QString errorTask;

    bool operator==(const ExecutionEnding &) const = default;
};

/// An attempt is about to run.
struct AttemptStart
{
    ExecutionId executionId = 0;
    QString taskName;
    QString taskDescription;
    int sequenceNumber = 1;
    int attempt = 1;
    Timestamp startedAt;
    bool touchesWorld = false; ///< its start must be on the disk before the effect happens
    OnLoss onLoss = OnLoss::Ask;
    AttemptOrigin origin = AttemptOrigin::Run;
    std::optional<ExecutionEnding> ending; ///< given with the first attempt of a phase
};

/// An attempt has ended, and what that led to.
struct AttemptEnd
{
    ExecutionId executionId = 0;
    int sequenceNumber = 1;
    TaskStatus status = TaskStatus::Success;
    QJsonValue data = QJsonValue::Undefined; ///< undefined: the task gave none
    QString error;                           ///< null when there is none
    QString decidedBy;                       ///< condition name; null: none
    QString nextTask; ///< null: the execution ends for another reason, or the task is tried again
    Timestamp completedAt;
    double durationSeconds = 0;
    std::optional<Timestamp> retryAt; ///< the task is tried again, not before this time
};

/// An execution waits for a person. It has no owner meanwhile: any program may go on with it.
struct ExecutionHold
{
    ExecutionId executionId = 0;
    QString nextTask;                           ///< what comes next, `end` included
    QString reason;                             ///< for people
    double activeSeconds = 0;                   ///< for how long it has run so far
    std::optional<ExecutionEnding> ending = {}; ///< what comes next is the first of that phase
};

/// An execution has ended. Its context is not handed over: it is the input and the outputs of its attempts.
struct ExecutionEnd
{
    ExecutionId executionId = 0;
    ExecutionStatus status = ExecutionStatus::Completed;
    QString error;
    QString errorTask;
    int totalTasksExecuted = 0;
    Timestamp completedAt;
    double durationSeconds = 0;
};

/// Where the engine commits each step before it tells anybody (see "Execution" in docs/architecture.md).
///
/// Every call returns when the change is committed, and is safe from any thread. An error means that nothing of the
/// call was kept: the engine ends the execution with it. `end` and the execution's end go together in one transaction.
class ExecutionJournal
{
public:
    virtual ~ExecutionJournal() = default;

    /// Also where one goes on: its first start stays.
    virtual Result<void> executionStarted(ExecutionId id, Timestamp at) = 0;
    virtual Result<void> attemptStarted(const AttemptStart &start) = 0;
    /// The attempt's end together with, in the same transaction, the start of the next one, where there is one.
    virtual Result<void> attemptEnded(const AttemptEnd &end, const std::optional<AttemptStart> &next) = 0;
    /// The last attempt's end (absent when no task was running, or one that goes on later) and the pause in one
    /// transaction.
    virtual Result<void> executionHeld(const std::optional<AttemptEnd> &last, const ExecutionHold &hold) = 0;
    /// The last attempt's end (absent when no task was running) and the execution's end in one transaction.
    virtual Result<void> executionEnded(const std::optional<AttemptEnd> &last, const ExecutionEnd &end) = 0;
};

} // namespace flow
