// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "bench_flows.h"
#include "sqlite_floor.h"

#include "base/clock.h"
#include "storage/database.h"
#include "storage/execution_store.h"
#include "storage/flow_store.h"

#include <QCoreApplication>
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

/// What the engine commits for an execution of three tasks: five transactions.
void storeExecution(ExecutionStore &store, const RevisionId &revision, bool touchesWorld)
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
        attempt.nextTask = number < 3 ? QStringLiteral("step %1").arg(number + 1) : endTarget;
        attempt.completedAt = systemClock().now();
        return attempt;
    };
    require(store.executionStarted(id, systemClock().now()));
    require(store.attemptStarted(start(1)));
    require(store.attemptEnded(end(1), start(2)));
    require(store.attemptEnded(end(2), start(3)));
    require(store.executionEnded(
        end(3), ExecutionEnd{.executionId = id, .totalTasksExecuted = 3, .completedAt = systemClock().now()}));
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

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    bench::header();
    measure("stored 3-task executions, one flow at a time", 1600, 1, false);
    measure("stored 3-task executions, 16 at a time", 3200, 16, false);
    measure("the same, each step durable, one at a time", 400, 1, true);
    measure("the same, each step durable, 16 at a time", 1600, 16, true);
    return 0;
}
