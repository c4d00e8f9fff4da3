// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "execution/flow_engine.h"

#include <functional>
#include <map>
#include <set>
#include <vector>

namespace flow {

/// The places of flows that limit how many of their executions run at once: who gets one, and who has to go. Decided
/// where the database is, so that several programs keep to a limit together. One thread.
class FlowPlaces
{
public:
    enum class Answer {
        Runs,  ///< it has a place, or cannot be asked about: who runs it tells what is wrong
        Waits, ///< no place is free
        Later, ///< the database does not answer
        Goes,  ///< it is not to wait, and ends as skipped
    };

    /// The database; see ExecutionStore::admit() and runningOf().
    struct Records
    {
        std::function<Result<bool>(ExecutionId id, int limit)> admit;
        std::function<Result<QList<ExecutionId>>(const FlowId &flow)> running;
    };

    FlowPlaces(Records records, const Clock &clock);

    /// For one that waits; `order.flow` has a limit.
    Answer ask(const ExecutionOrder &order);
    /// What becomes of one for which there is no place: Waits or Goes.
    static Answer withoutPlace(const ExecutionOrder &order);
    /// Where the oldest are to make room for the newest: those of the flow that have to go, of `waiting` (its ids that
    /// wait here) and of what runs. One that runs is named again after a second: who was told may have died, or
    /// could not be told.
    std::vector<ExecutionId> tooOld(const Flow &flow, const std::set<ExecutionId> &waiting);
    /// It ran before, and only waits for a place again: a person has let it go on, or its program has died.
    static bool hasBegun(const ExecutionOrder &order);
    /// Why one that Goes, or is tooOld and has not begun, ends.
    static QString reason(const Flow &flow);

private:
    const Records m_records;
    const Clock &m_clock;
    /// When those that run were last named as too old, by Clock::monotonic().
    std::map<FlowId, std::map<ExecutionId, std::chrono::nanoseconds>> m_told;
};

} // namespace flow
