// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/execution_records.h"
#include "storage/flow_records.h"
#include "storage/flow_removal.h"
#include "storage_fixture.h"
#include "support/flow_test.h"

#include <QRegularExpression>

using namespace flow;
using namespace flow::test;

/// Listings walk along an index and stop after a page, whatever the length of the history: seen by SQLite's own plan on
/// a database with 100,000 executions of 1,000 flows.
class TestQueryPlans : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void executions_data();
    void executions();
    void flows_data();
    void flows();
    void children_data();
    void children();
    void others_data();
    void others();
    void startedByAFlow();
    void pagesAreRight();
    void cleanupTestCase() { m_database.reset(); }

private:
    QStringList plan(const QString &sql);
    std::unique_ptr<TestDatabase> m_database;
};

void TestQueryPlans::initTestCase()
{
    m_database = std::make_unique<TestDatabase>();
    const QStringList statements{
        QStringLiteral("WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 999)"
                       " INSERT INTO flows (id, name, start_task, is_active, version, created_at, updated_at, revision)"
                       " SELECT 'flow-' || i, 'Flow', 'step 1', i % 2 = 0, 1, i, i, 'r' FROM n"),
        QStringLiteral(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)"
            " INSERT INTO flow_executions (id, flow_id, revision, status, input_context, created_at)"
            " SELECT i, 'flow-' || (i % 1000), 'r', CASE WHEN i % 10 = 0 THEN 'failure' ELSE 'completed' END,"
            " '{}', i FROM n"),
        QStringLiteral("INSERT INTO task_executions (flow_execution_id, task_name, sequence_number, status)"
                       " SELECT id, 'step 1', 1, 'success' FROM flow_executions"),
        QStringLiteral("INSERT INTO execution_counts (flow_id, status, executions)"
                       " SELECT flow_id, status, count(*) FROM flow_executions GROUP BY flow_id, status"),
        QStringLiteral("INSERT INTO execution_counts (flow_id, status, executions)"
                       " SELECT '', status, count(*) FROM flow_executions GROUP BY status"),
    };
    for (const QString &sql : statements)
        VERIFY_OK(m_database->execute(sql));
}

QStringList TestQueryPlans::plan(const QString &sql)
{
    const Result<QStringList> lines =
        (*m_database)->reader().read([&](StorageConnection &connection) -> Result<QStringList> {
            Statement statement(connection, QStringLiteral("EXPLAIN QUERY PLAN ") + sql);
            if (Result<void> done = statement.runWith(QVariantList(sql.count(u'?'))); !done)
                return done.error();
            QStringList details;
            for (Result<bool> more = statement.next(); more && *more; more = statement.next())
                details.append(statement.text(3));
            return details;
        });
    return lines ? *lines : QStringList{lines.error().text()};
}

void TestQueryPlans::executions_data()
{
    QTest::addColumn<ExecutionQuery>("query");
    QTest::addColumn<QString>("expected");
    const FlowId flow = QStringLiteral("flow-7");
    const QString byId = QStringLiteral("SEARCH flow_executions USING INTEGER PRIMARY KEY (rowid<?)");
    const QString byFlow =
        QStringLiteral("SEARCH flow_executions USING INDEX flow_executions_by_flow (flow_id=? AND id<?)");
    const QString byStatus =
        QStringLiteral("SEARCH flow_executions USING INDEX flow_executions_by_status (status=? AND id<?)");
    const QString byBoth = QStringLiteral("SEARCH flow_executions USING INDEX flow_executions_by_flow_and_status"
                                          " (flow_id=? AND status=? AND id<?)");
    QTest::newRow("all") << ExecutionQuery{} << byId;
    QTest::newRow("older") << ExecutionQuery{.olderThan = 5000} << byId;
    QTest::newRow("flow") << ExecutionQuery{.flowId = flow} << byFlow;
    QTest::newRow("status") << ExecutionQuery{.status = ExecutionStatus::Failure} << byStatus;
    QTest::newRow("top level") << ExecutionQuery{.topLevel = true} << byId;
    QTest::newRow("top level of a flow") << ExecutionQuery{.flowId = flow, .topLevel = true} << byFlow;
    QTest::newRow("flow and status") << ExecutionQuery{.flowId = flow, .status = ExecutionStatus::Failure} << byBoth;
}

void TestQueryPlans::executions()
{
    QFETCH(ExecutionQuery, query);
    QFETCH(QString, expected);
    QCOMPARE(plan(execution_records::pageSql(query)), QStringList{expected}); // nothing is sorted either
}

void TestQueryPlans::flows_data()
{
    QTest::addColumn<bool>("activeOnly");
    QTest::addColumn<QString>("first");
    QTest::newRow("all") << false
                         << QStringLiteral("SCAN f USING INDEX flows_by_creation"); // in order, ends with the page
    QTest::newRow("active") << true << QStringLiteral("SEARCH f USING INDEX active_flows_by_creation (is_active=?)");
}

void TestQueryPlans::flows()
{
    QFETCH(bool, activeOnly);
    QFETCH(QString, first);
    const QStringList lines = plan(flow_records::pageSql(activeOnly));
    QVERIFY(!lines.isEmpty());
    QCOMPARE(lines.first(), first);
    for (const QString &line : lines.mid(1))
        QVERIFY2(line.startsWith(QStringLiteral("SEARCH")) || line.startsWith(QStringLiteral("CORRELATED")),
                 qPrintable(line));
}

/// Counted without a look at those that nobody but a person started.
void TestQueryPlans::children_data()
{
    QTest::addColumn<ExecutionQuery>("query");
    QTest::addColumn<QString>("expected");
    const FlowId flow = QStringLiteral("flow-7");
    const QString covering = QStringLiteral("SEARCH flow_executions USING COVERING INDEX flow_executions_%1");
    const QString both = covering.arg(QStringLiteral("started_by_others (status=? AND flow_id=? AND parent_id>?)"));
    QTest::newRow("all") << ExecutionQuery{} << covering.arg(QStringLiteral("by_parent (parent_id>?)"));
    QTest::newRow("of one") << ExecutionQuery{.parent = 5} << covering.arg(QStringLiteral("by_parent (parent_id=?)"));
    QTest::newRow("status") << ExecutionQuery{.status = ExecutionStatus::Failure}
                            << covering.arg(QStringLiteral("started_by_others (status=?)"));
    QTest::newRow("flow") << ExecutionQuery{.flowId = flow} << both;
    QTest::newRow("flow and status") << ExecutionQuery{.flowId = flow, .status = ExecutionStatus::Failure} << both;
}

void TestQueryPlans::children()
{
    QFETCH(ExecutionQuery, query);
    QFETCH(QString, expected);
    QCOMPARE(plan(execution_records::childCountSql(query)), QStringList{expected});
}

void TestQueryPlans::others_data()
{
    QTest::addColumn<QString>("sql");
    QTest::newRow("attempts") << QStringLiteral("SELECT task_name FROM task_executions WHERE flow_execution_id = ?"
                                                " ORDER BY sequence_number DESC");
    QTest::newRow("log") << QStringLiteral(
        "SELECT message FROM execution_logs WHERE flow_execution_id = ? ORDER BY id");
    QTest::newRow("total of a flow") << QStringLiteral(
        "SELECT sum(executions) FROM execution_counts WHERE flow_id = ?");
    QTest::newRow("unfinished") << QStringLiteral(
        "SELECT id, flow_id, owner FROM flow_executions WHERE status = ? ORDER BY id");
    QTest::newRow("revisions of a flow") << QStringLiteral("DELETE FROM flow_revisions WHERE flow_id = ?");
    QTest::newRow("end of an attempt") << QStringLiteral(
        "UPDATE task_executions SET status = ? WHERE flow_execution_id = ?"
        " AND sequence_number = ?");
}

void TestQueryPlans::others()
{
    QFETCH(QString, sql);
    const QStringList lines = plan(sql);
    QCOMPARE(lines.size(), 1);
    QVERIFY2(lines.first().startsWith(QStringLiteral("SEARCH")), qPrintable(lines.first()));
}

/// From the executions of the flow down, and never through those of all flows.
void TestQueryPlans::startedByAFlow()
{
    const QStringList lines =
        plan(flow_removal::countOfOthersSql()).filter(QRegularExpression(QStringLiteral(" [pc] ")));
    QCOMPARE(lines.size(), 3);
    for (const QString &line : lines)
        QVERIFY2(line.startsWith(QStringLiteral("SEARCH")), qPrintable(line));
}

void TestQueryPlans::pagesAreRight()
{
    ExecutionStore store(**m_database);
    const Result<Page<Execution>> far = store.list({.page = 4000, .perPage = 20});
    VERIFY_OK(far);
    QCOMPARE(far->items.first().id, 100000 - 3999 * 20);
    QCOMPARE(far->total, 100000);
    const Result<Page<Execution>> failed =
        store.list({.flowId = QStringLiteral("flow-10"), .status = ExecutionStatus::Failure, .page = 5, .perPage = 20});
    VERIFY_OK(failed);
    QCOMPARE(failed->items.size(), 20);
    QCOMPARE(failed->items.first().id, 19010);
    QCOMPARE(failed->total, 100);
    const Result<Page<StoredFlow>> flows = FlowStore(**m_database).list({.page = 2, .perPage = 10});
    VERIFY_OK(flows);
    QCOMPARE(flows->items.first().file.flow.id, QStringLiteral("flow-989"));
    QCOMPARE(word(flows->items.first().lastStatus), QStringLiteral("completed"));
}

QTEST_GUILESS_MAIN(TestQueryPlans)
#include "tst_query_plans.moc"
