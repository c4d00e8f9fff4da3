// SPDX-License-Identifier: GPL-3.0-or-later
#include "nested_flows.h"
#include "service/attempt_children.h"
#include "storage/database.h"
#include "support/flow_test.h"

#include <QTemporaryDir>

using namespace flow;
using namespace flow::test;

/// The children of one attempt without the service around it: who runs them is what a test says.
class TestAttemptChildren : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void endThatCannotBeRead_data();
    void endThatCannotBeRead();
};

void TestAttemptChildren::endThatCannotBeRead_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<int>("times"); ///< that its record cannot be read
    QTest::addColumn<QString>("status");
    QTest::addColumn<int>("looks");
    QTest::newRow("the database is away for a moment") << ErrorCode::Io << 1 << "completed" << 2;
    QTest::newRow("the disk is full for a while") << ErrorCode::Full << 3 << "completed" << 4;
    QTest::newRow("its flow was deleted") << ErrorCode::NotFound << 1 << "failure" << 1;
}

/// What only the database can say is waited for, and does not count as failed.
void TestAttemptChildren::endThatCannotBeRead()
{
    QFETCH(ErrorCode, code);
    QFETCH(int, times);
    QFETCH(QString, status);
    QFETCH(int, looks);
    const QTemporaryDir folder;
    const auto database = Database::open(DatabaseLocation{folder.filePath(QStringLiteral("flows.db"))});
    QVERIFY(database);
    FlowStore flows(**database);
    ExecutionStore executions(**database);
    const FlowFile flow =
        file(QStringLiteral("main"), QStringLiteral("[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'sub'}}]"),
             QStringLiteral("{'sub': [{'name': 'x', 'type': 'noop'}]}"));
    QVERIFY(flows.create(flow).ok());
    const RevisionId revision = flows.keepRevision(flow).value();
    TaskRun run;
    run.executionId = executions.create(QStringLiteral("main"), revision, {})->id;
    const ChildPlan plan{.flows = {{QStringLiteral("sub"), {}}}};

    ChildFamilies families;
    int looked = 0;
    int waits = 0;
    ExecutionId child = 0;
    const ChildCalls calls{.record = [&](ExecutionId id) -> Result<Execution> {
                               if (looked++ < times)
                                   return Error{.code = code, .reason = QStringLiteral("away")};
                               return executions.get(id);
                           },
                           .submit =
                               [&](const ExecutionOrder &order) {
                                   child = order.id;
                                   ExecutionEnd end;
                                   end.executionId = child;
                                   end.status = ExecutionStatus::Completed;
                                   QVERIFY(executions.executionStarted(child, {}).ok());
                                   QVERIFY(executions.executionEnded({}, end).ok());
                               },
                           .help =
                               [&](ExecutionId, const std::function<bool()> &) {
                                   QVERIFY(++waits < 10);
                                   if (waits == 1)
                                       families.tell(child);
                                   else
                                       families.tellWatched();
                               },
                           .wakeHelpers = [] {}};
    const TaskTypes types = builtInTasks().types();
    const auto children =
        std::make_shared<AttemptChildren>(ChildStarter::Stores{executions, flows, types}, calls, families, plan, run);
    const Result<ChildOutcome> outcome = children->run();
    QVERIFY(outcome.ok());
    QCOMPARE(toString(outcome->results.first().status), status);
    QCOMPARE(looked, looks);
    QVERIFY(families.children(run.executionId).isEmpty());
}

QTEST_GUILESS_MAIN(TestAttemptChildren)
#include "tst_attempt_children.moc"
