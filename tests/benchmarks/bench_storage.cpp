// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "bench_flows.h"
#include "sqlite_floor.h"

#include "base/clock.h"
#include "storage/database.h"
#include "storage/execution_store.h"
#include "storage/flow_store.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QTemporaryDir>

#include <thread>
#include <vector>

using namespace flow;

namespace {

void require(const Result<void> &result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().text()));
}

/// What the engine commits for an execution of so many tasks: two transactions, and one for each step and one more.
void storeExecution(ExecutionStore &store, const RevisionId &revision, bool touchesWorld, int steps = 3)
{
    const Result<Execution> execution = store.create(QStringLiteral("chain-3"), revision, {});
    if (!execution)
        qFatal("%s", qPrintable(execution.error().text()));
    const ExecutionId id = execution->id;
    const auto start = [&](int number) {
        return AttemptStart{id,          QStringLiteral("step %1").arg(number), {}, number, 1, systemClock().now(),
                            touchesWorld};
    };
    const auto end = [&](int number) {
        AttemptEnd attempt{.executionId = id, .sequenceNumber = number};
        attempt.data = QJsonObject{{QStringLiteral("records"), 3}};
        attempt.nextTask = number < steps ? QStringLiteral("step %1").arg(number + 1) : endTarget;
        attempt.completedAt = systemClock().now();
        return attempt;
    };
    require(store.executionStarted(id, systemClock().now()));
    require(store.attemptStarted(start(1)));
    for (int number = 1; number < steps; ++number)
        require(store.attemptEnded(end(number), start(number + 1)));
    require(store.executionEnded(
        end(steps), ExecutionEnd{.executionId = id, .totalTasksExecuted = steps, .completedAt = systemClock().now()}));
}

double storeMany(int executions, int threads, bool touchesWorld)
{
    const QTemporaryDir folder;
    Result<std::unique_ptr<Database>> database = Database::open({folder.filePath(QStringLiteral("flows.db"))});
    if (!database)
        qFatal("%s", qPrintable(database.error().text()));
    FlowStore flows(**database);
    const Result<StoredFlow> stored = flows.create({bench::chain(3), {}});
    if (!stored)
        qFatal("%s", qPrintable(stored.error().text()));
    ExecutionStore store(**database);
    return bench::seconds([&] {
        std::vector<std::thread> workers;
        for (int worker = 0; worker < threads; ++worker) {
            workers.emplace_back([&] {
                for (int round = 0; round < executions / threads; ++round)
                    storeExecution(store, stored->revision, touchesWorld);
            });
        }
        for (std::thread &worker : workers)
            worker.join();
    });
}

void measure(const char *name, int executions, int threads, bool durable)
{
    const bench::Pair best = bench::fastest(
        3, [&] { return storeMany(executions, threads, durable); },
        [&] { return bench::sqliteFloor(executions, durable); });
    bench::rate(name, executions, best);
}

/// Bytes that an execution of so many steps leaves in the file.
double bytesOf(int steps)
{
    constexpr int stepsInAll = 20'000;
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("flows.db"));
    {
        Result<std::unique_ptr<Database>> database = Database::open({file});
        if (!database)
            qFatal("%s", qPrintable(database.error().text()));
        FlowStore flows(**database);
        const Result<StoredFlow> stored = flows.create({bench::chain(3), {}});
        ExecutionStore store(**database);
        for (int round = 0; round < stepsInAll / steps; ++round)
            storeExecution(store, stored->revision, false, steps);
    }
    return double(QFileInfo(file).size()) / (stepsInAll / steps);
}

/// What a step adds does not depend on how many there are.
void measureBytes()
{
    const double few = bytesOf(10);
    const double some = bytesOf(100);
    const double many = bytesOf(1000);
    bench::line("bytes of a step, 100 steps against 10", (some - few) / 90, few / 10, "B");
    bench::line("bytes of a step, 1,000 steps against 100", (many - some) / 900, some / 100, "B");
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    bench::header();
    measure("stored 3-task executions, one flow at a time", 1600, 1, false);
    measure("stored 3-task executions, 16 at a time", 3200, 16, false);
    measure("the same, each step durable, one at a time", 400, 1, true);
    measure("the same, each step durable, 16 at a time", 1600, 16, true);
    measureBytes();
    return 0;
}
