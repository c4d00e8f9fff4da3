// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>

namespace flow {

/// A number of seconds out of a document as a duration; below 0 counts as 0, more than 100 years as 100 years.
inline std::chrono::nanoseconds nanosecondsOf(double seconds)
{
    constexpr double most = 100.0 * 366 * 86'400;
    if (!(seconds > 0))
        return std::chrono::nanoseconds::zero();
    return std::chrono::duration_cast<std::chrono::nanoseconds>(
        std::chrono::duration<double>(seconds < most ? seconds : most));
}

inline double secondsOf(std::chrono::nanoseconds time)
{
    return std::chrono::duration<double>(time).count();
}

} // namespace flow
