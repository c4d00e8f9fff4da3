// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/flow_engine.h"

#include <condition_variable>
#include <deque>
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

    ExecutionQueue(Run run, Finished finished);

    void push(ExecutionOrder order);
    /// One that is to end as cancelled.
    void pushCancelled(ExecutionOrder order);
    /// The second time it also ends the final task of one that runs.
    bool cancel(ExecutionId id);
    /// At once: final tasks do not run.
    void cancelAll();
    /// Forgets what waits, unless another execution waits for it: somebody else runs it later.
    void dropWaiting();
    /// Runs what waits and was started by `parent`, whose thread this is, until `ready`. So a thread that waits for
    /// others never keeps them from running, however few threads there are. `ready` is asked again after wakeHelpers()
    /// and under the queue's lock.
    void help(ExecutionId parent, const std::function<bool()> &ready);
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
    static void stop(std::vector<Running> &running, bool atOnce);

    bool take(std::unique_lock<std::mutex> &lock, Takes takes, Entry &entry);
    bool takeOf(ExecutionId parent, Entry &entry);
    void perform(std::unique_lock<std::mutex> &lock, Entry entry);

    const Run m_run;
    const Finished m_finished;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::deque<Entry> m_waiting;
    std::deque<Entry> m_cancelled; ///< cancelled while they waited
    std::multimap<ExecutionId, Running> m_running;
    bool m_closed = false;
};

} // namespace flow
