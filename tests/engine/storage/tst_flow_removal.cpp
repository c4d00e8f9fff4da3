// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage_fixture.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

namespace {
const FlowId a = QStringLiteral("a");
}

/// What goes with a flow, and when it may go.
class TestFlowRemoval : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void removeTakesEverything();
    void removeIdle_data();
    void removeIdle();
};

void TestFlowRemoval::removeTakesEverything()
{
    TestDatabase database;
    FlowStore store(*database);
    ExecutionStore executions(*database);
    for (const char *id : {"a", "b"}) {
        const Result<StoredFlow> flow = store.create(chain(QString::fromLatin1(id)));
        VERIFY_OK(flow);
        for (int number = 0; number < 3; ++number) {
            const Result<Execution> made = executions.create(QString::fromLatin1(id), flow->revision, {});
            VERIFY_OK(made);
            VERIFY_OK(executions.executionStarted(made->id, at(0)));
            VERIFY_OK(executions.attemptStarted(attemptStart(made->id, 1, QStringLiteral("step 1"))));
            executions.appendLog(
                {{made->id, at(1), TaskLogged{QStringLiteral("step 1"), LogLevel::Info, QStringLiteral("x")}}});
        }
    }
    database->writer().settle();
    QCOMPARE(*store.executionCount(a), 3);
    VERIFY_OK(store.remove(a));
    QCOMPARE(*store.executionCount(a), 0);
    QCOMPARE(store.get(a).error().code, ErrorCode::NotFound);
    for (const char *table : {"flow_executions", "task_executions", "execution_logs"})
        QCOMPARE(database.one(QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1String(table))),
                 QStringLiteral("3"));
    for (const char *table : {"flows", "flow_versions", "flow_revisions"})
        QCOMPARE(database.one(QStringLiteral("SELECT count(*) FROM %1").arg(QLatin1String(table))),
                 QStringLiteral("1"));
    QCOMPARE(executions.list({})->total, 3);
    QCOMPARE(wrongTotals(database), QString());
    VERIFY_OK(store.create(chain(a))); // the id is free again
    QCOMPARE(*store.executionCount(a), 0);
}

void TestFlowRemoval::removeIdle_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<bool>("over");
    QTest::addColumn<bool>("removed");
    for (const char *status : {"completed", "failure", "cancelled", "interrupted"})
        QTest::newRow(status) << QString::fromLatin1(status) << false << true;
    for (const char *status : {"pending", "running"}) {
        QTest::newRow(status) << QString::fromLatin1(status) << false << false;
        QTest::addRow("%s, known to be over", status) << QString::fromLatin1(status) << true << true;
    }
}

void TestFlowRemoval::removeIdle()
{
    QFETCH(QString, status);
    QFETCH(bool, over);
    QFETCH(bool, removed);
    TestDatabase database;
    FlowStore store(*database);
    const RevisionId revision = store.create(chain(a))->revision;
    VERIFY_OK(store.create(chain(QStringLiteral("b"))));
    ExecutionStore executions(*database);
    const ExecutionId id = executions.create(a, revision, {})->id;
    VERIFY_OK(database.execute(QStringLiteral("UPDATE flow_executions SET status = '%1'").arg(status)));
    QVERIFY(executions.unfinished(a).value().contains(id) == (status == u"pending" || status == u"running"));
    const Result<void> done = store.removeIdle(a, over ? QSet{id} : QSet<ExecutionId>());
    QCOMPARE(done.ok(), removed);
    if (!removed) {
        QCOMPARE(done.error().code, ErrorCode::Conflict);
        QCOMPARE(done.error().text(),
                 QStringLiteral("Flow 'a' cannot be deleted while execution %1 is running").arg(id));
    }
    QCOMPARE(store.get(a).ok(), !removed);
    VERIFY_OK(store.removeIdle(QStringLiteral("b")));
    QCOMPARE(store.removeIdle(QStringLiteral("b")).error().code, ErrorCode::NotFound);
}

QTEST_GUILESS_MAIN(TestFlowRemoval)
#include "tst_flow_removal.moc"
