// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/log_line.h"

#include "look/format.h"
#include "model/flow.h"

#include <QCoreApplication>

namespace flow {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("LogLine", text);
}

QString finishedText(const TaskFinished &finished)
{
    const QString time = formatDuration(finished.durationSeconds);
    QString text;
    if (finished.status == TaskStatus::Success)
        text = tr("Done in %1").arg(time);
    else if (finished.status == TaskStatus::Failure)
        text = tr("Failed after %1: %2").arg(time, finished.error);
    else if (finished.status == TaskStatus::Interrupted)
        text = tr("Interrupted"); // nobody knows when its program died
    else
        text = tr("%1 after %2").arg(look(finished.status).word, time);
    if (finished.retryAt)
        return tr("%1 · %2").arg(text, retryText(*finished.retryAt));
    if (finished.nextTask.isNull())
        return text;
    return text + (finished.nextTask == endTarget ? tr(" → end") : tr(" → %1").arg(finished.nextTask));
}

QString endText(const ExecutionFinished &finished)
{
    const QString time = formatDuration(finished.durationSeconds);
    const QString tasks =
        finished.totalTasksExecuted == 1 ? tr("1 task") : tr("%1 tasks").arg(formatNumber(finished.totalTasksExecuted));
    const QString text = tr("Run %1 after %2, %3").arg(look(finished.status).word, time, tasks);
    return finished.error.isNull() ? text : tr("%1: %2").arg(text, finished.error);
}

struct Writer
{
    std::optional<LogLine> operator()(const ExecutionQueued &) const
    {
        if (goesOn)
            return std::nullopt;
        return LogLine{at, LogLevel::Info, {}, tr("Waits for a free place")};
    }
    std::optional<LogLine> operator()(const ExecutionStarted &) const
    {
        return LogLine{at, LogLevel::Info, {}, goesOn ? tr("Run goes on") : tr("Run started")};
    }
    std::optional<LogLine> operator()(const TaskStarted &started) const
    {
        const QString text = started.attempt > 1 ? tr("Started, attempt %1").arg(started.attempt) : tr("Started");
        return LogLine{at, LogLevel::Info, started.taskName, text};
    }
    std::optional<LogLine> operator()(const TaskProgressed &progressed) const
    {
        if (progressed.text.isEmpty())
            return std::nullopt;
        const QString percent = tr("%1 %").arg(qRound(progressed.fraction * 100));
        return LogLine{at, LogLevel::Debug, progressed.taskName, tr("%1 · %2").arg(percent, progressed.text)};
    }
    std::optional<LogLine> operator()(const TaskLogged &logged) const
    {
        return LogLine{at, logged.level, logged.taskName, logged.text};
    }
    std::optional<LogLine> operator()(const TaskFinished &finished) const
    {
        const bool failed = finished.status == TaskStatus::Failure;
        const LogLevel level = !failed ? LogLevel::Info : finished.retryAt ? LogLevel::Warning : LogLevel::Error;
        return LogLine{at, level, finished.taskName, finishedText(finished)};
    }
    std::optional<LogLine> operator()(const ExecutionPaused &paused) const
    {
        return LogLine{at, LogLevel::Warning, {}, paused.reason};
    }
    std::optional<LogLine> operator()(const ExecutionFinished &finished) const
    {
        const bool good =
            finished.status == ExecutionStatus::Completed || finished.status == ExecutionStatus::Cancelled;
        return LogLine{at, good ? LogLevel::Info : LogLevel::Error, {}, endText(finished)};
    }

    Timestamp at;
    bool goesOn = false;
};

} // namespace

std::optional<LogLine> logLine(const ExecutionEvent &event, bool goesOn)
{
    return std::visit(Writer{event.at, goesOn}, event.what);
}

QString logTime(Timestamp at)
{
    return toDateTime(at).toLocalTime().toString(QStringLiteral("HH:mm:ss.zzz"));
}

QString toText(const LogLine &line)
{
    const QString head = logTime(line.at) + u' ' + toString(line.level).toUpper().leftJustified(7);
    return line.task.isEmpty() ? head + u' ' + line.text : QStringLiteral("%1 [%2] %3").arg(head, line.task, line.text);
}

} // namespace flow
