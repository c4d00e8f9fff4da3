// SPDX-License-Identifier: GPL-3.0-or-later
#include "schedule_world.h"

#include <algorithm>

namespace flow::test {

using namespace std::chrono_literals;

ScheduleWorld::ScheduleWorld(unsigned seed)
    : m_random(seed)
{
    const std::array policies{WhenBusy::Queue, WhenBusy::Skip, WhenBusy::CancelOldest};
    for (size_t index = 0; index < m_flows.size(); ++index) {
        m_flows[index].id = QStringLiteral("f%1").arg(index);
        if (index < policies.size()) // the last has no limit
            m_flows[index].concurrency = Concurrency{1 + below(3), policies[index]};
    }
    for (int program = 0; program < int(m_programs.size()); ++program)
        openProgram(program);
}

ScheduleWorld::~ScheduleWorld() = default;

void ScheduleWorld::openProgram(int index)
{
    m_programs[size_t(index)].running.clear();
    m_programs[size_t(index)].schedule = std::make_unique<ExecutionSchedule>(
        FlowPlaces::Records{.admit = [this, index](ExecutionId id, int limit) { return admit(index, id, limit); },
                            .running = [this](const FlowId &flow) { return runningOf(flow); }},
        ExecutionSchedule::Calls{
            .run = [this, index](ExecutionOrder order) { run(index, order); },
            .cancelled = [this, index](const ExecutionOrder &order, CancelReach) { endCancelled(index, order); },
            .stop = [this, index](ExecutionId id) { stop(index, id); },
            .order = [this](ExecutionId id) { return standing(id); }},
        m_clock);
}

ExecutionId ScheduleWorld::any(const std::set<ExecutionId> &ids)
{
    return ids.empty() ? 0 : *std::next(ids.begin(), below(int(ids.size())));
}

std::set<ExecutionId> ScheduleWorld::all(Status status, int owner) const
{
    std::set<ExecutionId> ids;
    for (const auto &[id, record] : m_records) {
        if (record.status == status && record.owner == owner)
            ids.insert(id);
    }
    return ids;
}

int ScheduleWorld::running(int flow) const
{
    return int(std::count_if(m_records.begin(), m_records.end(), [flow](const auto &entry) {
        return entry.second.flow == flow && entry.second.status == Status::Running;
    }));
}

void ScheduleWorld::say(const QString &kind, ExecutionId id)
{
    ++m_reached[kind];
    m_story << QStringLiteral("%1 (f%2): %3").arg(id).arg(id > 0 ? at(id).flow : -1).arg(kind);
}

void ScheduleWorld::complain(const QString &what)
{
    if (m_wrong.isNull())
        m_wrong = what;
    m_story << QStringLiteral("WRONG: ") + what;
}

ExecutionOrder ScheduleWorld::orderOf(ExecutionId id, bool goesOn) const
{
    const Record &record = m_records.at(id);
    ExecutionOrder order;
    order.id = id;
    order.flow = m_flows[size_t(record.flow)];
    order.controls.passesFirst = goesOn;
    if (record.hasBegun)
        order.position.attempts = {{.taskName = QStringLiteral("a")}};
    return order;
}

Result<bool> ScheduleWorld::admit(int program, ExecutionId id, int limit)
{
    if (m_isAway)
        return Error{.code = ErrorCode::Io, .reason = QStringLiteral("away")};
    Record &record = at(id);
    if (record.owner != program || record.status != Status::Pending || running(record.flow) >= limit)
        return false;
    for (const ExecutionId other : all(Status::Pending, program)) {
        if (other < id && at(other).flow == record.flow)
            complain(QStringLiteral("%1 came before %2, which began to wait earlier").arg(id).arg(other));
    }
    record.status = Status::Running;
    return true;
}

Result<QList<ExecutionId>> ScheduleWorld::runningOf(const FlowId &flow) const
{
    if (m_isAway)
        return Error{.code = ErrorCode::Io, .reason = QStringLiteral("away")};
    QList<ExecutionId> ids;
    for (const auto &[id, record] : m_records) {
        if (m_flows[size_t(record.flow)].id == flow && record.status == Status::Running)
            ids << id;
    }
    return ids;
}

Result<ExecutionOrder> ScheduleWorld::standing(ExecutionId id) const
{
    if (m_isAway)
        return Error{.code = ErrorCode::Io, .reason = QStringLiteral("away")};
    return orderOf(id);
}

void ScheduleWorld::run(int program, const ExecutionOrder &order)
{
    Record &record = at(order.id);
    if (record.cancelWanted != order.position.isToCancel())
        complain(QStringLiteral("the cancel of %1 is forgotten, or nobody has said it").arg(order.id));
    if (order.position.isToCancel()) {
        endCancelled(program, order);
        return;
    }
    say(QStringLiteral("runs"), order.id);
    const bool isAdmitted =
        record.status == Status::Running || (!order.flow.concurrency && record.status == Status::Pending);
    if (!isAdmitted || record.owner != program)
        complain(QStringLiteral("%1 runs without a place").arg(order.id));
    for (const Program &other : m_programs) {
        if (other.running.contains(order.id))
            complain(QStringLiteral("%1 runs twice").arg(order.id));
    }
    if (record.due && m_clock.monotonic() < *record.due && !order.controls.pause)
        complain(QStringLiteral("%1 was woken too early").arg(order.id));
    if (record.pauseWanted && !order.controls.pause)
        complain(QStringLiteral("the pause of %1 is forgotten").arg(order.id));
    record.due.reset();
    record.pauseWanted = false;
    record.status = Status::Running;
    if (order.controls.pause) {
        say(QStringLiteral("pauses before it begins"), order.id);
        record.status = Status::Paused;
        record.owner = -1;
        return;
    }
    record.hasBegun = true;
    m_programs[size_t(program)].running.insert(order.id);
}

void ScheduleWorld::endCancelled(int program, const ExecutionOrder &order)
{
    Record &record = at(order.id);
    const std::optional<Concurrency> &limit = order.flow.concurrency;
    if (!order.controls.skipReason.isNull()) {
        const bool isSkip = limit->whenBusy == WhenBusy::Skip;
        say(isSkip ? QStringLiteral("is skipped") : QStringLiteral("is too old to begin"), order.id);
        if (record.hasBegun || order.controls.passesFirst)
            complain(QStringLiteral("%1 has begun and is dropped").arg(order.id));
        if (isSkip && running(record.flow) < limit->limit)
            complain(QStringLiteral("%1 is skipped although there is a place").arg(order.id));
    } else {
        say(QStringLiteral("is cancelled before it runs"), order.id);
    }
    if (record.owner != program || record.status == Status::Ended)
        complain(QStringLiteral("%1 ends in the wrong program, or twice").arg(order.id));
    record.status = Status::Ended;
    record.due.reset();
}

/// Of one that is in the way of newer ones; its final task still runs.
void ScheduleWorld::stop(int program, ExecutionId id)
{
    Record &record = at(id);
    const auto [told, isNew] = m_programs[size_t(program)].told.emplace(id, m_clock.monotonic());
    if (!isNew && m_clock.monotonic() - std::exchange(told->second, m_clock.monotonic()) < 1s)
        complain(QStringLiteral("%1 is told twice by one program").arg(id));
    if (below(4) == 0) {
        say(QStringLiteral("cannot be told to make room"), id);
        return;
    }
    say(QStringLiteral("is told to make room"), id);
    record.isTold = true;
    if (!isTooOld(id, program))
        complain(QStringLiteral("%1 is not too old").arg(id));
    if (record.due)
        m_programs[size_t(record.owner)].schedule->cancel(id, CancelReach::Work);
}

/// By what the program can know: all that run, and what waits there.
bool ScheduleWorld::isTooOld(ExecutionId id, int program) const
{
    const int flow = m_records.at(id).flow;
    const auto newer = std::count_if(m_records.begin(), m_records.end(), [&](const auto &entry) {
        const Record &other = entry.second;
        const bool waits = other.status == Status::Pending && other.owner == program;
        return entry.first > id && other.flow == flow && (waits || other.status == Status::Running);
    });
    return newer >= m_flows[size_t(flow)].concurrency->limit;
}

} // namespace flow::test
