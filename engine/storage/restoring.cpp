// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/restoring.h"

#include "storage/backup_target.h"
#include "storage/database_file.h"
#include "storage/migrations.h"
#include "storage/sqlite_backend.h"
#include "storage/sqlite_file.h"
#include "storage/storage_connection.h"

#include <QCoreApplication>
#include <QDateTime>
#include <QFileInfo>
#include <QTemporaryFile>

namespace flow {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Restoring", text);
}

Error refusal(ErrorCode code, const QString &reason, const QString &file)
{
    return {.code = code, .reason = reason, .file = file};
}

Result<void> checkSource(const QString &backup, const QString &database)
{
    const QFileInfo info(backup);
    if (!info.exists())
        return refusal(ErrorCode::NotFound, tr("There is no such file"), backup);
    if (!info.isFile())
        return refusal(ErrorCode::Io, tr("This is not a file. Name the backup itself"), backup);
    if (belongsTo(database, backup))
        return refusal(ErrorCode::NotAllowed,
                       tr("This is the database itself, or a file that belongs to it. Name a backup"), backup);
    return {};
}

Result<void> copyWhole(StorageConnection &source, const QString &copy)
{
    const Result<int> version = checkVersion(source, migrations());
    if (!version)
        return version.error();
    if (*version == 0)
        return refusal(ErrorCode::Corrupt, {}, source.file());
    if (Result<void> whole = sqlite::quickCheck(source); !whole)
        return whole;
    return sqlite::copyInto(source, copy);
}

Result<void> openAndCopy(const QString &backup, const QString &copy)
{
    if (Result<void> uncut = sqlite::checkSize(backup); !uncut)
        return uncut;
    const Result<std::unique_ptr<StorageConnection>> source =
        StorageConnection::open(std::make_shared<SqliteBackend>(backup), StorageConnection::Mode::ReadOnly);
    return source ? copyWhole(**source, copy) : source.error();
}

/// Into a file that is there and empty.
Result<void> copyBackup(const QString &backup, const QString &copy)
{
    Result<void> copied = openAndCopy(backup, copy);
    // What is said of a damaged database ends with the advice to put a backup in its place.
    if (!copied && copied.error().code == ErrorCode::Corrupt)
        return refusal(ErrorCode::Corrupt,
                       tr("This is not a backup of this program, or it is damaged. Choose another one"), backup);
    return copied ? syncFile(copy) : copied;
}

/// `flows.db.replaced-20260110-155530`, with a further number where that is taken.
QString nameForOld(const QString &database)
{
    const QString stamp = QDateTime::currentDateTimeUtc().toString(QStringLiteral("yyyyMMdd-HHmmss"));
    const QString name = QStringLiteral("%1.replaced-%2").arg(database, stamp);
    QString free = name;
    for (int number = 2; QFileInfo::exists(free); ++number)
        free = QStringLiteral("%1-%2").arg(name).arg(number);
    return free;
}

void takeBack(const QString &database, const QString &old)
{
    for (const QString &suffix : {QStringLiteral("-wal"), QStringLiteral("-journal")})
        renameFile(old + suffix, database + suffix).ok();
    removeFile(old);
}

/// The file gets a second name before its log gets another one: until the new one takes its place nobody opens it
/// without its log.
Result<void> setAside(const QString &database, const QString &old)
{
    if (Result<void> named = giveSecondName(database, old); !named)
        return named;
    for (const QString &suffix : {QStringLiteral("-wal"), QStringLiteral("-journal")}) {
        if (!QFileInfo::exists(database + suffix))
            continue;
        if (Result<void> moved = renameFile(database + suffix, old + suffix); !moved) {
            takeBack(database, old);
            return moved;
        }
    }
    removeFile(database + QStringLiteral("-shm")); // the index of the log, which is made anew from it
    return {};
}

} // namespace

Result<QString> putBackupBack(const QString &backup, const QString &database)
{
    if (Result<void> good = checkSource(backup, database); !good)
        return good.error();
    QTemporaryFile copy(database + QStringLiteral(".XXXXXX.part"));
    if (!copy.open())
        return refusal(ErrorCode::Io,
                       tr("No file can be made beside the database (%1). Look whether you may write there and whether "
                          "the disk is full")
                           .arg(copy.errorString()),
                       database);
    copy.close();
    if (Result<void> copied = copyBackup(backup, copy.fileName()); !copied)
        return copied.error();

    const bool isEmpty = QFileInfo(database).size() == 0;
    const QString old = isEmpty ? QString() : nameForOld(database);
    if (Result<void> aside = isEmpty ? Result<void>() : setAside(database, old); !aside)
        return aside.error();
    if (Result<void> placed = replaceFile(copy.fileName(), database); !placed) {
        if (!isEmpty)
            takeBack(database, old);
        return placed.error();
    }
    copy.setAutoRemove(false);
    if (Result<void> kept = syncFolderOf(database); !kept)
        return kept.error();
    return old;
}

} // namespace flow
