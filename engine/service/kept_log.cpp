// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/kept_log.h"

#include <QCoreApplication>
#include <QLocale>

namespace flow {

namespace {

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(KeptLog)
};

} // namespace

KeptLog::KeptLog(int linesOfAnAttempt, Store store)
    : m_most(linesOfAnAttempt)
    , m_store(std::move(store))
{
}

void KeptLog::take(const ExecutionEvent &event)
{
    if (const auto *line = std::get_if<TaskLogged>(&event.what)) {
        takeLine(event, *line);
    } else if (std::holds_alternative<TaskStarted>(event.what) ||
               std::holds_alternative<ExecutionFinished>(event.what) ||
               std::holds_alternative<ExecutionPaused>(event.what)) {
        const std::lock_guard lock(m_mutex);
        m_taken.erase(event.executionId);
    }
}

void KeptLog::takeLine(const ExecutionEvent &event, const TaskLogged &line)
{
    ExecutionEvent kept = event;
    {
        const std::lock_guard lock(m_mutex);
        Taken &taken = m_taken[event.executionId];
        if (taken.isFull)
            return;
        TaskLogged shown = line;
        if (shown.text.size() > longestLine)
            shown.text =
                shown.text.left(longestLine) + Messages::tr(" [cut: the line has %1 characters]").arg(line.text.size());
        taken.isFull = taken.lines >= m_most || taken.characters + shown.text.size() > largestLog;
        if (taken.isFull)
            shown = {line.taskName, LogLevel::Warning,
                     Messages::tr("Further lines of this task are not kept: %1 lines or %2 are the limit")
                         .arg(QString::number(m_most), QLocale::c().formattedDataSize(largestLog, 0))};
        ++taken.lines;
        taken.characters += shown.text.size();
        kept.what = std::move(shown);
    }
    m_store(kept);
}

} // namespace flow
