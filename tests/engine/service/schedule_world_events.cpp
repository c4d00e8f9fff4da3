// SPDX-License-Identifier: GPL-3.0-or-later
// The part of ScheduleWorld that lets things happen.
#include "schedule_world.h"

namespace flow::test {

using namespace std::chrono_literals;

void ScheduleWorld::start(int program)
{
    if (m_isAway)
        return;
    const ExecutionId id = ++m_last;
    m_records[id] = {.flow = below(int(m_flows.size())), .owner = program};
    say(QStringLiteral("is started"), id);
    m_programs[size_t(program)].schedule->submit(orderOf(id));
}

void ScheduleWorld::end(int program, ExecutionId id)
{
    Program &here = m_programs[size_t(program)];
    here.running.erase(id);
    at(id).status = Status::Ended;
    say(QStringLiteral("ends"), id);
    here.schedule->roomMayBeFree();
}

/// Until its next attempt.
void ScheduleWorld::sleep(int program, ExecutionId id)
{
    Program &here = m_programs[size_t(program)];
    const std::chrono::nanoseconds time = 1s * (1 + below(20));
    here.running.erase(id);
    at(id).due = m_clock.monotonic() + time;
    say(QStringLiteral("sleeps"), id);
    here.schedule->sleep(id, time);
}

void ScheduleWorld::pause(int program, ExecutionId id)
{
    if (at(id).isTold)
        return;
    Program &here = m_programs[size_t(program)];
    here.running.erase(id);
    at(id).status = Status::Paused;
    at(id).owner = -1;
    say(QStringLiteral("pauses"), id);
    here.schedule->roomMayBeFree();
}

void ScheduleWorld::goOn(int program, ExecutionId id)
{
    if (m_isAway)
        return;
    at(id).status = Status::Pending;
    at(id).owner = program;
    say(QStringLiteral("is to go on"), id);
    m_programs[size_t(program)].schedule->submit(orderOf(id, true));
}

/// It was to be woken, and the database did not answer: it looks again soon, and sleeps for the rest by its record.
void ScheduleWorld::mayHurry(ExecutionId id)
{
    if (m_isAway && at(id).due)
        at(id).due = m_clock.monotonic();
}

void ScheduleWorld::cancelWaiting(int program, ExecutionId id)
{
    const bool isCancelled = m_programs[size_t(program)].schedule->cancel(id);
    if (!isCancelled || (at(id).status != Status::Ended && !m_isAway))
        complain(QStringLiteral("%1 waits and cannot be cancelled").arg(id));
    at(id).cancelWanted = at(id).status != Status::Ended;
    mayHurry(id);
}

void ScheduleWorld::pauseWaiting(int program, ExecutionId id)
{
    say(QStringLiteral("is to pause while it waits"), id);
    const bool isHeard =
        m_programs[size_t(program)].schedule->change(id, [](ExecutionOrder &order) { order.controls.pause = true; });
    if (!isHeard)
        complain(QStringLiteral("%1 waits and cannot be paused").arg(id));
    if (at(id).status == Status::Pending || at(id).due) // and not at once
        at(id).pauseWanted = true;
    mayHurry(id);
}

/// What it ran is interrupted, or others may go on with it; so may they with what waited.
void ScheduleWorld::crash(int program)
{
    say(QStringLiteral("a program dies"), 0);
    for (auto &[id, record] : m_records) {
        if (record.owner != program || record.status == Status::Ended)
            continue;
        const bool isInterrupted = m_programs[size_t(program)].running.contains(id) && below(2) == 0;
        record.status = isInterrupted ? Status::Ended : Status::Pending;
        record.owner = -1;
        record.due.reset();
        record.pauseWanted = false;
        record.cancelWanted = false; // it is also stored, which is another story
        record.isTold = false;       // who goes on with it knows nothing of that
    }
    m_programs[size_t(program)].told.clear();
    openProgram(program);
}

void ScheduleWorld::takeOver(int program)
{
    if (m_isAway)
        return;
    for (const ExecutionId id : all(Status::Pending, -1)) {
        at(id).owner = program;
        say(QStringLiteral("is taken over"), id);
        m_programs[size_t(program)].schedule->submit(orderOf(id));
    }
}

void ScheduleWorld::look(int program)
{
    m_programs[size_t(program)].schedule->look();
    if (m_isAway)
        return;
    std::set<int> full;
    for (const ExecutionId id : all(Status::Pending, program)) {
        const auto &limit = m_flows[size_t(at(id).flow)].concurrency;
        if (limit && limit->whenBusy == WhenBusy::CancelOldest)
            full.insert(at(id).flow);
    }
    for (const auto &[id, record] : m_records) {
        if (record.status != Status::Running || !full.contains(record.flow) || !isTooOld(id, program))
            continue;
        const auto told = m_programs[size_t(program)].told.find(id);
        if (told == m_programs[size_t(program)].told.end() || m_clock.monotonic() - told->second >= 1s)
            complain(QStringLiteral("%1 is in the way of newer ones and was not told").arg(id));
    }
}

void ScheduleWorld::check()
{
    for (int flow = 0; flow < int(m_flows.size()); ++flow) {
        const auto &limit = m_flows[size_t(flow)].concurrency;
        if (limit && running(flow) > limit->limit)
            complain(QStringLiteral("%1 of flow %2 run at once").arg(running(flow)).arg(flow));
    }
    for (int program = 0; program < int(m_programs.size()); ++program) {
        int waiting = int(all(Status::Pending, program).size());
        for (const ExecutionId id : all(Status::Running, program))
            waiting += at(id).due ? 1 : 0;
        if (m_programs[size_t(program)].schedule->waiting() != waiting)
            complain(QStringLiteral("program %1 has %2 waiting, its schedule knows %3")
                         .arg(program)
                         .arg(waiting)
                         .arg(m_programs[size_t(program)].schedule->waiting()));
    }
}

void ScheduleWorld::step()
{
    const int program = below(int(m_programs.size()));
    m_clock.advance(1ms * below(3000));
    if (below(12) == 0) {
        m_isAway = !m_isAway;
        say(m_isAway ? QStringLiteral("the database is away") : QStringLiteral("the database is back"), 0);
    }
    std::set<ExecutionId> waiting = all(Status::Pending, program);
    for (const ExecutionId id : all(Status::Running, program)) {
        if (at(id).due)
            waiting.insert(id);
    }
    const ExecutionId one = any(m_programs[size_t(program)].running);
    const ExecutionId other = any(waiting);
    const ExecutionId paused = any(all(Status::Paused, -1));
    switch (below(16)) {
    case 0:
    case 1:
    case 2:
    case 3:
    case 4:
        start(program);
        break;
    case 5:
    case 6:
        if (one)
            end(program, one);
        break;
    case 7:
        if (one)
            sleep(program, one);
        break;
    case 8:
        if (one)
            pause(program, one);
        break;
    case 9:
        if (paused)
            goOn(program, paused);
        break;
    case 10:
        if (other)
            cancelWaiting(program, other);
        break;
    case 11:
        if (other)
            pauseWaiting(program, other);
        break;
    case 12:
        if (below(3) == 0)
            crash(program);
        break;
    default:
        takeOver(program);
    }
    look(below(int(m_programs.size())));
    check();
}

void ScheduleWorld::settle()
{
    constexpr int mostRounds = 1000;
    m_isAway = false;
    for (int round = 0; round < mostRounds; ++round) {
        m_clock.advance(1s);
        bool isOver = true;
        for (int program = 0; program < int(m_programs.size()); ++program) {
            takeOver(program);
            look(program);
            const std::set<ExecutionId> running = m_programs[size_t(program)].running;
            for (const ExecutionId id : running)
                end(program, id);
            check();
            isOver = isOver && running.empty() && m_programs[size_t(program)].schedule->waiting() == 0;
        }
        if (isOver)
            return;
    }
    complain(QStringLiteral("something waits for ever"));
}

} // namespace flow::test
