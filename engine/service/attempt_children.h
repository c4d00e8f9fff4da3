// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/child_families.h"
#include "service/child_starter.h"

#include <vector>

namespace flow {

/// What those who run executions for a task ask of the service.
struct ChildCalls
{
    std::function<Result<Execution>(ExecutionId)> record;
    std::function<Result<ExecutionOrder>(ExecutionId)> order; ///< to go on with one that this program owns
    std::function<void(ExecutionOrder)> submit;               ///< tells that it waits, and runs it
    std::function<void(ExecutionId)> cancel;
    std::function<void(ExecutionId parent, const std::function<bool()> &ready)> help; ///< ExecutionPool::help()
    std::function<void()> wakeHelpers;
};

/// The executions that one attempt of a task has started: starts them as the plan says, waits for them, and hands on
/// what the attempt is told to do. On the execution's thread.
class AttemptChildren
{
public:
    AttemptChildren(const ChildStarter::Stores &stores, const ChildCalls &calls, ChildFamilies &families,
                    const ChildPlan &plan, const TaskRun &run);
    ~AttemptChildren();
    Q_DISABLE_COPY_MOVE(AttemptChildren)

    Result<ChildOutcome> run();

private:
    enum class State { NotStarted, Running, Paused, Interrupted, Over };
    struct Child
    {
        State state = State::NotStarted;
        ChildResult result;
        std::optional<Execution> earlier; ///< whose work it takes over
    };

    Result<void> findBefore();
    Result<void> findEarlier();
    Result<void> takeUp(int index, const Execution &execution);
    Result<void> goOn(int index, const Execution &execution);
    ExecutionControls controlsFor(ExecutionId id, ExecutionControls controls);
    void giveUp(ExecutionId id, const Error &error);
    bool mayStart() const;
    Result<void> startMore();
    Result<void> start(int index);
    void takeNews();
    void settle(int index, const Execution &execution);
    void stopRest();
    void move(Child &child, State state);
    int count(State state) const { return m_counts[size_t(state)]; }
    bool isDecided() const;
    bool isCancelled() const { return m_run.cancel.isCancelled(); }
    bool isPauseWanted() const { return m_run.isPauseWanted && m_run.isPauseWanted(); }
    bool isOver(bool decided) const;
    void waitForNews();
    ChildOutcome outcome() const;
    QString reasonOfFirst(State state) const;

    ChildStarter::Stores m_stores;
    ChildStarter m_starter;
    const ChildCalls &m_calls;
    ChildFamilies &m_families;
    const ChildPlan &m_plan;
    const TaskRun &m_run;
    const ExecutionId m_parent;
    std::optional<ContinueWish> m_wish;
    std::vector<Child> m_children;
    QHash<ExecutionId, int> m_indexes;
    int m_counts[5] = {};
    int m_completed = 0;
    int m_failed = 0;
    int m_next = 0;  ///< before it all have been started
    int m_stops = 0; ///< how often the rest was told to stop
    std::vector<std::shared_ptr<void>> m_links;
};

} // namespace flow
