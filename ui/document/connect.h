// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow.h"

namespace flow {

/// Changes the conditions of `source` so that after `outcome` the flow goes to `target`, and every other way stays as
/// it is. Prefers the form of the reference: one condition with both targets. Expressions that stand before keep their
/// say. Pure.
void connectByMeaning(Flow &flow, const QString &source, Outcome outcome, const QString &target);

} // namespace flow
