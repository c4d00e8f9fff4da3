// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/interruption.h"

#include "base/clock.h"
#include "storage/storage_error.h"
#include "storage/storage_statement.h"

#include <QCoreApplication>

namespace flow {

namespace {

struct Unfinished
{
    ExecutionId id = 0;
    FlowId flowId;
    ExecutionStatus status = ExecutionStatus::Pending;
    QString owner;
};

QString tr(const char *text)
{
    return QCoreApplication::translate("ExecutionStore", text);
}

Result<QList<Unfinished>> readUnfinished(StorageConnection &connection)
{
    QList<Unfinished> found;
    for (const ExecutionStatus status : {ExecutionStatus::Pending, ExecutionStatus::Running}) {
        Statement statement(connection, QStringLiteral("SELECT id, flow_id, owner FROM flow_executions WHERE status = ?"
                                                       " ORDER BY id"));
        if (Result<void> done = statement.run(toString(status)); !done)
            return done.error();
        for (Result<bool> more = statement.next();; more = statement.next()) {
            if (!more)
                return more.error();
            if (!*more)
                break;
            found.append({statement.integer(0), statement.text(1), status, statement.text(2)});
        }
    }
    return found;
}

/// Marks the attempt that was running; gives its task's name, null when none was.
Result<QString> interruptAttempt(StorageConnection &connection, ExecutionId id, Timestamp at)
{
    Statement statement(connection,
                        QStringLiteral("UPDATE task_executions SET status = 'interrupted', error_message = ?,"
                                       " completed_at = ? WHERE flow_execution_id = ?"
                                       " AND status IN ('pending', 'running') RETURNING task_name"));
    const QString message = tr("The program ended while this task was running: whether it did its work is unknown.");
    if (Result<void> done = statement.run(message, at, id); !done)
        return done.error();
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    return *found ? statement.text(0) : QString();
}

Result<void> interrupt(WriteTransaction &transaction, const Unfinished &execution, Timestamp at)
{
    const Result<QString> task = interruptAttempt(transaction.connection, execution.id, at);
    if (!task)
        return task.error();
    const QString message = execution.status == ExecutionStatus::Pending
                                ? tr("The program ended before this execution began. Start it again.")
                                : tr("The program ended while this execution was running. Start it again, or look at "
                                     "which task was running.");
    transaction.counts.moved(execution.flowId, execution.status, ExecutionStatus::Interrupted);
    return Statement(
               transaction.connection,
               QStringLiteral("UPDATE flow_executions SET status = 'interrupted', error_message = ?, error_task = ?,"
                              " completed_at = ?, total_tasks_executed = (SELECT count(*) FROM task_executions"
                              " WHERE flow_execution_id = ?) WHERE id = ?"))
        .run(message, *task, at, execution.id, execution.id);
}

} // namespace

Result<QStringList> ownersOfUnfinished(StorageConnection &connection)
{
    const Result<QList<Unfinished>> unfinished = readUnfinished(connection);
    if (!unfinished)
        return unfinished.error();
    QStringList owners;
    for (const Unfinished &execution : *unfinished)
        owners.append(execution.owner);
    owners.removeDuplicates();
    return owners;
}

Result<int> interruptExecutionsOf(WriteTransaction &transaction, const QStringList &owners)
{
    const Result<QList<Unfinished>> unfinished = readUnfinished(transaction.connection);
    if (!unfinished)
        return unfinished.error();
    const Timestamp now = systemClock().now();
    int count = 0;
    for (const Unfinished &execution : *unfinished) {
        if (!owners.contains(execution.owner))
            continue;
        if (Result<void> done = interrupt(transaction, execution, now); !done)
            return done.error();
        ++count;
    }
    return count;
}

} // namespace flow
