// SPDX-License-Identifier: GPL-3.0-or-later
#include "gated_program.h"
#include "nested_flows.h"
#include "support/flow_test.h"

#include <QTemporaryDir>

#include <thread>

using namespace flow;
using namespace flow::test;

namespace {

/// The flow ends with that task, however it went.
void endsWith(Flow &flow, const QString &task)
{
    Task last;
    last.name = task;
    last.type = QStringLiteral("gate");
    flow.tasks.append(last);
    flow.finalTask = task;
}

void endsWith(FlowFile &file, const QString &flow, const QString &task)
{
    endsWith(file.flow.flows[flow], task);
}

} // namespace

/// What one who stops an execution does to those that it has started.
class TestChildStops : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { resetGates(); }
    void finalTasksRun_data();
    void finalTasksRun();
    void finalTasksRunWhenTheFlowIsDeleted();
    void childOfAnotherProgram_data();
    void childOfAnotherProgram();
    void fromAnotherProgramWhileItPauses();
    void killedWhileTheyEnd_data();
    void killedWhileTheyEnd();
};

void TestChildStops::finalTasksRun_data()
{
    QTest::addColumn<QString>("tasks");
    QTest::addColumn<QString>("flows");
    QTest::addColumn<int>("children");
    QTest::addColumn<int>("cancels");
    const QString sub = QStringLiteral("{'sub': [{'name': 'w', 'type': 'gate'}]}");
    const QString deep = QStringLiteral("{'sub': [{'name': 'w', 'type': 'gate'}],"
                                        " 'mid': [{'name': 'u', 'type': 'run_flow', 'config': {'flow': 'sub'}}]}");
    for (const int cancels : {1, 2}) {
        const char *times = cancels == 1 ? "once" : "twice";
        QTest::addRow("run_flow, %s", times)
            << "[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'sub'}}]" << sub << 1 << cancels;
        QTest::addRow("for_each, %s", times)
            << "[{'name': 't', 'type': 'for_each', 'config': {'flow': 'sub', 'items': [1, 2, 3], 'concurrency': 3}}]"
            << sub << 3 << cancels;
        QTest::addRow("parallel that lets go, %s", times)
            << "[{'name': 't', 'type': 'parallel', 'config': {'flows': [{'flow': 'sub'}, {'flow': 'sub'}],"
               " 'rest': 'let_go'}}]"
            << sub << 2 << cancels;
        QTest::addRow("two levels, %s", times)
            << "[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'mid'}}]" << deep << 1 << cancels;
    }
}

void TestChildStops::finalTasksRun()
{
    QFETCH(QString, tasks);
    QFETCH(QString, flows);
    QFETCH(int, children);
    QFETCH(int, cancels);
    QTemporaryDir folder;
    const GatedProgram program(folder.path());
    FlowFile flow = file(QStringLiteral("main"), tasks, flows);
    endsWith(flow, QStringLiteral("sub"), QStringLiteral("z"));
    const ExecutionId root = program.start(flow);
    QTRY_COMPARE(visits(QStringLiteral("w")).begun, children);
    QVERIFY(program->cancel(root).ok());
    QTRY_COMPARE(visits(QStringLiteral("z")).begun, children);
    QCOMPARE(visits(QStringLiteral("z")).cut, 0);
    QCOMPARE(program.status(root), QStringLiteral("running"));
    if (cancels == 1)
        openGate(QStringLiteral("z"));
    else
        QVERIFY(program->cancel(root).ok());
    QCOMPARE(program.ended(root), QStringLiteral("cancelled"));
    const bool whole = cancels == 1;
    QCOMPARE(visits(QStringLiteral("z")), (Visits{children, whole ? children : 0, whole ? 0 : children}));
}

/// Deleting a flow stops all that its executions have started. Each is told once, however many tell it.
void TestChildStops::finalTasksRunWhenTheFlowIsDeleted()
{
    QTemporaryDir folder;
    const GatedProgram program(folder.path());
    FlowFile flow = file(
        QStringLiteral("main"),
        QStringLiteral(
            "[{'name': 't', 'type': 'for_each', 'config': {'flow': 'sub', 'items': [1, 2, 3], 'concurrency': 3}}]"),
        QStringLiteral("{'sub': [{'name': 'w', 'type': 'gate'}]}"));
    endsWith(flow, QStringLiteral("sub"), QStringLiteral("z"));
    const ExecutionId root = program.start(flow);
    QTRY_COMPARE(visits(QStringLiteral("w")).begun, 3);
    std::thread deletion([&] { program->deleteFlow(QStringLiteral("main")).ok(); });
    const auto join = qScopeGuard([&] { deletion.join(); });
    const bool tidied = QTest::qWaitFor([] { return visits(QStringLiteral("z")).begun == 3; });
    openGate(QStringLiteral("z"));
    QVERIFY(tidied);
    QTRY_VERIFY(!program->execution(root, false).ok());
    QCOMPARE(visits(QStringLiteral("z")), (Visits{3, 3, 0}));
}

void TestChildStops::childOfAnotherProgram_data()
{
    QTest::addColumn<QString>("then");
    QTest::addColumn<QString>("status"); ///< of the parent in the end
    QTest::newRow("it ends") << "open"
                             << "failure";
    QTest::newRow("its parent is cancelled") << "cancel"
                                             << "cancelled";
    QTest::newRow("its parent is cancelled twice") << "cancel twice"
                                                   << "cancelled";
    QTest::newRow("the parent's program is closed") << "close"
                                                    << "cancelled";
}

/// A parent goes on here while another program has its child in hand.
void TestChildStops::childOfAnotherProgram()
{
    QFETCH(QString, then);
    QFETCH(QString, status);
    QTemporaryDir folder;
    GatedProgram program(folder.path());
    const GatedProgram other(folder.path());
    FlowFile flow =
        file(QStringLiteral("main"), QStringLiteral("[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'sub'}}]"),
             QStringLiteral("{'sub': [{'name': 'w', 'type': 'gate'}, {'name': 'x', 'type': 'mark'}]}"));
    endsWith(flow, QStringLiteral("sub"), QStringLiteral("z"));
    const ExecutionId root = program.start(flow);
    QTRY_COMPARE(visits(QStringLiteral("w")).begun, 1);
    QVERIFY(program->pause(root).ok());
    openGate(QStringLiteral("w"));
    QCOMPARE(program.ended(root), QStringLiteral("paused"));
    QVERIFY(other->cancel(root + 1).ok());
    QTRY_COMPARE(visits(QStringLiteral("z")).begun, 1); // there
    QVERIFY(program->continueExecution(root).ok());
    QTRY_COMPARE(other.status(root), QStringLiteral("running"));
    if (then == u"open")
        openGate(QStringLiteral("z"));
    else if (then.startsWith(u"cancel"))
        QVERIFY(program->cancel(root).ok());
    else
        program.close();
    if (then == u"cancel") // somebody has cancelled the child before: this once more does not end its final task
        openGate(QStringLiteral("z"));
    else if (then == u"cancel twice")
        QVERIFY(program->cancel(root).ok());
    QTRY_COMPARE(other.status(root), status);
    QTRY_COMPARE(other.status(root + 1), QStringLiteral("cancelled"));
    QCOMPARE(visits(QStringLiteral("z")).cut, then == u"open" || then == u"cancel" ? 0 : 1);
    QCOMPARE(visits(QStringLiteral("x")).begun, 0);
}

/// The wish comes to who runs it, which lets go of it before it has read that.
void TestChildStops::fromAnotherProgramWhileItPauses()
{
    QTemporaryDir folder;
    const GatedProgram program(folder.path());
    const GatedProgram other(folder.path());
    const FlowFile flow =
        file(QStringLiteral("main"), QStringLiteral("[{'name': 'w', 'type': 'gate'}, {'name': 'y', 'type': 'mark'}]"));
    for (int round = 0; round < 8; ++round) {
        resetGates();
        const ExecutionId id = program.start(flow);
        QTRY_COMPARE(visits(QStringLiteral("w")).begun, 1);
        QVERIFY(program->pause(id).ok());
        QVERIFY(other->cancel(id).ok());
        openGate(QStringLiteral("w"));
        QTRY_COMPARE(program.status(id), QStringLiteral("cancelled"));
        QCOMPARE(visits(QStringLiteral("y")).begun, 0);
    }
}

void TestChildStops::killedWhileTheyEnd_data()
{
    QTest::addColumn<bool>("isSafe"); ///< the tasks of the children may run again
    QTest::newRow("final tasks run again") << true;
    QTest::newRow("nobody knows what final tasks did") << false;
}

/// A person has cancelled the parent: when its program dies before it has ended, the next one starts no further items.
void TestChildStops::killedWhileTheyEnd()
{
    QFETCH(bool, isSafe);
    QTemporaryDir folder;
    QTemporaryDir copy;
    FlowFile flow = file(QStringLiteral("main"),
                         QStringLiteral("[{'name': 't', 'type': 'for_each', 'config': {'flow': 'sub',"
                                        " 'items': [1, 2, 3, 4], 'concurrency': 2}}, {'name': 'y', 'type': 'mark'}]"),
                         QStringLiteral("{'sub': [{'name': 'w', 'type': 'gate'}]}"));
    endsWith(flow, QStringLiteral("sub"), QStringLiteral("z"));
    endsWith(flow.flow, QStringLiteral("cleanup"));
    flow.flow.flows[QStringLiteral("sub")].tasks.last().retrySafe = isSafe;
    const GatedProgram program(folder.path());
    const ExecutionId root = program.start(flow);
    QTRY_COMPARE(visits(QStringLiteral("w")).begun, 2);
    QVERIFY(program->cancel(root).ok());
    QTRY_COMPARE(visits(QStringLiteral("z")).begun, 2);
    copyAsKilled(folder.path(), copy.path());

    openGate(QStringLiteral("z"));
    openGate(QStringLiteral("cleanup"));
    QCOMPARE(program.ended(root), QStringLiteral("cancelled"));
    resetGates();
    openGate(QStringLiteral("w"));
    openGate(QStringLiteral("z"));
    openGate(QStringLiteral("cleanup"));
    const GatedProgram next(copy.path());
    QTRY_COMPARE(next.status(root), QStringLiteral("cancelled"));
    QCOMPARE(next->executions({.parent = root})->total, 2);
    QCOMPARE(visits(QStringLiteral("w")).begun, 0);
    QCOMPARE(visits(QStringLiteral("y")).begun, 0);
    QCOMPARE(visits(QStringLiteral("z")).passed, isSafe ? 2 : 0);
    QCOMPARE(visits(QStringLiteral("cleanup")).passed, 1);
}

QTEST_GUILESS_MAIN(TestChildStops)
#include "tst_child_stops.moc"
