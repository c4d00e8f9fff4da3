// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/flow_engine.h"

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>

namespace flow {

/// The orders of a pool and who works on them; any kind of thread may call work(). Safe from any thread.
class ExecutionQueue
{
public:
    using Run = std::function<ExecutionOutcome(const ExecutionOrder &order)>;
    using Finished = std::function<void(ExecutionId id, const ExecutionOutcome &outcome)>;
    enum class Takes { Everything, CancelledOnly };

    ExecutionQueue(Run run, Finished finished);

    void push(ExecutionOrder order);
    bool cancel(ExecutionId id);
    void cancelAll();
    /// Lets work() return once nothing is left.
    void close();

    /// Takes one order after the other, the cancelled ones first, until the queue is closed and empty. A worker that
    /// takes cancelled orders only ends them while all others are busy.
    void work(Takes takes);

    int running() const;
    int waiting() const;

private:
    struct Entry
    {
        ExecutionOrder order;
        CancelSource cancel;
    };

    bool take(std::unique_lock<std::mutex> &lock, Takes takes, Entry &entry);

    const Run m_run;
    const Finished m_finished;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Entry> m_waiting;
    std::deque<Entry> m_cancelled; ///< cancelled while they waited
    std::multimap<ExecutionId, CancelSource> m_running;
    bool m_closed = false;
};

} // namespace flow
