// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/execution_schedule.h"

#include "service/logging.h"

#include <algorithm>

namespace flow {

namespace {

/// While something waits for a place, other programs may free one without telling.
constexpr std::chrono::milliseconds lookEvery{200};
/// While something sleeps: the clock may be set back, or forward.
constexpr std::chrono::seconds lookAtClockEvery{1};
/// When the database could not be read.
constexpr std::chrono::seconds tryAgainAfter{1};

bool isInFinalTask(const ExecutionOrder &order)
{
    return order.position.ending.phase == ExecutionPhase::Final;
}

} // namespace

ExecutionSchedule::ExecutionSchedule(FlowPlaces::Records records, Calls calls, const Clock &clock)
    : m_places(std::move(records), clock)
    , m_calls(std::move(calls))
    , m_clock(clock)
{
}

void ExecutionSchedule::submit(ExecutionOrder order)
{
    if (!order.flow.concurrency || order.parent > 0 || order.position.isToCancel()) {
        m_calls.run(std::move(order));
        return;
    }
    {
        const std::lock_guard lock(m_mutex);
        m_queued.emplace(order.id, std::move(order));
    }
    workCame();
}

void ExecutionSchedule::sleep(ExecutionId id, std::chrono::nanoseconds time, const Change &change)
{
    const auto bounded = std::min<std::chrono::nanoseconds>(time, std::chrono::hours(24 * 366));
    {
        const std::lock_guard lock(m_mutex);
        m_sleeping[id] = {m_clock.now() + std::chrono::ceil<Timestamp::duration>(bounded),
                          m_clock.monotonic() + bounded, change};
    }
    workCame(); // it may be the first whose time comes
}

std::chrono::nanoseconds ExecutionSchedule::left(const Due &due) const
{
    return std::min<std::chrono::nanoseconds>(due.timeOfDay - m_clock.now(), due.monotonic - m_clock.monotonic());
}

void ExecutionSchedule::roomMayBeFree()
{
    {
        const std::lock_guard lock(m_mutex);
        if (m_queued.empty())
            return;
    }
    workCame();
}

bool ExecutionSchedule::changeQueued(ExecutionId id, const Change &change)
{
    const std::lock_guard lock(m_mutex);
    const auto queued = m_queued.find(id);
    if (queued == m_queued.end())
        return false;
    change(queued->second);
    return true;
}

bool ExecutionSchedule::change(ExecutionId id, const Change &change)
{
    if (changeQueued(id, change))
        return true;
    Change both = change;
    {
        const std::lock_guard lock(m_mutex);
        const auto due = m_sleeping.extract(id);
        if (!due)
            return false;
        if (const Change &before = due.mapped().change) {
            both = [before, change](ExecutionOrder &order) {
                before(order);
                change(order);
            };
        }
    }
    return runStanding(id, both);
}

bool ExecutionSchedule::runStanding(ExecutionId id, const Change &change)
{
    Result<ExecutionOrder> order = m_calls.order(id);
    if (order) {
        if (change)
            change(*order);
        if (order->position.attempts.isEmpty()) // it has not begun, and has no place among its flow's yet
            submit(*std::move(order));
        else
            m_calls.run(*std::move(order));
        return true;
    }
    qCWarning(lcService, "Execution %lld cannot go on: %s", static_cast<long long>(id),
              qUtf8Printable(order.error().text()));
    const bool isThere = order.error().code != ErrorCode::NotFound;
    if (isThere)
        sleep(id, tryAgainAfter, change);
    return isThere;
}

bool ExecutionSchedule::cancel(ExecutionId id, CancelReach reach)
{
    std::optional<ExecutionOrder> order = takeQueued(id);
    if (!order) {
        std::unique_lock lock(m_mutex);
        auto due = m_sleeping.extract(id);
        lock.unlock();
        if (!due)
            return false;
        Result<ExecutionOrder> standing = m_calls.order(id);
        if (!standing) { // it ends as soon as it can be read
            const Change &before = due.mapped().change;
            sleep(id, {}, [before](ExecutionOrder &late) {
                if (before)
                    before(late);
                late.position.cancelWanted = true;
            });
            return true;
        }
        if (reach == CancelReach::Work && isInFinalTask(*standing)) { // which will be tried again, and then it ends
            lock.lock();
            m_sleeping.emplace(id, std::move(due.mapped()));
            lock.unlock();
            workCame();
            return true;
        }
        order = *std::move(standing);
    }
    m_calls.cancelled(*order, reach);
    return true;
}

int ExecutionSchedule::waiting() const
{
    const std::lock_guard lock(m_mutex);
    return int(m_queued.size() + m_sleeping.size());
}

std::chrono::nanoseconds ExecutionSchedule::untilNextLook() const
{
    const std::lock_guard lock(m_mutex);
    std::chrono::nanoseconds wait = m_queued.empty() ? std::chrono::hours(24) : std::chrono::nanoseconds(lookEvery);
    if (!m_sleeping.empty())
        wait = std::min<std::chrono::nanoseconds>(wait, lookAtClockEvery);
    for (const auto &[id, due] : m_sleeping)
        wait = std::min(wait, std::max(left(due), std::chrono::nanoseconds::zero()));
    return wait;
}

void ExecutionSchedule::look()
{
    wakeDue();
    admitWaiting();
}

/// In the order of their starts; a flow that is full keeps its later ones as well.
void ExecutionSchedule::admitWaiting()
{
    std::vector<ExecutionId> ids;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[id, order] : m_queued)
            ids.push_back(id);
    }
    std::map<FlowId, Flow> full;
    for (const ExecutionId id : ids) {
        std::unique_lock lock(m_mutex);
        const auto queued = m_queued.find(id);
        if (queued == m_queued.end())
            continue;
        const ExecutionOrder order = queued->second;
        lock.unlock();
        const bool isFull = full.contains(order.flow.id);
        const FlowPlaces::Answer answer = isFull ? FlowPlaces::withoutPlace(order) : m_places.ask(order);
        if (answer == FlowPlaces::Answer::Later)
            break; // nothing can be asked about the others either
        if (answer == FlowPlaces::Answer::Waits) {
            full.emplace(order.flow.id, order.flow);
            continue;
        }
        std::optional<ExecutionOrder> taken = takeQueued(id); // as it is by now: a pause may have been asked for
        if (!taken)                                           // somebody has cancelled it
            continue;
        if (answer == FlowPlaces::Answer::Runs) {
            m_calls.run(*std::move(taken));
        } else {
            taken->controls.skipReason = FlowPlaces::reason(taken->flow);
            m_calls.cancelled(*taken, CancelReach::Work);
        }
    }
    for (const auto &[id, flow] : full) {
        if (flow.concurrency->whenBusy == WhenBusy::CancelOldest)
            makeRoom(flow);
    }
}

std::optional<ExecutionOrder> ExecutionSchedule::takeQueued(ExecutionId id)
{
    const std::lock_guard lock(m_mutex);
    auto node = m_queued.extract(id);
    return node ? std::optional(std::move(node.mapped())) : std::nullopt;
}

/// The oldest go, whether they run or wait themselves.
void ExecutionSchedule::makeRoom(const Flow &flow)
{
    std::set<ExecutionId> waiting;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[id, order] : m_queued) {
            if (order.flow.id == flow.id)
                waiting.insert(id);
        }
    }
    for (const ExecutionId id : m_places.tooOld(flow, waiting)) {
        if (!waiting.contains(id)) {
            m_calls.stop(id);
        } else if (std::optional<ExecutionOrder> taken = takeQueued(id)) {
            if (!FlowPlaces::hasBegun(*taken))
                taken->controls.skipReason = FlowPlaces::reason(flow);
            m_calls.cancelled(*taken, CancelReach::Work);
        }
    }
}

void ExecutionSchedule::wakeDue()
{
    std::vector<std::pair<ExecutionId, Change>> due;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[id, time] : m_sleeping) {
            if (left(time) <= std::chrono::nanoseconds::zero())
                due.emplace_back(id, time.change);
        }
        for (const auto &[id, change] : due)
            m_sleeping.erase(id);
    }
    for (const auto &[id, change] : due)
        runStanding(id, change);
}

} // namespace flow
