// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution.h"
#include "storage/write_batch.h"

#include <QStringList>

/// What becomes of executions whose program has died. Derived from the rows alone, and may run any number of times. On
/// the writer's thread, inside its transaction.
namespace flow {

/// What was found and done.
struct LeftBehind
{
    int interrupted = 0; ///< wait for a person now
    int released = 0;    ///< wait for any program that goes on with them
    int paused = 0;      ///< wait for a person again, who had let them go on
};

/// Who owns executions that are pending or running.
Result<QStringList> ownersOfUnfinished(StorageConnection &connection);

/// Executions of these owners that stood between two tasks, whose attempt is safe to repeat, or that only waited for
/// others become `pending` without an owner. One that a person let go on after a pause, and that had not begun, is
/// `paused` again: what he wanted of its next task (its outcome, a single step) is not stored. One whose attempt may
/// have done its work becomes `interrupted`, and so does one whose attempt was lost so often that it is likely what
/// ends the program, and one that no other program may go on with. One that a person has cancelled is not paused again:
/// who takes it ends it.
Result<LeftBehind> releaseExecutionsOf(WriteTransaction &transaction, const QStringList &owners);

/// Whether any execution waits for a program.
Result<bool> anyReleased(StorageConnection &connection);
/// Takes executions that wait for a program, oldest first; those whose parent waits for them are its business. Gives
/// their ids.
Result<QList<ExecutionId>> claimReleased(WriteTransaction &transaction, const QString &owner, int atMost);
/// Gives one back that was claimed and has not begun: to be `paused` again, or `pending` and released.
Result<void> giveBack(WriteTransaction &transaction, const QString &owner, ExecutionId id, ExecutionStatus to);
/// Takes one execution that is paused or released; false when it is in another state by now.
Result<bool> claim(WriteTransaction &transaction, const QString &owner, ExecutionId id, ExecutionStatus from);

} // namespace flow
