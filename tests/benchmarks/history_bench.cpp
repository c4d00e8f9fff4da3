// SPDX-License-Identifier: GPL-3.0-or-later
// What the length of the history costs: a million executions against a thousand. They are made once and kept in the
// cache folder.
#include "bench.h"
#include "bench_flows.h"

#include "storage/database.h"
#include "storage/execution_store.h"
#include "storage/flow_store.h"
#include "storage/storage_statement.h"
#include "storage/storage_writer.h"

#include <QCoreApplication>
#include <QDir>
#include <QStandardPaths>

#include <vector>

using namespace flow;

namespace {

constexpr int flows = 20;
constexpr int chunk = 20'000;

void require(const Result<void> &result)
{
    if (!result)
        qFatal("%s", qPrintable(result.error().text()));
}

/// Executions `from` to `to`, of all flows and statuses, with three tasks each, as their runs would leave them.
void insert(Database &database, qint64 from, qint64 to)
{
    const QString numbers = QStringLiteral("WITH RECURSIVE n (i) AS (SELECT %1 UNION ALL SELECT i + 1 FROM n"
                                           " WHERE i < %2)")
                                .arg(from)
                                .arg(to);
    const QString executions =
        QStringLiteral("INSERT INTO flow_executions (id, flow_id, revision, status, input_context, error_message,"
                       " error_task, total_tasks_executed, created_at, started_at, completed_at, duration_seconds,"
                       " stored_bytes) %1 SELECT i, 'flow-' || (i % %2),"
                       " (SELECT r.id FROM flow_revisions r WHERE r.flow_id = 'flow-' || (i % %2)),"
                       " CASE WHEN i % 7 = 0 THEN 'failure' WHEN i % 31 = 0 THEN 'cancelled' ELSE 'completed' END,"
                       " '{\"day\":' || i || '}', CASE WHEN i % 7 = 0 THEN 'no luck' END,"
                       " CASE WHEN i % 7 = 0 THEN 'step 3' END, 3, 1700000000000000 + i * 1000000,"
                       " 1700000000000000 + i * 1000000, 1700000000500000 + i * 1000000, 0.5, 1500 FROM n")
            .arg(numbers)
            .arg(flows);
    const QString tasks =
        QStringLiteral(
            "INSERT INTO task_executions (flow_execution_id, task_name, sequence_number, attempt, status,"
            " output_data, next_task, started_at, completed_at, duration_seconds, on_loss) %1"
            " SELECT i, 'step ' || t.k, t.k, 1, 'success', '{\"records\":' || i || '}', 'step ' || (t.k + 1),"
            " 1700000000000000 + i * 1000000, 1700000000100000 + i * 1000000, 0.1, 'repeat'"
            " FROM n, (SELECT 1 AS k UNION ALL SELECT 2 UNION ALL SELECT 3) t ORDER BY i, t.k")
            .arg(numbers);
    require(database.writer().run([&](WriteTransaction &transaction) -> Result<void> {
        const Result<void> done = transaction.connection.execute(executions);
        return done ? transaction.connection.execute(tasks) : done;
    }));
}

void countAll(Database &database)
{
    require(database.writer().run([](WriteTransaction &transaction) -> Result<void> {
        for (const char *sql :
             {"DELETE FROM execution_counts",
              "INSERT INTO execution_counts (flow_id, status, executions) SELECT flow_id, status, count(*)"
              " FROM flow_executions GROUP BY flow_id, status",
              "INSERT INTO execution_counts (flow_id, status, executions) SELECT '', status, count(*)"
              " FROM flow_executions GROUP BY status"}) {
            if (Result<void> done = transaction.connection.execute(QString::fromLatin1(sql)); !done)
                return done;
        }
        return {};
    }));
}

/// The database of so many executions, made where it is not there yet.
std::unique_ptr<Database> history(const QString &folder, qint64 executions)
{
    const QString file = QDir(folder).filePath(QStringLiteral("history-%1.db").arg(executions));
    const QString unfinished = file + QStringLiteral(".part");
    if (!QFile::exists(file)) {
        for (const char *suffix : {"", "-wal", "-shm"})
            QFile::remove(unfinished + QLatin1StringView(suffix));
        std::unique_ptr<Database> database = Database::open({unfinished}).value();
        FlowStore store(*database);
        for (int number = 0; number < flows; ++number) {
            Flow flow = bench::chain(3);
            flow.id = QStringLiteral("flow-%1").arg(number);
            require(store.create({flow, {}}).ok() ? Result<void>() : Result<void>(Error{}));
        }
        for (qint64 from = 1; from <= executions; from += chunk) {
            insert(*database, from, std::min(from + chunk - 1, executions));
            std::fprintf(stderr, "\r%s: %lld of %lld", qPrintable(file), static_cast<long long>(from),
                         static_cast<long long>(executions));
        }
        std::fputc('\n', stderr);
        countAll(*database);
        database.reset();
        QFile::rename(unfinished, file);
    }
    return Database::open({file}).value();
}

/// The median of many times, in seconds.
double median(const std::function<void()> &work)
{
    std::vector<double> times;
    for (int round = 0; round < 301; ++round)
        times.push_back(bench::seconds(work));
    std::nth_element(times.begin(), times.begin() + 150, times.end());
    return times[150];
}

struct Times
{
    double page = 0;
    double topLevel = 0; ///< as the desktop program shows it
    double filtered = 0;
    double opened = 0;
};

Times measure(Database &database, qint64 executions)
{
    ExecutionStore store(database);
    qint64 id = 1;
    Times times;
    times.page = median([&] {
        if (store.list({})->items.size() != 20)
            qFatal("no page");
    });
    times.topLevel = median([&] {
        if (store.list({.topLevel = true})->items.size() != 20)
            qFatal("no page");
    });
    times.filtered = median([&] {
        const ExecutionQuery query{.flowId = QStringLiteral("flow-7"), .status = ExecutionStatus::Completed};
        if (store.list(query)->items.size() != 20)
            qFatal("no page");
    });
    times.opened = median([&] {
        id = (id * 7919 + 13) % executions + 1;
        if (store.get(id)->id != id || store.taskExecutions(id)->size() != 3)
            qFatal("not there");
    });
    return times;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QString folder =
        QStandardPaths::writableLocation(QStandardPaths::GenericCacheLocation) + QStringLiteral("/flow-manager-bench");
    QDir().mkpath(folder);
    const qint64 most = argc > 1 ? atoll(argv[1]) : 1'000'000;
    const std::unique_ptr<Database> few = history(folder, 1000);
    const std::unique_ptr<Database> many = history(folder, most);
    const Times small = measure(*few, 1000);
    const Times large = measure(*many, most);
    bench::header();
    bench::line("page 1 of the history, ms", large.page * 1e3, small.page * 1e3, "ms");
    bench::line("page 1 without sub-runs, ms", large.topLevel * 1e3, small.topLevel * 1e3, "ms");
    bench::line("page 1 of one flow and status, ms", large.filtered * 1e3, small.filtered * 1e3, "ms");
    bench::line("an execution with its tasks, by id, ms", large.opened * 1e3, small.opened * 1e3, "ms");
    return 0;
}
