// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_queue.h"
#include "support/flow_test.h"

#include <atomic>
#include <thread>

using namespace flow;

/// Threads that step aside while they wait for some of what they have started: the number of those that run at once
/// stays, and nothing waits for ever.
class TestStepAside : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void keepsTheNumber_data();
    void keepsTheNumber();
    void urgentOnesNeedNoPlace();
};

namespace {

/// Threads, of which more can be added, at a queue whose executions do what `run` says.
struct Crew
{
    explicit Crew(int count, ExecutionQueue::Run run)
        : queue(std::move(run), {}, {count, [this] { add(); }})
    {
        for (int number = 0; number < count; ++number)
            add();
    }
    ~Crew()
    {
        queue.cancelAll(CancelReach::All);
        queue.close();
        for (std::thread &thread : threads)
            thread.join();
    }
    void add()
    {
        threads.emplace_back([this] { queue.work(ExecutionQueue::Takes::Everything); });
    }

    ExecutionQueue queue;
    std::vector<std::thread> threads;
};

ExecutionOrder orderOf(ExecutionId id, ExecutionId parent = 0)
{
    ExecutionOrder order;
    order.id = id;
    order.parent = parent;
    return order;
}

} // namespace

void TestStepAside::keepsTheNumber_data()
{
    QTest::addColumn<int>("threads");
    for (const int threads : {1, 2, 3, 8})
        QTest::addRow("%d", threads) << threads;
}

void TestStepAside::keepsTheNumber()
{
    QFETCH(const int, threads);
    constexpr int parents = 200;
    constexpr int children = 3; // of which each waits for the first that ends
    std::atomic<int> active = 0;
    std::atomic<int> most = 0;
    std::atomic<int> over = 0;
    std::vector<std::atomic<int>> ended(parents + 1);
    const auto enter = [&] {
        const int now = ++active;
        for (int before = most; before < now && !most.compare_exchange_weak(before, now);) {}
    };
    std::function<void(ExecutionId)> parent;
    Crew crew(threads, [&](const ExecutionOrder &order) {
        if (order.parent == 0) {
            enter();
            parent(order.id);
        } else {
            enter();
            std::this_thread::yield();
            ++ended[size_t(order.parent)];
        }
        --active;
        ++over;
        crew.queue.wakeHelpers();
        return ExecutionOutcome();
    });
    parent = [&](ExecutionId id) {
        for (int child = 1; child <= children; ++child)
            crew.queue.push(orderOf(id * 10 + child, id));
        --active; // also where it helps: a child takes its place then
        crew.queue.stepAside(
            id, [&] { return ended[size_t(id)] > 0; }, [] { return false; });
        enter();
    };
    for (ExecutionId id = 1; id <= parents; ++id)
        crew.queue.push(orderOf(id));
    QTRY_COMPARE(over.load(), parents * (children + 1));
    QVERIFY2(most <= threads, qPrintable(QString::number(most)));
    QVERIFY(int(crew.threads.size()) <= 2 * threads);
}

void TestStepAside::urgentOnesNeedNoPlace()
{
    std::atomic<bool> release = false;
    std::atomic<bool> urgent = false;
    std::atomic<bool> back = false;
    Crew crew(1, [&](const ExecutionOrder &order) {
        if (order.parent == 0) {
            crew.queue.push(orderOf(2, 1));
            crew.queue.stepAside(
                1, [&] { return urgent.load(); }, [&] { return urgent.load(); });
            back = true;
        } else {
            while (!release)
                std::this_thread::yield();
        }
        return ExecutionOutcome();
    });
    crew.queue.push(orderOf(1));
    QTRY_COMPARE(crew.queue.running(), 2);
    urgent = true;
    crew.queue.wakeHelpers();
    QTRY_VERIFY(back); // while the only place is taken
    release = true;
}

QTEST_GUILESS_MAIN(TestStepAside)
#include "tst_step_aside.moc"
