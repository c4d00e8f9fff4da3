// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/context_edits.h"

#include "base/clock.h"
#include "storage/execution_records.h"
#include "storage/storage_statement.h"
#include "storage/stored_json.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace flow::context_edits {

namespace {

const QString setKey = QStringLiteral("set");
const QString removeKey = QStringLiteral("remove");

QJsonObject toJson(const ContextEdit &edit)
{
    return {{setKey, edit.set}, {removeKey, QJsonArray::fromStringList(edit.removed)}};
}

ContextEdit fromJson(int sequence, const QJsonObject &changes)
{
    ContextEdit edit{sequence, changes.value(setKey).toObject(), {}};
    for (const QJsonValue &name : changes.value(removeKey).toArray())
        edit.removed.append(name.toString());
    return edit;
}

/// One change that says the same as both, one after the other.
ContextEdit joined(ContextEdit first, const ContextEdit &second)
{
    for (const QString &name : second.removed) {
        first.set.remove(name);
        if (!first.removed.contains(name))
            first.removed.append(name);
    }
    for (auto value = second.set.begin(); value != second.set.end(); ++value)
        first.set.insert(value.key(), *value);
    return first;
}

/// The number of the last attempt of an execution that is paused; 0 when it has none.
Result<int> lastAttempt(StorageConnection &connection, ExecutionId id)
{
    Statement statement(connection, QStringLiteral("SELECT e.status, (SELECT coalesce(max(t.sequence_number), 0)"
                                                   " FROM task_executions t WHERE t.flow_execution_id = e.id)"
                                                   " FROM flow_executions e WHERE e.id = ?"));
    if (Result<void> done = statement.run(id); !done)
        return done.error();
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    if (!*found)
        return execution_records::notFound(id);
    if (statement.text(0) != toString(ExecutionStatus::Paused))
        return Error{.code = ErrorCode::Conflict,
                     .reason = QCoreApplication::translate("ExecutionStore",
                                                           "Execution %1 is %2: only the context of one that is paused "
                                                           "can be changed")
                                   .arg(id)
                                   .arg(statement.text(0))};
    return int(statement.integer(1));
}

} // namespace

Result<void> add(WriteTransaction &transaction, ExecutionId id, const ContextEdit &edit)
{
    const Result<int> last = lastAttempt(transaction.connection, id);
    if (!last)
        return last.error();
    const Result<QList<ContextEdit>> before = read(transaction.connection, id);
    if (!before)
        return before.error();
    const bool isMore = !before->isEmpty() && before->last().afterSequence == *last;
    const Result<QString> changes = stored::jsonText(toJson(isMore ? joined(before->last(), edit) : edit));
    if (!changes)
        return changes.error();
    return Statement(transaction.connection,
                     QStringLiteral("INSERT INTO context_edits (flow_execution_id, sequence_number, changes, edited_at)"
                                    " VALUES (?, ?, ?, ?) ON CONFLICT (flow_execution_id, sequence_number) DO UPDATE"
                                    " SET changes = excluded.changes, edited_at = excluded.edited_at"))
        .run(id, *last, *changes, systemClock().now());
}

Result<QList<ContextEdit>> read(StorageConnection &connection, ExecutionId id)
{
    Statement statement(connection, QStringLiteral("SELECT sequence_number, changes FROM context_edits"
                                                   " WHERE flow_execution_id = ? ORDER BY sequence_number"));
    if (Result<void> done = statement.run(id); !done)
        return done.error();
    QList<ContextEdit> edits;
    for (Result<bool> more = statement.next();; more = statement.next()) {
        if (!more)
            return more.error();
        if (!*more)
            return edits;
        const Result<QJsonObject> changes = stored::jsonObject(statement.text(1), connection.file());
        if (!changes)
            return changes.error();
        edits.append(fromJson(int(statement.integer(0)), *changes));
    }
}

} // namespace flow::context_edits
