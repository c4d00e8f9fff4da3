// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/execution_schedule.h"
#include "support/fake_clock.h"

#include <array>
#include <map>
#include <memory>
#include <random>
#include <set>

namespace flow::test {

/// Two programs with a schedule each, one database and some flows with limits, all simulated: who runs what is decided
/// by the schedules, everything else by chance. Remembers the first thing that is wrong.
class ScheduleWorld
{
public:
    explicit ScheduleWorld(unsigned seed);
    ~ScheduleWorld();

    /// One thing happens.
    void step();
    /// Nothing new happens any more: what runs ends, and so all others come to run.
    void settle();

    const QString &wrong() const { return m_wrong; }
    /// What happened, a line each.
    const QStringList &story() const { return m_story; }
    /// How often each kind of thing happened, to see that the simulation reaches what it is about.
    const QMap<QString, int> &reached() const { return m_reached; }

private:
    enum class Status { Pending, Running, Paused, Ended };
    struct Record
    {
        int flow = 0;
        Status status = Status::Pending;
        int owner = -1;                              ///< a program; -1: nobody's
        bool hasBegun = false;                       ///< it has had an attempt
        bool cancelWanted = false;                   ///< accepted while it could not be read
        bool pauseWanted = false;                    ///< accepted while it waited
        bool isTold = false;                         ///< to make room: its final task runs
        std::optional<std::chrono::nanoseconds> due; ///< it sleeps until then
    };
    struct Program
    {
        std::unique_ptr<ExecutionSchedule> schedule;
        std::set<ExecutionId> running;                        ///< on its threads
        std::map<ExecutionId, std::chrono::nanoseconds> told; ///< when it last told one to make room, or tried to
    };

    int below(int limit) { return int(m_random() % unsigned(limit)); }
    ExecutionId any(const std::set<ExecutionId> &ids);
    std::set<ExecutionId> all(Status status, int owner) const;
    Record &at(ExecutionId id) { return m_records[id]; }
    int running(int flow) const;
    void say(const QString &kind, ExecutionId id);
    void complain(const QString &what);

    ExecutionOrder orderOf(ExecutionId id, bool goesOn = false) const;
    void openProgram(int index);
    // What a schedule asks for.
    Result<bool> admit(int program, ExecutionId id, int limit);
    Result<QList<ExecutionId>> runningOf(const FlowId &flow) const;
    Result<ExecutionOrder> standing(ExecutionId id) const;
    void run(int program, const ExecutionOrder &order);
    void endCancelled(int program, const ExecutionOrder &order);
    void stop(int program, ExecutionId id);
    bool isTooOld(ExecutionId id, int program) const;
    // What happens.
    void start(int program);
    void end(int program, ExecutionId id);
    void sleep(int program, ExecutionId id);
    void pause(int program, ExecutionId id);
    void goOn(int program, ExecutionId id);
    void mayHurry(ExecutionId id);
    void cancelWaiting(int program, ExecutionId id);
    void pauseWaiting(int program, ExecutionId id);
    void crash(int program);
    void takeOver(int program);
    void look(int program);
    void check();

    std::mt19937 m_random;
    FakeClock m_clock;
    std::array<Flow, 4> m_flows;
    std::map<ExecutionId, Record> m_records;
    std::array<Program, 2> m_programs;
    ExecutionId m_last = 0;
    bool m_isAway = false; ///< the database
    QString m_wrong;
    QStringList m_story;
    QMap<QString, int> m_reached;
};

} // namespace flow::test
