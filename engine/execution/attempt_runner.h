// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/execution_state.h"
#include "model/flow.h"
#include "tasks/task_registry.h"

namespace flow {

/// Makes the task, checks its settings, runs it, and turns everything that can go wrong into a failure with a text.
/// `config` are its settings with their expressions replaced, `run` carries all else. Never throws.
ExecutionState::Report runAttempt(const TaskRegistry &registry, const Task &task, const Result<QJsonObject> &config,
                                  TaskRun &run);

} // namespace flow
