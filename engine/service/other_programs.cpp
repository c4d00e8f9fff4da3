// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/other_programs.h"

#include "service/flow_service.h"
#include "service/owners.h"

namespace flow {

namespace {
constexpr auto lookEvery = std::chrono::milliseconds(200);
constexpr auto takeOverEvery = std::chrono::seconds(1);
} // namespace

OtherPrograms::OtherPrograms(const Owners &owners, Calls calls)
    : m_owners(owners)
    , m_calls(std::move(calls))
{
}

OtherPrograms::~OtherPrograms()
{
    stop();
}

void OtherPrograms::start()
{
    m_thread = std::thread([this] { loop(); });
}

void OtherPrograms::stop()
{
    {
        const std::lock_guard lock(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
    if (m_thread.joinable())
        m_thread.join();
}

void OtherPrograms::executionStarted()
{
    const std::lock_guard lock(m_mutex);
    if (m_running++ == 0)
        m_changed.notify_all();
}

void OtherPrograms::executionEnded(ExecutionId id)
{
    m_owners.dropRequests(id);
    const std::lock_guard lock(m_mutex);
    --m_running;
}

void OtherPrograms::waitFor(ExecutionId id, const ExecutionPromise &promise)
{
    const std::lock_guard lock(m_mutex);
    m_waits.append({id, promise});
    m_changed.notify_all();
}

void OtherPrograms::loop()
{
    // All that is asked here is asked again, and what others want of this program must not wait for one of them.
    const Owners::AtOnce atOnce;
    std::unique_lock lock(m_mutex);
    while (!m_stop) {
        const auto hasWork = [this] { return m_stop || m_running > 0 || !m_waits.isEmpty(); };
        if (m_calls.takeOver)
            m_changed.wait_until(lock, m_tookOver + takeOverEvery, hasWork);
        else
            m_changed.wait(lock, hasWork);
        if (m_stop)
            return;
        const bool running = m_running > 0;
        const bool waiting = !m_waits.isEmpty();
        lock.unlock();
        if (running) {
            lookForRequests();
            m_calls.look();
        }
        if (waiting)
            lookForEnds();
        if (m_calls.takeOver && std::chrono::steady_clock::now() >= m_tookOver + takeOverEvery)
            takeOver();
        lock.lock();
        if (m_running > 0 || !m_waits.isEmpty())
            m_changed.wait_for(lock, lookEvery, [this] { return m_stop; });
    }
}

void OtherPrograms::takeOver()
{
    m_calls.takeOver();
    m_tookOver = std::chrono::steady_clock::now();
}

void OtherPrograms::lookForRequests()
{
    for (const OwnerRequest &request : m_owners.requests()) {
        if (m_calls.carryOut(request))
            m_owners.dropRequest(request);
    }
}

void OtherPrograms::lookForEnds()
{
    QList<Wait> waits;
    {
        const std::lock_guard lock(m_mutex);
        waits = m_waits;
    }
    for (const Wait &wait : waits) {
        std::optional<ExecutionDetails> details = m_calls.ended(wait.id);
        if (!details)
            continue;
        wait.promise->addResult(std::move(*details));
        wait.promise->finish();
        const std::lock_guard lock(m_mutex);
        m_waits.removeIf([&](const Wait &other) { return other.promise == wait.promise; });
    }
}

} // namespace flow
