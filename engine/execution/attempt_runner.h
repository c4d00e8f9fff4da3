// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/execution_state.h"
#include "model/flow.h"
#include "tasks/task_registry.h"

namespace flow {

/// Makes the task, checks its settings, runs it, and turns everything that can go wrong into a failure with a text. `run` carries
/// all but the settings. Never throws.
ExecutionState::Report runAttempt(const TaskRegistry &registry, const Task &task, TaskRun &run);

} // namespace flow
