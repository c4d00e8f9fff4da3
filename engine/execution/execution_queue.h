// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/cancel_reach.h"
#include "execution/flow_engine.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <limits>
#include <map>
#include <mutex>
#include <vector>

namespace flow {

/// The orders of a pool and who works on them; any kind of thread may call work(). Safe from any thread.
class ExecutionQueue
{
public:
    using Run = std::function<ExecutionOutcome(const ExecutionOrder &order)>;
    using Finished = std::function<void(ExecutionId id, const ExecutionOutcome &outcome)>;
    enum class Takes { Everything, CancelledOnly };
    struct Threads
    {
        int count = std::numeric_limits<int>::max(); ///< so many executions run at once, and so many call work()
        /// Has one more call work(Takes::Everything); null: there are no more. Called under the queue's lock.
        std::function<void()> addOne;
    };

    ExecutionQueue(Run run, Finished finished, Threads threads);

    void push(ExecutionOrder order);
    /// One that is to end as cancelled; with CancelReach::All without its final task.
    void pushCancelled(ExecutionOrder order, CancelReach reach = CancelReach::Further);
    /// False when the queue does not have it.
    bool cancel(ExecutionId id, CancelReach reach = CancelReach::Further);
    /// All that runs and waits, as the program ends. After CancelReach::All also all that comes.
    void cancelAll(CancelReach reach);
    /// Returns when nothing runs and nothing is to be ended any more, at the latest after that time.
    void waitUntilIdle(std::chrono::milliseconds atMost);
    /// Forgets what waits and what comes from now on, unless another execution waits for it: somebody else runs it
    /// later.
    void dropWaiting();
    /// Runs what waits and was started by `parent`, whose thread this is, until `ready`. So a thread that waits for
    /// others never keeps them from running, however few threads there are. `ready` is asked again after wakeHelpers()
    /// and under the queue's lock.
    void help(ExecutionId parent, const std::function<bool()> &ready);
    /// For one that does not wait for all it has started, and so must not be held up by running one of them: lets
    /// another thread take this one's place until `ready`, and then waits for a place unless it `isUrgent`. Helps where
    /// as many as there are threads have stepped aside already.
    void stepAside(ExecutionId parent, const std::function<bool()> &ready, const std::function<bool()> &isUrgent);
    void wakeHelpers();
    /// The steering of an execution that waits or runs; null when the queue does not have it.
    std::shared_ptr<ExecutionSteering> steering(ExecutionId id) const;
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
        CancelSource abort;
    };
    struct Running
    {
        CancelSource cancel;
        CancelSource abort;
        std::shared_ptr<ExecutionSteering> steering;
        bool cancelWanted = false;
    };

    static Entry entryOf(ExecutionOrder order);
    /// To m_cancelled. With the lock.
    void end(Entry entry, CancelReach reach, CancelReason reason = CancelReason::Cancelled);
    static void stop(std::vector<Running> &running, CancelReach reach, CancelReason reason = CancelReason::Cancelled);

    bool hasPlace() const { return m_active < m_threads.count; }
    bool take(std::unique_lock<std::mutex> &lock, Takes takes, Entry &entry);
    bool takeOf(ExecutionId parent, Entry &entry);
    void perform(std::unique_lock<std::mutex> &lock, Entry entry);

    const Run m_run;
    const Finished m_finished;
    const Threads m_threads;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Entry> m_waiting;
    std::deque<Entry> m_cancelled; ///< cancelled while they waited
    std::multimap<ExecutionId, Running> m_running;
    int m_workers;            ///< that take everything
    int m_active = 0;         ///< of them, those that run executions and have not stepped aside
    int m_aside = 0;          ///< threads that have stepped aside
    int m_returning = 0;      ///< of them, those that wait for a place
    bool m_isAwaited = false; ///< somebody waits until it is idle
    bool m_drops = false;     ///< roots that come are forgotten
    bool m_cancels = false;   ///< what comes ends at once
    bool m_closed = false;
};

} // namespace flow
