// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/logging.h"

#include "base/timestamp.h"
#include "service/private_file.h"
#include "service/rotating_file.h"

#include <QFileInfo>
#include <QStringList>

#include <cstdio>
#include <memory>
#include <mutex>

namespace flow {

Q_LOGGING_CATEGORY(lcService, "flow.service")
Q_LOGGING_CATEGORY(lcApi, "flow.api")

namespace {

/// How bad a message is; QtMsgType's own numbers are not in order.
int rank(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return 0;
    case QtInfoMsg:
        return 1;
    case QtWarningMsg:
        return 2;
    case QtCriticalMsg:
        return 3;
    case QtFatalMsg:
        return 4;
    }
    return 4;
}

const QStringList words = {QStringLiteral("debug"), QStringLiteral("info"), QStringLiteral("warning"),
                           QStringLiteral("error"), QStringLiteral("fatal")};

int rank(const QString &level)
{
    const qsizetype found = words.indexOf(level);
    return found < 0 ? 1 : static_cast<int>(found);
}

/// What the message handler, which cannot carry anything, works with.
struct Sink
{
    int fileRank = 1;
    int consoleRank = 2;
    std::unique_ptr<RotatingFile> file;
    bool fileFailed = false;
};

std::mutex sinkMutex;
std::unique_ptr<Sink> sink;

void tellConsole(const QByteArray &line)
{
    std::fwrite(line.constData(), 1, static_cast<size_t>(line.size()), stderr);
}

void writeToFile(const QByteArray &line)
{
    if (!sink->file || sink->file->append(line) || sink->fileFailed)
        return;
    sink->fileFailed = true;
    tellConsole(QStringLiteral("The log file %1 cannot be written; going on without it.\n")
                    .arg(sink->file->path())
                    .toLocal8Bit());
}

void handle(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const int level = rank(type);
    const QString category = QString::fromLatin1(context.category ? context.category : "default");
    const std::lock_guard lock(sinkMutex);
    if (!sink)
        return;
    // One line for each message: a text from outside must not be able to forge further lines.
    QString flat = text;
    flat.replace(u'\n', QStringLiteral("\\n")).replace(u'\r', QStringLiteral("\\r"));
    const QString body = QStringLiteral("%1 %2: %3\n").arg(words[level], category, flat);
    if (level >= sink->consoleRank)
        tellConsole(body.toLocal8Bit());
    if (level >= sink->fileRank) {
        const Timestamp now = std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::system_clock::now());
        writeToFile((toIso(now) + QStringLiteral("Z ") + body).toUtf8());
    }
}

} // namespace

void installLogging(const LogSettings &settings)
{
    auto fresh = std::make_unique<Sink>();
    fresh->fileRank = rank(settings.fileLevel);
    fresh->consoleRank = rank(settings.consoleLevel);
    if (!settings.file.isEmpty()) {
        // A folder that cannot be made shows as a file that cannot be written.
        (void)makePrivateFolder(QFileInfo(settings.file).absolutePath());
        fresh->file = std::make_unique<RotatingFile>(settings.file, settings.fileBytes, settings.keepFiles);
    }
    const bool debug = qMin(fresh->fileRank, fresh->consoleRank) == 0;
    {
        const std::lock_guard lock(sinkMutex);
        sink = std::move(fresh);
    }
    QLoggingCategory::setFilterRules(
        QStringLiteral("flow.*.debug=%1").arg(debug ? QStringLiteral("true") : QStringLiteral("false")));
    qInstallMessageHandler(handle);
}

void uninstallLogging()
{
    qInstallMessageHandler(nullptr);
    QLoggingCategory::setFilterRules({});
    const std::lock_guard lock(sinkMutex);
    sink.reset();
}

} // namespace flow
