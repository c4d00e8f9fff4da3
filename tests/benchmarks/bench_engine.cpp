// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "bench_flows.h"

#include "execution/flow_engine.h"

using namespace flow;

namespace {

/// Keeps nothing: what is measured is the engine.
class NoJournal final : public ExecutionJournal
{
public:
    Result<void> executionStarted(ExecutionId, Timestamp) override { return {}; }
    Result<void> attemptStarted(const AttemptStart &) override { return {}; }
    Result<void> attemptEnded(const AttemptEnd &, const std::optional<AttemptStart> &) override { return {}; }
    Result<void> executionHeld(const std::optional<AttemptEnd> &, const ExecutionHold &) override { return {}; }
    Result<void> executionEnded(const std::optional<AttemptEnd> &, const ExecutionEnd &) override { return {}; }
};

void runEngine(const TaskRegistry &registry, const Flow &flow, int times)
{
    NoJournal journal;
    FlowEngine engine(registry, journal, systemClock(), [](const ExecutionEvent &) {});
    for (int round = 0; round < times; ++round) {
        const ExecutionOutcome outcome = engine.run(ExecutionOrder{.id = round + 1, .flow = flow});
        if (outcome.status != ExecutionStatus::Completed)
            qFatal("the chain did not complete: %s", qPrintable(outcome.error));
    }
}

/// Calls the same tasks in a row and keeps the same context, without rules, limits, events or journal.
void runBareLoop(const TaskRegistry &registry, const Flow &flow, int times)
{
    for (int round = 0; round < times; ++round) {
        TaskRun run;
        run.log = [](LogLevel, const QString &) {};
        run.progress = [](double, const QString &) {};
        for (const Task &task : flow.tasks) {
            run.taskName = task.name;
            const TaskResult result = registry.create(task.type)->execute(run);
            QJsonObject entry{{QStringLiteral("status"), QStringLiteral("success")}};
            if (!result.data.isUndefined())
                entry.insert(QStringLiteral("data"), result.data);
            run.context.insert(task.name, entry);
        }
    }
}

void measure(const TaskRegistry &registry, int length, int times)
{
    const Flow flow = bench::chain(length);
    const bench::Pair best = bench::fastest(
        5, [&] { return bench::seconds([&] { runEngine(registry, flow, times); }); },
        [&] { return bench::seconds([&] { runBareLoop(registry, flow, times); }); });
    bench::rate(qPrintable(QStringLiteral("engine in memory, flow of %1 steps: steps").arg(length)),
                double(length) * times, best);
}

} // namespace

int main()
{
    const TaskRegistry registry = builtInTasks();
    bench::header();
    measure(registry, 10, 2000);
    measure(registry, 100, 200);
    measure(registry, 1000, 20);
    measure(registry, 9000, 3); // as dear per step as the short ones, or the context is copied
    return 0;
}
