// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/execution_positions.h"

#include "storage/context_edits.h"
#include "storage/execution_records.h"
#include "storage/put_together.h"
#include "storage/storage_error.h"
#include "storage/storage_statement.h"
#include "storage/stored_json.h"

#include <QCoreApplication>

#include <algorithm>

namespace flow {

namespace {

/// Attempts as AttemptRecords, and for how long they ran together, with the waits between them.
Result<double> readAttempts(StorageConnection &connection, ExecutionId id, QList<AttemptRecord> *attempts)
{
    Statement statement(connection,
                        QStringLiteral("SELECT task_name, sequence_number, attempt, status, output_data, error_message,"
                                       " next_task, retry_at, origin, duration_seconds, started_at, completed_at"
                                       " FROM task_executions"
                                       " WHERE flow_execution_id = ? ORDER BY sequence_number"));
    if (Result<void> done = statement.run(id); !done)
        return done.error();
    double seconds = 0;
    for (Result<bool> more = statement.next();; more = statement.next()) {
        if (!more)
            return more.error();
        if (!*more)
            return seconds;
        AttemptRecord attempt;
        attempt.taskName = statement.text(0);
        attempt.sequenceNumber = int(statement.integer(1));
        attempt.attempt = int(statement.integer(2));
        const std::optional<TaskStatus> status = taskStatusFromString(statement.text(3));
        const std::optional<AttemptOrigin> origin = attemptOriginFromString(statement.text(8));
        if (!status || !origin)
            return corruptError(connection.file(),
                                QStringLiteral("attempt \"%1\", \"%2\"").arg(statement.text(3), statement.text(8)));
        attempt.status = *status;
        attempt.origin = *origin;
        if (!statement.isNull(4)) {
            const Result<QJsonValue> data = stored::jsonValue(statement.text(4), connection.file());
            if (!data)
                return data.error();
            attempt.data = *data;
        }
        attempt.error = statement.text(5);
        attempt.nextTask = statement.text(6);
        attempt.retryAt = statement.optionalTime(7);
        attempt.completedAt = statement.optionalTime(11);
        if (attempt.origin != AttemptOrigin::Reused) {
            seconds += statement.optionalNumber(9).value_or(0);
            if (const auto startedAt = statement.optionalTime(10); startedAt && !attempts->isEmpty())
                seconds += waitedAfter(attempts->last(), *startedAt);
        }
        attempts->append(std::move(attempt));
    }
}

struct Ending
{
    ExecutionEnding ending;
    int mainSteps = 0;
    QList<Breakpoint> breakpoints;
    bool cancelWanted = false;
};

Result<Ending> readEnding(StorageConnection &connection, ExecutionId id)
{
    Statement statement(connection,
                        QStringLiteral("SELECT phase, ending_status, ending_error, ending_task, breakpoints,"
                                       " main_steps, cancel_wanted FROM flow_executions WHERE id = ?"));
    if (Result<void> done = statement.run(id); !done)
        return done.error();
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    if (!*found)
        return execution_records::notFound(id);
    Ending read;
    const std::optional<ExecutionPhase> phase = executionPhaseFromString(statement.text(0));
    if (!phase)
        return corruptError(connection.file(), QStringLiteral("phase \"%1\"").arg(statement.text(0)));
    read.ending.phase = *phase;
    read.ending.status = executionStatusFromString(statement.text(1)).value_or(ExecutionStatus::Completed);
    read.ending.error = statement.text(2);
    read.ending.errorTask = statement.text(3);
    read.cancelWanted = statement.boolean(6);
    read.mainSteps = statement.isNull(5) ? 0 : int(statement.integer(5));
    if (statement.isNull(4))
        return read;
    const Result<QJsonValue> list = stored::jsonValue(statement.text(4), connection.file());
    if (!list)
        return list.error();
    const Result<QList<Breakpoint>> breakpoints = breakpointsFromJson(list->toArray(), {});
    if (!breakpoints)
        return corruptError(connection.file(), breakpoints.error().text());
    read.breakpoints = *breakpoints;
    return read;
}

} // namespace

Result<StandingExecution> readStanding(StorageConnection &connection, ExecutionId id)
{
    const Result<Execution> execution = execution_records::read(connection, id);
    if (!execution)
        return execution.error();
    StandingExecution standing;
    standing.execution = *execution;
    standing.position.startTask = execution->startTask;
    standing.position.singleTask = execution->singleTask;
    const Result<double> seconds = readAttempts(connection, id, &standing.position.attempts);
    if (!seconds)
        return seconds.error();
    standing.position.activeSeconds = *seconds;
    standing.position.heldSeconds = execution->durationSeconds.value_or(0);
    const Result<QList<ContextEdit>> edits = context_edits::read(connection, id);
    if (!edits)
        return edits.error();
    standing.position.edits = *edits;
    const Result<Ending> ending = readEnding(connection, id);
    if (!ending)
        return ending.error();
    standing.position.ending = ending->ending;
    standing.position.mainSteps = ending->mainSteps;
    standing.position.cancelWanted = ending->cancelWanted;
    standing.breakpoints = ending->breakpoints;
    return standing;
}

Result<QJsonObject> readContext(StorageConnection &connection, ExecutionId id)
{
    const Result<QJsonObject> input = execution_records::readInput(connection, id);
    if (!input)
        return input;
    return lastContext(connection, id, *input);
}

Result<QJsonValue> readResult(StorageConnection &connection, ExecutionId id)
{
    Statement statement(connection, QStringLiteral("SELECT t.output_data FROM flow_executions e LEFT JOIN"
                                                   " task_executions t ON t.flow_execution_id = e.id"
                                                   " AND t.status = 'success' AND (e.main_steps IS NULL"
                                                   " OR t.sequence_number <= e.main_steps)"
                                                   " WHERE e.id = ? ORDER BY t.sequence_number DESC LIMIT 1"));
    if (Result<void> done = statement.run(id); !done)
        return done.error();
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    if (!*found)
        return execution_records::notFound(id);
    if (statement.isNull(0))
        return QJsonValue(QJsonValue::Null);
    return stored::jsonValue(statement.text(0), connection.file());
}

Result<void> noteCancel(WriteTransaction &transaction, ExecutionId id)
{
    return Statement(transaction.connection,
                     QStringLiteral("UPDATE flow_executions SET cancel_wanted = true WHERE id = ?"
                                    " AND status IN ('pending', 'running', 'paused')"))
        .run(id);
}

Result<void> storeBreakpoints(WriteTransaction &transaction, ExecutionId id, const QList<Breakpoint> &breakpoints)
{
    QString text;
    if (!breakpoints.isEmpty()) {
        const Result<QString> list = stored::jsonText(QJsonValue(toJson(breakpoints)));
        if (!list)
            return list.error();
        text = *list;
    }
    Statement statement(transaction.connection, QStringLiteral("UPDATE flow_executions SET breakpoints = ? WHERE id = ?"
                                                               " AND status IN ('pending', 'running', 'paused')"));
    if (Result<void> done = statement.run(text, id); !done)
        return done;
    if (statement.changedRows() == 1)
        return {};
    if (const Result<QJsonObject> known = execution_records::readInput(transaction.connection, id); !known)
        return known.error();
    return Error{.code = ErrorCode::Conflict,
                 .reason = QCoreApplication::translate("ExecutionStore", "Execution %1 has ended already").arg(id)};
}

} // namespace flow
