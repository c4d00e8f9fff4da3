// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/private_file.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace flow {

Result<void> makePrivateFolder(const QString &path)
{
    if (QFileInfo(path).isDir())
        return {};
    if (QFileInfo::exists(path))
        return Error{.code = ErrorCode::Io,
                     .reason = QStringLiteral("this is a file, and a folder is needed here"),
                     .file = path};
    const QString parent = QFileInfo(path).absolutePath();
    errno = 0;
    if ((!QDir().mkpath(parent) || ::mkdir(QFile::encodeName(path).constData(), 0700) != 0) && !QFileInfo(path).isDir())
        return Error{
            .code = ErrorCode::Io,
            .reason =
                QStringLiteral("this folder cannot be made: %1").arg(QString::fromLocal8Bit(std::strerror(errno))),
            .file = path};
    return {};
}

bool linkFile(const QString &from, const QString &to)
{
    return ::link(QFile::encodeName(from).constData(), QFile::encodeName(to).constData()) == 0;
}

} // namespace flow
