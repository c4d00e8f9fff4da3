// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancellation.h"
#include "base/result.h"
#include "model/execution_journal.h"
#include "tasks/base_task.h"

#include <variant>

/// What ExecutionState says and is told: plain values. All times are measured from the execution's start and count only
/// the time in which it ran.
namespace flow {

/// Run this task now.
struct NextAttempt
{
    qsizetype task = -1;    ///< index into the flow's tasks
    int sequenceNumber = 1; ///< from 1, grows with every attempt
    int attempt = 1;        ///< from 1 for each visit of the task
    std::chrono::nanoseconds timeLimit{};
    Result<QJsonObject> config = QJsonObject(); ///< the settings for this attempt, or why its expressions have no value
    QJsonObject context; ///< share it no longer than the attempt lasts, or the next step has to copy it
    QStringList history; ///< the same
    std::optional<TaskResult> forced = {};      ///< a person has said what comes of it: do not run it
    std::optional<ExecutionEnding> ending = {}; ///< it is the first of the failure or final task's phase
    bool isReentered = false;                   ///< it is committed already, and goes on
};

/// Nothing to do until then: the task is tried again.
struct NextPause
{
    qsizetype task = -1;
    std::chrono::nanoseconds until{};
};

/// The execution waits for a person.
struct NextHold
{
    QString nextTask;                           ///< `end` included
    QString reason;                             ///< for people
    std::optional<ExecutionEnding> ending = {}; ///< what comes next is the first of that phase

    bool operator==(const NextHold &) const = default;
};

/// The execution is over.
struct NextEnd
{
    ExecutionStatus status = ExecutionStatus::Completed;
    QString error;     ///< null when there is none
    QString errorTask; ///< null when there is none

    bool operator==(const NextEnd &) const = default;
};

/// What came of an attempt.
struct AttemptReport
{
    TaskResult result; ///< ignored when `stopped` says why it does not count
    CancelReason stopped = CancelReason::None;
    std::chrono::nanoseconds duration{};
    bool worthRetrying = true; ///< false: it would fail again in the same way
};

/// What an attempt counts as, how it was routed, and what comes next.
struct ExecutionStep
{
    TaskStatus status = TaskStatus::Success; ///< Running: the attempt is not over, it goes on after the hold
    QJsonValue data = QJsonValue::Undefined;
    QString error;            ///< null when there is none
    qsizetype condition = -1; ///< index of the condition that decided; -1: none did
    bool matched = false;
    QString nextTask; ///< `end` included; null: tried again, or the execution ends for another reason
    std::optional<std::chrono::nanoseconds> retryAt = {}; ///< it is tried again, not before this time
    std::variant<NextAttempt, NextPause, NextHold, NextEnd> next;
};

} // namespace flow
