// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/execution_creation.h"

#include "base/clock.h"
#include "storage/flow_records.h"
#include "storage/storage_statement.h"

#include <QCoreApplication>

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

} // namespace

Result<ExecutionId> insertExecution(WriteTransaction &transaction, const Execution &execution, const QString &owner,
                                    const QString &inputText)
{
    const Result<void> known = checkRevision(transaction.connection, execution.flowId, execution.revision);
    if (!known)
        return known.error();
    Statement statement(
        transaction.connection,
        QStringLiteral("INSERT INTO flow_executions (flow_id, revision, owner, status, input_context, created_at)"
                       " VALUES (?, ?, ?, ?, ?, ?) RETURNING id"));
    const Result<void> done = statement.run(execution.flowId, execution.revision, present(owner),
                                            toString(execution.status), inputText, systemClock().now());
    if (!done && done.error().code == ErrorCode::UnknownReference)
        return flow_records::notFound(execution.flowId);
    if (!done)
        return done.error();
    if (const Result<bool> found = statement.next(); !found)
        return found.error();
    transaction.counts.add(execution.flowId, execution.status, 1);
    return statement.integer(0);
}

} // namespace flow
