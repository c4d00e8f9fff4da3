// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/migrations.h"

#include "storage/migration_1.h"
#include "storage/migration_2.h"
#include "storage/sqlite_file.h"
#include "storage/storage_connection.h"

#include <QCoreApplication>
#include <QDateTime>

namespace flow {

namespace {

/// `flows.db.backup-v1-20260110-155530`, with a further number where that is taken.
Result<void> backUp(StorageConnection &connection, int version)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    const QString name = QStringLiteral("%1.backup-v%2-%3").arg(connection.file()).arg(version).arg(stamp);
    Result<void> done = sqlite::backup(connection, name);
    for (int number = 2; !done && done.error().code == ErrorCode::Conflict; ++number)
        done = sqlite::backup(connection, QStringLiteral("%1-%2").arg(name).arg(number));
    return done;
}

/// The step itself, unless another program was faster.
Result<void> applyStep(StorageConnection &connection, const Migration &step)
{
    const Result<int> version = sqlite::schemaVersion(connection);
    if (!version)
        return version.error();
    if (*version >= step.version)
        return {};
    for (const QString &sql : step.statements) {
        if (Result<void> done = connection.execute(sql); !done)
            return done;
    }
    return sqlite::setSchemaVersion(connection, step.version);
}

Result<void> runStep(StorageConnection &connection, const Migration &step)
{
    if (Result<void> begun = sqlite::beginWriting(connection); !begun)
        return begun;
    Result<void> done = applyStep(connection, step);
    if (done)
        done = sqlite::commit(connection);
    if (!done)
        sqlite::rollback(connection);
    return done;
}

} // namespace

QList<Migration> migrations()
{
    return {migration1(), migration2()};
}

Result<int> checkVersion(StorageConnection &connection, const QList<Migration> &steps)
{
    const Result<int> version = sqlite::schemaVersion(connection);
    if (!version)
        return version;
    const int newest = steps.last().version;
    if (*version > newest)
        return Error{.code = ErrorCode::NewerSchema,
                     .reason =
                         QCoreApplication::translate(
                             "StorageError",
                             "A newer version of this program has written the database (its format is %1, this "
                             "version knows %2). Install the newer version, or choose another folder with --data-dir")
                             .arg(*version)
                             .arg(newest),
                     .file = connection.file()};
    return version;
}

Result<void> migrate(StorageConnection &connection, const QList<Migration> &steps)
{
    const Result<int> version = checkVersion(connection, steps);
    if (!version)
        return version.error();
    for (const Migration &step : steps) {
        if (step.version <= *version)
            continue;
        if (*version > 0) {
            if (Result<void> done = backUp(connection, step.version - 1); !done)
                return done;
        }
        if (Result<void> done = runStep(connection, step); !done)
            return done;
    }
    return {};
}

} // namespace flow
