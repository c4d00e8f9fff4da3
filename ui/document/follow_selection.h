// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace flow {

struct Flow;
struct Selection;

/// The same things after a change of the flow: a renamed task under its new name, a condition at its new place; what is
/// gone is left out. Pure.
Selection followSelection(const Selection &selection, const Flow &before, const Flow &after);

} // namespace flow
