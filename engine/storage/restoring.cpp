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
#include <QDir>
#include <QFileInfo>
#include <QTemporaryFile>

#include <algorithm>
#include <filesystem>

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
    if (Result<void> there = lookForBackup(backup); !there)
        return there;
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

/// What holds commits that are not in the file yet.
const QStringList &logs()
{
    static const QStringList suffixes{QStringLiteral("-wal"), QStringLiteral("-journal")};
    return suffixes;
}

bool isThere(const QString &database)
{
    return QFileInfo(database).size() > 0 || std::any_of(logs().begin(), logs().end(), [&](const QString &suffix) {
               return QFileInfo::exists(database + suffix);
           });
}

Error inTheWay(const QString &log, const QString &ownLog)
{
    return refusal(ErrorCode::Io,
                   tr("Restoring a backup was cut off, and another program has written this log since, so that the "
                      "database does not get its own one back (%1). Close that program, move this log to another "
                      "folder, then try again")
                       .arg(ownLog),
                   log);
}

Result<void> giveBack(const QString &ownLog, const QString &log)
{
    Result<void> given = renameFile(ownLog, log);
    if (!given && QFileInfo::exists(log)) {
        // Whoever only looks at a database without its log leaves an empty one.
        given = QFileInfo(log).size() > 0 ? inTheWay(log, ownLog) : replaceFile(ownLog, log);
    }
    return given || !QFileInfo::exists(ownLog) ? Result<void>() : given; // another program may be faster
}

/// The second name goes only once the log is back: by the other one it would be lost.
Result<void> takeBack(const QString &database, const QString &old)
{
    for (const QString &suffix : logs()) {
        if (Result<void> given = giveBack(old + suffix, database + suffix); !given)
            return given;
    }
    removeFile(old);
    return {};
}

/// The file gets a second name before its log gets another one: until the new one takes its place nobody opens it
/// without its log.
Result<void> setAside(const QString &database, const QString &old)
{
    if (Result<void> named = giveSecondName(database, old); !named)
        return named;
    for (const QString &suffix : logs()) {
        if (!QFileInfo::exists(database + suffix))
            continue;
        if (Result<void> moved = renameFile(database + suffix, old + suffix); !moved) {
            (void)takeBack(database, old); // whoever opens it tries again, and says why not
            return moved;
        }
    }
    removeFile(database + QStringLiteral("-shm")); // the index of the log, which is made anew from it
    // If the power went now, the new one must not come to lie beside this log.
    Result<void> kept = syncFolderOf(database);
    if (!kept)
        (void)takeBack(database, old);
    return kept;
}

Error notOnDisk(const QString &database, const QString &old)
{
    const QString kept =
        old.isEmpty() ? QString() : tr("The database that was there is kept as %1").arg(old) + QStringLiteral(". ");
    return refusal(ErrorCode::Io,
                   tr("The backup is in place, but the disk may lose it when the power goes. %1Look at the disk, then "
                      "restore it again")
                       .arg(kept),
                   database);
}

} // namespace

Result<void> lookForBackup(const QString &backup)
{
    const QFileInfo info(backup);
    if (!info.exists())
        return refusal(ErrorCode::NotFound, tr("There is no such file"), backup);
    if (!info.isFile())
        return refusal(ErrorCode::Io, tr("This is not a file. Name the backup itself"), backup);
    return {};
}

Result<PutBack> putBackupBack(const QString &backup, const QString &database)
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

    const QString old = isThere(database) ? nameForOld(database) : QString();
    if (Result<void> aside = old.isEmpty() ? Result<void>() : setAside(database, old); !aside)
        return aside.error();
    if (Result<void> placed = replaceFile(copy.fileName(), database); !placed) {
        if (!old.isEmpty())
            (void)takeBack(database, old);
        return placed.error();
    }
    copy.setAutoRemove(false);
    Result<void> kept = syncFolderOf(database);
    return PutBack{.old = old, .isOnDisk = kept ? kept : notOnDisk(database, old)};
}

Result<void> undoRestoring(const QString &database)
{
    const QFileInfo file(database);
    const QString prefix = file.fileName() + QStringLiteral(".replaced-");
    for (const QFileInfo &other : file.dir().entryInfoList(QDir::Files)) {
        std::error_code unknown;
        if (!other.fileName().startsWith(prefix) ||
            !std::filesystem::equivalent(file.filesystemFilePath(), other.filesystemFilePath(), unknown))
            continue;
        if (Result<void> back = takeBack(database, other.absoluteFilePath()); !back)
            return back;
    }
    return {};
}

} // namespace flow
