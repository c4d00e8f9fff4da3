// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_journal.h"

#include <QStringList>

namespace flow {

/// What a journal knows of one attempt.
struct AttemptRecord
{
    QString taskName;
    int sequenceNumber = 1;
    int attempt = 1;
    TaskStatus status = TaskStatus::Running;
    QJsonValue data = QJsonValue::Undefined; ///< undefined: the task gave none
    QString error;                           ///< null when there is none
    QString nextTask;                        ///< null while unknown
    std::optional<Timestamp> completedAt;
    std::optional<Timestamp> retryAt; ///< it waits from its completion until then
    AttemptOrigin origin = AttemptOrigin::Run;

    bool operator==(const AttemptRecord &) const = default;
};

/// How much of the wait behind an attempt had passed at `until`, in seconds; 0 where there is none.
double waitedAfter(const AttemptRecord &attempt, Timestamp until);

/// What a person changed in the context of a paused execution.
struct ContextEdit
{
    int afterSequence = 0; ///< the attempts up to this one had ended; 0: before the first
    QJsonObject set;       ///< top level names and their new values
    QStringList removed;   ///< top level names that are gone

    bool operator==(const ContextEdit &) const = default;
};

/// The context with the change made.
QJsonObject applied(const ContextEdit &edit, QJsonObject context);

/// Where an execution stands, from its journal alone: enough to go on with it. A value; any thread.
struct ExecutionPosition
{
    QString startTask;             ///< where it begins; empty: the flow's start task
    bool singleTask = false;       ///< it ends when that task has ended
    QList<AttemptRecord> attempts; ///< in order of starting
    QList<ContextEdit> edits;      ///< in order
    ExecutionEnding ending;        ///< phase Main: it is not about to end
    int mainSteps = 0;             ///< otherwise: the last sequence number of the main part
    bool cancelWanted = false;     ///< a person has cancelled it, and its program died before it ended
    double activeSeconds = 0;      ///< its attempts and the waits between them, as far as one has followed
    double heldSeconds = 0;        ///< for how long it was active when it was paused last

    /// For how long it has been active at `now`: its attempts and its waits for the next ones. Pauses and the absence
    /// of all programs do not count.
    double activeUntil(Timestamp now) const;
    /// Whether it is only to end: a cancel leaves nothing but the final task to do.
    bool isToCancel() const { return cancelWanted && ending.phase != ExecutionPhase::Final; }
    /// For how long the last attempt was active before it was paused; 0 where it has ended.
    double openSeconds() const;

    bool operator==(const ExecutionPosition &) const = default;
};

} // namespace flow
