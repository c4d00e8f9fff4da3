// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/execution_launcher.h"

#include "storage/execution_store.h"

namespace flow {

ExecutionLauncher::ExecutionLauncher(ExecutionStore &executions, Calls calls)
    : ExecutionSchedule({.admit = [&executions](ExecutionId id, int limit) { return executions.admit(id, limit); },
                         .running = [&executions](const FlowId &flow) { return executions.runningOf(flow); }},
                        std::move(calls), systemClock())
    , m_thread([this] { loop(); })
{
}

ExecutionLauncher::~ExecutionLauncher()
{
    stop();
}

void ExecutionLauncher::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void ExecutionLauncher::workCame()
{
    const std::lock_guard lock(m_mutex);
    m_look = true;
    m_changed.notify_all();
}

void ExecutionLauncher::loop()
{
    std::unique_lock lock(m_mutex);
    while (!m_stop) {
        lock.unlock();
        const std::chrono::nanoseconds wait = untilNextLook();
        lock.lock();
        m_changed.wait_for(lock, wait, [this] { return m_stop || m_look; });
        if (m_stop)
            return;
        m_look = false;
        lock.unlock();
        look();
        lock.lock();
    }
}

} // namespace flow
