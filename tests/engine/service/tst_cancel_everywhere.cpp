// SPDX-License-Identifier: GPL-3.0-or-later
#include "../tasks/marked_processes.h"
#include "nested_flows.h"
#include "service_fixture.h"
#include "support/flow_test.h"

#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

using namespace flow;
using namespace flow::test;

namespace {

constexpr int rounds = 500;

const QString children = QStringLiteral("{'sub': [{'name': 'quick', 'type': 'noop'}, {'name': 'wait', 'type': 'delay',"
                                        " 'config': {'seconds': 1000}}], 'deep': [{'name': 'inner', 'type': 'run_flow',"
                                        " 'config': {'flow': 'sub'}}]}");

/// What an execution may be about when it is cancelled, each for ever unless it is.
const std::array kinds{
    "[{'name': 'wait', 'type': 'delay', 'config': {'seconds': 1000}}]",
    "[{'name': 'each', 'type': 'for_each', 'config': {'items': [1,2,3,4,5], 'flow': 'sub', 'concurrency': 2}}]",
    "[{'name': 'all', 'type': 'parallel', 'config': {'flows': [{'flow': 'sub'}, {'flow': 'deep'}, {'flow': 'sub'}]}}]",
    "[{'name': 'any', 'type': 'parallel', 'config': {'flows': [{'flow': 'deep'}, {'flow': 'sub'}], 'wait_for': "
    "'any'}}]",
    "[{'name': 'deeper', 'type': 'run_flow', 'config': {'flow': 'deep'}}]",
    "[{'name': 'again', 'type': 'fail', 'retry': {'max_attempts': 100, 'delay_seconds': 1000}}]",
    "[{'name': 'soon', 'type': 'fail', 'retry': {'max_attempts': 100, 'delay_seconds': 0.5}}]",
    "[{'name': 'stubborn', 'type': 'run_command', 'config': {'program': 'sh', 'arguments': ['-c',"
    " 'trap : TERM; sleep 1000 & while true; do sleep 0.01; done'], 'environment': {'FLOW_TEST_MARK': 'MARK'}}}]",
};
constexpr int limited = int(kinds.size()); ///< waits for its flow's limit, or runs in it
constexpr int paused = limited + 1;        ///< paused before its second task, or on its way there
constexpr int allKinds = paused + 1;

/// With a final task, also in those that it starts.
FlowFile flowFor(int kind, const QString &mark)
{
    const QString tasks = kind < limited
                              ? QString::fromLatin1(kinds[size_t(kind)]).replace(QStringLiteral("MARK"), mark)
                              : QStringLiteral("[{'name': 'first', 'type': 'noop'}, {'name': 'wait', 'type': "
                                               "'delay', 'config': {'seconds': 1000}}]");
    FlowFile made = file(QStringLiteral("kind%1").arg(kind), tasks, children);
    const auto addFinal = [](Flow &flow) {
        flow.tasks.append({.name = QStringLiteral("tidy"), .type = QStringLiteral("noop")});
        flow.finalTask = QStringLiteral("tidy");
    };
    for (Flow &inner : made.flow.flows)
        addFinal(inner);
    addFinal(made.flow);
    if (kind == limited)
        made.flow.concurrency = Concurrency{2, WhenBusy::Queue};
    return made;
}

/// Why it did not end as it should; empty: it did. With all that it has started.
QString wrongWith(FlowService &service, const Execution &execution)
{
    const ExecutionDetails details = service.execution(execution.id, true).value();
    const QString name = QStringLiteral("execution %1 of %2").arg(QString::number(execution.id), execution.flowId);
    if (details.execution.status != ExecutionStatus::Cancelled)
        return name + QStringLiteral(" ended as ") + toString(details.execution.status);
    const auto tidied = std::count_if(details.tasks.begin(), details.tasks.end(), [](const TaskExecution &task) {
        return task.taskName == u"tidy" && task.status == TaskStatus::Success;
    });
    if (tidied != (details.tasks.isEmpty() ? 0 : 1))
        return name + QStringLiteral(": its final task ran %1 times").arg(tidied);
    const auto inner = service.executions({.perPage = 100, .parent = execution.id}).value();
    for (const Execution &child : inner.items) {
        if (const QString wrong = wrongWith(service, child); !wrong.isEmpty())
            return wrong;
    }
    return {};
}

} // namespace

/// Whatever an execution of the service is about, one cancel ends it soon, with all that it has started, and lets each
/// final task run.
class TestCancelEverywhere : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void atRandomMoments();
};

void TestCancelEverywhere::atRandomMoments()
{
    const MarkedProcesses marked;
    const ServiceFixture service;
    std::mutex mutex;
    std::condition_variable changed;
    std::map<ExecutionId, std::chrono::steady_clock::time_point> ended;
    QObject::connect(
        service.operator->(), &FlowService::executionEvent, service.operator->(),
        [&](const ExecutionEvent &event) {
            const std::lock_guard lock(mutex);
            if (std::holds_alternative<ExecutionFinished>(event.what))
                ended[event.executionId] = std::chrono::steady_clock::now();
            changed.notify_all();
        },
        Qt::DirectConnection);
    const auto endOf = [&](ExecutionId id) -> std::optional<std::chrono::steady_clock::time_point> {
        std::unique_lock lock(mutex);
        if (!changed.wait_for(lock, std::chrono::seconds(10), [&] { return ended.contains(id); }))
            return std::nullopt;
        return ended[id];
    };
    QRandomGenerator random(20'281);
    QList<double> times;
    for (int round = 0; round < rounds; ++round) {
        const int kind = random.bounded(allKinds);
        RunRequest request{flowFor(kind, marked.value()), {}, {}};
        if (kind == paused)
            request.options.breakpoints = {{.task = QStringLiteral("wait")}};
        QList<ExecutionId> ids;
        for (int copy = 0; copy < (kind == limited ? 3 : 1); ++copy)
            ids << service->start(request).value();
        // Most moments of interest lie around the start.
        std::this_thread::sleep_for(std::chrono::microseconds(random.bounded(random.bounded(2) ? 5'000 : 60'000)));
        std::map<ExecutionId, std::chrono::steady_clock::time_point> cancelled;
        std::reverse(ids.begin(), ids.end()); // those that wait for the limit first
        for (const ExecutionId id : ids) {
            cancelled[id] = std::chrono::steady_clock::now();
            const Result<void> done = service->cancel(id);
            QVERIFY2(done, done ? "" : qPrintable(done.error().text()));
        }
        for (const ExecutionId id : ids) {
            const auto end = endOf(id);
            QVERIFY2(end, qPrintable(QStringLiteral("round %1, kind %2").arg(round).arg(kind)));
            times << std::chrono::duration<double, std::milli>(*end - cancelled[id]).count();
            const QString wrong = wrongWith(*service, service->execution(id, false)->execution);
            QVERIFY2(wrong.isEmpty(), qPrintable(QStringLiteral("round %1: ").arg(round) + wrong));
        }
    }
    QTRY_COMPARE(marked.alive(), QStringList());
    std::sort(times.begin(), times.end());
    const qsizetype count = times.size();
    qInfo("%d cancels: median %.1f ms, 95%% %.1f ms, 99%% %.1f ms, worst %.1f ms; %d above 200 ms", int(count),
          times[count / 2], times[count * 95 / 100], times[count * 99 / 100], times.last(),
          int(std::count_if(times.begin(), times.end(), [](double time) { return time > 200; })));
    QVERIFY(times[count / 2] < 200);
    QVERIFY(times.last() < 2'000); // of a busy machine
}

QTEST_GUILESS_MAIN(TestCancelEverywhere)
#include "tst_cancel_everywhere.moc"
