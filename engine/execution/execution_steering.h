// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/breakpoint.h"

#include <mutex>
#include <optional>

namespace flow {

/// What a person wants of an execution while it runs: told from any thread, looked at by its own between two tasks.
class ExecutionSteering
{
public:
    void requestPause()
    {
        const std::lock_guard lock(m_mutex);
        m_pause = true;
    }
    void setBreakpoints(const QList<Breakpoint> &breakpoints)
    {
        const std::lock_guard lock(m_mutex);
        m_breakpoints = breakpoints;
    }

    bool pauseRequested() const
    {
        const std::lock_guard lock(m_mutex);
        return m_pause;
    }
    /// The breakpoints, if they have changed since they were taken last.
    std::optional<QList<Breakpoint>> takeBreakpoints()
    {
        const std::lock_guard lock(m_mutex);
        return std::exchange(m_breakpoints, std::nullopt);
    }

private:
    mutable std::mutex m_mutex;
    bool m_pause = false;
    std::optional<QList<Breakpoint>> m_breakpoints;
};

} // namespace flow
