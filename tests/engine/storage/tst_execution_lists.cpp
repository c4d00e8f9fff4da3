// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution_fixture.h"
#include "support/flow_test.h"

#include <limits>

using namespace flow;
using namespace flow::test;

namespace {

QList<ExecutionId> ids(const Page<Execution> &page)
{
    QList<ExecutionId> list;
    for (const Execution &execution : page.items)
        list.append(execution.id);
    return list;
}

} // namespace

class TestExecutionLists : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void pages_data();
    void pages();
    void children_data();
    void children();
    void outputOnlyWhereAskedFor();
    void log();
    void logOfUnknownExecution();
};

void TestExecutionLists::pages_data()
{
    // Executions 1 to 8: odd ones of flow a, even ones of flow b; 1, 2, 3 completed, the others pending.
    QTest::addColumn<ExecutionQuery>("query");
    QTest::addColumn<QList<ExecutionId>>("expected");
    QTest::addColumn<qint64>("total");
    using Ids = QList<ExecutionId>;
    const FlowId b = QStringLiteral("b");
    QTest::newRow("all") << ExecutionQuery{} << Ids{8, 7, 6, 5, 4, 3, 2, 1} << qint64(8);
    QTest::newRow("page 2") << ExecutionQuery{.page = 2, .perPage = 3} << Ids{5, 4, 3} << qint64(8);
    QTest::newRow("past the end") << ExecutionQuery{.page = 9, .perPage = 3} << Ids{} << qint64(8);
    QTest::newRow("far past the end") << ExecutionQuery{.page = std::numeric_limits<int>::max(), .perPage = 1000}
                                      << Ids{} << qint64(8);
    QTest::newRow("flow") << ExecutionQuery{.flowId = a} << Ids{7, 5, 3, 1} << qint64(4);
    QTest::newRow("flow, page 2") << ExecutionQuery{.flowId = a, .page = 2, .perPage = 3} << Ids{1} << qint64(4);
    QTest::newRow("status") << ExecutionQuery{.status = ExecutionStatus::Completed} << Ids{3, 2, 1} << qint64(3);
    QTest::newRow("status nobody has") << ExecutionQuery{.status = ExecutionStatus::Cancelled} << Ids{} << qint64(0);
    QTest::newRow("flow and status") << ExecutionQuery{.flowId = b, .status = ExecutionStatus::Pending} << Ids{8, 6, 4}
                                     << qint64(3);
    QTest::newRow("unknown flow") << ExecutionQuery{.flowId = QStringLiteral("x")} << Ids{} << qint64(0);
    QTest::newRow("older") << ExecutionQuery{.perPage = 2, .olderThan = 5} << Ids{4, 3} << qint64(8);
    QTest::newRow("older of a flow") << ExecutionQuery{.flowId = a, .page = 7, .perPage = 2, .olderThan = 7}
                                     << Ids{5, 3} << qint64(4);
    QTest::newRow("older, flow and status")
        << ExecutionQuery{.flowId = b, .status = ExecutionStatus::Pending, .olderThan = 6} << Ids{4} << qint64(3);
}

void TestExecutionLists::pages()
{
    QFETCH(ExecutionQuery, query);
    QFETCH(QList<ExecutionId>, expected);
    QFETCH(qint64, total);
    Fixture f;
    const Result<StoredFlow> b = f.flows.create(chain(QStringLiteral("b")));
    for (int number = 1; number <= 8; ++number) {
        const Result<Execution> made =
            number % 2 == 1 ? f.store.create(a, f.revision, {}) : f.store.create(QStringLiteral("b"), b->revision, {});
        QCOMPARE(made->id, number);
        if (number <= 3) {
            VERIFY_OK(f.store.executionStarted(number, at(0)));
            VERIFY_OK(f.store.executionEnded({}, executionEnd(number)));
        }
    }
    const Result<Page<Execution>> page = f.store.list(query);
    VERIFY_OK(page);
    QCOMPARE(ids(*page), expected);
    QCOMPARE(page->total, total);
}

void TestExecutionLists::children_data()
{
    // 1 of a has started 2 of a and 3 of b; 4 of b has started 5 of b; 3 is completed.
    QTest::addColumn<ExecutionQuery>("query");
    QTest::addColumn<QList<ExecutionId>>("expected");
    QTest::addColumn<qint64>("total");
    using Ids = QList<ExecutionId>;
    const FlowId b = QStringLiteral("b");
    QTest::newRow("all") << ExecutionQuery{} << Ids{5, 4, 3, 2, 1} << qint64(5);
    QTest::newRow("top level") << ExecutionQuery{.topLevel = true} << Ids{4, 1} << qint64(2);
    QTest::newRow("top level, page 2") << ExecutionQuery{.page = 2, .perPage = 1, .topLevel = true} << Ids{1}
                                       << qint64(2);
    QTest::newRow("top level of a flow") << ExecutionQuery{.flowId = b, .topLevel = true} << Ids{4} << qint64(1);
    QTest::newRow("top level, completed")
        << ExecutionQuery{.status = ExecutionStatus::Completed, .topLevel = true} << Ids{} << qint64(0);
    QTest::newRow("top level of a flow, pending")
        << ExecutionQuery{.flowId = b, .status = ExecutionStatus::Pending, .topLevel = true} << Ids{4} << qint64(1);
    QTest::newRow("of one") << ExecutionQuery{.parent = 1} << Ids{3, 2} << qint64(2);
    QTest::newRow("of one, of a flow") << ExecutionQuery{.flowId = b, .parent = 1} << Ids{3} << qint64(1);
    QTest::newRow("of one, with a status")
        << ExecutionQuery{.status = ExecutionStatus::Pending, .parent = 1} << Ids{2} << qint64(1);
    QTest::newRow("of one that has none") << ExecutionQuery{.parent = 5} << Ids{} << qint64(0);
}

void TestExecutionLists::children()
{
    QFETCH(ExecutionQuery, query);
    Fixture f;
    const FlowId b = QStringLiteral("b");
    const RevisionId other = f.flows.create(chain(b))->revision;
    const auto add = [&](const FlowId &flow, std::optional<ExecutionParent> parent) {
        Execution execution{.flowId = flow, .revision = flow == b ? other : f.revision, .inputContext = {}};
        return (parent ? createUnder(f.database, f.store, execution, *parent) : f.store.create(execution, {})).ok();
    };
    QVERIFY(add(a, {}) && add(a, ExecutionParent{1, 1, 0}) && add(b, ExecutionParent{1, 1, 1}) && add(b, {}) &&
            add(b, ExecutionParent{4, 1, 0}));
    VERIFY_OK(f.store.executionStarted(3, at(0)));
    VERIFY_OK(f.store.executionEnded({}, executionEnd(3)));
    const Result<Page<Execution>> page = f.store.list(query);
    VERIFY_OK(page);
    QTEST(ids(*page), "expected");
    QTEST(page->total, "total");
}

void TestExecutionLists::outputOnlyWhereAskedFor()
{
    Fixture f;
    const ExecutionId id = f.running({{QStringLiteral("day"), 7}});
    VERIFY_OK(f.store.attemptStarted(attemptStart(id, 1, step1)));
    VERIFY_OK(f.store.executionEnded(attemptEnd(id, 1, 5), executionEnd(id)));
    Execution expected = *f.store.get(id);
    QVERIFY(expected.outputData);
    QVERIFY(f.store.list({})->items == QList{expected});

    VERIFY_OK(f.database.execute(QStringLiteral("UPDATE task_executions SET output_data = 'damaged'")));
    QVERIFY(!f.store.list({}));
    const Result<Page<Execution>> without = f.store.list({.withOutput = false});
    VERIFY_OK(without);
    expected.outputData.reset();
    QVERIFY(without->items == QList{expected});
}

void TestExecutionLists::log()
{
    Fixture f;
    const ExecutionId id = f.create();
    const ExecutionId other = f.create();
    const auto line = [](ExecutionId execution, int number, LogLevel level) {
        return ExecutionEvent{execution, at(number),
                              TaskLogged{step1, level, QStringLiteral("line %1\nmore").arg(number)}};
    };
    const QList<ExecutionEvent> first{line(id, 1, LogLevel::Debug), line(id, 2, LogLevel::Info)};
    const QList<ExecutionEvent> second{line(id, 2, LogLevel::Warning), line(id, 1, LogLevel::Error)};
    f.store.appendLog(first);
    f.store.appendLog({line(other, 5, LogLevel::Info), {id, at(3), ExecutionStarted{}}});
    f.store.appendLog(second);
    const Result<QList<ExecutionEvent>> read = f.store.log(id);
    VERIFY_OK(read);
    QVERIFY(*read == first + second);
    QCOMPARE(f.store.log(other)->size(), 1);
}

void TestExecutionLists::logOfUnknownExecution()
{
    Fixture f;
    QCOMPARE(f.store.log(7).error().text(), QStringLiteral("Execution 7 not found"));
    f.store.appendLog({{7, at(1), TaskLogged{step1, LogLevel::Info, QStringLiteral("nobody's")}}});
    QCOMPARE(f.store.log(7).error().text(), QStringLiteral("Execution 7 not found"));
}

QTEST_GUILESS_MAIN(TestExecutionLists)
#include "tst_execution_lists.moc"
