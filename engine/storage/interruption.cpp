// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/interruption.h"

#include "base/clock.h"
#include "model/execution_journal.h"
#include "storage/storage_error.h"
#include "storage/storage_statement.h"

#include <QCoreApplication>

#include <algorithm>

namespace flow {

namespace {

/// One for which its parent waits is taken up by that; one that was let go by anybody.
const QString noParentWaits =
    QStringLiteral("NOT EXISTS (SELECT 1 FROM flow_executions p JOIN task_executions a ON a.flow_execution_id = p.id"
                   " WHERE p.id = c.parent_id AND p.status IN ('pending', 'running', 'paused')"
                   " AND a.sequence_number = c.parent_sequence AND a.status = 'running')");

/// So often a program may die while the same attempt runs before a person has to look at it.
constexpr int mostLosses = 3;

struct Unfinished
{
    ExecutionId id = 0;
    FlowId flowId;
    ExecutionStatus status = ExecutionStatus::Pending;
    QString owner;
    bool recoverable = true;
    bool isContinued = false; ///< after a pause, and has not begun
    bool isCancelled = false; ///< by a person, and has not ended
    bool isFinal = false;     ///< its final task is next, or was running
};

/// The attempt that was running when the program died.
struct LostAttempt
{
    QString task;
    int sequenceNumber = 0; ///< 0: none was
    QString onLoss;
};

QString tr(const char *text)
{
    return QCoreApplication::translate("ExecutionStore", text);
}

Result<QList<Unfinished>> readUnfinished(StorageConnection &connection)
{
    QList<Unfinished> found;
    for (const ExecutionStatus status : {ExecutionStatus::Pending, ExecutionStatus::Running}) {
        Statement statement(connection, QStringLiteral("SELECT id, flow_id, owner, recoverable, next_task IS NOT NULL,"
                                                       " cancel_wanted, phase FROM flow_executions"
                                                       " WHERE status = ?"
                                                       " ORDER BY id"));
        if (Result<void> done = statement.run(toString(status)); !done)
            return done.error();
        for (Result<bool> more = statement.next();; more = statement.next()) {
            if (!more)
                return more.error();
            if (!*more)
                break;
            found.append({statement.integer(0), statement.text(1), status, statement.text(2), statement.boolean(3),
                          statement.boolean(4), statement.boolean(5),
                          statement.text(6) == toString(ExecutionPhase::Final)});
        }
    }
    return found;
}

Result<LostAttempt> lostAttempt(StorageConnection &connection, ExecutionId id)
{
    Statement statement(connection, QStringLiteral("SELECT task_name, sequence_number, on_loss FROM task_executions"
                                                   " WHERE flow_execution_id = ? AND status IN ('pending', 'running')"
                                                   " ORDER BY sequence_number DESC LIMIT 1"));
    if (Result<void> done = statement.run(id); !done)
        return done.error();
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    if (!*found)
        return LostAttempt{};
    return LostAttempt{statement.text(0), int(statement.integer(1)), statement.text(2)};
}

/// How often in a row, this time included, an attempt of the same visit was lost.
Result<int> losses(StorageConnection &connection, ExecutionId id)
{
    Statement statement(connection, QStringLiteral("SELECT status FROM task_executions WHERE flow_execution_id = ?"
                                                   " ORDER BY sequence_number DESC LIMIT ?"));
    if (Result<void> done = statement.run(id, mostLosses); !done)
        return done.error();
    int count = 0;
    for (Result<bool> more = statement.next();; more = statement.next()) {
        if (!more)
            return more.error();
        const bool isLost = *more && (statement.text(0) == toString(TaskStatus::Interrupted) ||
                                      statement.text(0) == toString(TaskStatus::Running));
        if (!isLost)
            return count;
        ++count;
    }
}

Result<void> interruptAttempt(StorageConnection &connection, ExecutionId id, int sequenceNumber, Timestamp at)
{
    return Statement(connection,
                     QStringLiteral("UPDATE task_executions SET status = 'interrupted', error_message = ?,"
                                    " completed_at = ? WHERE flow_execution_id = ? AND sequence_number = ?"))
        .run(tr("The program ended while this task was running: whether it did its work is unknown."), at, id,
             sequenceNumber);
}

Result<void> interrupt(WriteTransaction &transaction, const Unfinished &execution, const LostAttempt &lost,
                       const QString &message, Timestamp at)
{
    transaction.counts.moved(execution.flowId, execution.status, ExecutionStatus::Interrupted);
    return Statement(
               transaction.connection,
               QStringLiteral("UPDATE flow_executions SET status = 'interrupted', error_message = ?, error_task = ?,"
                              " completed_at = ?, total_tasks_executed = (SELECT count(*) FROM task_executions"
                              " WHERE flow_execution_id = ? AND origin <> 'reused') WHERE id = ?"))
        .run(message, lost.task, at, execution.id, execution.id);
}

Result<void> release(WriteTransaction &transaction, const Unfinished &execution)
{
    transaction.counts.moved(execution.flowId, execution.status, ExecutionStatus::Pending);
    return Statement(transaction.connection,
                     QStringLiteral("UPDATE flow_executions SET status = 'pending', owner = '' WHERE id = ?"))
        .run(execution.id);
}

Result<void> pauseAgain(WriteTransaction &transaction, const Unfinished &execution)
{
    transaction.counts.moved(execution.flowId, execution.status, ExecutionStatus::Paused);
    return Statement(transaction.connection,
                     QStringLiteral("UPDATE flow_executions SET status = 'paused', owner = '' WHERE id = ?"))
        .run(execution.id);
}

/// Why a person has to look at it; null when another program can go on.
Result<QString> needOfPerson(StorageConnection &connection, const Unfinished &execution, const LostAttempt &lost)
{
    if (!execution.recoverable)
        return execution.status == ExecutionStatus::Pending
                   ? tr("The program ended before this execution began. Start it again.")
                   : tr("The program that ran this execution at a terminal was ended. Resume it, or start it again.");
    if (lost.sequenceNumber == 0)
        return QString();
    if (lost.onLoss == toString(OnLoss::Ask))
        return tr("The program ended while task '%1' was running, and nobody knows whether it did its work. Look at "
                  "what it has done. Then resume the execution there; where it did its work, pause before it and say "
                  "what came of it.")
            .arg(lost.task);
    if (execution.isCancelled && !execution.isFinal) // it is not tried again
        return QString();
    const Result<int> count = losses(connection, execution.id);
    if (!count)
        return count.error();
    if (lost.onLoss == toString(OnLoss::Repeat) && *count >= mostLosses)
        return tr("The program ended %1 times while task '%2' was running. Look whether the task is the reason before "
                  "you resume the execution.")
            .arg(*count)
            .arg(lost.task);
    return QString();
}

Result<void> settle(WriteTransaction &transaction, const Unfinished &execution, Timestamp at, LeftBehind *left)
{
    const Result<LostAttempt> lost = lostAttempt(transaction.connection, execution.id);
    if (!lost)
        return lost.error();
    // With an attempt that is not to be entered again it has begun after all.
    if (execution.isContinued && !execution.isCancelled &&
        (lost->sequenceNumber == 0 || lost->onLoss == toString(OnLoss::Reenter))) {
        ++left->paused;
        return pauseAgain(transaction, execution);
    }
    const Result<QString> need = needOfPerson(transaction.connection, execution, *lost);
    if (!need)
        return need.error();
    const bool goesOn = need->isNull() && lost->onLoss == toString(OnLoss::Reenter);
    if (lost->sequenceNumber > 0 && !goesOn) {
        if (Result<void> done = interruptAttempt(transaction.connection, execution.id, lost->sequenceNumber, at); !done)
            return done.error();
    }
    ++(need->isNull() ? left->released : left->interrupted);
    return need->isNull() ? release(transaction, execution) : interrupt(transaction, execution, *lost, *need, at);
}

} // namespace

Result<QStringList> ownersOfUnfinished(StorageConnection &connection)
{
    const Result<QList<Unfinished>> unfinished = readUnfinished(connection);
    if (!unfinished)
        return unfinished.error();
    QStringList owners;
    for (const Unfinished &execution : *unfinished) {
        if (!execution.owner.isEmpty()) // those wait for a program already
            owners.append(execution.owner);
    }
    owners.removeDuplicates();
    return owners;
}

Result<LeftBehind> releaseExecutionsOf(WriteTransaction &transaction, const QStringList &owners)
{
    const Result<QList<Unfinished>> unfinished = readUnfinished(transaction.connection);
    if (!unfinished)
        return unfinished.error();
    const Timestamp now = systemClock().now();
    LeftBehind left;
    for (const Unfinished &execution : *unfinished) {
        if (!owners.contains(execution.owner))
            continue;
        if (Result<void> settled = settle(transaction, execution, now, &left); !settled)
            return settled.error();
    }
    return left;
}

Result<bool> anyReleased(StorageConnection &connection)
{
    Statement statement(connection, QStringLiteral("SELECT 1 FROM flow_executions c WHERE c.status = 'pending'"
                                                   " AND c.owner = '' AND %1 LIMIT 1")
                                        .arg(noParentWaits));
    if (Result<void> done = statement.run(); !done)
        return done.error();
    return statement.next();
}

Result<QList<ExecutionId>> claimReleased(WriteTransaction &transaction, const QString &owner, int atMost)
{
    Statement statement(transaction.connection,
                        QStringLiteral("UPDATE flow_executions SET owner = ? WHERE id IN (SELECT c.id FROM"
                                       " flow_executions c WHERE c.status = 'pending' AND c.owner = '' AND %1"
                                       " ORDER BY c.id LIMIT ?) AND owner = '' RETURNING id")
                            .arg(noParentWaits));
    if (Result<void> done = statement.run(owner, atMost); !done)
        return done.error();
    Result<QList<ExecutionId>> ids = statement.integers();
    if (ids)
        std::sort(ids->begin(), ids->end());
    return ids;
}

Result<bool> claim(WriteTransaction &transaction, const QString &owner, ExecutionId id, ExecutionStatus from)
{
    Statement statement(transaction.connection,
                        QStringLiteral("UPDATE flow_executions SET status = 'pending', owner = ?"
                                       " WHERE id = ? AND owner = '' AND status = ? RETURNING flow_id"));
    if (Result<void> done = statement.run(owner, id, toString(from)); !done)
        return done.error();
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    if (*found)
        transaction.counts.moved(statement.text(0), from, ExecutionStatus::Pending);
    return *found;
}

Result<void> giveBack(WriteTransaction &transaction, const QString &owner, ExecutionId id, ExecutionStatus to)
{
    Statement statement(transaction.connection,
                        QStringLiteral("UPDATE flow_executions SET status = ?, owner = ''"
                                       " WHERE id = ? AND owner = ? AND status = 'pending' RETURNING flow_id"));
    if (Result<void> done = statement.run(toString(to), id, present(owner)); !done)
        return done;
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    if (*found)
        transaction.counts.moved(statement.text(0), ExecutionStatus::Pending, to);
    return {};
}

} // namespace flow
