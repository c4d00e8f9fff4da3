// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "execution/cancel_reach.h"
#include "execution/flow_engine.h"
#include "service/flow_places.h"

#include <functional>
#include <map>
#include <mutex>
#include <optional>

namespace flow {

/// What stands between an execution that may run and a thread that runs it: the limit of its flow, with what becomes of
/// those beyond it, and the time until its next attempt. What waits here is pending (or, between two attempts, running)
/// in the database, so a restart finds it again. Has no thread of its own: whoever does calls look(). Any thread.
class ExecutionSchedule
{
public:
    struct Calls
    {
        std::function<void(ExecutionOrder)> run; ///< gives it to the pool
        /// Gives it to the pool, to be ended as cancelled.
        std::function<void(const ExecutionOrder &, CancelReach)> cancelled;
        /// Cancels one that runs, here or in another program, and lets its final task run. Said again and again, by
        /// several programs.
        std::function<void(ExecutionId)> stop;
        /// What is needed to go on with an execution whose time has come; an error when it is gone.
        std::function<Result<ExecutionOrder>(ExecutionId)> order;
    };

    ExecutionSchedule(FlowPlaces::Records records, Calls calls, const Clock &clock);
    /// Drops what waits.
    virtual ~ExecutionSchedule() = default;
    Q_DISABLE_COPY_MOVE(ExecutionSchedule)

    /// Runs it as soon as its flow's limit lets it; one that is only to end needs no place.
    void submit(ExecutionOrder order);
    using Change = std::function<void(ExecutionOrder &)>;
    /// Runs it again after that time, with this change.
    void sleep(ExecutionId id, std::chrono::nanoseconds time, const Change &change = {});
    /// One of the flow's executions has left its thread: those that wait are looked at.
    void roomMayBeFree();
    /// Changes one that waits for its flow's limit, or wakes one that sleeps to be changed and run at once, or as soon
    /// as it can be read; false when none of that id waits here.
    bool change(ExecutionId id, const Change &change);
    /// The same, and leaves alone what sleeps: it reads what was stored when it wakes.
    bool changeQueued(ExecutionId id, const Change &change);
    /// False when none of that id waits here. One that cannot be read now ends as soon as it can.
    bool cancel(ExecutionId id, CancelReach reach = CancelReach::Further);
    int waiting() const;

    /// Runs what has a place or whose time has come. One thread at a time.
    void look();
    /// When to look next, unless something comes in between.
    std::chrono::nanoseconds untilNextLook() const;

protected:
    /// There is something to look at; called without a lock.
    virtual void workCame() {}

private:
    /// By the time of day, like the record of when an attempt is due: a computer that was asleep meanwhile is not late.
    /// And by the clock that nobody sets: it is not late either when the other is set back.
    struct Due
    {
        Timestamp timeOfDay;
        std::chrono::nanoseconds monotonic{};
        Change change;
    };
    std::chrono::nanoseconds left(const Due &due) const;

    /// Gives it to the pool; when it cannot be read now, it is tried again in a while. False when it is gone.
    bool runStanding(ExecutionId id, const Change &change);
    void admitWaiting();
    std::optional<ExecutionOrder> takeQueued(ExecutionId id);
    void makeRoom(const Flow &flow);
    void wakeDue();

    FlowPlaces m_places; ///< of who looks
    const Calls m_calls;
    const Clock &m_clock;
    mutable std::mutex m_mutex;
    std::map<ExecutionId, ExecutionOrder> m_queued; ///< by id: the oldest first
    std::map<ExecutionId, Due> m_sleeping;
};

} // namespace flow
