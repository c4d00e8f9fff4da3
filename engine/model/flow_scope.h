// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/shape.h"
#include "model/flow.h"
#include "model/task_type.h"

namespace flow {

/// What is known before a run of the variables that a flow's expressions see: which tasks there are and what is told of
/// each, what the description of the input says, and what tasks of these types return. Tasks of other types may return
/// anything.
Scope scopeOf(const Flow &flow, const TaskTypes &types = {});

} // namespace flow
