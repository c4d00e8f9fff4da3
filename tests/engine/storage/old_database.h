// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/flow_revisions.h"
#include "storage/migration_1.h"
#include "storage/migrations.h"
#include "storage/sqlite_file.h"
#include "storage_fixture.h"

/// A database as the first version of the schema had it.
namespace flow::test {

constexpr int oldExecutions = 40;

/// Flow "a" with executions 1 to oldExecutions, each with an attempt and a line of its log. All have completed.
inline Result<void> makeVersion1(const QString &file)
{
    const Result<EncodedFlow> flow = EncodedFlow::of(chain(QStringLiteral("a")));
    Result<std::unique_ptr<StorageConnection>> opened =
        StorageConnection::open(file, StorageConnection::Mode::ReadWrite);
    if (!flow || !opened)
        return flow ? opened.error() : flow.error();
    StorageConnection &connection = **opened;
    if (Result<void> logged = sqlite::useWriteAheadLog(connection); !logged)
        return logged;
    if (Result<void> made = migrate(connection, {migration1()}); !made)
        return made;

    const auto run = [&](const char *sql, const auto &...values) {
        return Statement(connection, QString::fromLatin1(sql)).run(values...);
    };
    Result<void> done = run("INSERT INTO flows (id, name, start_task, created_at, updated_at, revision)"
                            " VALUES ('a', 'A flow', 'step 1', 1, 1, ?)",
                            flow->revision);
    if (done)
        done = run("INSERT INTO flow_revisions VALUES (?, 'a', ?, NULL, 1)", flow->revision, flow->definition);
    if (done)
        done = run("INSERT INTO flow_versions VALUES ('a', 1, ?, NULL, 1)", flow->revision);
    if (done)
        done = run("INSERT INTO flow_counts VALUES (true, 1)");
    for (const char *counted : {"a", ""}) {
        if (done)
            done = run("INSERT INTO execution_counts VALUES (?, 'completed', ?)", QString::fromLatin1(counted),
                       oldExecutions);
    }
    for (int id = 1; id <= oldExecutions && done; ++id) {
        done = run("INSERT INTO flow_executions (id, flow_id, revision, status, input_context, created_at)"
                   " VALUES (?, 'a', ?, 'completed', '{}', 1)",
                   id, flow->revision);
        if (done)
            done =
                run("INSERT INTO task_executions (flow_execution_id, task_name, sequence_number, status, output_data)"
                    " VALUES (?, 'step 1', 1, 'success', ?)",
                    id, QString::number(id));
        if (done)
            done = run("INSERT INTO execution_logs (flow_execution_id, logged_at, level, task_name, message)"
                       " VALUES (?, 1, 'info', 'step 1', 'done')",
                       id);
    }
    return done;
}

/// What makeVersion1() made and is not there any more; empty when all is.
inline QString missingFromVersion1(TestDatabase &database)
{
    if (!FlowStore(*database).get(QStringLiteral("a")))
        return QStringLiteral("the flow");
    const ExecutionStore store(*database);
    for (ExecutionId id = 1; id <= oldExecutions; ++id) {
        const Result<QList<TaskExecution>> tasks = store.taskExecutions(id);
        const Result<QList<ExecutionEvent>> log = store.log(id);
        if (!tasks || tasks->size() != 1 || tasks->first().outputData != QJsonValue(qint64(id)) || !log ||
            log->size() != 1)
            return QStringLiteral("execution %1").arg(id);
    }
    return {};
}

} // namespace flow::test
