// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/execution_launcher.h"
#include "service/service_settings.h"
#include "storage/database.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"

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
                                            .cancelled = [](const ExecutionOrder &) {},
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

QTEST_GUILESS_MAIN(TestExecutionLauncher)
#include "tst_execution_launcher.moc"
