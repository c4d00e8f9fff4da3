// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/timestamp.h"

namespace flow {

/// Where the engine takes time from, so that tests can bring their own. Implementations are safe to call from any
/// thread.
class Clock
{
public:
    virtual ~Clock() = default;
    /// Wall clock in UTC: for stamps only, it may jump.
    virtual Timestamp now() const = 0;
    /// Never goes back: for durations, time limits and waiting.
    virtual std::chrono::nanoseconds monotonic() const = 0;
};

/// The machine's clocks.
const Clock &systemClock();

} // namespace flow
