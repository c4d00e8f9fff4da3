// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/program_file.h"

#include <QCoreApplication>
#include <QDir>
#include <QFileInfo>

namespace flow {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("ChildProcess", text);
}

/// Null when it can be executed.
QString whyNot(const QFileInfo &file)
{
    if (!file.exists())
        return tr("there is no such file");
    if (file.isDir())
        return tr("it is a folder");
    if (!file.isExecutable())
        return tr("it is not executable");
    return {};
}

} // namespace

Result<QString> workingFolder(const QString &folder)
{
    const QFileInfo info(folder.isEmpty() ? QDir::currentPath() : folder);
    const auto refused = [&](ErrorCode code, const QString &reason) {
        return Error{.code = code, .reason = reason.arg(info.filePath())};
    };
    if (!info.exists())
        return refused(ErrorCode::NotFound, tr("the working folder '%1' does not exist"));
    if (!info.isDir())
        return refused(ErrorCode::NotAllowed, tr("the working folder '%1' is a file"));
    if (!info.isExecutable())
        return refused(ErrorCode::NotAllowed, tr("the working folder '%1' may not be entered"));
    return info.absoluteFilePath();
}

Result<QString> programFile(const QString &program, const QString &folder, const QString &searchPath)
{
    const auto refused = [&](ErrorCode code, const QString &reason) {
        return Error{.code = code, .reason = tr("the program '%1' cannot be started: %2").arg(program, reason)};
    };
    if (program.contains(u'/')) {
        const QFileInfo file(QDir(folder), program);
        const QString reason = whyNot(file);
        if (!reason.isNull())
            return refused(file.exists() ? ErrorCode::NotAllowed : ErrorCode::NotFound, reason);
        return file.absoluteFilePath();
    }
    bool unusable = false; // PATH may have been given along with secrets, so nothing of it is told
    for (const QString &place : searchPath.split(u':', Qt::SkipEmptyParts)) {
        const QFileInfo file(QDir(QDir(folder).absoluteFilePath(place)), program);
        if (whyNot(file).isNull() && !program.isEmpty())
            return file.absoluteFilePath();
        unusable = unusable || file.isFile();
    }
    if (unusable)
        return refused(ErrorCode::NotAllowed, tr("the file that PATH leads to is not executable"));
    return refused(ErrorCode::NotFound, tr("no folder in PATH has it; install it or give its full path"));
}

} // namespace flow
