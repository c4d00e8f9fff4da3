// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/migrations.h"

#include "storage/migration_1.h"
#include "storage/migration_2.h"
#include "storage/migration_3.h"
#include "storage/storage_connection.h"

#include <QCoreApplication>

namespace flow {

namespace {

/// The step itself, unless another program was faster.
Result<void> applyStep(StorageConnection &connection, const Migration &step)
{
    const Result<int> version = connection.backend().schemaVersion(connection);
    if (!version)
        return version.error();
    if (*version >= step.version)
        return {};
    for (const QString &statement : step.statements) {
        const QString sql = connection.backend().schemaStatement(statement);
        if (Result<void> done = sql.isEmpty() ? Result<void>() : connection.execute(sql); !done)
            return done;
    }
    return connection.backend().setSchemaVersion(connection, step.version);
}

Result<void> runStep(StorageConnection &connection, const Migration &step)
{
    if (Result<void> begun = connection.backend().beginWriting(connection); !begun)
        return begun;
    Result<void> done = applyStep(connection, step);
    if (done)
        done = connection.backend().commit(connection, {});
    if (!done)
        connection.backend().rollback(connection);
    return done;
}

} // namespace

QList<Migration> migrations()
{
    return {migration1(), migration2(), migration3()};
}

Result<int> checkVersion(StorageConnection &connection, const QList<Migration> &steps)
{
    const Result<int> version = connection.backend().schemaVersion(connection);
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
            if (Result<void> done = connection.backend().backUp(connection, step.version - 1); !done)
                return done;
        }
        if (Result<void> done = runStep(connection, step); !done)
            return done;
    }
    if (*version == 0 || *version == steps.last().version)
        return {};
    // It is whole without this, too; a full disk must not keep anybody from his data.
    if (const Result<void> done = connection.backend().afterMigrating(connection); !done)
        qInfo("flow.storage: %s", qUtf8Printable(done.error().text()));
    return {};
}

} // namespace flow
