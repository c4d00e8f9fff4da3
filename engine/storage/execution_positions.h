// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/breakpoint.h"
#include "model/execution_position.h"
#include "storage/write_batch.h"

namespace flow {

/// An execution that can go on: what it is, where it stands, and where it is to pause.
struct StandingExecution
{
    Execution execution;
    ExecutionPosition position;
    QList<Breakpoint> breakpoints;
};

/// Reads it from its rows alone. NotFound: `Execution 7 not found`.
Result<StandingExecution> readStanding(StorageConnection &connection, ExecutionId id);
/// Input and results, as the next task would see them.
Result<QJsonObject> readContext(StorageConnection &connection, ExecutionId id);
/// The data of the last task that succeeded in the main part; null when there is none. NotFound as above.
Result<QJsonValue> readResult(StorageConnection &connection, ExecutionId id);
/// A person has cancelled it; nothing where it has ended.
Result<void> noteCancel(WriteTransaction &transaction, ExecutionId id);
/// New breakpoints of an execution that has not ended (Conflict otherwise).
Result<void> storeBreakpoints(WriteTransaction &transaction, ExecutionId id, const QList<Breakpoint> &breakpoints);

} // namespace flow
