// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "model/execution_journal.h"

#include <QSet>

#include <mutex>

namespace flow {

/// Which executions have an attempt running that touches the world: its end waits for the disk as its start did. Any
/// thread.
class WorldTouches
{
public:
    void started(const AttemptStart &start)
    {
        if (!start.touchesWorld)
            return;
        const std::lock_guard lock(m_mutex);
        m_executions.insert(start.executionId);
    }
    void ended(ExecutionId id)
    {
        const std::lock_guard lock(m_mutex);
        m_executions.remove(id);
    }
    bool has(ExecutionId id) const
    {
        const std::lock_guard lock(m_mutex);
        return m_executions.contains(id);
    }

private:
    mutable std::mutex m_mutex;
    QSet<ExecutionId> m_executions;
};

} // namespace flow
