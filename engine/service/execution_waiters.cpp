// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/execution_waiters.h"

#include "service/flow_service.h"

#include <algorithm>

namespace flow {

void ExecutionWaiters::expect(ExecutionId id)
{
    const std::lock_guard lock(m_mutex);
    ++m_running[id].times;
}

std::optional<QFuture<ExecutionDetails>> ExecutionWaiters::wait(ExecutionId id)
{
    const std::lock_guard lock(m_mutex);
    const auto running = m_running.find(id);
    if (running == m_running.end())
        return std::nullopt;
    auto promise = std::make_shared<QPromise<ExecutionDetails>>();
    promise->start();
    running->promises.append(promise);
    return promise->future();
}

QList<ExecutionPromise> ExecutionWaiters::take(ExecutionId id)
{
    const std::lock_guard lock(m_mutex);
    const auto running = m_running.find(id);
    if (running == m_running.end() || --running->times > 0)
        return {};
    m_ended.notify_all();
    return m_running.take(id).promises;
}

QList<ExecutionId> ExecutionWaiters::running(const QList<ExecutionId> &ids) const
{
    const std::lock_guard lock(m_mutex);
    QList<ExecutionId> running;
    std::copy_if(ids.begin(), ids.end(), std::back_inserter(running),
                 [this](ExecutionId id) { return m_running.contains(id); });
    return running;
}

QList<ExecutionId> ExecutionWaiters::all() const
{
    const std::lock_guard lock(m_mutex);
    return m_running.keys();
}

void ExecutionWaiters::waitForEnds(const QList<ExecutionId> &ids, std::chrono::milliseconds atMost)
{
    std::unique_lock lock(m_mutex);
    m_ended.wait_for(lock, atMost, [&] {
        return std::none_of(ids.begin(), ids.end(), [this](ExecutionId id) { return m_running.contains(id); });
    });
}

} // namespace flow
