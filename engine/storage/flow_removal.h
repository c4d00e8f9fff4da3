// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/stored_flow.h"
#include "storage/write_batch.h"

#include <QSet>

/// A flow goes with its executions and with all that these have started, which may be executions of other flows. Inside
/// a transaction of the connection's thread.
namespace flow::flow_removal {

/// Of what would go with the flow: those that are pending, running or paused, in no order.
Result<QList<ExecutionId>> unfinished(StorageConnection &connection, const FlowId &id);
/// How many would go with the flow that are of other flows: what its executions have started, down to the last.
/// Visits the flow's whole history for that, unlike the others here: for a question to a person, not for each removal.
Result<qint64> countOfOthers(StorageConnection &connection, const FlowId &id);
/// The statement behind it: the flow's id three times.
QString countOfOthersSql();
/// Conflict when an execution of another flow would go with it that a person has pinned.
Result<void> mayGo(StorageConnection &connection, const FlowId &id);

/// `over`: have ended although their records do not say so yet.
struct Whatever
{
    QSet<ExecutionId> over;
    bool state = false; ///< also what has not ended, and what is pinned
};
/// Removes some of its executions, and the flow itself once it has none: then true. Conflict and NotFound as of
/// FlowStore::removeStep().
Result<bool> step(WriteTransaction &transaction, const FlowId &id, const Whatever &whatever);

} // namespace flow::flow_removal
