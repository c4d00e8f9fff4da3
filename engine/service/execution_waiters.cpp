// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/execution_waiters.h"

#include "service/flow_service.h"

namespace flow {

void ExecutionWaiters::expect(ExecutionId id)
{
    const std::lock_guard lock(m_mutex);
    m_running.insert(id, {});
}

std::optional<QFuture<ExecutionDetails>> ExecutionWaiters::wait(ExecutionId id)
{
    const std::lock_guard lock(m_mutex);
    const auto running = m_running.find(id);
    if (running == m_running.end())
        return std::nullopt;
    auto promise = std::make_shared<QPromise<ExecutionDetails>>();
    promise->start();
    running->append(promise);
    return promise->future();
}

QList<ExecutionPromise> ExecutionWaiters::take(ExecutionId id)
{
    const std::lock_guard lock(m_mutex);
    m_ended.notify_all();
    return m_running.take(id);
}

void ExecutionWaiters::waitForEnd(ExecutionId id)
{
    std::unique_lock lock(m_mutex);
    m_ended.wait(lock, [&] { return !m_running.contains(id); });
}

} // namespace flow
