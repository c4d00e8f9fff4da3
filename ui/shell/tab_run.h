// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_trace.h"

namespace flow {

/// The execution that a tab shows on its canvas: live from its events, afterwards with its records. A plain value.
struct TabRun
{
    ExecutionId id = 0;
    QString flowName; ///< at the time of the run
    ExecutionTrace trace;
    QList<ExecutionEvent> events;       ///< all so far, for the log
    std::optional<Execution> execution; ///< once its records are read
    QList<TaskExecution> tasks;         ///< once its records are read

    std::optional<QJsonObject> context; ///< while it is paused: what the next task will see

    bool isPaused() const { return id != 0 && trace.status == ExecutionStatus::Paused; }
    bool isActive() const { return id != 0 && !isFinished(trace.status); }
};

} // namespace flow
