// SPDX-License-Identifier: GPL-3.0-or-later
#include "schedule_world.h"
#include "support/flow_test.h"

#include <QLoggingCategory>
#include <QTest>

using namespace flow;
using namespace flow::test;

/// Two programs that share a database and keep to the limits of flows, by random worlds: at most as many of a flow run
/// as it allows; who waited first comes first; nothing is lost, runs twice, or in two programs; nothing that has begun
/// is skipped, and nothing while there is a place; only the oldest make room, each told every second; nobody
/// sleeps too short; an accepted pause is kept; a database that is away is no answer; and in the end everything has
/// ended or waits for a person. `FLOW_SIMULATION_SEED=n tst_schedule_simulation tellsOneSeed` tells what happens in
/// one.
class TestScheduleSimulation : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void randomWorlds();
    void tellsOneSeed();
};

namespace {

constexpr unsigned seeds = 10'000;

void live(ScheduleWorld &world)
{
    for (int step = 0; step < 80 && world.wrong().isNull(); ++step)
        world.step();
    world.settle();
}

} // namespace

void TestScheduleSimulation::initTestCase()
{
    // Of what cannot be read while the database is away.
    QLoggingCategory::setFilterRules(QStringLiteral("flow.service.warning=false"));
}

void TestScheduleSimulation::randomWorlds()
{
    QMap<QString, int> reached;
    for (unsigned seed = 0; seed < seeds; ++seed) {
        ScheduleWorld world(seed);
        live(world);
        QVERIFY2(world.wrong().isNull(),
                 qPrintable(QStringLiteral("seed %1: %2\n%3").arg(seed).arg(world.wrong(), world.story().join(u'\n'))));
        for (auto kind = world.reached().begin(); kind != world.reached().end(); ++kind)
            reached[kind.key()] += *kind;
    }
    for (const char *kind : {"runs", "is skipped", "is too old to begin", "is told to make room",
                             "cannot be told to make room", "pauses before it begins", "is cancelled before it runs",
                             "sleeps", "is to go on", "is taken over", "a program dies"})
        QVERIFY2(reached.value(QLatin1StringView(kind)) > 1000, kind);
}

void TestScheduleSimulation::tellsOneSeed()
{
    const unsigned seed = qEnvironmentVariable("FLOW_SIMULATION_SEED", QStringLiteral("1")).toUInt();
    ScheduleWorld world(seed);
    live(world);
    qInfo("%s", qPrintable(world.story().join(u'\n')));
    QVERIFY2(world.wrong().isNull(), qPrintable(world.wrong()));
}

QTEST_GUILESS_MAIN(TestScheduleSimulation)
#include "tst_schedule_simulation.moc"
