// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/cancel_reach.h"
#include "service/child_families.h"
#include "service/child_starter.h"

#include <atomic>
#include <vector>

namespace flow {

/// What those who run executions for a task ask of the service.
struct ChildCalls
{
    std::function<Result<Execution>(ExecutionId)> record;
    std::function<Result<ExecutionOrder>(ExecutionId)> order; ///< to go on with one that this program owns
    std::function<void(ExecutionOrder)> submit;               ///< tells that it waits, and runs it
    std::function<void(ExecutionId, CancelReach)> cancel;     ///< wherever it is; may read the store
    /// Only where it runs or waits for a thread; quick.
    std::function<void(ExecutionId, CancelReach)> cancelRunning;
    std::function<void(ExecutionId parent, const std::function<bool()> &ready)> help; ///< ExecutionPool::help()
    std::function<void(ExecutionId parent, const std::function<bool()> &ready, const std::function<bool()> &isUrgent)>
        stepAside; ///< ExecutionPool::stepAside()
    std::function<void()> wakeHelpers;
};

/// The executions that one attempt of a task has started: starts them as the plan says, waits for them, and hands on
/// what the attempt is told to do. Made and waited for on the execution's thread, which runs children itself meanwhile;
/// so whichever thread ends a child does what follows from that.
class AttemptChildren final : public ChildListener, public std::enable_shared_from_this<AttemptChildren>
{
public:
    AttemptChildren(const ChildStarter::Stores &stores, const ChildCalls &calls, ChildFamilies &families,
                    const ChildPlan &plan, const TaskRun &run);
    Q_DISABLE_COPY_MOVE(AttemptChildren)

    /// Once. `plan` and `run` are not looked at after it has returned.
    Result<ChildOutcome> run();
    void told(ExecutionId child, ChildNews news) override;

private:
    enum class State { NotStarted, Running, Paused, Interrupted, Over };
    struct Child
    {
        State state = State::NotStarted;
        ChildResult result;
        std::optional<Execution> earlier; ///< whose work it takes over
    };

    void begin();
    void step();
    void stopRunning() const;
    CancelReach reach() const;
    Result<void> findBefore();
    Result<void> findEarlier();
    Result<void> takeUp(int index, const Execution &execution);
    Result<void> goOn(int index, const Execution &execution);
    ExecutionControls controlsFor(ExecutionId id, ExecutionControls controls);
    void giveUp(int index, ExecutionId id, const Error &error);
    bool mayStart() const;
    Result<void> startMore();
    Result<void> start(int index);
    void settle(int index, const Execution &execution);
    void stopRest();
    void tellProgress() const;
    void move(Child &child, State state);
    int count(State state) const { return m_counts[size_t(state)]; }
    bool isDecided() const;
    bool isCancelled() const { return m_run.cancel.isCancelled(); }
    bool isPauseWanted() const { return m_run.isPauseWanted && m_run.isPauseWanted(); }
    bool isOver(bool decided) const;
    void wait();
    ChildOutcome outcome() const;
    QString reasonOfFirst(State state) const;

    ChildStarter::Stores m_stores;
    ChildStarter m_starter;
    const ChildCalls &m_calls;
    ChildFamilies &m_families;
    const ChildPlan &m_plan;
    const TaskRun &m_run;
    const ExecutionId m_parent;
    std::mutex m_mutex; ///< for all below; never taken under the lock of the pool's queue
    std::optional<ContinueWish> m_wish;
    Result<void> m_good;
    std::vector<Child> m_children;
    QHash<ExecutionId, int> m_indexes;
    int m_counts[5] = {};
    int m_completed = 0;
    int m_failed = 0;
    int m_next = 0;  ///< before it all have been started
    int m_stops = 0; ///< how many times the rest was told to stop
    bool m_returned = false;
    std::atomic<bool> m_isOver = false;
};

} // namespace flow
