// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <filesystem>

#include <fcntl.h>
#include <unistd.h>

namespace flow {

namespace {

constexpr QFile::Permissions privateFile = QFile::ReadOwner | QFile::WriteOwner;
constexpr QFile::Permissions privateFolder = privateFile | QFile::ExeOwner;

QString tr(const char *text)
{
    return QCoreApplication::translate("DatabaseFile", text);
}

Error ioError(const QString &reason, const QString &file)
{
    return {.code = ErrorCode::Io, .reason = reason, .file = file};
}

Error existsAlready(const QString &file)
{
    return {.code = ErrorCode::Conflict, .reason = tr("The file exists already"), .file = file};
}

Result<void> makeFolder(const QString &folder)
{
    const QFileInfo info(folder);
    if (info.isDir())
        return {};
    if (info.exists() || info.isSymLink())
        return ioError(
            tr("There is a file where a folder for the database is needed. Move it away, or choose another folder "
               "with --data-dir"),
            folder);
    if (Result<void> parent = makeFolder(info.absolutePath()); !parent)
        return parent;
    // Another program may make it at the same moment.
    if (QDir().mkdir(folder, privateFolder) || QFileInfo(folder).isDir())
        return {};
    return ioError(
        tr("The folder for the database cannot be made. Look whether you may write there and whether the disk is "
           "full, or choose another folder with --data-dir"),
        folder);
}

void restrict(const QString &file)
{
    const QFile::Permissions others =
        QFile::ReadGroup | QFile::WriteGroup | QFile::ExeGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;
    // A file of another user cannot be changed; whoever gave it to us decides who reads it.
    if (QFileInfo::exists(file) && (QFile::permissions(file) & others))
        QFile::setPermissions(file, privateFile);
}

} // namespace

Result<void> makePrivateFile(const QString &file)
{
    QFile made(file);
    if (made.open(QIODevice::NewOnly | QIODevice::WriteOnly, privateFile))
        return {};
    if (QFileInfo::exists(file))
        return existsAlready(file);
    return ioError(
        tr("The file cannot be made (%1). Look whether you may write in its folder, or choose another folder with "
           "--data-dir")
            .arg(made.errorString()),
        file);
}

namespace {

Error unseen(const std::error_code &why, const QString &file)
{
    return ioError(tr("The file cannot be looked at (%1). Look whether you may read its folder, or choose another "
                      "folder with --data-dir")
                       .arg(QString::fromStdString(why.message())),
                   file);
}

} // namespace

Result<void> checkOnlyName(const QString &file)
{
    std::error_code failed;
    const auto names = std::filesystem::hard_link_count(QFileInfo(file).filesystemFilePath(), failed);
    if (failed)
        return unseen(failed, file);
    if (names > 1)
        return Error{.code = ErrorCode::NotAllowed,
                     .reason = tr("This database has a second name (a hard link), and by each name programs would "
                                  "write another log for it, which damages it. Remove one of the names, or make it a "
                                  "symbolic link"),
                     .file = file};
    return {};
}

Result<QString> makeDatabaseFile(const QString &file)
{
    if (Result<void> folder = makeFolder(QFileInfo(file).absolutePath()); !folder)
        return folder.error();
    const QFileInfo info(file);
    if (info.exists() && !info.isFile())
        return ioError(tr("There is something else than a file (a folder or a device) where the database should be. "
                          "Choose another "
                          "file with DATABASE_URL, or another folder with --data-dir"),
                       file);
    if (!info.exists()) {
        if (Result<void> made = makePrivateFile(file); !made && made.error().code != ErrorCode::Conflict)
            return made.error();
    }
    std::error_code failed;
    const std::filesystem::path name = std::filesystem::canonical(info.filesystemFilePath(), failed);
    if (failed)
        return unseen(failed, file);
    return QFile::decodeName(name.c_str());
}

void keepPrivate(const QString &file)
{
    // SQLite gives its log and index files the rights of the database file.
    for (const QString &suffix : {QString(), QStringLiteral("-wal"), QStringLiteral("-shm")})
        restrict(file + suffix);
}

namespace {

Error notNamed(const QString &details, const QString &file)
{
    return ioError(
        tr("The file cannot be given its name (%1). Look whether you may write in its folder, or choose another folder "
           "with --data-dir")
            .arg(details),
        file);
}

} // namespace

Result<void> renameFile(const QString &from, const QString &to)
{
    QFile file(from);
    if (file.rename(to))
        return {};
    if (QFileInfo::exists(to))
        return existsAlready(to);
    return notNamed(file.errorString(), to);
}

Result<void> giveSecondName(const QString &file, const QString &other)
{
    std::error_code failed;
    std::filesystem::create_hard_link(QFileInfo(file).filesystemFilePath(), QFileInfo(other).filesystemFilePath(),
                                      failed);
    if (!failed)
        return {};
    return QFileInfo::exists(other) ? existsAlready(other) : notNamed(QString::fromStdString(failed.message()), other);
}

Result<void> replaceFile(const QString &from, const QString &to)
{
    std::error_code failed;
    std::filesystem::rename(QFileInfo(from).filesystemFilePath(), QFileInfo(to).filesystemFilePath(), failed);
    if (failed)
        return notNamed(QString::fromStdString(failed.message()), to);
    return {};
}

Result<void> syncFile(const QString &name)
{
    QFile file(name);
    if (file.open(QIODevice::ReadWrite) && fsync(file.handle()) == 0)
        return {};
    return ioError(tr("The disk did not take all of the file. Look at the disk, then try again"), name);
}

Result<void> syncFolderOf(const QString &file)
{
    const QString folder = QFileInfo(file).absolutePath();
    const int descriptor = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    const bool failed = descriptor < 0 || ::fsync(descriptor) != 0;
    const int why = errno;
    if (descriptor >= 0)
        ::close(descriptor);
    // Some file systems, of other computers above all, cannot be asked for this.
    if (!failed || why == EINVAL || why == ENOTSUP)
        return {};
    return ioError(tr("The disk did not take the name of the file. Look at the disk, then try again"), file);
}

void removeFile(const QString &file)
{
    QFile::remove(file);
}

} // namespace flow
