// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/execution_log.h"

#include "storage/execution_records.h"
#include "storage/storage_error.h"
#include "storage/storage_statement.h"

namespace flow {

namespace {

std::optional<LogLevel> levelFromString(const QString &word)
{
    for (const LogLevel level : {LogLevel::Debug, LogLevel::Info, LogLevel::Warning, LogLevel::Error}) {
        if (toString(level) == word)
            return level;
    }
    return std::nullopt;
}

} // namespace

Result<void> insertLog(WriteTransaction &transaction, const QList<ExecutionEvent> &lines)
{
    Statement statement(
        transaction.connection,
        QStringLiteral("INSERT INTO execution_logs (flow_execution_id, logged_at, level, task_name, message)"
                       " SELECT id, ?, ?, ?, ? FROM flow_executions WHERE id = ?"));
    for (const ExecutionEvent &event : lines) {
        const TaskLogged *line = std::get_if<TaskLogged>(&event.what);
        if (!line)
            continue;
        if (Result<void> done = statement.run(event.at, toString(line->level), present(line->taskName),
                                              present(line->text), event.executionId);
            !done)
            return done;
    }
    return {};
}

Result<QList<ExecutionEvent>> readLog(StorageConnection &connection, ExecutionId id)
{
    if (const Result<QJsonObject> known = execution_records::readInput(connection, id); !known)
        return known.error();
    Statement statement(connection, QStringLiteral("SELECT logged_at, level, task_name, message FROM execution_logs"
                                                   " WHERE flow_execution_id = ? ORDER BY id"));
    if (Result<void> done = statement.run(id); !done)
        return done.error();
    QList<ExecutionEvent> lines;
    for (Result<bool> more = statement.next();; more = statement.next()) {
        if (!more)
            return more.error();
        if (!*more)
            return lines;
        const std::optional<LogLevel> level = levelFromString(statement.text(1));
        if (!level)
            return corruptError(connection.file(), QStringLiteral("log level \"%1\"").arg(statement.text(1)));
        lines.append({id, statement.time(0), TaskLogged{statement.text(2), *level, statement.text(3)}});
    }
}

} // namespace flow
