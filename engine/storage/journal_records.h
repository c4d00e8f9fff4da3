// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_journal.h"
#include "storage/write_batch.h"

/// Each step of an execution as changes of rows. Every write names the owner that may write, so that two programs never
/// carry on the same execution; a refused one says why (NotFound: the execution is gone, Conflict: it is not ours or
/// has ended). On the writer's thread, inside its transaction.
namespace flow::journal_records {

Result<void> startExecution(WriteTransaction &transaction, const QString &owner, ExecutionId id, Timestamp at);
/// Pending to running, if fewer than `limit` of its flow run; false when there is no room.
Result<bool> admitExecution(WriteTransaction &transaction, const QString &owner, ExecutionId id, int limit);
Result<void> startAttempt(WriteTransaction &transaction, const QString &owner, const AttemptStart &start);
/// Why a write found no execution of this owner that runs.
Error refusal(StorageConnection &connection, const QString &owner, ExecutionId id);
/// `data`: its JSON text, null when the task gave none.
Result<void> endAttempt(WriteTransaction &transaction, const QString &owner, const AttemptEnd &end,
                        const QString &data);
/// The same for one after which the execution ends. One that has its end already keeps it: that was saved although
/// nobody knew.
Result<void> endLastAttempt(WriteTransaction &transaction, const QString &owner, const AttemptEnd &end,
                            const QString &data);
Result<void> holdExecution(WriteTransaction &transaction, const QString &owner, const ExecutionHold &hold);
/// Nothing of it runs any more afterwards.
Result<void> endExecution(WriteTransaction &transaction, const QString &owner, const ExecutionEnd &end);

} // namespace flow::journal_records
