// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/issue.h"
#include "model/library_flows.h"
#include "model/task_type.h"

namespace flow {

/// Everything that is wrong or odd in a flow that reads well: errors first, then in the flow's order. Never changes the
/// flow. Any thread. 1,000 tasks take a few milliseconds.
///
/// Without `library` any flow that is not in the file may be there. Otherwise it need not be all of it: the flows of
/// flowsOfLibrary() that exist are enough to find the others, and the rest serves for suggestions.
QList<Issue> validate(const Flow &flow, const TaskTypes &types, const LibraryFlows *library = nullptr);

bool hasErrors(const QList<Issue> &issues);

} // namespace flow
