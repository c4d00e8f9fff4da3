// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLoggingCategory>
#include <QString>

/// The program's own log (not the log of an execution): to the console and to a file that rotates. Messages are sent
/// with qCInfo(lcService) and its kin, from any thread. Only `main` installs.
namespace flow {

Q_DECLARE_LOGGING_CATEGORY(lcService)
Q_DECLARE_LOGGING_CATEGORY(lcApi)

struct LogSettings
{
    QString fileLevel = QStringLiteral("info");       ///< debug, info, warning or error
    QString consoleLevel = QStringLiteral("warning"); ///< the same
    QString file;                                     ///< null: no file
    qint64 fileBytes = 5 * 1024 * 1024;
    int keepFiles = 5;
};

/// Takes over Qt's messages until uninstallLogging(). A file that cannot be written is told once on the console.
void installLogging(const LogSettings &settings);
/// Gives Qt's own handling back and closes the file.
void uninstallLogging();

} // namespace flow
