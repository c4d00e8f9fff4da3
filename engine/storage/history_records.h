// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution.h"
#include "model/retention.h"
#include "storage/write_batch.h"

/// The statements behind HistoryStore. Reading: any thread with its connection; the rest inside a transaction of the
/// writer.
namespace flow::history_records {

Result<int> measure(WriteTransaction &transaction, int atMost);
Result<QList<ExecutionId>> surplus(StorageConnection &connection, const RetentionRules &rules, Timestamp now,
                                   int atMost);

struct Removed
{
    int executions = 0;
    bool isOver = false; ///< nothing is left to do for it: it is gone, or stays
    bool isGone = false;
};
/// An execution with those that it has started, these first; each costs one of `budget`, many log lines as well.
Result<Removed> removeTree(WriteTransaction &transaction, ExecutionId root, int *budget);

Result<QList<RevisionId>> unusedRevisions(StorageConnection &connection, Timestamp before, int atMost);
/// False when it is used by now.
Result<bool> removeRevision(WriteTransaction &transaction, const RevisionId &revision);

} // namespace flow::history_records
