// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <chrono>
#include <functional>
#include <memory>

namespace flow {

/// Why somebody wants work to stop. The first reason given stays.
enum class CancelReason { None, Cancelled, ProgramEnds, TaskTimeLimit, FlowTimeLimit };

/// Not for taking too long.
constexpr bool isCancel(CancelReason reason)
{
    return reason == CancelReason::Cancelled || reason == CancelReason::ProgramEnds;
}

/// The reading end of a cancellation: cheap to copy, safe from any thread.
class CancelToken
{
public:
    /// A token that is never cancelled.
    CancelToken();

    bool isCancelled() const;
    CancelReason reason() const;

    /// Sleeps until the time has passed or the token is cancelled; true when cancelled. The only way a task may wait.
    bool waitFor(std::chrono::nanoseconds time) const;

    /// Calls `callback` once when cancelled (from the cancelling thread; at once when it already is). The callback must
    /// be short and must not throw. It stays registered while the returned handle lives; the handle's destructor waits
    /// for a callback that is just running, so what it captures may die right after.
    [[nodiscard]] std::shared_ptr<void> onCancelled(std::function<void()> callback) const;

private:
    friend class CancelSource;
    struct State;
    explicit CancelToken(std::shared_ptr<State> state);
    std::shared_ptr<State> m_state;
};

/// The end that cancels. Safe from any thread; tokens outlive it.
class CancelSource
{
public:
    CancelSource();
    void cancel(CancelReason reason = CancelReason::Cancelled);
    CancelToken token() const { return m_token; }

private:
    CancelToken m_token;
};

} // namespace flow
