// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/journal_records.h"

#include "storage/execution_records.h"
#include "storage/storage_statement.h"

#include <QCoreApplication>

namespace flow::journal_records {

namespace {

Error conflict(const char *text, ExecutionId id, const QString &more = {})
{
    QString reason = QCoreApplication::translate("ExecutionStore", text).arg(id);
    if (!more.isNull())
        reason = reason.arg(more);
    return {.code = ErrorCode::Conflict, .reason = reason};
}

Error attemptRefusal(StorageConnection &connection, const QString &owner, const AttemptEnd &end)
{
    Statement statement(connection, QStringLiteral("SELECT 1 FROM flow_executions WHERE id = ? AND owner = ?"
                                                   " AND status = 'running'"));
    if (Result<void> done = statement.run(end.executionId, present(owner)); !done)
        return done.error();
    const Result<bool> ours = statement.next();
    if (!ours)
        return ours.error();
    if (!*ours)
        return refusal(connection, owner, end.executionId);
    return conflict(QT_TRANSLATE_NOOP("ExecutionStore", "Execution %1 has no running attempt %2"), end.executionId,
                    QString::number(end.sequenceNumber));
}

/// Whether the attempt of a running execution of this owner has its end.
Result<bool> hasEnded(StorageConnection &connection, const QString &owner, const AttemptEnd &end)
{
    Statement statement(connection, QStringLiteral("SELECT 1 FROM task_executions t JOIN flow_executions e"
                                                   " ON e.id = t.flow_execution_id WHERE e.id = ? AND e.owner = ?"
                                                   " AND e.status = 'running' AND t.sequence_number = ?"
                                                   " AND t.status <> 'running'"));
    if (Result<void> done = statement.run(end.executionId, present(owner), end.sequenceNumber); !done)
        return done.error();
    return statement.next();
}

/// Whatever an execution that ends has still running, which only the newest attempt can be: it was saved, and who ends
/// the execution does not know.
Result<void> stopNewestAttempt(StorageConnection &connection, const ExecutionEnd &end)
{
    return Statement(connection,
                     QStringLiteral("UPDATE task_executions SET status = 'cancelled', error_message = ?,"
                                    " completed_at = ? WHERE flow_execution_id = ? AND status = 'running'"
                                    " AND sequence_number = (SELECT max(sequence_number) FROM task_executions"
                                    " WHERE flow_execution_id = ?)"))
        .run(QCoreApplication::translate("ExecutionStore", "The execution ended before this task did."),
             end.completedAt, end.executionId, end.executionId);
}

/// The flow of the execution whose row was changed; nothing when none was.
Result<std::optional<FlowId>> changedFlow(Statement &statement)
{
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    return *found ? std::optional(statement.text(0)) : std::nullopt;
}

/// Ends the execution if it is in the state `from`.
Result<std::optional<FlowId>> endFrom(StorageConnection &connection, const QString &owner, const ExecutionEnd &end,
                                      ExecutionStatus from)
{
    Statement statement(connection,
                        QStringLiteral("UPDATE flow_executions SET status = ?, error_message = ?, error_task = ?,"
                                       " total_tasks_executed = ?, completed_at = ?, duration_seconds = ?"
                                       " WHERE id = ? AND owner = ? AND status = ? RETURNING flow_id"));
    if (Result<void> done =
            statement.run(toString(end.status), end.error, end.errorTask, end.totalTasksExecuted, end.completedAt,
                          end.durationSeconds, end.executionId, present(owner), toString(from));
        !done)
        return done.error();
    return changedFlow(statement);
}

/// One that is running already: it was admitted, or goes on after it has slept.
Result<void> beginAdmitted(StorageConnection &connection, const QString &owner, ExecutionId id, Timestamp at)
{
    Statement statement(connection, QStringLiteral("UPDATE flow_executions SET started_at = coalesce(started_at, ?),"
                                                   " next_task = NULL, pause_reason = NULL"
                                                   " WHERE id = ? AND owner = ? AND status = 'running'"));
    if (Result<void> done = statement.run(at, id, present(owner)); !done)
        return done;
    return statement.changedRows() == 1 ? Result<void>() : Result<void>(refusal(connection, owner, id));
}

Result<void> setEnding(WriteTransaction &transaction, ExecutionId id, const ExecutionEnding &ending)
{
    return Statement(transaction.connection,
                     QStringLiteral("UPDATE flow_executions SET phase = ?, ending_status = ?, ending_error = ?,"
                                    " ending_task = ?, main_steps = coalesce(main_steps, (SELECT"
                                    " max(sequence_number) FROM task_executions WHERE flow_execution_id = ?"
                                    " AND status <> 'running'), 0) WHERE id = ?"))
        .run(toString(ending.phase), toString(ending.status), ending.error, ending.errorTask, id, id);
}

} // namespace

Error refusal(StorageConnection &connection, const QString &owner, ExecutionId id)
{
    Statement statement(connection, QStringLiteral("SELECT owner, status FROM flow_executions WHERE id = ?"));
    if (Result<void> done = statement.run(id); !done)
        return done.error();
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    if (!*found)
        return execution_records::notFound(id);
    if (statement.text(0) != present(owner))
        return conflict(QT_TRANSLATE_NOOP("ExecutionStore", "Execution %1 is run by another program"), id);
    return conflict(QT_TRANSLATE_NOOP("ExecutionStore", "Execution %1 is %2, so this step cannot be saved"), id,
                    statement.text(1));
}

Result<void> startExecution(WriteTransaction &transaction, const QString &owner, ExecutionId id, Timestamp at)
{
    std::optional<FlowId> flowId;
    {
        Statement statement(transaction.connection,
                            QStringLiteral("UPDATE flow_executions SET status = 'running',"
                                           " started_at = coalesce(started_at, ?), next_task = NULL,"
                                           " pause_reason = NULL"
                                           " WHERE id = ? AND owner = ? AND status = 'pending' RETURNING flow_id"));
        if (Result<void> done = statement.run(at, id, present(owner)); !done)
            return done;
        const Result<std::optional<FlowId>> changed = changedFlow(statement);
        if (!changed)
            return changed.error();
        flowId = *changed;
    }
    if (!flowId)
        return beginAdmitted(transaction.connection, owner, id, at);
    transaction.counts.moved(*flowId, ExecutionStatus::Pending, ExecutionStatus::Running);
    return {};
}

Result<bool> admitExecution(WriteTransaction &transaction, const QString &owner, ExecutionId id, int limit)
{
    Statement statement(transaction.connection,
                        QStringLiteral("UPDATE flow_executions SET status = 'running'"
                                       " WHERE id = ? AND owner = ? AND status = 'pending'"
                                       " AND (SELECT count(*) FROM flow_executions other"
                                       " WHERE other.flow_id = flow_executions.flow_id AND other.status = 'running'"
                                       " AND other.parent_id IS NULL) < ? RETURNING flow_id"));
    if (Result<void> done = statement.run(id, present(owner), limit); !done)
        return done.error();
    const Result<std::optional<FlowId>> changed = changedFlow(statement);
    if (!changed)
        return changed.error();
    if (*changed)
        transaction.counts.moved(**changed, ExecutionStatus::Pending, ExecutionStatus::Running);
    return changed->has_value();
}

Result<void> startAttempt(WriteTransaction &transaction, const QString &owner, const AttemptStart &start)
{
    Statement statement(transaction.connection,
                        QStringLiteral("INSERT INTO task_executions (flow_execution_id, task_name, task_description,"
                                       " sequence_number, attempt, status, started_at, origin, on_loss)"
                                       " SELECT id, ?, ?, ?, ?, 'running', ?, ?, ? FROM flow_executions"
                                       " WHERE id = ? AND owner = ? AND status = 'running'"));
    const Result<void> done = statement.run(present(start.taskName), start.taskDescription, start.sequenceNumber,
                                            start.attempt, start.startedAt, toString(start.origin),
                                            toString(start.onLoss), start.executionId, present(owner));
    if (!done && done.error().code == ErrorCode::Conflict)
        return conflict(QT_TRANSLATE_NOOP("ExecutionStore", "Execution %1 has an attempt %2 already"),
                        start.executionId, QString::number(start.sequenceNumber));
    if (!done)
        return done;
    if (statement.changedRows() != 1)
        return refusal(transaction.connection, owner, start.executionId);
    return start.ending ? setEnding(transaction, start.executionId, *start.ending) : Result<void>();
}

Result<void> endAttempt(WriteTransaction &transaction, const QString &owner, const AttemptEnd &end, const QString &data)
{
    Statement statement(transaction.connection,
                        QStringLiteral("UPDATE task_executions SET status = ?, output_data = ?, error_message = ?,"
                                       " decided_by = ?, next_task = ?, completed_at = ?, duration_seconds = ?,"
                                       " retry_at = ?"
                                       " WHERE flow_execution_id = ? AND sequence_number = ? AND status = 'running'"
                                       " AND EXISTS (SELECT 1 FROM flow_executions WHERE id = ? AND owner = ?"
                                       " AND status = 'running')"));
    if (Result<void> done = statement.run(toString(end.status), data, end.error, end.decidedBy, end.nextTask,
                                          end.completedAt, end.durationSeconds, end.retryAt, end.executionId,
                                          end.sequenceNumber, end.executionId, present(owner));
        !done)
        return done;
    if (statement.changedRows() != 1)
        return attemptRefusal(transaction.connection, owner, end);
    return {};
}

Result<void> endLastAttempt(WriteTransaction &transaction, const QString &owner, const AttemptEnd &end,
                            const QString &data)
{
    const Result<void> done = endAttempt(transaction, owner, end, data);
    if (done || done.error().code != ErrorCode::Conflict)
        return done;
    const Result<bool> ended = hasEnded(transaction.connection, owner, end);
    if (!ended)
        return ended.error();
    return *ended ? Result<void>() : done;
}

Result<void> holdExecution(WriteTransaction &transaction, const QString &owner, const ExecutionHold &hold)
{
    std::optional<FlowId> flowId;
    {
        Statement statement(transaction.connection,
                            QStringLiteral("UPDATE flow_executions SET status = 'paused', owner = '', next_task = ?,"
                                           " pause_reason = ?, duration_seconds = ?"
                                           " WHERE id = ? AND owner = ? AND status = 'running' RETURNING flow_id"));
        if (Result<void> done =
                statement.run(hold.nextTask, hold.reason, hold.activeSeconds, hold.executionId, present(owner));
            !done)
            return done;
        const Result<std::optional<FlowId>> changed = changedFlow(statement);
        if (!changed)
            return changed.error();
        flowId = *changed;
    }
    if (!flowId)
        return refusal(transaction.connection, owner, hold.executionId);
    transaction.counts.moved(*flowId, ExecutionStatus::Running, ExecutionStatus::Paused);
    return hold.ending ? setEnding(transaction, hold.executionId, *hold.ending) : Result<void>();
}

Result<void> endExecution(WriteTransaction &transaction, const QString &owner, const ExecutionEnd &end)
{
    Q_ASSERT(isFinished(end.status));
    // One that was stopped while it waited for its place has never been running.
    for (const ExecutionStatus from : {ExecutionStatus::Running, ExecutionStatus::Pending}) {
        const Result<std::optional<FlowId>> flowId = endFrom(transaction.connection, owner, end, from);
        if (!flowId)
            return flowId.error();
        if (*flowId) {
            transaction.counts.moved(**flowId, from, end.status);
            return stopNewestAttempt(transaction.connection, end);
        }
    }
    return refusal(transaction.connection, owner, end.executionId);
}

} // namespace flow::journal_records
