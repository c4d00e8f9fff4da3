// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/execution_records.h"

#include "storage/context_edits.h"
#include "storage/put_together.h"
#include "storage/storage_error.h"
#include "storage/storage_statement.h"
#include "storage/stored_json.h"

#include <QCoreApplication>

#include <algorithm>
#include <limits>

namespace flow::execution_records {

namespace {

const QString columns = QStringLiteral("id, flow_id, revision, status, input_context, error_message, error_task,"
                                       " total_tasks_executed, started_at, completed_at, duration_seconds,"
                                       " parent_id, parent_sequence, parent_index, depth, resumed_from, start_task,"
                                       " single_task, pinned, next_task, pause_reason");

Result<Execution> fromRow(const Statement &row, const QString &file)
{
    Execution execution;
    execution.id = row.integer(0);
    execution.flowId = row.text(1);
    execution.revision = row.text(2);
    const std::optional<ExecutionStatus> status = executionStatusFromString(row.text(3));
    if (!status)
        return corruptError(file, QStringLiteral("status \"%1\"").arg(row.text(3)));
    execution.status = *status;
    const Result<QJsonObject> input = stored::jsonObject(row.text(4), file);
    if (!input)
        return input.error();
    execution.inputContext = *input;
    execution.errorMessage = row.text(5);
    execution.errorTask = row.text(6);
    execution.totalTasksExecuted = int(row.integer(7));
    execution.startedAt = row.optionalTime(8);
    execution.completedAt = row.optionalTime(9);
    execution.durationSeconds = row.optionalNumber(10);
    if (!row.isNull(11))
        execution.parent = ExecutionParent{row.integer(11), int(row.integer(12)), int(row.integer(13))};
    execution.depth = int(row.integer(14));
    if (!row.isNull(15))
        execution.resumedFrom = row.integer(15);
    execution.startTask = row.text(16);
    execution.singleTask = row.boolean(17);
    execution.pinned = row.boolean(18);
    execution.nextTask = row.text(19);
    execution.pausedBecause = row.text(20);
    return execution;
}

Result<void> addOutput(StorageConnection &connection, Execution &execution)
{
    if (execution.status != ExecutionStatus::Completed)
        return {};
    Result<QJsonObject> context = lastContext(connection, execution.id, execution.inputContext);
    if (!context)
        return context.error();
    execution.outputData = *std::move(context);
    return {};
}

/// The attempt's row without its input; `data` is undefined when the task gave none.
Result<TaskExecution> attemptFromRow(const Statement &row, const QString &file, QJsonValue *data)
{
    TaskExecution attempt;
    attempt.id = row.integer(0);
    attempt.executionId = row.integer(1);
    attempt.taskName = row.text(2);
    attempt.taskDescription = row.text(3);
    attempt.sequenceNumber = int(row.integer(4));
    attempt.attempt = int(row.integer(5));
    const std::optional<TaskStatus> status = taskStatusFromString(row.text(6));
    if (!status)
        return corruptError(file, QStringLiteral("status \"%1\"").arg(row.text(6)));
    attempt.status = *status;
    *data = QJsonValue(QJsonValue::Undefined);
    if (!row.isNull(7)) {
        const Result<QJsonValue> output = stored::jsonValue(row.text(7), file);
        if (!output)
            return output.error();
        *data = attempt.outputData = *output;
    }
    attempt.errorMessage = row.text(8);
    attempt.decidedBy = row.text(9);
    attempt.nextTask = row.text(10);
    attempt.startedAt = row.optionalTime(11);
    attempt.completedAt = row.optionalTime(12);
    attempt.durationSeconds = row.optionalNumber(13);
    attempt.retryAt = row.optionalTime(14);
    attempt.origin = attemptOriginFromString(row.text(15)).value_or(AttemptOrigin::Run);
    attempt.progress = row.optionalNumber(16);
    attempt.progressText = row.text(17);
    return attempt;
}

QVariantList filterValues(const ExecutionQuery &query)
{
    QVariantList values;
    if (!query.flowId.isEmpty())
        values << sqlValue(query.flowId);
    if (query.status)
        values << sqlValue(toString(*query.status));
    if (query.parent)
        values << *query.parent;
    return values;
}

/// Children of all executions, or of those that the filter names. Few of them are looked at: there is an index of
/// children alone.
Result<qint64> countChildren(StorageConnection &connection, const ExecutionQuery &query)
{
    Statement statement(connection, childCountSql(query));
    if (Result<void> done = statement.runWith(filterValues(query)); !done)
        return done.error();
    if (const Result<bool> found = statement.next(); !found)
        return found.error();
    return statement.integer(0);
}

Result<qint64> countAll(StorageConnection &connection, const ExecutionQuery &query)
{
    Statement statement(connection,
                        QStringLiteral("SELECT coalesce(sum(executions), 0) FROM execution_counts WHERE flow_id = ?") +
                            (query.status ? QStringLiteral(" AND status = ?") : QString()));
    // The rows of flow '' count all flows.
    const QVariant flowId = sqlValue(present(query.flowId));
    if (Result<void> done =
            query.status ? statement.runWith({flowId, sqlValue(toString(*query.status))}) : statement.runWith({flowId});
        !done)
        return done.error();
    if (const Result<bool> found = statement.next(); !found)
        return found.error();
    return statement.integer(0);
}

} // namespace

Error notFound(ExecutionId id)
{
    return {.code = ErrorCode::NotFound,
            .reason = QCoreApplication::translate("ExecutionStore", "Execution %1 not found").arg(id)};
}

Result<Execution> read(StorageConnection &connection, ExecutionId id)
{
    Statement statement(connection, QStringLiteral("SELECT %1 FROM flow_executions WHERE id = ?").arg(columns));
    if (Result<void> done = statement.run(id); !done)
        return done.error();
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    if (!*found)
        return notFound(id);
    Result<Execution> execution = fromRow(statement, connection.file());
    if (!execution)
        return execution;
    if (Result<void> done = addOutput(connection, *execution); !done)
        return done.error();
    return execution;
}

Result<QJsonObject> readInput(StorageConnection &connection, ExecutionId id)
{
    Statement statement(connection, QStringLiteral("SELECT input_context FROM flow_executions WHERE id = ?"));
    if (Result<void> done = statement.run(id); !done)
        return done.error();
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    if (!*found)
        return notFound(id);
    return stored::jsonObject(statement.text(0), connection.file());
}

QString pageSql(const ExecutionQuery &query)
{
    // Always bounded by an id, so that every form is a walk along one index from its end.
    return QStringLiteral("SELECT %1 FROM flow_executions WHERE %2%3%4id < ? ORDER BY id DESC LIMIT ? OFFSET ?")
        .arg(columns, query.flowId.isEmpty() ? QString() : QStringLiteral("flow_id = ? AND "),
             query.status ? QStringLiteral("status = ? AND ") : QString(),
             query.parent     ? QStringLiteral("parent_id = ? AND ")
             : query.topLevel ? QStringLiteral("parent_id IS NULL AND ")
                              : QString());
}

QString childCountSql(const ExecutionQuery &query)
{
    // The index of children begins with the status: where that is open all of them are named.
    static const QString anyStatus = [] {
        QStringList words;
        for (int status = 0; status <= int(ExecutionStatus::Interrupted); ++status)
            words << u'\'' + toString(ExecutionStatus(status)) + u'\'';
        return QStringLiteral("status IN (%1) AND ").arg(words.join(u','));
    }();
    const bool isOpen = !query.status && !query.parent && !query.flowId.isEmpty();
    return QStringLiteral("SELECT count(*) FROM flow_executions WHERE %1%2%3")
        .arg(query.flowId.isEmpty() ? QString() : QStringLiteral("flow_id = ? AND "),
             query.status ? QStringLiteral("status = ? AND ")
             : isOpen     ? anyStatus
                          : QString(),
             query.parent ? QStringLiteral("parent_id = ?") : QStringLiteral("parent_id IS NOT NULL"));
}

Result<QList<Execution>> readPage(StorageConnection &connection, const ExecutionQuery &query)
{
    const int perPage = std::clamp(query.perPage, 1, 1000);
    const qint64 offset = query.olderThan ? 0 : qint64(std::max(query.page, 1) - 1) * perPage;
    QVariantList values = filterValues(query);
    values << sqlValue(query.olderThan.value_or(std::numeric_limits<ExecutionId>::max())) << perPage << offset;
    Statement statement(connection, pageSql(query));
    if (Result<void> done = statement.runWith(values); !done)
        return done.error();
    QList<Execution> executions;
    for (Result<bool> more = statement.next();; more = statement.next()) {
        if (!more)
            return more.error();
        if (!*more)
            return executions;
        Result<Execution> execution = fromRow(statement, connection.file());
        if (!execution)
            return execution.error();
        if (Result<void> done = query.withOutput ? addOutput(connection, *execution) : Result<void>(); !done)
            return done.error();
        executions.append(*std::move(execution));
    }
}

Result<qint64> count(StorageConnection &connection, const ExecutionQuery &query)
{
    if (query.parent)
        return countChildren(connection, query);
    const Result<qint64> all = countAll(connection, query);
    if (!all || !query.topLevel)
        return all;
    const Result<qint64> children = countChildren(connection, query);
    return children ? Result<qint64>(*all - *children) : children;
}

Result<QList<TaskExecution>> readAttempts(StorageConnection &connection, ExecutionId id, const QJsonObject &input,
                                          QJsonObject *contextAfter)
{
    Statement statement(
        connection,
        QStringLiteral("SELECT id, flow_execution_id, task_name, task_description, sequence_number, attempt,"
                       " status, output_data, error_message, decided_by, next_task, started_at, completed_at,"
                       " duration_seconds, retry_at, origin, progress, progress_text FROM task_executions"
                       " WHERE flow_execution_id = ?"
                       " ORDER BY sequence_number"));
    if (Result<void> done = statement.run(id); !done)
        return done.error();
    const Result<QList<ContextEdit>> edits = context_edits::read(connection, id);
    if (!edits)
        return edits.error();
    auto edit = edits->begin();
    QList<TaskExecution> attempts;
    QJsonObject context = input;
    for (Result<bool> more = statement.next();; more = statement.next()) {
        if (!more)
            return more.error();
        if (!*more)
            break;
        QJsonValue data;
        Result<TaskExecution> attempt = attemptFromRow(statement, connection.file(), &data);
        if (!attempt)
            return attempt.error();
        for (; edit != edits->end() && edit->afterSequence < attempt->sequenceNumber; ++edit)
            context = applied(*edit, std::move(context));
        attempt->inputData = context;
        if (entersContext(attempt->status))
            context.insert(attempt->taskName, contextEntry(attempt->status, data, attempt->errorMessage));
        attempts.append(*std::move(attempt));
    }
    for (; edit != edits->end(); ++edit)
        context = applied(*edit, std::move(context));
    if (contextAfter)
        *contextAfter = std::move(context);
    return attempts;
}

Result<QList<Execution>> readChildren(StorageConnection &connection, ExecutionId parent, int sequenceNumber)
{
    Statement statement(connection, QStringLiteral("SELECT %1 FROM flow_executions WHERE parent_id = ?"
                                                   " AND parent_sequence = ? ORDER BY parent_index")
                                        .arg(columns));
    if (Result<void> done = statement.run(parent, sequenceNumber); !done)
        return done.error();
    QList<Execution> children;
    for (Result<bool> more = statement.next();; more = statement.next()) {
        if (!more)
            return more.error();
        if (!*more)
            return children;
        const Result<Execution> child = fromRow(statement, connection.file());
        if (!child)
            return child.error();
        children.append(*child);
    }
}

} // namespace flow::execution_records
