// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tasks/base_task.h"

namespace flow {

/// A number from 0 up to, not including, 1. With `seed` in the task's settings it depends on nothing but the seed and
/// the number of the attempt, so that a retry may end differently and still the same each time, on every machine.
double drawChance(const TaskRun &run);

} // namespace flow
