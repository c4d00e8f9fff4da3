// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/cancel_reach.h"
#include "execution/flow_engine.h"

#include <memory>

namespace flow {

/// A bounded number of QThreads that run executions; what does not fit waits in order. Safe from any thread.
class ExecutionPool
{
public:
    using Finished = std::function<void(ExecutionId id, const ExecutionOutcome &outcome)>;

    struct Settings
    {
        int threads = 8; ///< 1 to 256
    };

    /// `listener` and `finished` are called on execution threads, or on the pool's own thread for an execution that was
    /// cancelled while it waited. `finished` comes when the pool does not have the execution any more.
    ExecutionPool(const Settings &settings, const TaskRegistry &registry, ExecutionJournal &journal, const Clock &clock,
                  FlowEngine::Listener listener, Finished finished);
    ~ExecutionPool();
    /// Cancels what runs and waits, final tasks as well, and joins the threads. All other calls stay possible, and have
    /// no effect.
    void finish();

    /// Runs it as soon as a thread is free. `order.cancel` is replaced by the pool's own token.
    void start(ExecutionOrder order);
    /// Ends it as cancelled, without waiting for a free thread; its final task still runs, unless CancelReach::All.
    void startCancelled(ExecutionOrder order, CancelReach reach = CancelReach::Further);
    /// Stops a running or waiting execution, without waiting for its end; false when the pool does not have it (any
    /// more).
    bool cancel(ExecutionId id, CancelReach reach = CancelReach::Further);
    /// All that runs and waits, as the program ends, without waiting for their ends; after CancelReach::All also all
    /// that is started.
    void cancelAll(CancelReach reach);
    /// Returns when nothing runs any more, at the latest after that time.
    void waitUntilIdle(std::chrono::milliseconds atMost);
    /// Forgets what waits for a thread, and what is started from now on: it stays as it is in the journal.
    void dropWaiting();
    /// Pauses a running or waiting execution before its next task; false when the pool does not have it (any more).
    bool pause(ExecutionId id);
    /// New breakpoints for a running or waiting execution; false as above.
    bool setBreakpoints(ExecutionId id, const QList<Breakpoint> &breakpoints);

    /// For a task on an execution thread that waits for executions which its own, `parent`, has started: runs them here
    /// unless other threads do, until `ready`. See ExecutionQueue::help().
    void help(ExecutionId parent, const std::function<bool()> &ready);
    /// The same where some of them may go on when this has long gone on itself: another thread runs executions in this
    /// one's place. See ExecutionQueue::stepAside().
    void stepAside(ExecutionId parent, const std::function<bool()> &ready, const std::function<bool()> &isUrgent);
    /// `ready` of those that help may have changed.
    void wakeHelpers();

    int running() const;
    int waiting() const;

private:
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace flow
