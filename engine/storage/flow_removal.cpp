// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/flow_removal.h"

#include "storage/flow_records.h"
#include "storage/history_records.h"
#include "storage/storage_statement.h"

#include <QCoreApplication>

#include <algorithm>

namespace flow::flow_removal {

namespace {

const QString open = QStringLiteral("('pending', 'running', 'paused')");

QString tr(const char *text)
{
    return QCoreApplication::translate("FlowStore", text);
}

/// Goes up from the executions that others have started and that fulfil the condition, which are few, to all above
/// them: going down from those of the flow would visit its whole history.
QString belongsTo(const QString &condition)
{
    return QStringLiteral("WITH RECURSIVE above (id, flow_id, parent_id) AS (SELECT id, flow_id, parent_id"
                          " FROM flow_executions WHERE parent_id IS NOT NULL AND %1"
                          " UNION SELECT a.id, a.flow_id, p.parent_id FROM above a"
                          " JOIN flow_executions p ON p.id = a.parent_id WHERE p.parent_id IS NOT NULL)"
                          " SELECT a.id, a.flow_id FROM above a JOIN flow_executions p ON p.id = a.parent_id"
                          " WHERE p.flow_id = ?")
        .arg(condition);
}

Result<QList<ExecutionId>> oldest(StorageConnection &connection, const FlowId &id)
{
    Statement statement(connection,
                        QStringLiteral("SELECT id FROM flow_executions WHERE flow_id = ? ORDER BY id LIMIT ?"));
    if (Result<void> done = statement.run(id, history_records::executionsAtOnce); !done)
        return done.error();
    return statement.integers();
}

Result<void> refuseUnfinished(StorageConnection &connection, const FlowId &id, const QSet<ExecutionId> &over)
{
    const Result<QList<ExecutionId>> executions = unfinished(connection, id);
    if (!executions)
        return executions.error();
    for (const ExecutionId execution : *executions) {
        if (!over.contains(execution))
            return Error{.code = ErrorCode::Conflict,
                         .reason =
                             tr("Flow '%1' cannot be deleted while execution %2 is running").arg(id).arg(execution)};
    }
    return {};
}

/// False when something is left for another step.
Result<bool> removeExecutions(WriteTransaction &transaction, const FlowId &id, const history_records::MayGo &mayGo)
{
    int budget = history_records::executionsAtOnce;
    for (;;) {
        const Result<QList<ExecutionId>> executions = oldest(transaction.connection, id);
        if (!executions || executions->isEmpty())
            return executions ? Result<bool>(true) : executions.error();
        for (const ExecutionId execution : *executions) {
            if (budget <= 0)
                return false;
            const Result<history_records::Removed> removed =
                history_records::removeTree(transaction, execution, mayGo, &budget);
            if (!removed)
                return removed.error();
            if (!removed->isOver)
                return false;
            if (removed->stays) {
                const Result<void> pinned = flow_removal::mayGo(transaction.connection, id);
                return pinned ? Result<bool>(false) : pinned.error();
            }
        }
    }
}

} // namespace

Result<QList<ExecutionId>> unfinished(StorageConnection &connection, const FlowId &id)
{
    Statement statement(connection, belongsTo(QStringLiteral("status IN ") + open) +
                                        QStringLiteral(" UNION SELECT id, flow_id FROM flow_executions"
                                                       " WHERE flow_id = ? AND status IN ") +
                                        open);
    if (Result<void> done = statement.run(id, id); !done)
        return done.error();
    return statement.integers();
}

QString countOfOthersSql()
{
    // Each stands below one of the flow's own, with others in between or none: where one of its own stands in between,
    // what is below that is counted from there.
    return QStringLiteral("WITH RECURSIVE below (id) AS (SELECT c.id FROM flow_executions p"
                          " JOIN flow_executions c ON c.parent_id = p.id WHERE p.flow_id = ? AND c.flow_id <> ?"
                          " UNION ALL SELECT c.id FROM below b JOIN flow_executions c ON c.parent_id = b.id"
                          " WHERE c.flow_id <> ?) SELECT count(*) FROM below");
}

Result<qint64> countOfOthers(StorageConnection &connection, const FlowId &id)
{
    Statement statement(connection, countOfOthersSql());
    if (Result<void> done = statement.run(id, id, id); !done)
        return done.error();
    if (const Result<bool> found = statement.next(); !found)
        return found.error();
    return statement.integer(0);
}

Result<void> mayGo(StorageConnection &connection, const FlowId &id)
{
    Statement statement(connection, belongsTo(QStringLiteral("pinned AND flow_id <> ?")) +
                                        QStringLiteral(" ORDER BY a.id LIMIT 1"));
    if (Result<void> done = statement.run(id, id); !done)
        return done;
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    if (!*found)
        return {};
    return Error{.code = ErrorCode::Conflict,
                 .reason = tr("Flow '%1' was not deleted: execution %2 of flow '%3', which belongs to one of its "
                              "executions, is pinned. Unpin it, then delete the flow again")
                               .arg(id)
                               .arg(statement.integer(0))
                               .arg(statement.text(1))};
}

Result<bool> step(WriteTransaction &transaction, const FlowId &id, const Whatever &whatever)
{
    if (!whatever.state) {
        if (Result<void> idle = refuseUnfinished(transaction.connection, id, whatever.over); !idle)
            return idle.error();
    }
    const Result<bool> empty = removeExecutions(transaction, id, [&](const history_records::Member &member) {
        return whatever.state || ((isFinished(member.status) || whatever.over.contains(member.id)) &&
                                  (!member.pinned || member.flowId == id));
    });
    if (!empty || !*empty)
        return empty;
    // The flow's totals go with it: what this step has changed must be in them.
    if (Result<void> written = transaction.counts.write(transaction.connection); !written)
        return written.error();
    const Result<void> removed = flow_records::remove(transaction, id);
    return removed ? Result<bool>(true) : removed.error();
}

} // namespace flow::flow_removal
