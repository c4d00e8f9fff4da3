// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_event.h"
#include "storage/write_batch.h"

namespace flow {

/// Keeps the lines (TaskLogged) of executions that exist.
Result<void> insertLog(WriteTransaction &transaction, const QList<ExecutionEvent> &lines);
/// NotFound: `Execution 7 not found`.
Result<QList<ExecutionEvent>> readLog(StorageConnection &connection, ExecutionId id);

} // namespace flow
