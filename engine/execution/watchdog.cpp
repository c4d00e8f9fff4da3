// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/watchdog.h"

#include <algorithm>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>
#include <utility>

namespace flow {

namespace {

using Moment = std::chrono::steady_clock::time_point;
using Key = std::pair<Moment, unsigned long long>; ///< equal moments are told apart by a number

/// Far enough for any deadline, near enough that waiting for it does not overflow.
constexpr std::chrono::hours longest{24 * 366};

} // namespace

struct Watchdog::State
{
    std::mutex mutex;
    std::condition_variable changed; ///< an earlier deadline, or the end
    std::condition_variable called;  ///< the running callback has returned
    std::map<Key, std::function<void()>> deadlines;
    unsigned long long lastNumber = 0;
    unsigned long long running = 0; ///< number of the deadline whose callback runs; 0: none
    Moment sleepsUntil = Moment::max();
    bool ending = false;
    std::thread thread;

    void work()
    {
        std::unique_lock lock(mutex);
        while (!ending) {
            if (deadlines.empty()) {
                sleepsUntil = Moment::max();
                changed.wait(lock);
                continue;
            }
            const auto first = deadlines.begin();
            if (first->first.first > std::chrono::steady_clock::now()) {
                sleepsUntil = first->first.first;
                changed.wait_until(lock, sleepsUntil);
                continue;
            }
            const std::function<void()> expired = std::move(first->second);
            running = first->first.second;
            deadlines.erase(first);
            lock.unlock();
            expired();
            lock.lock();
            running = 0;
            called.notify_all();
        }
    }
};

Watchdog::Watchdog()
    : m_state(std::make_unique<State>())
{
}

Watchdog::~Watchdog()
{
    {
        const std::lock_guard lock(m_state->mutex);
        m_state->ending = true;
    }
    m_state->changed.notify_all();
    if (m_state->thread.joinable())
        m_state->thread.join();
}

Watchdog::Deadline Watchdog::watch(std::chrono::nanoseconds time, std::function<void()> expired)
{
    State &state = *m_state;
    Deadline deadline;
    deadline.m_watchdog = this;
    deadline.m_when = std::chrono::steady_clock::now() + std::min<std::chrono::nanoseconds>(time, longest);
    bool earlier = false;
    {
        const std::lock_guard lock(state.mutex);
        deadline.m_number = ++state.lastNumber;
        state.deadlines.emplace(Key{deadline.m_when, deadline.m_number}, std::move(expired));
        // Most deadlines are taken back long before they pass: the thread is only woken for one that comes before its
        // next look.
        earlier = deadline.m_when < state.sleepsUntil;
        if (!state.thread.joinable())
            state.thread = std::thread([&state] { state.work(); });
    }
    if (earlier)
        state.changed.notify_one();
    return deadline;
}

Watchdog::Deadline::Deadline(Deadline &&other) noexcept
    : m_watchdog(std::exchange(other.m_watchdog, nullptr))
    , m_when(other.m_when)
    , m_number(other.m_number)
{
}

Watchdog::Deadline &Watchdog::Deadline::operator=(Deadline &&other) noexcept
{
    if (this != &other) {
        disarm();
        m_watchdog = std::exchange(other.m_watchdog, nullptr);
        m_when = other.m_when;
        m_number = other.m_number;
    }
    return *this;
}

Watchdog::Deadline::~Deadline()
{
    disarm();
}

bool Watchdog::Deadline::renew(std::chrono::nanoseconds time)
{
    if (!m_watchdog)
        return false;
    State &state = *m_watchdog->m_state;
    const Moment when = std::chrono::steady_clock::now() + std::min<std::chrono::nanoseconds>(time, longest);
    bool earlier = false;
    {
        const std::lock_guard lock(state.mutex);
        auto deadline = state.deadlines.extract({m_when, m_number});
        if (!deadline)
            return false;
        m_when = when;
        deadline.key().first = when;
        state.deadlines.insert(std::move(deadline));
        earlier = when < state.sleepsUntil;
    }
    if (earlier)
        state.changed.notify_one();
    return true;
}

void Watchdog::Deadline::disarm()
{
    if (!m_watchdog)
        return;
    State &state = *std::exchange(m_watchdog, nullptr)->m_state;
    std::unique_lock lock(state.mutex);
    if (state.deadlines.erase({m_when, m_number}) == 0)
        state.called.wait(lock, [&] { return state.running != m_number; });
}

} // namespace flow
