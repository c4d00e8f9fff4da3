// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSet>
#include <QString>

#include <chrono>

namespace flow {

/// Bounds of one execution; each ends it with its own message.
struct ExecutionLimits
{
    std::chrono::nanoseconds taskTime =
        std::chrono::seconds(300); ///< per attempt; a task's timeout_seconds overrides it
    std::chrono::nanoseconds flowTime = std::chrono::seconds(3600); ///< from the execution's start
    int steps = 10'000;                                             ///< attempts in one execution
    int endingSteps = 100;           ///< further ones for the failure task and the final task and what follows them
    QSet<QString> patientTypes = {}; ///< task types that only wait for other executions: no time limit but their own
    std::chrono::nanoseconds longestWait =
        std::chrono::nanoseconds::max(); ///< waits for the next attempt that are longer do not keep the thread
};

} // namespace flow
