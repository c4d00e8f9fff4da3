// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/breakpoint.h"
#include "tasks/base_task.h"

namespace flow {

/// What a person wants of an execution that begins or goes on. A value.
struct ExecutionControls
{
    QList<Breakpoint> breakpoints;
    bool pause = false;                    ///< before the next task
    bool passesFirst = false;              ///< but not where it begins: with `pause` that is a single step
    bool wakesChildren = false;            ///< the paused ones that it waits for go on in the same way
    QString refusal = {};                  ///< not null: it ends before it begins, as failed, for this reason
    QString skipReason = {};               ///< not null: it ends before it begins, as cancelled, for this reason
    std::optional<TaskResult> forced = {}; ///< what the first task comes to, without running it
};

} // namespace flow
