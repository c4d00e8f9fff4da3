// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulation.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

/// 10,000 executions under a fake clock with everything that can happen to one. What holds for each:
/// - each attempt has at most one result, and one effect unless it only waits for executions of its own;
/// - a task starts only after the decision that leads to it is committed, and nothing is told before its commit;
/// - the limits hold: steps, steps at the end, attempts of a task, the flow's time, the pauses between attempts;
/// - a pause, a single step and a forced outcome are never forgotten, and going on always leads somewhere;
/// - it ends, after its failure and final task, or waits for a person;
/// - the journal alone leads to the same next attempt with the same context, and settling it twice changes nothing;
/// - one that is only paused and killed comes to the same results as one that nothing happens to.
///
/// FLOW_SIMULATION_SEED=n tells the story of that one seed.
class TestExecutionSimulation : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void promisesHold();
    void tellsOneSeed();
};

namespace {

constexpr quint32 seeds = 10'000;
constexpr char seedVariable[] = "FLOW_SIMULATION_SEED";

QString storyOf(quint32 seed, Watchdog &watchdog)
{
    Simulation simulation(seed, watchdog);
    simulation.tellsStory = true;
    const QString problem = simulation.run();
    return simulation.story.join(u'\n') +
           QStringLiteral("\nseed %1: %2").arg(seed).arg(problem.isNull() ? QStringLiteral("all is well") : problem);
}

} // namespace

void TestExecutionSimulation::promisesHold()
{
    Watchdog watchdog;
    Simulation::Counts total;
    QMap<ExecutionStatus, int> ends;
    int compared = 0;
    for (quint32 seed = 1; seed <= seeds; ++seed) {
        Simulation simulation(seed, watchdog);
        const QString problem = simulation.run();
        if (!problem.isNull())
            qInfo().noquote() << storyOf(seed, watchdog);
        QVERIFY2(problem.isNull(), qPrintable(QStringLiteral("seed %1: ").arg(seed) + problem));
        if (simulation.isComparable()) {
            Simulation quiet(seed, watchdog, Simulation::Disturbed::No);
            QCOMPARE(quiet.run(), QString());
            if (quiet.isComparable()) {
                ++compared;
                if (simulation.result() != quiet.result())
                    qInfo().noquote() << storyOf(seed, watchdog) << "\nundisturbed:\n" << quiet.result().join(u'\n');
                QVERIFY2(simulation.result() == quiet.result(),
                         qPrintable(QStringLiteral("seed %1 comes to another end").arg(seed)));
            }
        }
        const Simulation::Counts &counts = simulation.counts();
        total.crashes += counts.crashes;
        total.lost += counts.lost;
        total.holds += counts.holds;
        total.cancels += counts.cancels;
        total.sleeps += counts.sleeps;
        total.reentries += counts.reentries;
        total.forced += counts.forced;
        total.edits += counts.edits;
        total.retries += counts.retries;
        ++ends[simulation.kept().status];
    }
    const QList<int> figures{total.crashes,
                             total.lost,
                             total.holds,
                             total.cancels,
                             total.sleeps,
                             total.reentries,
                             total.forced,
                             total.edits,
                             total.retries,
                             compared,
                             ends[ExecutionStatus::Completed],
                             ends[ExecutionStatus::Failure],
                             ends[ExecutionStatus::Cancelled],
                             ends[ExecutionStatus::Interrupted]};
    qInfo()
        << "deaths, lost attempts, pauses, cancels, sleeps, re-entries, forced, edits, retries, compared, completed,"
        << "failed, cancelled, interrupted:" << figures;
    for (const int figure : figures) // or the simulation would prove nothing
        QVERIFY(figure > 100);
}

void TestExecutionSimulation::tellsOneSeed()
{
    Watchdog watchdog;
    const quint32 seed = quint32(qEnvironmentVariableIntValue(seedVariable));
    const QString story = storyOf(seed, watchdog);
    if (seed > 0)
        qInfo().noquote() << story;
    QVERIFY2(story.endsWith(u"all is well"), qPrintable(story));
    QCOMPARE(storyOf(seed, watchdog), story);
}

QTEST_GUILESS_MAIN(TestExecutionSimulation)
#include "tst_execution_simulation.moc"
