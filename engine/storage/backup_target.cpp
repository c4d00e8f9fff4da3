// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/backup_target.h"

#include "storage/database_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

#include <filesystem>

namespace flow {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("BackupTarget", text);
}

Error refusal(ErrorCode code, const QString &reason, const QString &file)
{
    return {.code = code, .reason = reason, .file = file};
}

/// What SQLite keeps beside a database.
const QStringList &companions()
{
    static const QStringList suffixes{QStringLiteral("-wal"), QStringLiteral("-shm"), QStringLiteral("-journal")};
    return suffixes;
}

/// The path without links and "..", for a file that need not exist.
QString resolved(const QFileInfo &file)
{
    return QDir(QFileInfo(file.absolutePath()).canonicalFilePath()).filePath(file.fileName());
}

/// Links of both kinds, and file systems that do not tell upper from lower case, make one file of two names.
bool sameFile(const QString &one, const QString &other)
{
    std::error_code unknown;
    return resolved(QFileInfo(one)) == resolved(QFileInfo(other)) ||
           std::filesystem::equivalent(QFileInfo(one).filesystemFilePath(), QFileInfo(other).filesystemFilePath(),
                                       unknown);
}

/// The last program that closes a database takes its log away: where there is one, somebody is at work, or has died
/// and the log holds what the file has not yet. An empty one stays when a reader was the last.
bool isInUse(const QString &file)
{
    return QFileInfo(file + QStringLiteral("-wal")).size() > 0 ||
           QFileInfo(file + QStringLiteral("-journal")).size() > 0;
}

} // namespace

bool belongsTo(const QString &database, const QString &file)
{
    return sameFile(database, file) ||
           std::any_of(companions().begin(), companions().end(),
                       [&](const QString &suffix) { return sameFile(database + suffix, file); });
}

Result<QString> backupTarget(const QString &database, const QString &target, ExistingFile existing)
{
    const QFileInfo wanted(target);
    if (!QFileInfo(wanted.absolutePath()).isDir())
        return refusal(ErrorCode::Io, tr("The folder of this file does not exist. Make it, or choose another"), target);
    const QFileInfo info(wanted.isSymLink() ? wanted.symLinkTarget() : target);
    const QString file = info.absoluteFilePath();
    if (belongsTo(database, file))
        return refusal(ErrorCode::NotAllowed,
                       tr("This is the database itself, or a file that belongs to it. Choose another name for the "
                          "backup"),
                       target);
    if (!info.exists())
        return file;
    if (!info.isFile())
        return refusal(ErrorCode::Io, tr("This is not a file. Choose another name for the backup"), target);
    if (existing == ExistingFile::Keep)
        return refusal(ErrorCode::Conflict, tr("The file exists already"), target);
    if (isInUse(file))
        return refusal(ErrorCode::NotAllowed,
                       tr("This is a database that a program has open, for \"%1\" or a journal lies beside it. Choose "
                          "another name for the backup")
                           .arg(info.fileName() + QStringLiteral("-wal")),
                       target);
    return file;
}

Result<void> putBackupInPlace(const QString &unfinished, const QString &target, ExistingFile existing)
{
    if (Result<void> kept = syncFile(unfinished); !kept)
        return kept;
    const Result<void> named =
        existing == ExistingFile::Replace ? replaceFile(unfinished, target) : renameFile(unfinished, target);
    return named ? syncFolderOf(target) : named;
}

QString whereBackupsAre(const QString &database)
{
    const QFileInfo file(database);
    const QStringList names =
        file.dir().entryList({file.fileName() + QStringLiteral(".backup-*")}, QDir::Files, QDir::Time);
    return names.isEmpty() ? tr("one that you made with \"flowctl db backup\"")
                           : tr("the newest beside it is \"%1\"").arg(names.first());
}

} // namespace flow
