// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/flow.h"
#include "model/library_flows.h"
#include "model/task_type.h"

/// What the library and a run refuse. The reason of the InvalidFlow error is one line for each problem.
namespace flow {

/// What the library keeps: a flow that reads back the way it is written. Unfinished drawings are welcome.
Result<void> checkSavable(const Flow &flow);
/// What the contract takes: in addition unique names, at least one task, start task and targets exist.
Result<void> checkReadable(const Flow &flow);
/// Every task's type must be registered: `Task 'x' not found in task registry`.
Result<void> checkTaskTypes(const Flow &flow, const TaskTypes &types);
/// The input with what the flow's `inputs` give as defaults, where it fits them. Otherwise the code of the first
/// mistake, and a line for each.
Result<QJsonObject> checkedInput(const Flow &flow, const QJsonObject &input);
/// Both, and everything else that validate() calls an error. `library`: see there.
Result<void> checkRunnable(const Flow &flow, const TaskTypes &types, const LibraryFlows *library = nullptr);

} // namespace flow
