// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording.h"

namespace flow::test {

namespace {

QString statusOf(TaskStatus status, const QString &error)
{
    return error.isNull() ? toString(status) : QStringLiteral("%1(%2)").arg(toString(status), error);
}

QString startOf(const AttemptStart &start)
{
    return QStringLiteral("%1 %2#%3").arg(start.sequenceNumber).arg(start.taskName).arg(start.attempt);
}

QString attemptLine(const AttemptEnd &end)
{
    QString line = QStringLiteral("%1 %2").arg(end.sequenceNumber).arg(statusOf(end.status, end.error));
    if (!end.decidedBy.isNull())
        line += u' ' + end.decidedBy;
    if (!end.nextTask.isNull())
        line += QStringLiteral(" -> ") + end.nextTask;
    return line;
}

QString finishedOf(const TaskFinished &event)
{
    QString line =
        QStringLiteral("%1#%2 %3").arg(event.taskName).arg(event.attempt).arg(statusOf(event.status, event.error));
    line += event.condition < 0
                ? QStringLiteral(" -")
                : QStringLiteral(" c%1%2").arg(event.condition).arg(QLatin1Char(event.matched ? '+' : '-'));
    return line + u' ' + (event.nextTask.isNull() ? QStringLiteral("?") : event.nextTask);
}

template <typename... Handlers>
struct Overloaded : Handlers...
{
    using Handlers::operator()...;
};
template <typename... Handlers>
Overloaded(Handlers...) -> Overloaded<Handlers...>; // which clang deduces by itself only from version 17 on

} // namespace

void Log::add(const QString &line)
{
    const std::lock_guard lock(m_mutex);
    m_lines << line;
}

QStringList Log::lines() const
{
    const std::lock_guard lock(m_mutex);
    return m_lines;
}

Result<void> RecordingJournal::executionStarted(ExecutionId, Timestamp)
{
    return commit(QStringLiteral("started"));
}

Result<void> RecordingJournal::attemptStarted(const AttemptStart &start)
{
    return commit(startOf(start));
}

Result<void> RecordingJournal::attemptEnded(const AttemptEnd &end, const std::optional<AttemptStart> &next)
{
    return commit(next ? attemptLine(end) + QStringLiteral("; ") + startOf(*next) : attemptLine(end));
}

Result<void> RecordingJournal::executionHeld(const std::optional<AttemptEnd> &last, const ExecutionHold &hold)
{
    const QString held = QStringLiteral("paused before %1").arg(hold.nextTask);
    return commit(last ? attemptLine(*last) + QStringLiteral("; ") + held : held);
}

Result<void> RecordingJournal::executionEnded(const std::optional<AttemptEnd> &last, const ExecutionEnd &end)
{
    const QString over = endOf(end.status, end.errorTask, end.error);
    return commit(last ? attemptLine(*last) + QStringLiteral("; ") + over : over);
}

Result<void> RecordingJournal::commit(const QString &line)
{
    const int call = ++m_calls;
    if (onCall)
        onCall(call);
    if (failFrom > 0 && call >= failFrom && call <= failTo) {
        m_log.add(QStringLiteral("refuse ") + line);
        return Error{.code = ErrorCode::Full, .reason = QStringLiteral("disk is full")};
    }
    m_log.add(QStringLiteral("commit ") + line);
    return {};
}

QString endOf(ExecutionStatus status, const QString &errorTask, const QString &error)
{
    QString line = toString(status);
    if (!errorTask.isNull())
        line += u' ' + errorTask;
    if (!error.isNull())
        line += QStringLiteral(": ") + error;
    return line;
}

QString lineOf(const ExecutionEvent &event)
{
    const QString what = std::visit(
        Overloaded{
            [](const ExecutionQueued &) { return QStringLiteral("queued"); },
            [](const ExecutionStarted &) { return QStringLiteral("started"); },
            [](const TaskStarted &e) {
                return QStringLiteral("%1 %2#%3").arg(e.sequenceNumber).arg(e.taskName).arg(e.attempt);
            },
            [](const TaskProgressed &e) {
                return QStringLiteral("%1 at %2 %3").arg(e.taskName).arg(e.fraction).arg(e.text);
            },
            [](const TaskLogged &e) { return QStringLiteral("%1 %2: %3").arg(e.taskName, toString(e.level), e.text); },
            [](const TaskFinished &e) { return QStringLiteral("%1 %2").arg(e.sequenceNumber).arg(finishedOf(e)); },
            [](const ExecutionPaused &e) { return QStringLiteral("paused before ") + e.nextTask; },
            [](const ExecutionFinished &e) { return endOf(e.status, e.errorTask, e.error); }},
        event.what);
    return QStringLiteral("tell ") + what;
}

QString summaryOf(const QList<ExecutionEvent> &events)
{
    QStringList lines;
    for (const ExecutionEvent &event : events) {
        if (const auto *finished = std::get_if<TaskFinished>(&event.what))
            lines << finishedOf(*finished);
        else if (const auto *over = std::get_if<ExecutionFinished>(&event.what))
            lines << endOf(over->status, over->errorTask, over->error);
    }
    return lines.join(QStringLiteral("; "));
}

} // namespace flow::test
