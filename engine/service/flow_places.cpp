// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/flow_places.h"

#include "service/service_errors.h"

#include <QCoreApplication>

#include <algorithm>

namespace flow {

namespace {

constexpr std::chrono::seconds tellAgainAfter{1};

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(FlowService)
};

} // namespace

FlowPlaces::FlowPlaces(Records records, const Clock &clock)
    : m_records(std::move(records))
    , m_clock(clock)
{
}

FlowPlaces::Answer FlowPlaces::ask(const ExecutionOrder &order)
{
    const Result<bool> admitted = m_records.admit(order.id, order.flow.concurrency->limit);
    if (!admitted)
        return isAway(admitted.error()) ? Answer::Later : Answer::Runs;
    return *admitted ? Answer::Runs : withoutPlace(order);
}

FlowPlaces::Answer FlowPlaces::withoutPlace(const ExecutionOrder &order)
{
    return order.flow.concurrency->whenBusy == WhenBusy::Skip && !hasBegun(order) ? Answer::Goes : Answer::Waits;
}

std::vector<ExecutionId> FlowPlaces::tooOld(const Flow &flow, const std::set<ExecutionId> &waiting)
{
    const Result<QList<ExecutionId>> running = m_records.running(flow.id);
    if (!running)
        return {}; // asked again in a moment
    std::set<ExecutionId> all(running->begin(), running->end());
    all.insert(waiting.begin(), waiting.end());
    std::vector<ExecutionId> old(all.begin(), all.end());
    old.resize(old.size() - std::min(old.size(), size_t(flow.concurrency->limit)));
    std::map<ExecutionId, std::chrono::nanoseconds> &told = m_told[flow.id];
    std::erase_if(told, [&](const auto &one) { return !running->contains(one.first); });
    const std::chrono::nanoseconds now = m_clock.monotonic();
    std::erase_if(old, [&](ExecutionId id) {
        if (waiting.contains(id))
            return false;
        const auto [one, isNew] = told.emplace(id, now);
        if (!isNew && now - one->second < tellAgainAfter)
            return true;
        one->second = now;
        return false;
    });
    return old;
}

bool FlowPlaces::hasBegun(const ExecutionOrder &order)
{
    return !order.position.attempts.isEmpty() || order.controls.passesFirst;
}

QString FlowPlaces::reason(const Flow &flow)
{
    const QString limit = QString::number(flow.concurrency->limit);
    return flow.concurrency->whenBusy == WhenBusy::Skip
               ? Messages::tr("Skipped: as many runs of flow '%1' as it allows at once (%2) have not ended")
                     .arg(flow.name, limit)
               : Messages::tr("Cancelled before it began: newer runs of flow '%1' have taken the places that it allows "
                              "at once (%2)")
                     .arg(flow.name, limit);
}

} // namespace flow
