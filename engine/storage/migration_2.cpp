// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/migration_2.h"

namespace flow {

namespace {

// parent_...: the attempt that started it, and its place among those that attempt started.
// recoverable: another program may go on with it when its own has died.
// phase, ending_...: which part of the flow runs, and how the execution will end after it; main_steps: the sequence
// number of the last attempt of the main part, null while that runs.
// next_task, pause_reason: of one that is paused.
const QString executions =
    QStringLiteral("CREATE TABLE flow_executions ("
                   " id INTEGER PRIMARY KEY AUTOINCREMENT,"
                   " flow_id TEXT NOT NULL REFERENCES flows (id) ON DELETE CASCADE,"
                   " revision TEXT NOT NULL,"
                   " owner TEXT NOT NULL DEFAULT '',"
                   " status TEXT NOT NULL CHECK (status IN"
                   "  ('pending', 'running', 'paused', 'completed', 'failure', 'cancelled', 'interrupted')),"
                   " input_context TEXT NOT NULL,"
                   " error_message TEXT,"
                   " error_task TEXT,"
                   " total_tasks_executed INTEGER NOT NULL DEFAULT 0,"
                   " created_at BIGINT NOT NULL,"
                   " started_at BIGINT,"
                   " completed_at BIGINT,"
                   " duration_seconds DOUBLE PRECISION,"
                   " parent_id BIGINT REFERENCES flow_executions (id) ON DELETE CASCADE,"
                   " parent_sequence INTEGER,"
                   " parent_index INTEGER,"
                   " depth INTEGER NOT NULL DEFAULT 0,"
                   " resumed_from BIGINT,"
                   " start_task TEXT,"
                   " single_task BOOLEAN NOT NULL DEFAULT false,"
                   " recoverable BOOLEAN NOT NULL DEFAULT true,"
                   " pinned BOOLEAN NOT NULL DEFAULT false,"
                   " breakpoints TEXT,"
                   " phase TEXT NOT NULL DEFAULT 'main' CHECK (phase IN ('main', 'failure', 'final')),"
                   " main_steps INTEGER,"
                   " ending_status TEXT,"
                   " ending_error TEXT,"
                   " ending_task TEXT,"
                   " next_task TEXT,"
                   " pause_reason TEXT,"
                   " stored_bytes BIGINT)");

// on_loss: what a restart does with it when its program has died. progress: the last it told, from 0 to 1.
const QString attempts =
    QStringLiteral("CREATE TABLE task_executions ("
                   " id INTEGER PRIMARY KEY AUTOINCREMENT,"
                   " flow_execution_id BIGINT NOT NULL REFERENCES flow_executions (id) ON DELETE CASCADE,"
                   " task_name TEXT NOT NULL,"
                   " task_description TEXT,"
                   " sequence_number INTEGER NOT NULL CHECK (sequence_number > 0),"
                   " attempt INTEGER NOT NULL DEFAULT 1 CHECK (attempt > 0),"
                   " status TEXT NOT NULL CHECK (status IN"
                   "  ('pending', 'running', 'success', 'failure', 'cancelled', 'interrupted')),"
                   " output_data TEXT,"
                   " error_message TEXT,"
                   " decided_by TEXT,"
                   " next_task TEXT,"
                   " started_at BIGINT,"
                   " completed_at BIGINT,"
                   " duration_seconds DOUBLE PRECISION,"
                   " retry_at BIGINT,"
                   " origin TEXT NOT NULL DEFAULT 'run' CHECK (origin IN ('run', 'forced', 'reused')),"
                   " on_loss TEXT NOT NULL DEFAULT 'ask' CHECK (on_loss IN ('ask', 'repeat', 'reenter')),"
                   " progress DOUBLE PRECISION,"
                   " progress_text TEXT,"
                   " UNIQUE (flow_execution_id, sequence_number))");

const QString logs =
    QStringLiteral("CREATE TABLE execution_logs ("
                   " id INTEGER PRIMARY KEY AUTOINCREMENT,"
                   " flow_execution_id BIGINT NOT NULL REFERENCES flow_executions (id) ON DELETE CASCADE,"
                   " logged_at BIGINT NOT NULL,"
                   " level TEXT NOT NULL CHECK (level IN ('debug', 'info', 'warning', 'error')),"
                   " task_name TEXT NOT NULL,"
                   " message TEXT NOT NULL)");

// changes: {"set": {name: value}, "remove": [name]}, made when the attempts up to sequence_number had ended.
const QString edits =
    QStringLiteral("CREATE TABLE context_edits ("
                   " flow_execution_id BIGINT NOT NULL REFERENCES flow_executions (id) ON DELETE CASCADE,"
                   " sequence_number INTEGER NOT NULL,"
                   " changes TEXT NOT NULL,"
                   " edited_at BIGINT NOT NULL,"
                   " PRIMARY KEY (flow_execution_id, sequence_number))");

const QStringList indexes{
    QStringLiteral("CREATE INDEX flow_executions_by_flow ON flow_executions (flow_id, id)"),
    QStringLiteral("CREATE INDEX flow_executions_by_status ON flow_executions (status, id)"),
    QStringLiteral("CREATE INDEX flow_executions_by_flow_and_status ON flow_executions (flow_id, status, id)"),
    QStringLiteral("CREATE UNIQUE INDEX flow_executions_by_parent ON flow_executions"
                   " (parent_id, parent_sequence, parent_index) WHERE parent_id IS NOT NULL"),
    QStringLiteral("CREATE INDEX flow_executions_started_by_others ON flow_executions"
                   " (status, flow_id, parent_id) WHERE parent_id IS NOT NULL"),
    QStringLiteral("CREATE INDEX flow_executions_not_measured ON flow_executions (id) WHERE stored_bytes IS NULL"),
    QStringLiteral("CREATE INDEX execution_logs_by_execution ON execution_logs (flow_execution_id, id)"),
};

const QString executionColumns = QStringLiteral(
    "id, flow_id, revision, owner, status, input_context, error_message, error_task, total_tasks_executed, created_at,"
    " started_at, completed_at, duration_seconds");
const QString attemptColumns = QStringLiteral(
    "id, flow_execution_id, task_name, task_description, sequence_number, attempt, status, output_data, error_message,"
    " decided_by, next_task, started_at, completed_at, duration_seconds");
const QString logColumns = QStringLiteral("id, flow_execution_id, logged_at, level, task_name, message");

/// SQLite changes no CHECK of a table that exists: the rows move to a new one. Ids that were given away stay so.
QStringList moved(const QString &table, const QString &columns)
{
    return {QStringLiteral("INSERT INTO %1 (%2) SELECT %2 FROM %1_1 ORDER BY id").arg(table, columns),
            QStringLiteral("DELETE FROM sqlite_sequence WHERE name = '%1'").arg(table),
            QStringLiteral("INSERT INTO sqlite_sequence (name, seq) SELECT '%1', seq FROM sqlite_sequence"
                           " WHERE name = '%1_1'")
                .arg(table)};
}

QStringList withTables(const char *sentence)
{
    QStringList statements;
    for (const char *table : {"execution_logs", "task_executions", "flow_executions"})
        statements.append(QString::fromLatin1(sentence).arg(QLatin1StringView(table)));
    return statements;
}

} // namespace

QStringList executionTables2()
{
    return QStringList{executions, attempts, logs, edits} + indexes;
}

Migration migration2()
{
    QStringList statements{QStringLiteral("DROP INDEX flow_executions_by_flow"),
                           QStringLiteral("DROP INDEX flow_executions_by_status"),
                           QStringLiteral("DROP INDEX flow_executions_by_flow_and_status"),
                           QStringLiteral("DROP INDEX execution_logs_by_execution")};
    statements += withTables("ALTER TABLE %1 RENAME TO %1_1");
    statements += executionTables2();
    statements += moved(QStringLiteral("flow_executions"), executionColumns);
    statements += moved(QStringLiteral("task_executions"), attemptColumns);
    statements += moved(QStringLiteral("execution_logs"), logColumns);
    statements += withTables("DROP TABLE %1_1"); // those that refer to others first
    return {2, statements};
}

} // namespace flow
