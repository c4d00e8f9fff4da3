// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/cancellation.h"

#include <condition_variable>
#include <map>
#include <mutex>

namespace flow {

struct CancelToken::State
{
    mutable std::mutex mutex;
    mutable std::condition_variable changed;
    CancelReason reason = CancelReason::None;
    std::map<int, std::function<void()>> callbacks;
    int nextId = 0;
    // Held while callbacks run, so that a handle can wait for them. Recursive: a callback may drop its own handle.
    mutable std::recursive_mutex running;
};

CancelToken::CancelToken()
    : m_state(std::make_shared<State>())
{
}

CancelToken::CancelToken(std::shared_ptr<State> state)
    : m_state(std::move(state))
{
}

bool CancelToken::isCancelled() const
{
    return reason() != CancelReason::None;
}

CancelReason CancelToken::reason() const
{
    const std::lock_guard lock(m_state->mutex);
    return m_state->reason;
}

bool CancelToken::waitFor(std::chrono::nanoseconds time) const
{
    std::unique_lock lock(m_state->mutex);
    return m_state->changed.wait_for(lock, time, [this] { return m_state->reason != CancelReason::None; });
}

std::shared_ptr<void> CancelToken::onCancelled(std::function<void()> callback) const
{
    std::unique_lock lock(m_state->mutex);
    if (m_state->reason != CancelReason::None) {
        lock.unlock();
        callback();
        return nullptr;
    }
    const int id = m_state->nextId++;
    m_state->callbacks.emplace(id, std::move(callback));
    return std::shared_ptr<void>(nullptr, [state = m_state, id](void *) {
        const std::lock_guard waitForRunning(state->running);
        const std::lock_guard lockState(state->mutex);
        state->callbacks.erase(id);
    });
}

CancelSource::CancelSource()
    : m_token(std::make_shared<CancelToken::State>())
{
}

void CancelSource::cancel(CancelReason reason)
{
    const std::shared_ptr<CancelToken::State> state = m_token.m_state;
    const std::lock_guard running(state->running);
    std::map<int, std::function<void()>> callbacks;
    {
        const std::lock_guard lock(state->mutex);
        if (state->reason != CancelReason::None)
            return;
        state->reason = reason;
        callbacks.swap(state->callbacks);
    }
    state->changed.notify_all();
    for (const auto &[id, callback] : callbacks)
        callback();
}

} // namespace flow
