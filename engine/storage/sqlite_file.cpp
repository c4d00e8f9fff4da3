// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/sqlite_file.h"

#include "storage/backup_target.h"
#include "storage/storage_error.h"
#include "storage/storage_statement.h"

#include <QCoreApplication>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryFile>

#include <algorithm>

using std::chrono::milliseconds;

namespace flow::sqlite {

namespace {

constexpr int busyMilliseconds = 5000;
/// "flow" in ASCII, in the file's header: tells our files from those of other programs.
constexpr qint64 applicationId = 0x666c6f77;

Result<void> executeAll(StorageConnection &connection, const QStringList &statements)
{
    for (const QString &sql : statements) {
        if (Result<void> done = connection.execute(sql); !done)
            return done;
    }
    return {};
}

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

/// Two or four bytes of the file's header, which is big-endian.
qint64 headerNumber(const QByteArray &header, qsizetype position, qsizetype bytes)
{
    qint64 number = 0;
    for (qsizetype i = position; i < position + bytes; ++i)
        number = number * 256 + quint8(header[i]);
    return number;
}

} // namespace

Result<void> checkSize(const QString &name)
{
    constexpr qsizetype headerBytes = 100;
    QFile file(name);
    if (QFileInfo(name + QStringLiteral("-wal")).size() > 0 || !file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray header = file.read(headerBytes);
    if (header.size() < headerBytes || !header.startsWith("SQLite format 3"))
        return {}; // not for us to judge
    const qint64 pageBytes = headerNumber(header, 16, 2) == 1 ? 65536 : headerNumber(header, 16, 2);
    const qint64 changes = headerNumber(header, 24, 4);
    const qint64 pages = headerNumber(header, 92, 4) == changes ? headerNumber(header, 28, 4) : 0;
    if (pageBytes >= 512 && (file.size() % pageBytes != 0 || file.size() < pages * pageBytes))
        return corruptError(name, QCoreApplication::translate("StorageError", "it was cut off"));
    return {};
}

QString connectOptions(bool readOnly)
{
    const QString options = QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyMilliseconds);
    return readOnly ? options + QStringLiteral(";QSQLITE_OPEN_READONLY") : options;
}

Result<void> configure(StorageConnection &connection, bool readOnly)
{
    QStringList pragmas{QStringLiteral("PRAGMA busy_timeout = %1").arg(busyMilliseconds),
                        QStringLiteral("PRAGMA foreign_keys = ON"), QStringLiteral("PRAGMA temp_store = MEMORY")};
    // The limit is the connection's, not the file's: what the log grows to beyond it goes once it is written back.
    pragmas.append(readOnly ? QStringLiteral("PRAGMA query_only = ON")
                            : QStringLiteral("PRAGMA journal_size_limit = 67108864"));
    return executeAll(connection, pragmas);
}

Result<void> useWriteAheadLog(StorageConnection &connection)
{
    // Changing the mode does not wait for others as other statements do, and two programs may begin at the same moment.
    if (Result<void> set =
            connection.executePatiently(QStringLiteral("PRAGMA journal_mode = WAL"), milliseconds(busyMilliseconds));
        !set)
        return set;
    const Result<QString> mode = askOne(connection, QStringLiteral("PRAGMA journal_mode"));
    if (!mode)
        return mode.error();
    if (*mode != QStringLiteral("wal"))
        return Error{.code = ErrorCode::Io,
                     .reason = QCoreApplication::translate(
                                   "StorageError",
                                   "The database cannot keep a log for writing on this disk (mode \"%1\"). Choose a "
                                   "folder on a local disk with --data-dir")
                                   .arg(*mode),
                     .file = connection.file()};
    return {};
}

Result<void> setDurable(StorageConnection &connection, bool durable)
{
    return connection.execute(durable ? QStringLiteral("PRAGMA synchronous = FULL")
                                      : QStringLiteral("PRAGMA synchronous = NORMAL"));
}

Result<void> beginWriting(StorageConnection &connection)
{
    return Statement(connection, QStringLiteral("BEGIN IMMEDIATE")).run();
}

Result<void> beginReading(StorageConnection &connection)
{
    return Statement(connection, QStringLiteral("BEGIN")).run();
}

Result<void> commit(StorageConnection &connection)
{
    return Statement(connection, QStringLiteral("COMMIT")).run();
}

void rollback(StorageConnection &connection)
{
    // After some errors SQLite has already rolled back and says that there is nothing to do: that is what we want.
    [[maybe_unused]] const Result<void> done = Statement(connection, QStringLiteral("ROLLBACK")).run();
}

Result<void> checkWritable(StorageConnection &connection)
{
    if (Result<void> begun = beginWriting(connection); !begun)
        return begun;
    rollback(connection);
    return {};
}

Result<void> quickCheck(StorageConnection &connection)
{
    const Result<QString> verdict = askOne(connection, QStringLiteral("PRAGMA quick_check(1)"));
    if (!verdict)
        return verdict.error();
    if (*verdict != QStringLiteral("ok"))
        return corruptError(connection.file(), verdict->simplified());
    return {};
}

Result<int> schemaVersion(StorageConnection &connection)
{
    // One statement, so that another program that makes the tables at this moment is seen before or after it, not in
    // between.
    Statement statement(connection,
                        QStringLiteral("SELECT a.application_id, v.user_version, (SELECT count(*) FROM sqlite_schema)"
                                       " FROM pragma_application_id a, pragma_user_version v"));
    if (Result<void> done = statement.run(); !done)
        return done.error();
    if (const Result<bool> row = statement.next(); !row)
        return row.error();
    const qint64 application = statement.integer(0);
    if (application == applicationId)
        return int(statement.integer(1));
    if (application == 0 && statement.integer(2) == 0)
        return 0;
    return Error{.code = ErrorCode::Corrupt,
                 .reason = QCoreApplication::translate(
                     "StorageError",
                     "This database belongs to another program. Choose another file with DATABASE_URL, or "
                     "another folder with --data-dir"),
                 .file = connection.file()};
}

Result<void> setSchemaVersion(StorageConnection &connection, int version)
{
    return executeAll(connection, {QStringLiteral("PRAGMA application_id = %1").arg(applicationId),
                                   QStringLiteral("PRAGMA user_version = %1").arg(version)});
}

Result<void> useIncrementalVacuum(StorageConnection &connection)
{
    return connection.execute(QStringLiteral("PRAGMA auto_vacuum = INCREMENTAL"));
}

Result<void> vacuumForIncremental(StorageConnection &connection)
{
    const Result<QString> mode = askOne(connection, QStringLiteral("PRAGMA auto_vacuum"));
    if (!mode)
        return mode.error();
    if (mode->toInt() == 2)
        return {};
    return executeAll(connection, {QStringLiteral("PRAGMA auto_vacuum = INCREMENTAL"), QStringLiteral("VACUUM")});
}

Result<bool> giveBack(StorageConnection &connection, int pages)
{
    const Result<QString> free = askOne(connection, QStringLiteral("PRAGMA freelist_count"));
    if (!free)
        return free.error();
    const Result<QString> mode = askOne(connection, QStringLiteral("PRAGMA auto_vacuum"));
    if (!mode)
        return mode.error();
    if (free->toLongLong() == 0 || mode->toInt() != 2)
        return false;
    const qint64 most = std::min<qint64>(free->toLongLong(), pages);
    for (qint64 page = 0; page < most; ++page) { // Qt steps once, and each step frees one page
        Statement statement(connection, QStringLiteral("PRAGMA incremental_vacuum(1)"));
        if (Result<void> done = statement.run(); !done)
            return done.error();
    }
    return free->toLongLong() > pages;
}

Result<void> emptyLog(StorageConnection &connection)
{
    // It would take the lock for writing first, and then wait for who reads: nobody could write meanwhile.
    if (Result<void> set = connection.execute(QStringLiteral("PRAGMA busy_timeout = 0")); !set)
        return set;
    return Statement(connection, QStringLiteral("PRAGMA wal_checkpoint(TRUNCATE)")).run();
}

Result<QStringList> damage(StorageConnection &connection)
{
    QStringList lines;
    for (const char *pragma : {"PRAGMA integrity_check(100)", "PRAGMA foreign_key_check"}) {
        Statement statement(connection, QString::fromLatin1(pragma));
        if (Result<void> done = statement.run(); !done)
            return done.error();
        for (Result<bool> more = statement.next(); lines.size() < 100; more = statement.next()) {
            if (!more)
                return more.error();
            if (!*more)
                break;
            if (statement.text(0) != QStringLiteral("ok"))
                lines.append(statement.text(0).simplified());
        }
    }
    return lines;
}

Result<qint64> size(StorageConnection &connection)
{
    const Result<QString> bytes =
        askOne(connection, QStringLiteral("SELECT p.page_count * s.page_size FROM pragma_page_count p,"
                                          " pragma_page_size s"));
    return bytes ? Result<qint64>(bytes->toLongLong()) : bytes.error();
}

Result<qint64> freeBytes(StorageConnection &connection)
{
    const Result<QString> bytes =
        askOne(connection, QStringLiteral("SELECT f.freelist_count * s.page_size FROM pragma_freelist_count f,"
                                          " pragma_page_size s"));
    return bytes ? Result<qint64>(bytes->toLongLong()) : bytes.error();
}

Result<void> copyInto(StorageConnection &connection, const QString &emptyFile)
{
    // One that only reads may not write anything otherwise, not even another file.
    if (Result<void> allowed = connection.execute(QStringLiteral("PRAGMA query_only = OFF")); !allowed)
        return allowed;
    return Statement(connection, QStringLiteral("VACUUM INTO ?")).run(emptyFile);
}

Result<void> backup(StorageConnection &connection, const QString &target, ExistingFile existing)
{
    const Result<QString> file = backupTarget(connection.file(), target, existing);
    if (!file)
        return file.error();
    // Under another name until it is whole, so that nobody ever takes half of one for a backup; one that is free, so
    // that what a program left behind that was killed is in nobody's way. SQLite takes an empty file as its target, so
    // the permissions are right from the first byte.
    QTemporaryFile unfinished(*file + QStringLiteral(".XXXXXX.part"));
    if (!unfinished.open())
        return Error{.code = ErrorCode::Io,
                     .reason = QCoreApplication::translate("BackupTarget",
                                                           "No file can be made in its folder (%1). Look whether you "
                                                           "may write there, or choose another")
                                   .arg(unfinished.errorString()),
                     .file = target};
    unfinished.close();
    if (Result<void> copied = copyInto(connection, unfinished.fileName()); !copied) {
        Error error = copied.error();
        if (error.code == ErrorCode::Full || error.code == ErrorCode::Io)
            error.file = target;
        return error;
    }
    if (Result<void> named = putBackupInPlace(unfinished.fileName(), *file, existing); !named)
        return named;
    unfinished.setAutoRemove(false);
    return {};
}

} // namespace flow::sqlite
