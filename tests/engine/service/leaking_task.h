// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/task_type.h"
#include "tasks/base_task.h"

/// A task that is given a secret and tells it in every way a task can; `how` says in which:
/// - echo, encoded, parsed, lines: in its data; fail, throw: in its error; log, progress: on the way
/// - wait: tells it, then waits until it is stopped; fine: keeps it
class LeakingTask final : public flow::BaseTask
{
public:
    static flow::TaskType describe();
    flow::TaskResult execute(flow::TaskRun &run) override;
};
