// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_queue.h"
#include "execution/watchdog.h"
#include "gate.h"
#include "recording.h"
#include "script.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"

#include <thread>

using namespace flow;
using namespace flow::test;
using namespace std::chrono_literals;

/// Queue, engine and watchdog on threads of the standard library alone, so that ThreadSanitizer sees everything.
class TestExecutionThreads : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void watchdogCallsInOrder();
    void watchdogLetsGo();
    void watchdogWaitsForItsCallback();
    void watchdogUnderFire();
    void queueUnderFire();
    void cancelMeetsTheEnd();
};

void TestExecutionThreads::watchdogCallsInOrder()
{
    Watchdog watchdog;
    for (;;) {
        Log log;
        Gate done;
        done.open();
        std::vector<Watchdog::Deadline> deadlines;
        const auto began = std::chrono::steady_clock::now();
        for (const int time : {60, 20, 40}) {
            deadlines.push_back(watchdog.watch(std::chrono::milliseconds(time), [&log, &done, time] {
                log.add(QString::number(time));
                done.pass();
            }));
        }
        // On a machine so busy that this took long, the deadlines are in another order: once more.
        if (std::chrono::steady_clock::now() - began > 15ms)
            continue;
        QVERIFY(done.waitForArrived(3));
        QCOMPARE(log.lines(), (QStringList{QStringLiteral("20"), QStringLiteral("40"), QStringLiteral("60")}));
        return;
    }
}

void TestExecutionThreads::watchdogLetsGo()
{
    Watchdog watchdog;
    std::atomic<int> calls = 0;
    Gate done;
    done.open();
    {
        Watchdog::Deadline taken = watchdog.watch(1ms, [&] { ++calls; });
        taken.disarm();
        taken.disarm();
        Watchdog::Deadline moved = watchdog.watch(1h, [&] { ++calls; });
        taken = std::move(moved);
        taken = Watchdog::Deadline();
        const Watchdog::Deadline dies = watchdog.watch(std::chrono::nanoseconds::max(), [&] { ++calls; });
    }
    const int before = calls; // the first one may have been quicker than we were
    const Watchdog::Deadline last = watchdog.watch(5ms, [&] { done.pass(); });
    QVERIFY(done.waitForArrived(1));
    QCOMPARE(calls.load(), before);
    QVERIFY(before <= 1);
}

void TestExecutionThreads::watchdogWaitsForItsCallback()
{
    Watchdog watchdog;
    Gate gate;
    std::atomic<bool> returned = false;
    Watchdog::Deadline deadline = watchdog.watch(0ns, [&] {
        gate.pass();
        returned = true;
    });
    QVERIFY(gate.waitForArrived(1));
    std::thread opener([&] { gate.open(); });
    deadline.disarm();
    QVERIFY(returned);
    opener.join();
}

void TestExecutionThreads::watchdogUnderFire()
{
    Watchdog watchdog;
    std::atomic<int> calls = 0;
    std::vector<std::thread> threads;
    for (int number = 0; number < 4; ++number) {
        threads.emplace_back([&, number] {
            for (int round = 0; round < 500; ++round) {
                bool called = false; // not atomic: disarm() is what makes it safe to read
                Watchdog::Deadline deadline =
                    watchdog.watch(std::chrono::microseconds((round * 7 + number) % 50), [&] { called = true; });
                if (round % 3 == 0)
                    std::this_thread::yield();
                deadline.disarm();
                calls += called;
            }
        });
    }
    for (std::thread &thread : threads)
        thread.join();
    QVERIFY(calls <= 2000);
}

void TestExecutionThreads::queueUnderFire()
{
    Script script;
    const TaskRegistry registry = script.registry();
    Log log;
    RecordingJournal journal(log);
    Watchdog watchdog;
    std::atomic<int> events = 0;
    FlowEngine engine(
        registry, journal, systemClock(), [&](const ExecutionEvent &) { ++events; }, &watchdog);
    std::mutex mutex;
    std::map<ExecutionId, ExecutionStatus> ended;
    ExecutionQueue queue([&](const ExecutionOrder &order) { return engine.run(order); },
                         [&](ExecutionId id, const ExecutionOutcome &outcome) {
                             const std::lock_guard lock(mutex);
                             QVERIFY(ended.emplace(id, outcome.status).second);
                         },
                         {4, {}});
    std::vector<std::thread> workers;
    for (int number = 0; number < 4; ++number)
        workers.emplace_back([&] { queue.work(ExecutionQueue::Takes::Everything); });
    workers.emplace_back([&] { queue.work(ExecutionQueue::Takes::CancelledOnly); });

    const Flow flow = flowOf(QStringLiteral("a b,retry=2 c"), QStringLiteral("a success b|end; b any c|end"));
    std::vector<std::thread> producers;
    for (int number = 0; number < 3; ++number) {
        producers.emplace_back([&, number] {
            for (ExecutionId id = number * 1000 + 1; id <= number * 1000 + 100; ++id) {
                queue.push({.id = id, .flow = flow});
                if (id % 3 == 0)
                    queue.cancel(id - 1);
            }
        });
    }
    for (std::thread &producer : producers)
        producer.join();
    queue.close();
    for (std::thread &worker : workers)
        worker.join();
    QCOMPARE(ended.size(), std::size_t(300));
    for (const auto &[id, status] : ended)
        QVERIFY(status == ExecutionStatus::Completed || (status == ExecutionStatus::Cancelled && id % 3 == 2));
    QCOMPARE(queue.running(), 0);
    QCOMPARE(queue.waiting(), 0);
}

/// A cancel and a time limit that arrive around the end of a task: every outcome is one of those that are possible.
void TestExecutionThreads::cancelMeetsTheEnd()
{
    Script script;
    const TaskRegistry registry = script.registry();
    Log log;
    RecordingJournal journal(log);
    Watchdog watchdog;
    FlowEngine engine(registry, journal, systemClock(), {}, &watchdog);
    const Flow flow = flowOf(QStringLiteral("a b c"), QStringLiteral("a any b; b any c"));
    std::map<ExecutionStatus, int> counts;
    for (int round = 0; round < 200; ++round) {
        CancelSource cancel;
        std::thread canceller([&cancel, round] {
            for (int spin = 0; spin < round; ++spin)
                std::this_thread::yield();
            cancel.cancel();
        });
        ++counts[engine.run({.id = round, .flow = flow, .cancel = cancel.token()}).status];
        canceller.join();
    }
    QCOMPARE(counts[ExecutionStatus::Completed] + counts[ExecutionStatus::Cancelled], 200);
}

QTEST_GUILESS_MAIN(TestExecutionThreads)
#include "tst_execution_threads.moc"
