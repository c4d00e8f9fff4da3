// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_pool.h"
#include "gate.h"
#include "recording.h"
#include "script.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"

#include <QThread>

using namespace flow;
using namespace flow::test;

class TestExecutionPool : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void hundredAtOnce();
    void waitsInOrder();
    void cancelsWaiting();
    void cancelsRunning();
    void unknownIsNotCancelled();
    void destructorCancels();
    void deepStack();
    void timeLimitsOfMany();
    void cancelledWhenItsProgramDied_data();
    void cancelledWhenItsProgramDied();
};

namespace {

struct Pooled
{
    Script script;
    TaskRegistry registry;
    Log log;
    RecordingJournal journal{log};
    std::mutex mutex;
    std::map<ExecutionId, ExecutionOutcome> outcomes;
    std::map<ExecutionId, QList<ExecutionEvent>> events;
    std::unique_ptr<ExecutionPool> pool;

    explicit Pooled(int threads, const QString &words = {})
        : script(words)
        , registry(script.registry())
    {
        pool = std::make_unique<ExecutionPool>(
            ExecutionPool::Settings{threads}, registry, journal, systemClock(),
            [this](const ExecutionEvent &event) {
                const std::lock_guard lock(mutex);
                events[event.executionId] << event;
            },
            [this](ExecutionId id, const ExecutionOutcome &outcome) {
                const std::lock_guard lock(mutex);
                outcomes[id] = outcome;
            });
    }
    void start(ExecutionId id, const QString &tasks = QStringLiteral("a"), const QString &conditions = {})
    {
        pool->start({.id = id, .flow = flowOf(tasks, conditions), .input = {{QStringLiteral("id"), id}}});
    }
    qsizetype ended()
    {
        const std::lock_guard lock(mutex);
        return qsizetype(outcomes.size());
    }
};

} // namespace

void TestExecutionPool::hundredAtOnce()
{
    Pooled pooled(8);
    std::atomic<int> running = 0;
    std::atomic<int> most = 0;
    std::atomic<int> together = 0;
    Gate gate;
    pooled.script.onRun = [&](const QString &task, int) {
        const int now = ++running;
        for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {}
        if (task == u"a" && ++together <= 8)
            gate.pass(); // eight at the same time, for sure
        --running;
    };
    for (ExecutionId id = 1; id <= 100; ++id)
        pooled.start(id, QStringLiteral("a b c"), QStringLiteral("a success b|end; b success c|end"));
    QVERIFY(gate.waitForArrived(8));
    QCOMPARE(pooled.pool->running(), 8);
    QCOMPARE(pooled.pool->waiting(), 92);
    gate.open();
    QTRY_COMPARE_WITH_TIMEOUT(pooled.ended(), 100, 20'000);
    QCOMPARE(most.load(), 8);
    QCOMPARE(pooled.pool->running(), 0);
    QCOMPARE(pooled.pool->waiting(), 0);
    for (ExecutionId id = 1; id <= 100; ++id) {
        const ExecutionOutcome &outcome = pooled.outcomes[id];
        QCOMPARE(toString(outcome.status), toString(ExecutionStatus::Completed));
        QCOMPARE(outcome.context.value(u"id").toInteger(), id);
        QCOMPARE(outcome.totalTasksExecuted, 3);
        QCOMPARE(summaryOf(pooled.events[id]),
                 QStringLiteral("a#1 success c0+ b; b#1 success c1+ c; c#1 success - end; completed"));
    }
}

void TestExecutionPool::waitsInOrder()
{
    Pooled pooled(1);
    Gate gate;
    QStringList order;
    pooled.script.onRun = [&](const QString &task, int) {
        if (task == u"first")
            gate.pass();
        order << task; // one thread only
    };
    pooled.start(1, QStringLiteral("first"));
    QVERIFY(gate.waitForArrived(1));
    QStringList expected{QStringLiteral("first")};
    for (int id = 2; id <= 20; ++id) {
        expected << QStringLiteral("t%1").arg(id);
        pooled.start(id, expected.last());
    }
    gate.open();
    QTRY_COMPARE(pooled.ended(), 20);
    QCOMPARE(order, expected);
}

void TestExecutionPool::cancelsWaiting()
{
    Pooled pooled(1);
    Gate gate;
    QStringList ran;
    pooled.script.onRun = [&](const QString &task, int) {
        ran << task;
        if (task == u"first")
            gate.pass();
    };
    pooled.start(1, QStringLiteral("first"));
    QVERIFY(gate.waitForArrived(1));
    pooled.start(2, QStringLiteral("second"));
    pooled.start(3, QStringLiteral("third"));
    QVERIFY(pooled.pool->cancel(2));
    // It ends although the only thread is busy.
    QTRY_COMPARE(pooled.ended(), 1);
    QCOMPARE(toString(pooled.outcomes[2].status), toString(ExecutionStatus::Cancelled));
    QCOMPARE(pooled.outcomes[2].error, QStringLiteral("Flow 'Test' was cancelled before it started"));
    QCOMPARE(summaryOf(pooled.events[2]), QStringLiteral("cancelled: Flow 'Test' was cancelled before it started"));
    QVERIFY(!pooled.pool->cancel(2));
    gate.open();
    QTRY_COMPARE(pooled.ended(), 3);
    QCOMPARE(ran, (QStringList{QStringLiteral("first"), QStringLiteral("third")}));
    QVERIFY(
        pooled.log.lines().contains(QStringLiteral("commit cancelled: Flow 'Test' was cancelled before it started")));
}

void TestExecutionPool::cancelsRunning()
{
    Pooled pooled(2, QStringLiteral("a=wait"));
    Gate gate;
    pooled.script.onRun = [&](const QString &, int) { gate.pass(); };
    gate.open();
    pooled.start(1);
    QVERIFY(gate.waitForArrived(1));
    QVERIFY(pooled.pool->cancel(1));
    QTRY_COMPARE(pooled.ended(), 1);
    QCOMPARE(toString(pooled.outcomes[1].status), toString(ExecutionStatus::Cancelled));
    QCOMPARE(pooled.outcomes[1].error, QStringLiteral("Flow 'Test' was cancelled while task 'a' was running"));
    QCOMPARE(pooled.outcomes[1].errorTask, QStringLiteral("a"));
}

void TestExecutionPool::unknownIsNotCancelled()
{
    Pooled pooled(1);
    QVERIFY(!pooled.pool->cancel(5));
    pooled.start(5);
    QTRY_COMPARE(pooled.ended(), 1);
    QVERIFY(!pooled.pool->cancel(5));
}

void TestExecutionPool::destructorCancels()
{
    Pooled pooled(2, QStringLiteral("a=wait a=wait"));
    Gate gate;
    pooled.script.onRun = [&](const QString &, int) { gate.pass(); };
    gate.open();
    for (ExecutionId id = 1; id <= 10; ++id)
        pooled.start(id);
    QVERIFY(gate.waitForArrived(2));
    pooled.pool.reset();
    QCOMPARE(pooled.ended(), 10);
    for (const auto &[id, outcome] : pooled.outcomes)
        QCOMPARE(toString(outcome.status), toString(ExecutionStatus::Cancelled));
}

namespace {

int deep(int level)
{
    volatile char frame[4096];
    frame[0] = char(level);
    return level == 0 ? frame[0] : deep(level - 1) + frame[0];
}

} // namespace

void TestExecutionPool::deepStack()
{
    Pooled pooled(1);
    std::atomic<bool> done = false;
    pooled.script.onRun = [&](const QString &, int) {
        deep(1000); // 4 MB: more than a thread's default elsewhere
        done = QThread::currentThread()->stackSize() == 8u << 20;
    };
    pooled.start(1);
    QTRY_COMPARE(pooled.ended(), 1);
    QVERIFY(done);
}

void TestExecutionPool::timeLimitsOfMany()
{
    QString words;
    for (int count = 0; count < 40; ++count)
        words += QStringLiteral(" a=wait");
    Pooled pooled(8, words);
    for (ExecutionId id = 1; id <= 40; ++id)
        pooled.start(id, QStringLiteral("a,timeout=0.01"));
    QTRY_COMPARE_WITH_TIMEOUT(pooled.ended(), 40, 20'000);
    for (const auto &[id, outcome] : pooled.outcomes)
        QCOMPARE(outcome.error, QStringLiteral("Task 'a' did not end within its time limit of 0.01 s"));
}

void TestExecutionPool::cancelledWhenItsProgramDied_data()
{
    QTest::addColumn<bool>("isNoted");     ///< that a person had cancelled it
    QTest::addColumn<bool>("isInFinal");   ///< it was in its final task
    QTest::addColumn<bool>("isStopped");   ///< by who has started it, while it waits for a thread
    QTest::addColumn<QString>("expected"); ///< tasks that run, and how it ends
    QTest::newRow("not cancelled") << false << false << false << "b z completed";
    QTest::newRow("cancelled") << true << false << false << "z cancelled";
    QTest::newRow("cancelled, in its final task") << true << true << false << "z cancelled";
    QTest::newRow("cancelled, in its final task, stopped again") << true << true << true << "z cancelled";
    QTest::newRow("stopped now") << false << false << true << "z cancelled";
    QTest::newRow("stopped now, in its final task") << false << true << true << "z cancelled";
}

/// Only what is left to do of a cancel is done: the final task runs, also again.
void TestExecutionPool::cancelledWhenItsProgramDied()
{
    QFETCH(bool, isNoted);
    QFETCH(bool, isInFinal);
    QFETCH(bool, isStopped);
    QFETCH(QString, expected);
    Pooled pooled(1);
    Gate gate;
    QStringList ran;
    std::mutex mutex;
    pooled.script.onRun = [&](const QString &task, int) {
        if (task == u"first")
            return gate.pass();
        const std::lock_guard lock(mutex);
        ran << task;
    };
    pooled.start(1, QStringLiteral("first"));
    QVERIFY(gate.waitForArrived(1));
    ExecutionOrder order{.id = 2, .flow = flowOf(QStringLiteral("a b z"), QStringLiteral("a success b"))};
    order.flow.finalTask = QStringLiteral("z");
    order.position.cancelWanted = isNoted;
    order.position.attempts = {
        {.taskName = QStringLiteral("a"), .status = TaskStatus::Success, .nextTask = QStringLiteral("b")}};
    if (isInFinal) {
        order.position.attempts.last().nextTask = QStringLiteral("z");
        order.position.attempts.append(
            {.taskName = QStringLiteral("z"), .sequenceNumber = 2, .status = TaskStatus::Interrupted});
        order.position.ending = {ExecutionPhase::Final, ExecutionStatus::Cancelled, QStringLiteral("stopped"), {}};
    }
    pooled.pool->start(order);
    if (isStopped)
        QVERIFY(pooled.pool->cancel(2, CancelReach::Work));
    gate.open();
    QTRY_COMPARE(pooled.ended(), 2);
    ran << toString(pooled.outcomes[2].status);
    QCOMPARE(ran.join(u' '), expected);
}

QTEST_GUILESS_MAIN(TestExecutionPool)
#include "tst_execution_pool.moc"
