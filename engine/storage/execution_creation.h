// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution.h"
#include "storage/write_batch.h"

namespace flow {

/// A new row of flow_executions; gives its id. NotFound when the flow, or the revision of this flow, does not exist.
Result<ExecutionId> insertExecution(WriteTransaction &transaction, const Execution &execution, const QString &owner,
                                    const QString &inputText);

} // namespace flow
