// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "random_flow.h"
#include "simulated_journal.h"

#include "execution/watchdog.h"

#include <random>

namespace flow::test {

/// One execution from a seed, by the engine itself under a fake clock: random flow, results, durations, retries, and
/// at every moment between two steps perhaps a cancel, a second one, a pause, new breakpoints, or the death of the
/// program, after which the next one goes on from the journal. A person steps, forces outcomes and edits the context
/// while it is paused. Calm ones are only paused and killed, and have to come to the same end as if nothing had
/// happened.
class Simulation
{
public:
    enum class Disturbed { Yes, No };

    struct Counts
    {
        int crashes = 0;
        int lost = 0;
        int holds = 0;
        int cancels = 0;
        int sleeps = 0;
        int reentries = 0;
        int forced = 0;
        int edits = 0;
        int retries = 0;
    };

    Simulation(quint32 seed, Watchdog &watchdog, Disturbed disturbed = Disturbed::Yes);

    /// What went wrong; null: nothing.
    QString run();

    bool isCalm() const { return m_calm; }
    /// Whether an undisturbed execution has to come to the same end.
    bool isComparable() const;
    /// The attempts that count and the end, in one line each.
    QStringList result() const;
    const Counts &counts() const { return m_counts; }
    const SimulatedJournal::Kept &kept() const { return m_journal.kept; }
    bool tellsStory = false;
    QStringList story;

private:
    int below(int bound) { return int(m_generator() % quint32(bound)); }
    bool chance(int percent) { return below(100) < percent; }
    void makeFlow();
    Task withRetry(Task task);
    TaskRegistry makeRegistry();
    ExecutionOrder nextOrder();
    void actAsPerson(ExecutionControls &controls);
    QList<Breakpoint> randomBreakpoints();
    void runProgram();
    void restart();
    void moment(const QString &what);
    void cancel();
    void tell(const QString &line);
    TaskResult perform(TaskRun &run);
    TaskResult waitForFlows(const TaskResult &result);
    void checkContinuation(const TaskRun &run);
    void heard(const ExecutionEvent &event);
    void checkEnd();

    const bool m_isDisturbed;
    std::mt19937 m_generator;
    RandomFlow m_random;
    Watchdog &m_watchdog;
    FakeClock m_clock;
    ExecutionLimits m_limits;
    SimulatedJournal m_journal;
    Counts m_counts;
    bool m_calm;
    bool m_sleeps = false;  ///< it leaves its thread to wait
    int m_restless = 0;     ///< per cent of the moments at which something happens
    int m_disturbances = 0; ///< that are still to come at most
    QSet<int> m_effects;    ///< attempts whose task has run
    bool m_isForced = false;
    bool m_wasAborted = false;
    QList<Breakpoint> m_breakpoints;
    CancelSource m_cancel;
    CancelSource m_abort;
    std::shared_ptr<ExecutionSteering> m_steering;
};

} // namespace flow::test
