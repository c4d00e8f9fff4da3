// SPDX-License-Identifier: GPL-3.0-or-later
#include "gated_program.h"
#include "nested_flows.h"
#include "support/flow_test.h"

#include <QTemporaryDir>
#include <QThreadPool>

using namespace flow;
using namespace flow::test;

namespace {

const QString runSub = QStringLiteral("[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'sub'}}]");
const QString twoSubs = QStringLiteral("[{'name': 't', 'type': 'for_each', 'config': {'flow': 'sub', 'items': [1, 2],"
                                       " 'concurrency': 2, 'on_failure': 'go_on'}}]");
const QString gateThenMarks = QStringLiteral("{'sub': [{'name': 'w', 'type': 'gate'}, {'name': 'x', 'type': 'mark'},"
                                             " {'name': 'y', 'type': 'mark'}, {'name': 'q', 'type': 'mark'}]}");

QString statuses(const GatedProgram &program, ExecutionId first, int count)
{
    QStringList words;
    for (int number = 0; number < count; ++number)
        words.append(program.status(first + number));
    return words.join(u' ');
}

/// Pauses it once all gates `w` have been reached, and lets these pass.
ExecutionId paused(const GatedProgram &program, const FlowFile &flow, int gates = 1)
{
    const ExecutionId root = program.start(flow);
    if (!QTest::qWaitFor([&] { return visits(QStringLiteral("w")).begun == gates; }) || !program->pause(root))
        return 0;
    openGate(QStringLiteral("w"));
    return program.ended(root) == u"paused" ? root : 0;
}

} // namespace

/// How those that wait for each other go on after a pause.
class TestChildContinue : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void init() { resetGates(); }
    void atOnceWhenPaused_data();
    void atOnceWhenPaused();
    void whateverTheMoment();
    void aWishCountsOnce();
    void outcomeOfOneThatWaitsIsNotForced();
    void onlyTheOneThatWasMeant();
    void oneThatWasLetGo_data();
    void oneThatWasLetGo();
    void parentOfOneThatWasCancelled();
    void parentOfOneThatWasCancelledWhileItPaused();
};

void TestChildContinue::atOnceWhenPaused_data()
{
    QTest::addColumn<int>("pausedOne");
    QTest::newRow("when it is paused itself") << 1;
    QTest::newRow("when its parent is paused") << 0;
}

/// Told of the pause, before the thread has left: the child goes on, and its parent must neither miss that nor its end.
void TestChildContinue::atOnceWhenPaused()
{
    QFETCH(int, pausedOne);
    QTemporaryDir folder;
    const GatedProgram program(folder.path());
    const ExecutionId root = program.start(file(QStringLiteral("main"), runSub, gateThenMarks));
    QTRY_COMPARE(visits(QStringLiteral("w")).begun, 1);
    std::atomic<int> continued = 0;
    QObject::connect(
        program.operator->(), &FlowService::executionEvent, program.operator->(),
        [&](const ExecutionEvent &event) {
            if (std::holds_alternative<ExecutionPaused>(event.what) && event.executionId == root + pausedOne)
                continued += program->continueExecution(root + 1).ok() ? 1 : 0;
        },
        Qt::DirectConnection);
    QVERIFY(program->pause(root + 1).ok());
    openGate(QStringLiteral("w"));
    QTRY_COMPARE(program.status(root), QStringLiteral("completed"));
    QCOMPARE(program.tasks(root + 1), QStringLiteral("w:success x:success y:success q:success"));
    QCOMPARE(continued.load(), 1);
}

/// The same from another thread, so that it meets the parent anywhere on its way out.
void TestChildContinue::whateverTheMoment()
{
    QTemporaryDir folder;
    const GatedProgram program(folder.path());
    QThreadPool others;
    QObject::connect(
        program.operator->(), &FlowService::executionEvent, program.operator->(),
        [&](const ExecutionEvent &event) {
            const ExecutionId id = event.executionId;
            if (std::holds_alternative<ExecutionPaused>(event.what) && program->execution(id, false)->execution.parent)
                others.start([&, id] { QVERIFY(program->continueExecution(id).ok()); });
        },
        Qt::DirectConnection);
    openGate(QStringLiteral("w"));
    for (int round = 0; round < 30; ++round) {
        const ExecutionId root = program.start(file(QStringLiteral("main"), runSub, gateThenMarks));
        QTRY_VERIFY(program->pause(root + 1).ok() || program.status(root) == u"completed");
        QTRY_COMPARE(program.status(root), QStringLiteral("completed"));
    }
    others.waitForDone();
}

/// What a person says comes of a task is for that task, and not for the one before which it pauses next.
void TestChildContinue::aWishCountsOnce()
{
    QTemporaryDir folder;
    const GatedProgram program(folder.path());
    const ExecutionId root = program.start(file(QStringLiteral("main"), runSub, gateThenMarks));
    const ExecutionId child = root + 1;
    QTRY_COMPARE(visits(QStringLiteral("w")).begun, 1);
    QVERIFY(program->setBreakpoints(child, {{.task = QStringLiteral("x")}, {.task = QStringLiteral("y")}}).ok());
    openGate(QStringLiteral("w"));
    QCOMPARE(program.ended(root), QStringLiteral("paused"));
    QVERIFY(program->continueExecution(child, {.forced = TaskResult::success(QStringLiteral("said"))}).ok());
    QTRY_COMPARE(program->execution(child, false)->execution.nextTask, QStringLiteral("y"));
    QCOMPARE(program.ended(root), QStringLiteral("paused"));
    QVERIFY(program->continueExecution(root).ok());
    QCOMPARE(program.ended(root), QStringLiteral("completed"));
    QCOMPARE(program.tasks(child), QStringLiteral("w:success x:success! y:success q:success"));
    QCOMPARE(visits(QStringLiteral("y")).begun, 1);
}

void TestChildContinue::outcomeOfOneThatWaitsIsNotForced()
{
    QTemporaryDir folder;
    const GatedProgram program(folder.path());
    const FlowFile flow =
        file(QStringLiteral("main"), QStringLiteral("[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'mid'}}]"),
             QStringLiteral("{'mid': [{'name': 'u', 'type': 'run_flow', 'config': {'flow': 'low'}}],"
                            " 'low': [{'name': 'w', 'type': 'gate'}, {'name': 'x', 'type': 'mark'}]}"));
    const ExecutionId root = paused(program, flow);
    QVERIFY(root > 0);
    const Result<void> forced = program->continueExecution(root + 1, {.forced = TaskResult::success()});
    QVERIFY(!forced);
    QCOMPARE(forced.error().text(), QStringLiteral("Task 'u' of execution %1 waits for flows that it has started: say "
                                                   "what comes of their tasks, or cancel it")
                                        .arg(root + 1));
    QCOMPARE(statuses(program, root, 3), QStringLiteral("paused paused paused"));
    QVERIFY(program->continueExecution(root).ok());
    QCOMPARE(program.ended(root), QStringLiteral("completed"));
    QCOMPARE(statuses(program, root, 3), QStringLiteral("completed completed completed"));
}

void TestChildContinue::onlyTheOneThatWasMeant()
{
    QTemporaryDir folder;
    const GatedProgram program(folder.path());
    const FlowFile flow =
        file(QStringLiteral("main"), QStringLiteral("[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'mid'}}]"),
             QStringLiteral("{'mid': [{'name': 'u', 'type': 'for_each', 'config': {'flow': 'low', 'items': [1, 2],"
                            " 'concurrency': 2}}], 'low': [{'name': 'w', 'type': 'gate'},"
                            " {'name': 'x', 'type': 'mark'}]}"));
    const ExecutionId root = paused(program, flow, 2);
    QVERIFY(root > 0);
    QVERIFY(program->continueExecution(root + 2).ok());
    QTRY_COMPARE(statuses(program, root, 4), QStringLiteral("paused paused completed paused"));
    QTRY_COMPARE(program->runningExecutions(), 0);
    QCOMPARE(visits(QStringLiteral("x")).begun, 1);
    QVERIFY(program->continueExecution(root).ok());
    QCOMPARE(program.ended(root), QStringLiteral("completed"));
}

void TestChildContinue::oneThatWasLetGo_data()
{
    QTest::addColumn<bool>("parentIsPaused");
    QTest::newRow("its parent runs") << false;
    QTest::newRow("its parent is paused at a later task") << true;
}

void TestChildContinue::oneThatWasLetGo()
{
    QFETCH(bool, parentIsPaused);
    QTemporaryDir folder;
    const GatedProgram program(folder.path());
    const ExecutionId root = program.start(
        file(QStringLiteral("main"),
             QStringLiteral("[{'name': 't', 'type': 'parallel', 'config': {'flows': [{'flow': 'quick'}, {'flow':"
                            " 'sub'}], 'wait_for': 'any', 'rest': 'let_go'}}, {'name': 'long', 'type': 'gate'},"
                            " {'name': 'more', 'type': 'mark'}]"),
             QStringLiteral("{'quick': [{'name': 'k', 'type': 'mark'}], 'sub': [{'name': 'w', 'type': 'gate'},"
                            " {'name': 'x', 'type': 'mark'}]}")));
    const ExecutionId child = root + 2;
    QTRY_COMPARE(visits(QStringLiteral("w")).begun, 1);
    QTRY_COMPARE(visits(QStringLiteral("long")).begun, 1);
    QVERIFY(program->pause(child).ok());
    openGate(QStringLiteral("w"));
    QCOMPARE(program.ended(child), QStringLiteral("paused"));
    if (parentIsPaused) {
        QVERIFY(program->pause(root).ok());
        openGate(QStringLiteral("long"));
        QCOMPARE(program.ended(root), QStringLiteral("paused"));
    }
    const Result<void> done = program->continueExecution(child);
    QVERIFY2(done.ok(), done ? "" : qPrintable(done.error().text()));
    QCOMPARE(program.ended(child), QStringLiteral("completed"));
    QCOMPARE(program.status(root), parentIsPaused ? QStringLiteral("paused") : QStringLiteral("running"));
    QCOMPARE(visits(QStringLiteral("more")).begun, 0);
}

/// Nobody could continue them any more, so it goes on itself, once none of those that it waits for is paused.
void TestChildContinue::parentOfOneThatWasCancelled()
{
    QTemporaryDir folder;
    const GatedProgram program(folder.path());
    const ExecutionId root = paused(program, file(QStringLiteral("main"), twoSubs, gateThenMarks), 2);
    QVERIFY(root > 0);
    QVERIFY(program->cancel(root + 1).ok());
    QCOMPARE(program.ended(root + 1), QStringLiteral("cancelled"));
    QTRY_COMPARE(program->runningExecutions(), 0);
    QCOMPARE(statuses(program, root, 3), QStringLiteral("paused cancelled paused"));
    QVERIFY(program->cancel(root + 2).ok());
    QTRY_COMPARE(statuses(program, root, 3), QStringLiteral("failure cancelled cancelled"));
    QCOMPARE(program.error(root), QStringLiteral("Item 0: Execution %1 of flow 'sub' was stopped").arg(root + 1));
}

/// The stop is taken up after the child has left its thread, and its parent as well.
void TestChildContinue::parentOfOneThatWasCancelledWhileItPaused()
{
    QTemporaryDir folder;
    const GatedProgram program(folder.path());
    const ExecutionId root = program.start(file(QStringLiteral("main"), runSub, gateThenMarks));
    QTRY_COMPARE(visits(QStringLiteral("w")).begun, 1);
    std::atomic<int> cancelled = 0;
    QObject::connect(
        program.operator->(), &FlowService::executionEvent, program.operator->(),
        [&](const ExecutionEvent &event) {
            if (std::holds_alternative<ExecutionPaused>(event.what) && event.executionId == root + 1)
                cancelled += program->cancel(root + 1).ok() ? 1 : 0;
        },
        Qt::DirectConnection);
    QVERIFY(program->pause(root + 1).ok());
    openGate(QStringLiteral("w"));
    QTRY_COMPARE(program.status(root + 1), QStringLiteral("cancelled"));
    QTRY_COMPARE(program.status(root), QStringLiteral("failure"));
    QCOMPARE(cancelled.load(), 1);
}

QTEST_GUILESS_MAIN(TestChildContinue)
#include "tst_child_continue.moc"
