// SPDX-License-Identifier: GPL-3.0-or-later
#include "../tasks/marked_processes.h"
#include "execution/execution_pool.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QRandomGenerator>

#include <algorithm>
#include <thread>

using namespace flow;
using namespace flow::test;
using namespace std::chrono_literals;

/// Whatever an execution does, it ends soon after somebody cancels it or its time is over, and leaves no process.
class TestCancelCampaign : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void cancelledAtRandomMoments();
    void limited_data();
    void limited();
};

namespace {

constexpr int rounds = 125;
constexpr int atOnce = 4;

/// Takes everything; how often an execution has ended is counted.
class CountingJournal final : public ExecutionJournal
{
public:
    Result<void> executionStarted(ExecutionId, Timestamp) override { return {}; }
    Result<void> attemptStarted(const AttemptStart &) override { return {}; }
    Result<void> attemptEnded(const AttemptEnd &, const std::optional<AttemptStart> &) override { return {}; }
    Result<void> executionHeld(const std::optional<AttemptEnd> &, const ExecutionHold &) override { return {}; }
    Result<void> executionEnded(const std::optional<AttemptEnd> &, const ExecutionEnd &) override
    {
        ++ends;
        return {};
    }
    std::atomic<int> ends = 0;
};

struct Ended
{
    std::chrono::steady_clock::time_point at;
    ExecutionOutcome outcome;
};

struct Bench
{
    const MarkedProcesses marked;
    const TaskRegistry registry = builtInTasks();
    CountingJournal journal;
    std::mutex mutex;
    std::map<ExecutionId, Ended> ended;
    ExecutionPool pool{{atOnce}, registry, journal, systemClock(), {}, [this](ExecutionId id, const auto &outcome) {
                           const std::lock_guard lock(mutex);
                           ended[id] = {std::chrono::steady_clock::now(), outcome};
                       }};

    int endedCount()
    {
        const std::lock_guard lock(mutex);
        return int(ended.size());
    }

    QJsonObject shell(const QString &script) const
    {
        return {{QStringLiteral("program"), QStringLiteral("sh")},
                {QStringLiteral("arguments"), QJsonArray{QStringLiteral("-c"), script}},
                {QStringLiteral("environment"), QJsonObject{{MarkedProcesses::variable(), marked.value()}}}};
    }

    /// Flows of one kind of work each that do not end by themselves.
    Flow flowFor(int kind) const
    {
        static const QStringList scripts{
            QStringLiteral("sleep 1000"),
            QStringLiteral("sleep 1000 & sh -c 'sleep 1000 & sleep 1000' & wait"),
            QStringLiteral("trap '' TERM INT HUP; while :; do sleep 0.01; done"),
            QStringLiteral("setsid sh -c 'trap \"\" TERM; sleep 1000' & sleep 1000"),
            QStringLiteral("exit 0"), // in a loop
        };
        if (kind < scripts.size()) {
            Flow flow = flowOf(QStringLiteral("a"), QStringLiteral("a any a"), QStringLiteral("run_command"));
            flow.tasks.first().config = shell(scripts[kind]);
            return flow;
        }
        switch (kind - scripts.size()) {
        case 0: {
            Flow flow = flowOf(QStringLiteral("a"), {}, QStringLiteral("delay"));
            flow.tasks.first().config = QJsonObject{{QStringLiteral("seconds"), 1000}};
            return flow;
        }
        case 1:
            return flowOf(QStringLiteral("a b"), QStringLiteral("a any b; b any {true} a"), QStringLiteral("noop"));
        case 2:
            return flowOf(QStringLiteral("a,retry=100,delay=1000"), {}, QStringLiteral("fail"));
        default: {
            Flow flow =
                flowOf(QStringLiteral("a last,type=noop"), QStringLiteral("a any a"), QStringLiteral("run_command"));
            flow.tasks.first().config = shell(scripts[2]);
            flow.finalTask = QStringLiteral("last");
            return flow;
        }
        }
    }
};

constexpr int kinds = 9;

} // namespace

void TestCancelCampaign::cancelledAtRandomMoments()
{
    Bench bench;
    QRandomGenerator random(20'262);
    QList<double> times;
    ExecutionId id = 0;
    for (int round = 0; round < rounds; ++round) {
        std::vector<std::pair<std::chrono::microseconds, ExecutionId>> moments;
        for (int index = 0; index < atOnce; ++index) {
            bench.pool.start({.id = ++id, .flow = bench.flowFor(random.bounded(kinds)), .limits = {.steps = 1 << 30}});
            // Most moments of interest lie around the start.
            moments.emplace_back(random.bounded(random.bounded(2) ? 5'000 : 60'000), id);
        }
        std::sort(moments.begin(), moments.end());
        const auto began = std::chrono::steady_clock::now();
        std::map<ExecutionId, std::chrono::steady_clock::time_point> cancelled;
        for (const auto &[moment, one] : moments) {
            std::this_thread::sleep_until(began + moment);
            cancelled[one] = std::chrono::steady_clock::now();
            QVERIFY(bench.pool.cancel(one));
        }
        QTRY_COMPARE(bench.endedCount(), int(id));
        for (const auto &[one, moment] : cancelled) {
            const Ended &ended = bench.ended[one];
            QCOMPARE(toString(ended.outcome.status), QStringLiteral("cancelled"));
            times << std::chrono::duration<double, std::milli>(ended.at - moment).count();
        }
        QTRY_COMPARE(bench.marked.alive(), QStringList());
    }
    QCOMPARE(bench.journal.ends.load(), int(id));
    std::sort(times.begin(), times.end());
    const auto count = times.size();
    qInfo("%d cancels: median %.1f ms, 95%% %.1f ms, 99%% %.1f ms, worst %.1f ms; %d above 200 ms", int(count),
          times[count / 2], times[count * 95 / 100], times[count * 99 / 100], times.last(),
          int(std::count_if(times.begin(), times.end(), [](double time) { return time > 200; })));
    QVERIFY(times[count / 2] < 200);
    QVERIFY(times.last() < 2'000); // of a busy machine
}

void TestCancelCampaign::limited_data()
{
    QTest::addColumn<bool>("byFlow");
    QTest::addColumn<int>("kind");
    for (int kind = 0; kind < kinds; ++kind) {
        QTest::addRow("flow's time %d", kind) << true << kind;
        if (kind < 4 || kind == 5 || kind == 8) // what runs for long in one attempt
            QTest::addRow("task's time %d", kind) << false << kind;
    }
}

void TestCancelCampaign::limited()
{
    QFETCH(bool, byFlow);
    QFETCH(int, kind);
    Bench bench;
    Flow flow = bench.flowFor(kind);
    ExecutionLimits limits{.steps = 1 << 30};
    if (byFlow) {
        limits.flowTime = 50ms;
    } else {
        flow.conditions.clear();
        flow.tasks.first().timeoutSeconds = 0.05;
    }
    const auto began = std::chrono::steady_clock::now();
    bench.pool.start({.id = 1, .flow = flow, .limits = limits});
    QTRY_COMPARE(bench.endedCount(), 1);
    const double time = std::chrono::duration<double, std::milli>(bench.ended[1].at - began).count();
    QCOMPARE(toString(bench.ended[1].outcome.status), QStringLiteral("failure"));
    const QString error = bench.ended[1].outcome.error;
    QVERIFY2(error.contains(u"within its time limit of 0.05 s"), qPrintable(error));
    QCOMPARE(bench.ended[1].outcome.errorTask.isEmpty(), false);
    QVERIFY2(time >= 50 && time < 2'000, qPrintable(QString::number(time)));
    QTRY_COMPARE(bench.marked.alive(), QStringList());
}

QTEST_GUILESS_MAIN(TestCancelCampaign)
#include "tst_cancel_campaign.moc"
