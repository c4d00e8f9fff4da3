// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlite_backend.h"

#include "storage/database_file.h"
#include "storage/sqlite_file.h"
#include "storage/storage_error.h"
#include "storage/storage_statement.h"

#include <QDateTime>
#include <QFileInfo>
#include <QSqlDatabase>

namespace flow {

namespace {

/// The check reads the whole file, about 500 MiB a second when it is in memory and far less from a cold disk: larger
/// files are only checked by their header, size and schema, and damage elsewhere is told when it is read.
constexpr qint64 largestCheckedBytes = 64 * 1024 * 1024;

} // namespace

SqliteBackend::SqliteBackend(const QString &file)
    : StorageBackend(file)
{
    Q_ASSERT(QFileInfo(file).isAbsolute());
}

Error SqliteBackend::error(const QSqlError &error) const
{
    return storageError(error, name());
}

Result<void> SqliteBackend::beforeOpening() const
{
    if (Result<void> named = checkOnlyName(name()); !named)
        return named;
    keepPrivate(name());
    return sqlite::checkSize(name());
}

QString SqliteBackend::driver() const
{
    return QStringLiteral("QSQLITE");
}

Result<void> SqliteBackend::checkDriver() const
{
    return {};
}

void SqliteBackend::describe(QSqlDatabase &database, Access access) const
{
    database.setDatabaseName(name());
    database.setConnectOptions(sqlite::connectOptions(access == Access::ReadOnly));
}

Result<void> SqliteBackend::configure(StorageConnection &connection, Access access) const
{
    return sqlite::configure(connection, access == Access::ReadOnly);
}

Result<void> SqliteBackend::check(StorageConnection &connection) const
{
    const Result<int> version = sqlite::schemaVersion(connection);
    if (!version)
        return version.error();
    if (*version == 0) { // while there are no tables yet; a file that is there already must not change
        if (Result<void> set = sqlite::useIncrementalVacuum(connection); !set)
            return set;
    }
    if (Result<void> logged = sqlite::useWriteAheadLog(connection); !logged)
        return logged;
    if (Result<void> writable = sqlite::checkWritable(connection); !writable)
        return writable;
    if (QFileInfo(name()).size() > largestCheckedBytes)
        return {};
    return sqlite::quickCheck(connection);
}

Result<void> SqliteBackend::beginWriting(StorageConnection &connection) const
{
    return sqlite::beginWriting(connection);
}

Result<void> SqliteBackend::beginReading(StorageConnection &connection) const
{
    return sqlite::beginReading(connection);
}

Result<void> SqliteBackend::commit(StorageConnection &connection, const CommitMark &) const
{
    return sqlite::commit(connection);
}

void SqliteBackend::rollback(StorageConnection &connection) const
{
    sqlite::rollback(connection);
}

Result<void> SqliteBackend::beginJob(StorageConnection &connection) const
{
    return Statement(connection, QStringLiteral("SAVEPOINT job")).run();
}

Result<void> SqliteBackend::undoJob(StorageConnection &connection) const
{
    return Statement(connection, QStringLiteral("ROLLBACK TO job")).run();
}

Result<void> SqliteBackend::endJob(StorageConnection &connection) const
{
    return Statement(connection, QStringLiteral("RELEASE job")).run();
}

Result<void> SqliteBackend::setDurable(StorageConnection &connection, bool durable) const
{
    return sqlite::setDurable(connection, durable);
}

Result<bool> SqliteBackend::wasCommitted(StorageConnection &, const CommitMark &) const
{
    return false; // a file is never lost: whoever asks has nothing committed
}

Result<int> SqliteBackend::schemaVersion(StorageConnection &connection) const
{
    return sqlite::schemaVersion(connection);
}

Result<void> SqliteBackend::setSchemaVersion(StorageConnection &connection, int version) const
{
    return sqlite::setSchemaVersion(connection, version);
}

QString SqliteBackend::schemaStatement(const QString &sql) const
{
    return sql;
}

/// `flows.db.backup-v1-20260110-155530`, with a further number where that is taken.
Result<void> SqliteBackend::backUp(StorageConnection &connection, int version) const
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    const QString target = QStringLiteral("%1.backup-v%2-%3").arg(name()).arg(version).arg(stamp);
    Result<void> done = sqlite::backup(connection, target, ExistingFile::Keep);
    for (int number = 2; !done && done.error().code == ErrorCode::Conflict; ++number)
        done = sqlite::backup(connection, QStringLiteral("%1-%2").arg(target).arg(number), ExistingFile::Keep);
    return done;
}

Result<void> SqliteBackend::afterMigrating(StorageConnection &connection) const
{
    return sqlite::vacuumForIncremental(connection);
}

Result<bool> SqliteBackend::giveBack(StorageConnection &connection, int pages) const
{
    return sqlite::giveBack(connection, pages);
}

Result<void> SqliteBackend::tidyUp(StorageConnection &connection) const
{
    return sqlite::emptyLog(connection);
}

Result<void> SqliteBackend::backUpTo(StorageConnection &connection, const QString &file, ExistingFile existing) const
{
    return sqlite::backup(connection, file, existing);
}

Result<QStringList> SqliteBackend::damage(StorageConnection &connection) const
{
    return sqlite::damage(connection);
}

Result<qint64> SqliteBackend::size(StorageConnection &connection) const
{
    return sqlite::size(connection);
}

Result<qint64> SqliteBackend::freeBytes(StorageConnection &connection) const
{
    return sqlite::freeBytes(connection);
}

} // namespace flow
