// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/log_gatherer.h"

#include <utility>

namespace flow {

LogGatherer::LogGatherer(Store store)
    : m_store(std::move(store))
{
}

void LogGatherer::take(const ExecutionEvent &event)
{
    QList<ExecutionEvent> ready;
    {
        const std::lock_guard lock(m_mutex);
        if (std::holds_alternative<TaskLogged>(event.what)) {
            QList<ExecutionEvent> &lines = m_lines[event.executionId];
            lines.append(event);
            if (lines.size() < mostLines)
                return;
        }
        ready = m_lines.take(event.executionId);
    }
    if (!ready.isEmpty())
        m_store(ready);
}

void LogGatherer::flush()
{
    QHash<ExecutionId, QList<ExecutionEvent>> all;
    {
        const std::lock_guard lock(m_mutex);
        all = std::exchange(m_lines, {});
    }
    for (const QList<ExecutionEvent> &lines : std::as_const(all))
        m_store(lines);
}

} // namespace flow
