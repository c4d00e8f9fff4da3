// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storage_error.h"

#include "storage/backup_target.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QStorageInfo>

namespace flow {

Q_LOGGING_CATEGORY(lcStorage, "flow.storage", QtInfoMsg)

namespace {

// Result codes of SQLite; the lower byte is the kind, the whole number says more.
enum Kind {
    Busy = 5,
    Locked = 6,
    NoMemory = 7,
    ReadOnly = 8,
    IoFailure = 10,
    Damaged = 11,
    DiskFull = 13,
    CannotOpen = 14,
    TooBig = 18,
    Constraint = 19,
    NoPermission = 23,
    NotADatabase = 26
};
enum Extended { CheckFailed = 275, ForeignKey = 787, NotNull = 1299, PrimaryKey = 1555, Unique = 2067 };

QString tr(const char *text)
{
    return QCoreApplication::translate("StorageError", text);
}

Error make(ErrorCode code, const QString &reason, const QString &file)
{
    return {.code = code, .reason = reason, .file = file};
}

Error fullError(const QString &file)
{
    return make(ErrorCode::Full,
                tr("There is no space left on the disk, so this could not be saved. Free some space and try again"),
                file);
}

/// SQLite reports some failures for want of space as general read and write errors.
bool diskIsFull(const QString &file)
{
    constexpr qint64 leastBytes = 64 * 1024;
    const QStorageInfo storage(QFileInfo(file).absolutePath());
    return storage.isValid() && storage.bytesAvailable() < leastBytes;
}

Error constraintError(int code, const QString &details, const QString &file)
{
    switch (code) {
    case ForeignKey:
        return make(ErrorCode::UnknownReference, tr("This belongs to something that is no longer in the database"),
                    file);
    case PrimaryKey:
    case Unique:
        return make(ErrorCode::Conflict, tr("This is in the database already"), file);
    default:
        return make(ErrorCode::OutOfRange, tr("The database does not accept this value: %1").arg(details), file);
    }
}

Error ioError(const QString &reason, const QString &details, const QString &file)
{
    return make(ErrorCode::Io, reason.arg(details), file);
}

} // namespace

Error corruptError(const QString &file, const QString &details)
{
    return make(
        ErrorCode::Corrupt,
        tr("The database is damaged (%1). Put a backup in its place with \"flowctl db restore FILE\" (%2), or move the "
           "file away, together with the -wal and -shm beside it, to begin with an empty library")
            .arg(details, whereBackupsAre(file)),
        file);
}

bool isBusy(const QSqlError &error)
{
    const int kind = error.nativeErrorCode().toInt() & 0xff;
    return kind == Busy || kind == Locked;
}

Error storageError(const QSqlError &error, const QString &file)
{
    bool known = false;
    const int code = error.nativeErrorCode().toInt(&known);
    const QString details = error.databaseText().isEmpty() ? error.driverText() : error.databaseText();
    switch (known ? code & 0xff : 0) {
    case DiskFull:
        return fullError(file);
    case Damaged:
        return corruptError(file, details);
    case NotADatabase:
        return make(ErrorCode::Corrupt,
                    tr("This file is not a database of this program. Move it away, put a backup in its place with "
                       "\"flowctl db restore FILE\", or choose another file with DATABASE_URL or another folder with "
                       "--data-dir"),
                    file);
    case ReadOnly:
        return ioError(
            tr("The database cannot be written (%1). Give yourself permission to write the file and its folder, or "
               "choose another folder with --data-dir"),
            details, file);
    case CannotOpen:
    case NoPermission:
        return ioError(
            tr("The database cannot be opened (%1). Look whether the folder exists and may be written, or choose "
               "another folder with --data-dir"),
            details, file);
    case Busy:
    case Locked:
        return ioError(tr("Another program keeps the database busy (%1). Close that program or try again in a moment"),
                       details, file);
    case IoFailure:
        return diskIsFull(file)
                   ? fullError(file)
                   : ioError(tr("The disk reports an error (%1). Look at the disk, then try again"), details, file);
    case Constraint:
        return constraintError(code, details, file);
    case TooBig:
        return make(ErrorCode::TooLarge, tr("This is too large for the database"), file);
    case NoMemory:
        return make(ErrorCode::Internal, tr("There is not enough memory to use the database. Close other programs"),
                    file);
    default:
        return make(ErrorCode::Internal, tr("The database reports: %1").arg(details), file);
    }
}

} // namespace flow
