// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/postgres_backend.h"

#include "storage/postgres_error.h"
#include "storage/storage_error.h"
#include "storage/storage_statement.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <QSqlDatabase>

namespace flow {

namespace {

/// Of the lock that a transaction that writes holds: "flowwrit" in ASCII.
constexpr qint64 writingLock = 0x666c6f7777726974;

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(StorageError)
};

// A server whose other end is gone gives up its locks after half a minute, and so does a program that stands still in
// the middle of a transaction.
const QString sessionSettings =
    QStringLiteral("SET client_min_messages = error; SET lock_timeout = '5s'; SET statement_timeout = 0;"
                   " SET idle_in_transaction_session_timeout = '60s'; SET standard_conforming_strings = on;"
                   " SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 3;"
                   " SELECT set_config('synchronous_commit', 'on', false)"
                   " WHERE current_setting('synchronous_commit') = 'off';"
                   " SET application_name = 'flow-manager'");

const QStringList ownTables{
    QStringLiteral("CREATE TABLE IF NOT EXISTS flow_schema (version INTEGER NOT NULL)"),
    QStringLiteral("CREATE TABLE IF NOT EXISTS storage_commits ("
                   " writer TEXT NOT NULL PRIMARY KEY,"
                   " number BIGINT NOT NULL,"
                   " committed_at TIMESTAMPTZ NOT NULL DEFAULT now())"),
    QStringLiteral("CREATE TABLE IF NOT EXISTS owner_requests ("
                   " execution_id BIGINT NOT NULL,"
                   " request TEXT NOT NULL,"
                   " PRIMARY KEY (execution_id, request))"),
    QStringLiteral("CREATE TABLE IF NOT EXISTS flow_deletions ("
                   " flow_id TEXT NOT NULL PRIMARY KEY,"
                   " owner TEXT NOT NULL)"),
};
const QString lastOwnTable = QStringLiteral("flow_deletions");

Result<QString> askOne(StorageConnection &connection, const QString &sql)
{
    Statement statement(connection, sql);
    if (Result<void> done = statement.run(); !done)
        return done.error();
    const Result<bool> row = statement.next();
    if (!row)
        return row.error();
    return *row ? statement.text(0) : QString();
}

} // namespace

PostgresBackend::PostgresBackend(const PostgresAddress &address)
    : StorageBackend(address.name())
    , m_address(address)
{
}

Error PostgresBackend::error(const QSqlError &error) const
{
    return postgresError(error, name());
}

Result<void> PostgresBackend::beforeOpening() const
{
    return {};
}

QString PostgresBackend::driver() const
{
    return QStringLiteral("QPSQL");
}

Result<void> PostgresBackend::checkDriver() const
{
    if (QSqlDatabase::isDriverAvailable(driver()))
        return {};
    return Error{.code = ErrorCode::Io,
                 .reason = Messages::tr("The driver for PostgreSQL is not installed. Install the package "
                                        "libqt6sql6-psql, then start this program again"),
                 .file = name()};
}

void PostgresBackend::describe(QSqlDatabase &database, Access) const
{
    database.setHostName(m_address.host);
    database.setPort(m_address.port);
    database.setDatabaseName(m_address.database);
    database.setUserName(m_address.user);
    database.setPassword(m_address.password);
    QString options = QStringLiteral("connect_timeout=5;keepalives_idle=10;keepalives_interval=5;keepalives_count=3;"
                                     "tcp_user_timeout=25000");
    if (!m_address.sslMode.isEmpty())
        options += QStringLiteral(";sslmode=") + m_address.sslMode;
    database.setConnectOptions(options);
}

Result<void> PostgresBackend::configure(StorageConnection &connection, Access access) const
{
    return connection.execute(access == Access::ReadOnly
                                  ? sessionSettings + QStringLiteral("; SET default_transaction_read_only = on")
                                  : sessionSettings);
}

Result<void> PostgresBackend::check(StorageConnection &connection) const
{
    const Result<QString> encoding = askOne(connection, QStringLiteral("SELECT current_setting('server_encoding')"));
    if (!encoding)
        return encoding.error();
    if (*encoding != QStringLiteral("UTF8"))
        return Error{.code = ErrorCode::Io,
                     .reason = Messages::tr("The database keeps text as %1, which has no room for all characters. "
                                            "Create one with the encoding UTF8 and name it in DATABASE_URL")
                                   .arg(*encoding),
                     .file = name()};
    if (Result<void> made = makeOwnTables(connection); !made)
        return made;
    // Left behind by programs that ended long ago.
    return connection.execute(
        QStringLiteral("DELETE FROM storage_commits WHERE committed_at < now() - interval '30 days'"));
}

Result<void> PostgresBackend::makeOwnTables(StorageConnection &connection) const
{
    const Result<QString> known = askOne(connection, QStringLiteral("SELECT to_regclass('%1')").arg(lastOwnTable));
    if (!known || !known->isEmpty()) // once they are there, nobody needs the right to make tables
        return known ? Result<void>() : known.error();
    if (Result<void> begun = beginWriting(connection); !begun)
        return begun;
    Result<void> done;
    for (qsizetype i = 0; done && i < ownTables.size(); ++i)
        done = connection.execute(ownTables[i]);
    if (done)
        done = commit(connection, {});
    if (!done)
        rollback(connection);
    return done;
}

Result<void> PostgresBackend::beginWriting(StorageConnection &connection) const
{
    const Result<void> begun = connection.execute(QStringLiteral("BEGIN ISOLATION LEVEL READ COMMITTED READ WRITE;"
                                                                 " SELECT pg_advisory_xact_lock(%1)")
                                                      .arg(writingLock));
    if (!begun)
        rollback(connection);
    return begun;
}

Result<void> PostgresBackend::beginReading(StorageConnection &connection) const
{
    return connection.execute(QStringLiteral("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"));
}

Result<void> PostgresBackend::commit(StorageConnection &connection, const CommitMark &mark) const
{
    const QString end = QStringLiteral("COMMIT");
    if (mark.writer.isEmpty())
        return connection.execute(end);
    return connection.execute(QStringLiteral("INSERT INTO storage_commits (writer, number) VALUES ('%1', %2)"
                                             " ON CONFLICT (writer) DO UPDATE"
                                             " SET number = excluded.number, committed_at = now(); ")
                                  .arg(mark.writer)
                                  .arg(mark.number) +
                              end);
}

void PostgresBackend::rollback(StorageConnection &connection) const
{
    if (!connection.isLost()) // otherwise the server has done it
        [[maybe_unused]]
        const Result<void> done = connection.execute(QStringLiteral("ROLLBACK"));
}

Result<void> PostgresBackend::beginJob(StorageConnection &connection) const
{
    return connection.execute(QStringLiteral("SAVEPOINT job"));
}

Result<void> PostgresBackend::undoJob(StorageConnection &connection) const
{
    return connection.execute(QStringLiteral("ROLLBACK TO job"));
}

Result<void> PostgresBackend::endJob(StorageConnection &connection) const
{
    return connection.execute(QStringLiteral("RELEASE job"));
}

Result<void> PostgresBackend::setDurable(StorageConnection &, bool) const
{
    return {}; // every commit waits for the server's disk
}

Result<bool> PostgresBackend::wasCommitted(StorageConnection &connection, const CommitMark &mark) const
{
    Statement statement(connection, QStringLiteral("SELECT number FROM storage_commits WHERE writer = ?"));
    if (Result<void> done = statement.run(mark.writer); !done)
        return done.error();
    const Result<bool> known = statement.next();
    if (!known)
        return known.error();
    return *known && statement.integer(0) >= mark.number;
}

Result<int> PostgresBackend::schemaVersion(StorageConnection &connection) const
{
    const Result<QString> tables = askOne(
        connection, QStringLiteral("SELECT CASE WHEN to_regclass('flow_schema') IS NOT NULL THEN 'ours'"
                                   " WHEN to_regclass('flows') IS NOT NULL OR to_regclass('flow_executions') IS NOT "
                                   "NULL THEN 'others' ELSE 'none' END"));
    if (!tables)
        return tables.error();
    if (*tables == QStringLiteral("none"))
        return 0;
    if (*tables == QStringLiteral("ours")) {
        const Result<QString> version =
            askOne(connection, QStringLiteral("SELECT coalesce(max(version), 0) FROM flow_schema"));
        return version ? Result<int>(version->toInt()) : version.error();
    }
    return Error{.code = ErrorCode::Corrupt,
                 .reason = Messages::tr("This database holds the flows of another program. Create a database for this "
                                        "one, and name it in DATABASE_URL"),
                 .file = name()};
}

Result<void> PostgresBackend::setSchemaVersion(StorageConnection &connection, int version) const
{
    return connection.execute(
        QStringLiteral("DELETE FROM flow_schema; INSERT INTO flow_schema (version) VALUES (%1)").arg(version));
}

QString PostgresBackend::schemaStatement(const QString &sql) const
{
    // Rows that move to a new table: the ids that were given away go on from the old one.
    static const QRegularExpression idsGoOn(
        QStringLiteral("^INSERT INTO sqlite_sequence \\(name, seq\\) SELECT '(\\w+)', seq FROM sqlite_sequence WHERE "
                       "name = '(\\w+)'$"));
    if (const QRegularExpressionMatch tables = idsGoOn.match(sql); tables.hasMatch())
        return QStringLiteral("SELECT setval(pg_get_serial_sequence('%1', 'id'),"
                              " pg_sequence_last_value(pg_get_serial_sequence('%2', 'id')::regclass))")
            .arg(tables.captured(1), tables.captured(2));
    if (sql.contains(QStringLiteral("sqlite_sequence")))
        return QString();
    return QString(sql).replace(QStringLiteral("INTEGER PRIMARY KEY AUTOINCREMENT"),
                                QStringLiteral("BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"));
}

Result<void> PostgresBackend::backUp(StorageConnection &, int) const
{
    return {}; // a step is one transaction with its changes of tables, and backups are the server's business
}

Result<void> PostgresBackend::afterMigrating(StorageConnection &) const
{
    return {};
}

Result<bool> PostgresBackend::giveBack(StorageConnection &, int) const
{
    return false; // the server's autovacuum does it
}

Result<void> PostgresBackend::tidyUp(StorageConnection &) const
{
    return {};
}

Result<void> PostgresBackend::backUpTo(StorageConnection &, const QString &, ExistingFile) const
{
    return Error{.code = ErrorCode::NotAllowed,
                 .reason = QCoreApplication::translate("StorageError", "A database on a server is backed up with the "
                                                                       "server's own tool, pg_dump"),
                 .file = name()};
}

Result<QStringList> PostgresBackend::damage(StorageConnection &) const
{
    return QStringList(); // the server looks after its files itself
}

Result<qint64> PostgresBackend::size(StorageConnection &connection) const
{
    Statement statement(connection, QStringLiteral("SELECT pg_database_size(current_database())"));
    if (Result<void> done = statement.run(); !done)
        return done.error();
    if (const Result<bool> found = statement.next(); !found)
        return found.error();
    return statement.integer(0);
}

Result<qint64> PostgresBackend::freeBytes(StorageConnection &) const
{
    return 0; // not told
}

} // namespace flow
