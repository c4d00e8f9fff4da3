// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_event.h"
#include "model/flow.h"

namespace flow {

/// The events of an execution as they can be told from its records afterwards, with the log lines of its tasks put
/// where they belong by time. `flow` is the revision that ran. Progress is not kept and does not appear.
QList<ExecutionEvent> executionHistory(const Execution &execution, const QList<TaskExecution> &tasks,
                                       const QList<ExecutionEvent> &lines, const Flow &flow);

} // namespace flow
