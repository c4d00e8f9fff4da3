// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace flow {

/// Bounds of one execution; each ends it with its own message.
struct ExecutionLimits
{
    std::chrono::nanoseconds taskTime =
        std::chrono::seconds(300); ///< per attempt; a task's timeout_seconds overrides it
    std::chrono::nanoseconds flowTime = std::chrono::seconds(3600); ///< from the execution's start
    int steps = 10'000;                                             ///< attempts in one execution
};

} // namespace flow
