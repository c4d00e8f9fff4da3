// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/breakpoint.h"
#include "model/execution.h"
#include "storage/write_batch.h"

namespace flow {

/// How an execution begins, besides what its record says.
struct ExecutionBeginning
{
    bool recoverable = true; ///< another program may go on with it when its own has died
    QList<Breakpoint> breakpoints;
    int reusedUpTo = 0; ///< the attempts of `resumedFrom` up to this one are taken over with their results
};

/// A new row of flow_executions; gives its id. NotFound when the flow, or the revision of this flow, does not exist.
/// One that another execution starts is refused, like a step of that one, unless it is this owner's and runs.
Result<ExecutionId> insertExecution(WriteTransaction &transaction, const Execution &execution, const QString &owner,
                                    const QString &inputText, const ExecutionBeginning &beginning = {});

} // namespace flow
