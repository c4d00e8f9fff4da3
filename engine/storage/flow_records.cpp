// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/flow_records.h"

#include "storage/flow_revisions.h"
#include "storage/storage_error.h"
#include "storage/storage_statement.h"
#include "storage/write_batch.h"

#include <QCoreApplication>

#include <algorithm>

namespace flow::flow_records {

namespace {

// What its newest execution did comes through the index (flow_id, id): one step for each flow of the page. Those of its
// own sub-flows, which have its id, do not count.
const QString columns = QStringLiteral(
    "SELECT f.id, f.name, f.description, f.start_task, f.is_active, f.version, f.created_at, f.updated_at, f.revision,"
    " e.status, e.started_at");
const QString withNewestExecution = QStringLiteral(
    " LEFT JOIN flow_executions e ON e.id = (SELECT max(n.id) FROM flow_executions n WHERE n.flow_id = f.id"
    " AND NOT EXISTS (SELECT 1 FROM flow_executions p WHERE p.id = n.parent_id AND p.flow_id = n.flow_id))");

Result<StoredFlow> fromRow(const Statement &row, const QString &file)
{
    StoredFlow flow;
    flow.file.flow.id = row.text(0);
    flow.file.flow.name = row.text(1);
    flow.file.flow.description = row.text(2);
    flow.file.flow.startTask = row.text(3);
    flow.isActive = row.boolean(4);
    flow.version = int(row.integer(5));
    flow.createdAt = row.time(6);
    flow.updatedAt = row.time(7);
    flow.revision = row.text(8);
    if (!row.isNull(9)) {
        flow.lastStatus = executionStatusFromString(row.text(9));
        if (!flow.lastStatus)
            return corruptError(file, QStringLiteral("status \"%1\"").arg(row.text(9)));
    }
    flow.lastExecutedAt = row.optionalTime(10);
    return flow;
}

Result<void> addToCount(StorageConnection &connection, bool isActive, int change)
{
    return Statement(connection, QStringLiteral("INSERT INTO flow_counts (is_active, flows) VALUES (?, ?)"
                                                " ON CONFLICT (is_active) DO UPDATE"
                                                " SET flows = flow_counts.flows + excluded.flows"))
        .run(isActive, change);
}

Result<void> storeVersion(StorageConnection &connection, const StoredFlow &flow, const EncodedFlow &encoded)
{
    const FlowId &id = flow.file.flow.id;
    if (Result<void> done = storeRevision(connection, id, encoded, KnownRevision::TakeLayout, flow.updatedAt); !done)
        return done;
    return Statement(connection,
                     QStringLiteral("INSERT INTO flow_versions (flow_id, version, revision, layout, saved_at)"
                                    " VALUES (?, ?, ?, ?, ?)"))
        .run(id, flow.version, encoded.revision, encoded.layout, flow.updatedAt);
}

} // namespace

Error notFound(const FlowId &id)
{
    return {.code = ErrorCode::NotFound,
            .reason = QCoreApplication::translate("FlowStore", "Flow '%1' not found").arg(id)};
}

Result<StoredFlow> read(StorageConnection &connection, const FlowId &id)
{
    Statement statement(connection,
                        columns +
                            QStringLiteral(", r.definition, v.layout FROM flows f"
                                           " JOIN flow_versions v ON v.flow_id = f.id AND v.version = f.version"
                                           " JOIN flow_revisions r ON r.id = f.revision") +
                            withNewestExecution + QStringLiteral(" WHERE f.id = ?"));
    if (Result<void> done = statement.run(id); !done)
        return done.error();
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    if (!*found)
        return notFound(id);
    Result<StoredFlow> flow = fromRow(statement, connection.file());
    if (!flow)
        return flow;
    const Result<Flow> definition = decodeFlow(statement.text(11), connection.file());
    if (!definition)
        return definition.error();
    const Result<Layout> layout = decodeLayout(statement.text(12), connection.file());
    if (!layout)
        return layout.error();
    flow->file = {*definition, *layout};
    return flow;
}

Result<std::optional<StoredFlow>> readSummary(StorageConnection &connection, const FlowId &id)
{
    Statement statement(connection, columns + QStringLiteral(" FROM flows f") + withNewestExecution +
                                        QStringLiteral(" WHERE f.id = ?"));
    if (Result<void> done = statement.run(id); !done)
        return done.error();
    const Result<bool> found = statement.next();
    if (!found)
        return found.error();
    if (!*found)
        return std::optional<StoredFlow>();
    const Result<StoredFlow> flow = fromRow(statement, connection.file());
    if (!flow)
        return flow.error();
    return std::optional(*flow);
}

QString pageSql(bool activeOnly)
{
    return columns + QStringLiteral(" FROM flows f") + withNewestExecution +
           (activeOnly ? QStringLiteral(" WHERE f.is_active = ?") : QString()) +
           QStringLiteral(" ORDER BY f.created_at DESC, f.id DESC LIMIT ? OFFSET ?");
}

Result<QList<StoredFlow>> readPage(StorageConnection &connection, const FlowQuery &query)
{
    const int perPage = std::clamp(query.perPage, 1, 1000);
    const qint64 offset = qint64(std::max(query.page, 1) - 1) * perPage;
    Statement statement(connection, pageSql(query.activeOnly));
    if (Result<void> done = query.activeOnly ? statement.run(true, perPage, offset) : statement.run(perPage, offset);
        !done)
        return done.error();
    QList<StoredFlow> flows;
    for (Result<bool> more = statement.next();; more = statement.next()) {
        if (!more)
            return more.error();
        if (!*more)
            return flows;
        const Result<StoredFlow> flow = fromRow(statement, connection.file());
        if (!flow)
            return flow.error();
        flows.append(*flow);
    }
}

Result<qint64> count(StorageConnection &connection, bool activeOnly)
{
    Statement statement(connection, QStringLiteral("SELECT coalesce(sum(flows), 0) FROM flow_counts") +
                                        (activeOnly ? QStringLiteral(" WHERE is_active = ?") : QString()));
    if (Result<void> done = activeOnly ? statement.run(true) : statement.run(); !done)
        return done.error();
    if (const Result<bool> found = statement.next(); !found)
        return found.error();
    return statement.integer(0);
}

Result<LibraryFlows> readNames(StorageConnection &connection)
{
    Statement statement(connection, QStringLiteral("SELECT id, name FROM flows"));
    if (Result<void> done = statement.run(); !done)
        return done.error();
    LibraryFlows flows;
    for (Result<bool> more = statement.next();; more = statement.next()) {
        if (!more)
            return more.error();
        if (!*more)
            return flows;
        flows.names.insert(statement.text(0), statement.text(1));
    }
}

Result<void> insert(WriteTransaction &transaction, const StoredFlow &flow, const EncodedFlow &encoded)
{
    const Flow &content = flow.file.flow;
    Result<void> done =
        Statement(transaction.connection,
                  QStringLiteral("INSERT INTO flows (id, name, description, start_task, is_active, version, created_at,"
                                 " updated_at, revision) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"))
            .run(content.id, content.name, content.description, content.startTask, flow.isActive, flow.version,
                 flow.createdAt, flow.updatedAt, flow.revision);
    if (!done && done.error().code == ErrorCode::Conflict)
        return Error{.code = ErrorCode::Conflict,
                     .reason =
                         QCoreApplication::translate("FlowStore", "Flow with id '%1' already exists").arg(content.id)};
    if (done)
        done = storeVersion(transaction.connection, flow, encoded);
    if (done)
        done = addToCount(transaction.connection, flow.isActive, 1);
    return done;
}

Result<void> update(WriteTransaction &transaction, const StoredFlow &before, const StoredFlow &after,
                    const EncodedFlow &encoded)
{
    const Flow &content = after.file.flow;
    Result<void> done =
        Statement(
            transaction.connection,
            QStringLiteral("UPDATE flows SET name = ?, description = ?, start_task = ?, is_active = ?, version = ?,"
                           " updated_at = ?, revision = ? WHERE id = ?"))
            .run(content.name, content.description, content.startTask, after.isActive, after.version, after.updatedAt,
                 after.revision, content.id);
    if (done)
        done = storeVersion(transaction.connection, after, encoded);
    if (done && before.isActive != after.isActive) {
        done = addToCount(transaction.connection, before.isActive, -1);
        if (done)
            done = addToCount(transaction.connection, after.isActive, 1);
    }
    return done;
}

Result<void> remove(WriteTransaction &transaction, const FlowId &id)
{
    StorageConnection &connection = transaction.connection;
    // Versions go by their foreign key.
    Statement flow(connection, QStringLiteral("DELETE FROM flows WHERE id = ? RETURNING is_active"));
    if (Result<void> done = flow.run(id); !done)
        return done;
    const Result<bool> found = flow.next();
    if (!found)
        return found.error();
    if (!*found)
        return notFound(id);
    const bool wasActive = flow.boolean(0);

    Result<void> done = Statement(connection, QStringLiteral("DELETE FROM flow_revisions WHERE flow_id = ?")).run(id);
    if (done)
        done = Statement(connection, QStringLiteral("UPDATE execution_counts SET executions = executions - coalesce("
                                                    "(SELECT c.executions FROM execution_counts c WHERE c.flow_id = ?"
                                                    " AND c.status = execution_counts.status), 0) WHERE flow_id = ''"))
                   .run(id);
    if (done)
        done = Statement(connection, QStringLiteral("DELETE FROM execution_counts WHERE flow_id = ?")).run(id);
    if (done)
        done = addToCount(connection, wasActive, -1);
    return done;
}

} // namespace flow::flow_records
