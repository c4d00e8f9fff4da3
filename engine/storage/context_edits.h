// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_position.h"
#include "storage/write_batch.h"

/// Rows of the table context_edits. Inside a transaction of the connection's thread.
namespace flow::context_edits {

/// Adds the change behind the last attempt of a paused execution, to what was changed there before. Conflict when it is
/// not paused, NotFound when it is gone.
Result<void> add(WriteTransaction &transaction, ExecutionId id, const ContextEdit &edit);
/// In order.
Result<QList<ContextEdit>> read(StorageConnection &connection, ExecutionId id);

} // namespace flow::context_edits
