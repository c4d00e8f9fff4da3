// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/execution_creation.h"

#include "base/clock.h"
#include "storage/execution_records.h"
#include "storage/flow_records.h"
#include "storage/journal_records.h"
#include "storage/storage_statement.h"

#include <QCoreApplication>
#include <QJsonDocument>

namespace flow {

namespace {

Result<void> checkRevision(StorageConnection &connection, const FlowId &flowId, const RevisionId &revision)
{
    Statement statement(connection, QStringLiteral("SELECT 1 FROM flow_revisions WHERE id = ? AND flow_id = ?"));
    if (Result<void> done = statement.run(revision, flowId); !done)
        return done;
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    if (!*found)
        return Error{.code = ErrorCode::NotFound,
                     .reason = QCoreApplication::translate("ExecutionStore", "Revision '%1' of flow '%2' not found")
                                   .arg(revision, flowId)};
    return {};
}

QString breakpointText(const QList<Breakpoint> &breakpoints)
{
    if (breakpoints.isEmpty())
        return {};
    return QString::fromUtf8(QJsonDocument(toJson(breakpoints)).toJson(QJsonDocument::Compact));
}

/// Takes over what has ended, and what a person changed in between.
Result<void> reuseAttempts(WriteTransaction &transaction, ExecutionId from, ExecutionId to, int upTo)
{
    // Retention may have removed it since it was read: without its results the new one would begin in the dark.
    if (const Result<Execution> old = execution_records::read(transaction.connection, from); !old)
        return old.error();
    Result<void> done =
        Statement(transaction.connection,
                  QStringLiteral("INSERT INTO task_executions (flow_execution_id, task_name, task_description,"
                                 " sequence_number, attempt, status, output_data, error_message, decided_by, next_task,"
                                 " started_at, completed_at, duration_seconds, origin, on_loss)"
                                 " SELECT ?, task_name, task_description, sequence_number, attempt, status,"
                                 " output_data, error_message, decided_by, next_task, started_at, completed_at,"
                                 " duration_seconds, 'reused', on_loss FROM task_executions"
                                 " WHERE flow_execution_id = ? AND sequence_number <= ?"
                                 " AND status IN ('success', 'failure') ORDER BY sequence_number"))
            .run(to, from, upTo);
    if (done)
        done = Statement(transaction.connection,
                         QStringLiteral("INSERT INTO context_edits (flow_execution_id, sequence_number, changes,"
                                        " edited_at) SELECT ?, sequence_number, changes, edited_at FROM context_edits"
                                        " WHERE flow_execution_id = ? AND sequence_number <= ?"))
                   .run(to, from, upTo);
    return done;
}

/// A program that was taken for dead, and whose execution goes on elsewhere, must start nothing more for it: whether it
/// may is asked by the statement that starts it.
QString insertion(bool hasParent)
{
    const QString values = QStringLiteral("?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?");
    const QString rows = hasParent ? QStringLiteral("SELECT %1 FROM flow_executions"
                                                    " WHERE id = ? AND owner = ? AND status = 'running'")
                                   : QStringLiteral("VALUES (%1)");
    return QStringLiteral("INSERT INTO flow_executions (flow_id, revision, owner, status, input_context, created_at,"
                          " parent_id, parent_sequence, parent_index, depth, resumed_from, start_task, single_task,"
                          " recoverable, breakpoints) ") +
           rows.arg(values) + QStringLiteral(" RETURNING id");
}

} // namespace

Result<ExecutionId> insertExecution(WriteTransaction &transaction, const Execution &execution, const QString &owner,
                                    const QString &inputText, const ExecutionBeginning &beginning)
{
    const Result<void> known = checkRevision(transaction.connection, execution.flowId, execution.revision);
    if (!known)
        return known.error();
    Statement statement(transaction.connection, insertion(execution.parent.has_value()));
    const auto ofParent = [&](auto member) {
        return execution.parent ? std::optional<qint64>((*execution.parent).*member) : std::nullopt;
    };
    const auto run = [&](const auto &...fence) {
        return statement.run(execution.flowId, execution.revision, present(owner), toString(execution.status),
                             inputText, systemClock().now(), ofParent(&ExecutionParent::id),
                             ofParent(&ExecutionParent::sequenceNumber), ofParent(&ExecutionParent::index),
                             execution.depth, execution.resumedFrom, execution.startTask, execution.singleTask,
                             beginning.recoverable, breakpointText(beginning.breakpoints), fence...);
    };
    const Result<void> done = execution.parent ? run(execution.parent->id, present(owner)) : run();
    if (!done && done.error().code == ErrorCode::UnknownReference)
        return flow_records::notFound(execution.flowId);
    if (!done)
        return done.error();
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    if (!*found)
        return journal_records::refusal(transaction.connection, owner, execution.parent->id);
    transaction.counts.add(execution.flowId, execution.status, 1);
    const ExecutionId id = statement.integer(0);
    if (execution.resumedFrom && beginning.reusedUpTo > 0) {
        if (Result<void> copied = reuseAttempts(transaction, *execution.resumedFrom, id, beginning.reusedUpTo); !copied)
            return copied.error();
    }
    return id;
}

} // namespace flow
