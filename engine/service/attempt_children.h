// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/child_families.h"
#include "service/child_starter.h"
#include "service/child_tally.h"

#include <atomic>

namespace flow {

/// What those who run executions for a task ask of the service.
struct ChildCalls
{
    /// Who has an execution in hand that has neither ended nor is paused.
    enum class Place {
        Here, ///< whatever becomes of it is told
        Elsewhere,
        Nowhere, ///< its program has died
    };

    std::function<Result<Execution>(ExecutionId)> record;
    std::function<Result<ExecutionOrder>(ExecutionId)> order; ///< to go on with one that this program owns
    std::function<void(ExecutionOrder)> submit;               ///< tells that it waits, and runs it
    std::function<void(ExecutionId)> pause;                   ///< only where it runs or waits here
    /// The same where it cannot be read now: as soon as it can, as the wish says.
    std::function<void(ExecutionId, const std::optional<ContinueWish> &)> submitLater;
    /// Ends one of this program that cannot be read at all.
    std::function<void(ExecutionId, const Error &)> giveUp;
    std::function<Result<Place>(ExecutionId)> place; ///< settles what dead programs have left
    /// Wherever it is; false when nobody could be told.
    std::function<bool(ExecutionId, CancelReach)> cancel;
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
///
/// How a child stands is always read from its record: what is told says only that it is worth looking, and may come
/// late. Where nobody here will tell, or the record cannot be read, it is looked at again and again.
class AttemptChildren final : public ChildListener, public std::enable_shared_from_this<AttemptChildren>
{
public:
    AttemptChildren(const ChildStarter::Stores &stores, const ChildCalls &calls, ChildFamilies &families,
                    const ChildPlan &plan, const TaskRun &run);
    Q_DISABLE_COPY_MOVE(AttemptChildren)

    /// Once. `plan` and `run` are not looked at after it has returned.
    Result<ChildOutcome> run();
    void told(ExecutionId child) override;
    std::optional<Result<bool>> goOn(ExecutionId child) override;

private:
    using State = ChildTally::State;

    void begin();
    void step();
    bool ends() const { return !m_good || isCancelled() || m_tally.isDecided(); }
    bool isLost() const;
    Result<void> startMore();
    Result<void> start(int index);
    void submit(ExecutionOrder order);
    void stopRunning() const;
    void stopRest();
    CancelReach reach() const;
    void tellProgress() const;
    bool isCancelled() const { return m_run.cancel.isCancelled(); }
    bool isPauseWanted() const { return m_run.isPauseWanted && m_run.isPauseWanted(); }
    ChildTally::Wanted wanted() const { return {isCancelled(), m_run.abort.isCancelled(), isPauseWanted()}; }
    void wait();

    // Those that are there already.
    Result<void> findBefore();
    Result<void> findEarlier();
    void leave(const Execution &execution) const;
    Result<void> takeUp(int index, const Execution &execution);
    std::optional<ContinueWish> takeWish(ExecutionId child) const;
    /// False when somebody else was faster.
    Result<bool> goOn(int index, const Execution &execution, const std::optional<ContinueWish> &wish);
    void look(int index);
    void lookWhoRuns(int index, const Execution &execution);
    Result<void> settle(int index, const Execution &execution);
    void lookAgain(int index);
    void watch(int index, bool watched);

    ChildStarter::Stores m_stores;
    ChildStarter m_starter;
    const ChildCalls &m_calls;
    ChildFamilies &m_families;
    const ChildPlan &m_plan;
    const TaskRun &m_run;
    const ExecutionId m_parent;
    std::mutex m_mutex; ///< for all below; never taken under the lock of the pool's queue
    Result<void> m_good;
    ChildTally m_tally;
    QHash<ExecutionId, int> m_indexes;
    bool m_returned = false;
    ChildTally::Wanted m_seen; ///< by the last step
    std::atomic<bool> m_isOver = false;
};

} // namespace flow
