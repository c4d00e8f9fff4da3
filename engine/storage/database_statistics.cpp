// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database_statistics.h"

#include "storage/database.h"
#include "storage/storage_reader.h"
#include "storage/storage_statement.h"
#include "storage/storage_writer.h"

#include <algorithm>

namespace flow {

namespace {

Result<qint64> number(StorageConnection &connection, const char *sql)
{
    Statement statement(connection, QString::fromLatin1(sql));
    if (Result<void> done = statement.run(); !done)
        return done.error();
    if (const Result<bool> found = statement.next(); !found)
        return found.error();
    return statement.integer(0);
}

Result<void> readFlows(StorageConnection &connection, QMap<FlowId, FlowStats> *flows)
{
    Statement statement(connection, QStringLiteral("SELECT flow_id, status, count(*), coalesce(sum(stored_bytes), 0),"
                                                   " min(created_at), max(created_at) FROM flow_executions"
                                                   " GROUP BY flow_id, status"));
    if (Result<void> done = statement.run(); !done)
        return done;
    for (Result<bool> more = statement.next();; more = statement.next()) {
        if (!more)
            return more.error();
        if (!*more)
            return {};
        FlowStats &stats = (*flows)[statement.text(0)];
        stats.executions[executionStatusFromString(statement.text(1)).value_or(ExecutionStatus::Failure)] +=
            statement.integer(2);
        stats.bytes += statement.integer(3);
        const Timestamp oldest = statement.time(4);
        const Timestamp newest = statement.time(5);
        stats.oldest = stats.oldest ? std::min(*stats.oldest, oldest) : oldest;
        stats.newest = stats.newest ? std::max(*stats.newest, newest) : newest;
    }
}

} // namespace

Result<DatabaseStats> statistics(Database &database)
{
    return database.reader().read([](StorageConnection &connection) -> Result<DatabaseStats> {
        DatabaseStats stats;
        stats.name = connection.file();
        if (Result<void> flows = readFlows(connection, &stats.perFlow); !flows)
            return flows.error();
        const std::pair<qint64 *, Result<qint64>> numbers[] = {
            {&stats.bytes, connection.backend().size(connection)},
            {&stats.freeBytes, connection.backend().freeBytes(connection)},
            {&stats.flows, number(connection, "SELECT count(*) FROM flows")},
            {&stats.revisions, number(connection, "SELECT count(*) FROM flow_revisions")},
            {&stats.pinned, number(connection, "SELECT count(*) FROM flow_executions WHERE pinned")}};
        for (const auto &[field, value] : numbers) {
            if (!value)
                return value.error();
            *field = *value;
        }
        return stats;
    });
}

Result<void> copyTo(Database &database, const QString &file, ExistingFile existing)
{
    database.writer().settle();
    const Result<std::unique_ptr<StorageConnection>> connection =
        StorageConnection::open(storageBackend(database.location()), StorageConnection::Mode::ReadWrite);
    if (!connection)
        return connection.error();
    return (*connection)->backend().backUpTo(**connection, file, existing);
}

} // namespace flow
