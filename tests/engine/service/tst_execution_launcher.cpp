// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/execution_launcher.h"
#include "service/service_settings.h"
#include "storage/database.h"
#include "storage/execution_store.h"
#include "storage/flow_store.h"
#include "support/fake_clock.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>

#include <atomic>

using namespace flow;
using namespace flow::test;

Q_DECLARE_METATYPE(CancelReach)
Q_DECLARE_METATYPE(ExecutionPhase)

/// Who waits in the launcher is never forgotten, also when the database is away at the moment when its time comes.
class TestExecutionLauncher : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void asksAgain_data();
    void asksAgain();
    void cancelsWhatSleeps_data();
    void cancelsWhatSleeps();
    void silenceOfTheDatabaseIsNoPlace();
};

void TestExecutionLauncher::asksAgain_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<bool>("isRun");
    QTest::newRow("the database is away") << ErrorCode::Io << true;
    QTest::newRow("the execution is gone") << ErrorCode::NotFound << false;
}

void TestExecutionLauncher::asksAgain()
{
    QFETCH(ErrorCode, code);
    QFETCH(bool, isRun);
    const QTemporaryDir folder;
    const auto database = Database::open(DatabaseLocation{folder.filePath(QStringLiteral("flows.db"))});
    QVERIFY(database);
    ExecutionStore executions(**database);
    std::atomic<int> asked = 0;
    std::atomic<ExecutionId> run = 0;
    QTest::ignoreMessage(QtWarningMsg, "Execution 7 cannot go on: away");
    ExecutionLauncher launcher(executions, {.run = [&](const ExecutionOrder &order) { run = order.id; },
                                            .cancelled = [](const ExecutionOrder &, CancelReach) {},
                                            .order = [&](ExecutionId id) -> Result<ExecutionOrder> {
                                                if (asked++ == 0)
                                                    return Error{.code = code, .reason = QStringLiteral("away")};
                                                ExecutionOrder order;
                                                order.id = id;
                                                return order;
                                            }});
    launcher.sleep(7, {});
    QTRY_COMPARE(asked.load(), isRun ? 2 : 1);
    QTRY_COMPARE(run.load(), isRun ? 7 : 0);
    QCOMPARE(launcher.waiting(), 0);
}

void TestExecutionLauncher::cancelsWhatSleeps_data()
{
    QTest::addColumn<CancelReach>("reach");
    QTest::addColumn<ExecutionPhase>("phase");
    QTest::addColumn<bool>("isAway"); ///< the database, the first time
    QTest::addColumn<QString>("becomes");
    using enum CancelReach;
    const QString ends = QStringLiteral("cancelled");
    QTest::newRow("by a person") << Further << ExecutionPhase::Main << false << ends;
    QTest::newRow("for another") << Work << ExecutionPhase::Main << false << ends;
    QTest::newRow("by a person, in its final task") << Further << ExecutionPhase::Final << false << ends;
    QTest::newRow("for another, in its final task") << Work << ExecutionPhase::Final << false << "sleeps";
    QTest::newRow("while it cannot be read") << Further << ExecutionPhase::Main << true << "to end";
}

void TestExecutionLauncher::cancelsWhatSleeps()
{
    QFETCH(CancelReach, reach);
    QFETCH(ExecutionPhase, phase);
    QFETCH(bool, isAway);
    QFETCH(QString, becomes);
    QString became = QStringLiteral("sleeps");
    FakeClock clock;
    ExecutionSchedule schedule(
        {},
        {.run =
             [&](const ExecutionOrder &order) {
                 became = order.position.isToCancel() ? QStringLiteral("to end") : QStringLiteral("runs");
             },
         .cancelled = [&](const ExecutionOrder &, CancelReach) { became = QStringLiteral("cancelled"); },
         .order = [&](ExecutionId id) -> Result<ExecutionOrder> {
             if (std::exchange(isAway, false))
                 return Error{.code = ErrorCode::Io, .reason = QStringLiteral("away")};
             ExecutionOrder order;
             order.id = id;
             order.position.attempts.append(AttemptRecord());
             order.position.ending.phase = phase;
             return order;
         }},
        clock);
    schedule.sleep(7, std::chrono::hours(1));
    QVERIFY(schedule.cancel(7, reach));
    schedule.look();
    QCOMPARE(became, becomes);
    QCOMPARE(schedule.waiting(), becomes == u"sleeps" ? 1 : 0);
}

/// Another program keeps the database locked for longer than anybody waits for it.
void TestExecutionLauncher::silenceOfTheDatabaseIsNoPlace()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("flows.db"));
    const auto database = Database::open(DatabaseLocation{file});
    QVERIFY(database);
    Flow flow = test::flowOf(QStringLiteral("a"));
    flow.concurrency = Concurrency{1, WhenBusy::Queue};
    FlowStore flows(**database);
    const auto stored = flows.create({flow, {}});
    QVERIFY(stored);
    ExecutionStore executions(**database);
    const auto created = executions.create({.flowId = flow.id, .revision = stored->revision}, {});
    QVERIFY(created);
    ExecutionOrder order;
    order.id = created->id;
    order.flow = flow;
    FlowPlaces places({.admit = [&](ExecutionId id, int limit) { return executions.admit(id, limit); },
                       .running = [&](const FlowId &id) { return executions.runningOf(id); }},
                      systemClock());
    {
        QSqlDatabase other = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), QStringLiteral("other"));
        other.setDatabaseName(file);
        QVERIFY(other.open());
        QVERIFY(QSqlQuery(other).exec(QStringLiteral("BEGIN IMMEDIATE")));
        QVERIFY(places.ask(order) == FlowPlaces::Answer::Later);
    }
    QSqlDatabase::removeDatabase(QStringLiteral("other"));
    QVERIFY(places.ask(order) == FlowPlaces::Answer::Runs);
}

QTEST_GUILESS_MAIN(TestExecutionLauncher)
#include "tst_execution_launcher.moc"
