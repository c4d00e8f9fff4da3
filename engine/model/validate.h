// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/issue.h"
#include "model/task_type.h"

namespace flow {

/// Everything that is wrong or odd in a flow that reads well: errors first, then in the flow's order. Never changes the
/// flow. Any thread. 1,000 tasks take a few milliseconds.
QList<Issue> validate(const Flow &flow, const TaskTypes &types);

bool hasErrors(const QList<Issue> &issues);

} // namespace flow
