// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage_fixture.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

namespace {

const FlowId a = QStringLiteral("a");
const FlowId b = QStringLiteral("b");

/// Execution 1 of flow a has started 2 of flow b, and that one 3 of flow a. 4 of flow b stands by itself. All have
/// ended.
struct Family
{
    Family()
    {
        const QMap<FlowId, RevisionId> revisions{{a, flows.create(chain(a))->revision},
                                                 {b, flows.create(chain(b))->revision}};
        for (const auto &[flow, parent] : {std::pair(a, 0), std::pair(b, 1), std::pair(a, 2), std::pair(b, 0)}) {
            Execution execution;
            execution.flowId = flow;
            execution.revision = revisions[flow];
            if (parent > 0)
                execution.parent = ExecutionParent{parent, 1, 0};
            ids.append(executions.create(execution, {})->id);
            executions.executionStarted(ids.last(), at(0)).ok();
        }
        for (const ExecutionId id : ids)
            executions.executionEnded({}, executionEnd(id)).ok();
    }

    /// With the kept totals.
    Result<void> set(ExecutionId id, const QString &status)
    {
        return database->writer().run([&](WriteTransaction &transaction) -> Result<void> {
            const QStringList flow =
                TestDatabase::rowsOf(transaction.connection,
                                     QStringLiteral("SELECT flow_id FROM flow_executions WHERE id = %1").arg(id))
                    .value();
            transaction.counts.moved(flow.first(), ExecutionStatus::Completed, *executionStatusFromString(status));
            return transaction.connection.execute(
                QStringLiteral("UPDATE flow_executions SET status = '%1' WHERE id = %2").arg(status).arg(id));
        });
    }
    QString left() { return database.rows(QStringLiteral("SELECT id FROM flow_executions ORDER BY id")).join(u' '); }

    TestDatabase database;
    FlowStore flows{*database};
    ExecutionStore executions{*database};
    QList<ExecutionId> ids;
};

} // namespace

/// What goes with a flow, and when it may go.
class TestFlowRemoval : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void removeTakesEverything();
    void whatHasBeenStartedCounts();
    void removeStep_data();
    void removeStep();
    void pinned_data();
    void pinned();
    void longHistoriesGoInSteps();
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

void TestFlowRemoval::whatHasBeenStartedCounts()
{
    Family family;
    QCOMPARE(*family.flows.executionCount(a), 3); // 1, 2 and 3
    QCOMPARE(*family.flows.executionCount(b), 3); // 2, 3 and 4
    QCOMPARE(*family.flows.executionCount(QStringLiteral("c")), 0);
    for (const FlowId &flow : {a, b}) {
        Family other;
        const qint64 before = other.database.one(QStringLiteral("SELECT count(*) FROM flow_executions")).toLongLong();
        const qint64 told = *other.flows.executionCount(flow);
        VERIFY_OK(other.flows.remove(flow));
        QCOMPARE(other.database.one(QStringLiteral("SELECT count(*) FROM flow_executions")).toLongLong(),
                 before - told);
    }
}

void TestFlowRemoval::removeStep_data()
{
    QTest::addColumn<QString>("status");
    QTest::addColumn<bool>("over");
    QTest::addColumn<bool>("removed");
    for (const char *status : {"completed", "failure", "cancelled", "interrupted"})
        QTest::newRow(status) << QString::fromLatin1(status) << false << true;
    for (const char *status : {"pending", "running", "paused"}) {
        QTest::newRow(status) << QString::fromLatin1(status) << false << false;
        QTest::addRow("%s, known to be over", status) << QString::fromLatin1(status) << true << true;
    }
}

void TestFlowRemoval::removeStep()
{
    QFETCH(QString, status);
    QFETCH(bool, over);
    QFETCH(bool, removed);
    // What the flow's execution has started is as good as its own, whatever flow it is of.
    for (const int unfinished : {0, 1, 2}) {
        Family family;
        const ExecutionId id = family.ids[unfinished];
        VERIFY_OK(family.set(id, status));
        QCOMPARE(family.executions.unfinished(a).value().contains(id),
                 status == u"pending" || status == u"running" || status == u"paused");
        const Result<bool> done = family.flows.removeStep(a, over ? QSet{id} : QSet<ExecutionId>());
        QCOMPARE(done.ok(), removed);
        if (!removed) {
            QCOMPARE(done.error().code, ErrorCode::Conflict);
            QCOMPARE(done.error().text(),
                     QStringLiteral("Flow 'a' cannot be deleted while execution %1 is running").arg(id));
        } else {
            QVERIFY(*done);
        }
        QCOMPARE(family.flows.get(a).ok(), !removed);
        QCOMPARE(family.left(), removed ? QStringLiteral("4") : QStringLiteral("1 2 3 4"));
        QCOMPARE(wrongTotals(family.database), QString());
    }
    Family family;
    VERIFY_OK(family.flows.removeStep(b));
    QCOMPARE(family.left(), QStringLiteral("1")); // whoever has started it stays
    QCOMPARE(wrongTotals(family.database), QString());
    QCOMPARE(family.flows.removeStep(b).error().code, ErrorCode::NotFound);
}

void TestFlowRemoval::pinned_data()
{
    QTest::addColumn<int>("execution");
    QTest::addColumn<QString>("flow");
    QTest::addColumn<bool>("removed");
    QTest::newRow("its own") << 1 << a << true;
    QTest::newRow("what its own has started, of another flow") << 2 << a << false;
    QTest::newRow("further below, its own again") << 3 << a << true;
    QTest::newRow("of another flow, by itself") << 4 << a << true;
    QTest::newRow("the other flow's own") << 2 << b << true;
    QTest::newRow("what the other flow's has started") << 3 << b << false;
    QTest::newRow("what has started it") << 1 << b << true;
}

/// A person pinned what another flow did: that does not go by the way.
void TestFlowRemoval::pinned()
{
    QFETCH(int, execution);
    QFETCH(QString, flow);
    QFETCH(bool, removed);
    Family family;
    VERIFY_OK(family.executions.setPinned(execution, true));
    const Result<void> may = family.flows.mayBeRemoved(flow);
    QCOMPARE(may.ok(), removed);
    QCOMPARE(family.flows.removeStep(flow).ok(), removed);
    if (removed)
        return;
    QCOMPARE(may.error().code, ErrorCode::Conflict);
    QCOMPARE(may.error().text(),
             QStringLiteral("Flow '%1' was not deleted: execution %2 of flow '%3', which belongs to "
                            "one of its executions, is pinned. Unpin it, then delete the flow again")
                 .arg(flow)
                 .arg(execution)
                 .arg(flow == a ? b : a));
    QCOMPARE(family.flows.removeStep(flow).error().text(), may.error().text());
    QCOMPARE(family.left(), QStringLiteral("1 2 3 4"));
}

/// One transaction for all would keep everybody who executes flows waiting.
void TestFlowRemoval::longHistoriesGoInSteps()
{
    TestDatabase database;
    FlowStore store(*database);
    ExecutionStore executions(*database);
    const RevisionId revision = store.create(chain(a))->revision;
    for (int number = 0; number < 100; ++number) {
        const ExecutionId id = executions.create(a, revision, {})->id;
        VERIFY_OK(executions.executionStarted(id, at(0)));
        VERIFY_OK(executions.executionEnded({}, executionEnd(id)));
    }
    QStringList left;
    for (Result<bool> gone = false; !*gone;) {
        gone = store.removeStep(a);
        VERIFY_OK(gone);
        QCOMPARE(wrongTotals(database), QString());
        left << QString::number(executions.list({})->total);
        QCOMPARE(store.get(a).ok(), !*gone);
    }
    QCOMPARE(left.join(u' '), QStringLiteral("60 20 0"));
}

QTEST_GUILESS_MAIN(TestFlowRemoval)
#include "tst_flow_removal.moc"
