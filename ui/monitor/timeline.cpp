// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/timeline.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace flow {

double Timeline::seconds(Timestamp moment) const
{
    return m_startedAt ? std::max(0.0, std::chrono::duration<double>(moment - *m_startedAt).count()) : 0;
}

Timeline::Row *Timeline::row(const QString &task)
{
    const auto found = std::find_if(m_rows.begin(), m_rows.end(), [&task](const Row &row) { return row.task == task; });
    if (found != m_rows.end())
        return &*found;
    m_rows.append(Row{task, {}});
    return &m_rows.last();
}

void Timeline::apply(const ExecutionEvent &event)
{
    if (event.executionId != m_id) {
        clear();
        m_id = event.executionId;
    }
    if (std::holds_alternative<ExecutionStarted>(event.what)) {
        m_startedAt = m_startedAt.value_or(event.at); // it may go on after a pause
        m_status = ExecutionStatus::Running;
    } else if (std::holds_alternative<ExecutionPaused>(event.what)) {
        m_status = ExecutionStatus::Paused;
    } else if (const auto *started = std::get_if<TaskStarted>(&event.what)) {
        if (!m_startedAt) {
            m_startedAt = event.at;
            m_status = ExecutionStatus::Running;
        }
        row(started->taskName)
            ->bars.append(Bar{.sequenceNumber = started->sequenceNumber,
                              .attempt = started->attempt,
                              .begin = seconds(event.at),
                              .end = {},
                              .error = {},
                              .retryAt = {}});
    } else if (const auto *finished = std::get_if<TaskFinished>(&event.what)) {
        for (Bar &bar : row(finished->taskName)->bars) {
            if (bar.sequenceNumber != finished->sequenceNumber || bar.end)
                continue;
            bar.status = finished->status;
            bar.end = bar.begin + finished->durationSeconds;
            bar.error = finished->error;
            bar.retryAt = finished->retryAt;
        }
    } else if (const auto *ended = std::get_if<ExecutionFinished>(&event.what)) {
        m_status = ended->status;
        m_duration = ended->durationSeconds;
    }
}

Timeline Timeline::fromRecords(const Execution &execution, const QList<TaskExecution> &tasks)
{
    Timeline timeline;
    timeline.m_id = execution.id;
    timeline.m_status = execution.status;
    timeline.m_startedAt = execution.startedAt;
    timeline.m_duration = execution.durationSeconds;
    timeline.m_resumedFrom = execution.resumedFrom;
    for (const TaskExecution &task : tasks) {
        if (!task.startedAt)
            continue;
        Bar bar;
        bar.sequenceNumber = task.sequenceNumber;
        bar.attempt = task.attempt;
        bar.status = task.status;
        bar.begin = timeline.seconds(*task.startedAt);
        bar.error = task.errorMessage;
        bar.origin = task.origin;
        bar.retryAt = task.retryAt;
        if (task.durationSeconds)
            bar.end = bar.begin + *task.durationSeconds;
        else if (task.status != TaskStatus::Running)
            bar.end = task.completedAt ? timeline.seconds(*task.completedAt) : bar.begin;
        timeline.row(task.taskName)->bars.append(bar);
    }
    return timeline;
}

double Timeline::now(Timestamp moment) const
{
    if (m_duration)
        return *m_duration;
    if (isRunning())
        return seconds(moment);
    double last = 0;
    for (const Row &row : m_rows) {
        for (const Bar &bar : row.bars)
            last = std::max(last, bar.end.value_or(bar.begin));
    }
    return last;
}

double Timeline::length(Timestamp moment) const
{
    double longest = std::max(0.1, now(moment));
    for (const Row &row : m_rows) {
        for (const Bar &bar : row.bars)
            longest = std::max(longest, bar.end.value_or(bar.begin));
    }
    return longest;
}

double Timeline::durationOf(const Row &row, Timestamp moment) const
{
    double sum = 0;
    for (const Bar &bar : row.bars)
        sum += std::max(0.0, bar.end.value_or(now(moment)) - bar.begin);
    return sum;
}

QRectF TimelineScale::bar(double begin, double end, double top, double height) const
{
    const double from = x(begin);
    return QRectF(from, top, std::max(3.0, x(std::max(begin, end)) - from), height);
}

double TimelineScale::tickStep() const
{
    const double least = length * 70 / std::max(1.0, width);
    static constexpr double clockSteps[] = {60, 120, 300, 600, 1'200, 1'800, 3'600, 7'200, 18'000, 36'000, 86'400};
    if (least > 30) {
        for (const double step : clockSteps) {
            if (step >= least)
                return step;
        }
        return std::ceil(least / 86'400) * 86'400;
    }
    const double power = std::pow(10.0, std::floor(std::log10(least)));
    for (const double factor : {1.0, 2.0, 5.0}) {
        if (power * factor >= least * 0.999'999)
            return std::min(power * factor, 30.0);
    }
    return std::min(power * 10, 30.0);
}

QString tickText(double second)
{
    const auto text = [](const char *source) { return QCoreApplication::translate("Timeline", source); };
    if (second < 60) {
        const double rounded = std::round(second * 1'000) / 1'000;
        return text("%1 s").arg(QLocale().toString(rounded, 'g', 4));
    }
    const qint64 whole = std::llround(second);
    if (whole < 3'600) {
        const QString minutes = text("%1 min").arg(whole / 60);
        return whole % 60 ? minutes + u' ' + text("%1 s").arg(whole % 60) : minutes;
    }
    const QString hours = text("%1 h").arg(whole / 3'600);
    return whole % 3'600 ? hours + u' ' + text("%1 min").arg(whole % 3'600 / 60) : hours;
}

} // namespace flow
