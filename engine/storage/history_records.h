// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution.h"
#include "model/retention.h"
#include "storage/write_batch.h"

#include <functional>

/// The statements behind HistoryStore. Reading: any thread with its connection; the rest inside a transaction of the
/// writer.
namespace flow::history_records {

struct Size
{
    ExecutionId id = 0;
    qint64 bytes = 0;
};
/// Of what has ended and is not measured yet, the oldest first. Reads each row, and so may take long.
Result<QList<Size>> sizes(StorageConnection &connection, int atMost);
Result<void> noteSizes(WriteTransaction &transaction, const QList<Size> &sizes);
Result<QList<ExecutionId>> surplus(StorageConnection &connection, const RetentionRules &rules, Timestamp now,
                                   int atMost);

/// What one transaction may remove: about a hundredth of a second of work.
constexpr int executionsAtOnce = 40;

/// One of an execution and those that it has started.
struct Member
{
    ExecutionId id = 0;
    FlowId flowId;
    ExecutionStatus status = ExecutionStatus::Pending;
    bool pinned = false;
};
using MayGo = std::function<bool(const Member &)>;
/// What retention may remove: has ended, and is not pinned.
bool isDispensable(const Member &member);

struct Removed
{
    int executions = 0;
    bool isOver = false; ///< nothing is left to do for it: it is gone, or stays
    bool stays = false;
};
/// Whether retention may remove an execution and all that it has started. Reads all of them.
Result<bool> isDispensable(StorageConnection &connection, ExecutionId root);

/// Some of an execution and those that it has started, these first, if all of these may go; each costs one of `budget`,
/// and so do some log lines. What else belongs to it is not looked at: whether that may go is to be asked before.
Result<Removed> removeTree(WriteTransaction &transaction, ExecutionId root, const MayGo &mayGo, int *budget);

Result<QList<RevisionId>> unusedRevisions(StorageConnection &connection, Timestamp before, int atMost);
/// False when it is used by now.
Result<bool> removeRevision(WriteTransaction &transaction, const RevisionId &revision);

} // namespace flow::history_records
