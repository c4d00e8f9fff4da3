// SPDX-License-Identifier: GPL-3.0-or-later
#include "gated_program.h"
#include "nested_flows.h"
#include "service_fixture.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

namespace {

const FlowFile &runsSub()
{
    static const FlowFile flow =
        file(QStringLiteral("main"), QStringLiteral("[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'sub'}}]"),
             QStringLiteral("{'sub': [{'name': 'w', 'type': 'gate'}, {'name': 'x', 'type': 'mark'}]}"));
    return flow;
}

} // namespace

/// What a pause does to those that wait for others, and what may change while it lasts.
class TestChildPauses : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { resetGates(); }
    void whileItWaitsForAThread();
    void whileNobodyRunsIt();
    void whatWasLetGoIsTakenUp();
    void singleStepsThroughItems();
    void itemsThatWereEdited_data();
    void itemsThatWereEdited();
};

/// Continued, and then paused before a thread was free for it.
void TestChildPauses::whileItWaitsForAThread()
{
    QTemporaryDir folder;
    const GatedProgram program(folder.path(), 1);
    const ExecutionId root = program.start(runsSub());
    QTRY_COMPARE(visits(QStringLiteral("w")).begun, 1);
    QVERIFY(program->pause(root).ok());
    openGate(QStringLiteral("w"));
    QCOMPARE(program.ended(root), QStringLiteral("paused"));

    program.start(file(QStringLiteral("busy"), QStringLiteral("[{'name': 'b', 'type': 'gate'}]")));
    QTRY_COMPARE(visits(QStringLiteral("b")).begun, 1);
    QVERIFY(program->continueExecution(root).ok());
    QVERIFY(program->pause(root).ok());
    openGate(QStringLiteral("b"));
    QCOMPARE(program.ended(root), QStringLiteral("paused"));
    QCOMPARE(program.tasks(root + 1), QStringLiteral("w:success"));
    QVERIFY(program->continueExecution(root).ok());
    QCOMPARE(program.ended(root), QStringLiteral("completed"));
}

/// Its program was killed; it is paused when the next one takes it up, together with what it waits for.
void TestChildPauses::whileNobodyRunsIt()
{
    const QTemporaryDir folder;
    const QTemporaryDir next;
    ExecutionId root = 0;
    {
        const GatedProgram program(folder.path());
        root = program.start(runsSub());
        QTRY_COMPARE(visits(QStringLiteral("w")).begun, 1);
        copyAsKilled(folder.path(), next.path());
    }
    {
        const GatedProgram passing(next.path(), 1, false);
        QCOMPARE(passing.status(root), QStringLiteral("pending"));
        QVERIFY(passing->pause(root).ok());
    }
    const GatedProgram program(next.path());
    QTRY_COMPARE(program.status(root), QStringLiteral("paused"));
    QCOMPARE(program.status(root + 1), QStringLiteral("paused"));
    QCOMPARE(visits(QStringLiteral("w")).begun, 1);
}

/// Its parent lives, and does not wait for it.
void TestChildPauses::whatWasLetGoIsTakenUp()
{
    const QTemporaryDir folder;
    const QTemporaryDir next;
    {
        const GatedProgram program(folder.path());
        const ExecutionId root = program.start(
            file(QStringLiteral("main"),
                 QStringLiteral("[{'name': 't', 'type': 'parallel', 'config': {'flows': [{'flow': 'quick'}, {'flow':"
                                " 'sub'}], 'wait_for': 'any', 'rest': 'let_go'}}, {'name': 'long', 'type': 'gate'}]"),
                 QStringLiteral("{'quick': [{'name': 'k', 'type': 'mark'}], 'sub': [{'name': 'w', 'type': 'gate'}]}")));
        QTRY_COMPARE(visits(QStringLiteral("w")).begun, 1);
        QTRY_COMPARE(visits(QStringLiteral("long")).begun, 1);
        copyAsKilled(folder.path(), next.path());
        QVERIFY(program->cancel(root).ok());
    }
    const GatedProgram program(next.path());
    QTRY_COMPARE(visits(QStringLiteral("long")).begun, 2);
    QTRY_COMPARE(visits(QStringLiteral("w")).begun, 2);
}

/// The next item is begun by the step that ends the one before it, and waits before its first task.
void TestChildPauses::singleStepsThroughItems()
{
    QTemporaryDir folder;
    const GatedProgram program(folder.path());
    const ExecutionId root = program.start(
        file(QStringLiteral("main"),
             QStringLiteral("[{'name': 't', 'type': 'for_each', 'config': {'flow': 'sub', 'items': [1, 2]}},"
                            " {'name': 'after', 'type': 'mark'}]"),
             QStringLiteral("{'sub': [{'name': 'w', 'type': 'gate'}, {'name': 'x', 'type': 'mark'}]}")));
    QTRY_COMPARE(visits(QStringLiteral("w")).begun, 1);
    QVERIFY(program->pause(root).ok());
    openGate(QStringLiteral("w"));
    QCOMPARE(program.ended(root), QStringLiteral("paused"));
    const auto tasks = [&](ExecutionId id) { return program->execution(id, false) ? program.tasks(id) : QString(); };
    const QList<std::pair<QString, QString>> expected{
        {QStringLiteral("w:success x:success"), QString()},
        {QStringLiteral("w:success x:success"), QStringLiteral("w:success")},
        {QStringLiteral("w:success x:success"), QStringLiteral("w:success x:success")}};
    for (const auto &[first, second] : expected) {
        QVERIFY(program->continueExecution(root, {.step = true}).ok());
        QCOMPARE(program.ended(root), QStringLiteral("paused"));
        QCOMPARE(tasks(root + 1), first);
        QCOMPARE(tasks(root + 2), second);
    }
    QCOMPARE(program->execution(root, false)->execution.nextTask, QStringLiteral("after"));
}

void TestChildPauses::itemsThatWereEdited_data()
{
    QTest::addColumn<QString>("list"); ///< null: nothing is edited
    QTest::addColumn<QString>("results");
    QTest::addColumn<QString>("begun"); ///< how often each item from 1 was begun
    QTest::addColumn<QString>("statuses");
    QTest::newRow("not edited") << QString() << "[{'v':1},{'v':2},{'v':3}]"
                                << "1 1 1 0"
                                << "completed completed completed";
    QTest::newRow("the same again") << "[1, 2, 3]"
                                    << "[{'v':1},{'v':2},{'v':3}]"
                                    << "1 1 1 0"
                                    << "completed completed completed";
    QTest::newRow("one that was done") << "[4, 2, 3]"
                                       << "[{'v':4},{'v':2},{'v':3}]"
                                       << "1 1 1 1"
                                       << "completed completed completed completed";
    QTest::newRow("the one that is paused") << "[1, 4, 3]"
                                            << "[{'v':1},{'v':4},{'v':3}]"
                                            << "1 1 1 1"
                                            << "completed cancelled completed completed";
    QTest::newRow("one that is to come") << "[1, 2, 4]"
                                         << "[{'v':1},{'v':2},{'v':4}]"
                                         << "1 1 0 1"
                                         << "completed completed completed";
    QTest::newRow("fewer") << "[1]"
                           << "[{'v':1}]"
                           << "1 1 0 0"
                           << "completed cancelled";
}

void TestChildPauses::itemsThatWereEdited()
{
    QFETCH(QString, list);
    QFETCH(QString, results);
    QFETCH(QString, begun);
    QFETCH(QString, statuses);
    QTemporaryDir folder;
    const GatedProgram program(folder.path());
    const FlowFile flow =
        file(QStringLiteral("main"),
             QStringLiteral("[{'name': 'l', 'type': 'set_variables', 'config': {'values': {'rows': [1, 2, 3]}}},"
                            " {'name': 't', 'type': 'for_each', 'config': {'items': '${tasks.l.data.rows}', 'flow':"
                            " 'sub'}}]"),
             QStringLiteral("{'sub': [{'name': 'w', 'type': 'gate', 'config': {'name': 'g${item}'}},"
                            " {'name': 'x', 'type': 'set_variables', 'config': {'values': {'v': '${item}'}}}]}"));
    openGate(QStringLiteral("g1"));
    const ExecutionId root = program.start(flow);
    QTRY_COMPARE(visits(QStringLiteral("g2")).begun, 1);
    QVERIFY(program->pause(root).ok());
    openGate(QStringLiteral("g2"));
    QCOMPARE(program.ended(root), QStringLiteral("paused"));
    if (!list.isNull()) {
        const QJsonObject data = object(QStringLiteral("{'status': 'success', 'data': {'rows': %1}}").arg(list));
        const Result<void> edited = program->editContext(root, {{QStringLiteral("l"), data}});
        QVERIFY2(edited.ok(), edited ? "" : qPrintable(edited.error().text()));
    }
    openGate(QStringLiteral("g3"));
    openGate(QStringLiteral("g4"));
    QVERIFY(program->continueExecution(root).ok());
    QCOMPARE(program.ended(root), QStringLiteral("completed"));
    QCOMPARE(text(dataOf(*program->execution(root, true), QStringLiteral("t"))[u"results"]), results);
    QStringList counts;
    for (int item = 1; item <= 4; ++item)
        counts.append(QString::number(visits(QStringLiteral("g%1").arg(item)).begun));
    QCOMPARE(counts.join(u' '), begun);
    const qsizetype children = statuses.split(u' ').size();
    QCOMPARE(program->executions({})->total, children + 1);
    const auto now = [&] {
        QStringList words;
        for (qsizetype number = 1; number <= children; ++number)
            words.append(program.status(root + number));
        return words.join(u' ');
    };
    QTRY_COMPARE(now(), statuses);
}

QTEST_GUILESS_MAIN(TestChildPauses)
#include "tst_child_pauses.moc"
