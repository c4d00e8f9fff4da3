// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/shape.h"
#include "model/flow.h"

namespace flow {

/// What is known before a run of the variables that a flow's expressions see: which tasks there are and what is told of
/// each, and what the description of the input says. What tasks return is not known.
Scope scopeOf(const Flow &flow);

} // namespace flow
