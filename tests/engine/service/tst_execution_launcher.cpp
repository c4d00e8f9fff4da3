// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/execution_launcher.h"
#include "service/service_settings.h"
#include "storage/database.h"
#include "storage/execution_store.h"
#include "storage/flow_store.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>

#include <atomic>

using namespace flow;

/// Who waits in the launcher is never forgotten, also when the database is away at the moment when its time comes.
class TestExecutionLauncher : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void asksAgain_data();
    void asksAgain();
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
