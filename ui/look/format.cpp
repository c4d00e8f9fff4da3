// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/format.h"

#include <QCoreApplication>
#include <QLocale>

#include <cmath>

namespace flow {
namespace {

QString text(const char *source)
{
    return QCoreApplication::translate("Format", source);
}

QString twoDigits(qint64 number)
{
    return QStringLiteral("%1").arg(number, 2, 10, QLatin1Char('0'));
}

} // namespace

QString formatDuration(double seconds)
{
    const QLocale locale;
    seconds = std::max(0.0, seconds);
    // Each step is left when its rounded value would read like the next one: no "60.0 s", no "1000 ms".
    if (std::round(seconds * 1000) < 100)
        return text("%1 ms").arg(locale.toString(qint64(std::llround(seconds * 1000))));
    if (std::round(seconds * 100) < 100)
        return text("%1 s").arg(locale.toString(seconds, 'f', 2));
    if (std::round(seconds * 10) < 600)
        return text("%1 s").arg(locale.toString(seconds, 'f', 1));
    const qint64 whole = std::llround(seconds);
    if (whole < 3600)
        return text("%1 min %2 s").arg(locale.toString(whole / 60), twoDigits(whole % 60));
    const qint64 minutes = whole / 60;
    if (minutes < 24 * 60)
        return text("%1 h %2 min").arg(locale.toString(minutes / 60), twoDigits(minutes % 60));
    return text("%1 d %2 h").arg(locale.toString(minutes / (24 * 60)), twoDigits(minutes / 60 % 24));
}

QString formatNumber(qint64 number)
{
    return QLocale().toString(number);
}

QString formatWhen(Timestamp time, Timestamp now)
{
    using namespace std::chrono;
    const auto age = now - time;
    if (age > -1min && age < 1min)
        return text("just now");
    if (age >= 1min && age < 1h)
        return text("%1 min ago").arg(duration_cast<minutes>(age).count());

    const QLocale locale;
    const QDateTime moment = toDateTime(time).toLocalTime();
    const QDate today = toDateTime(now).toLocalTime().date();
    if (moment.date() == today)
        return locale.toString(moment.time(), QStringLiteral("HH:mm"));
    if (moment.date() == today.addDays(-1))
        return text("yesterday");
    const bool thisYear = moment.date().year() == today.year();
    return locale.toString(moment.date(), thisYear ? text("d MMM") : text("d MMM yyyy"));
}

QString formatExact(Timestamp time)
{
    const QDateTime moment = toDateTime(time).toLocalTime();
    return QLocale().toString(moment, text("d MMMM yyyy, HH:mm:ss"));
}

QString originText(AttemptOrigin origin, std::optional<ExecutionId> resumedFrom)
{
    switch (origin) {
    case AttemptOrigin::Run:
        return {};
    case AttemptOrigin::Forced:
        return text("given by a person, the task did not run");
    case AttemptOrigin::Reused:
        return resumedFrom ? text("taken over from run %1").arg(formatNumber(*resumedFrom))
                           : text("taken over from another run");
    }
    return {};
}

QString timeOfDay(Timestamp at)
{
    return toDateTime(at).toLocalTime().toString(QStringLiteral("HH:mm:ss"));
}

QString retryText(Timestamp at)
{
    return text("tries again at %1").arg(timeOfDay(at));
}

StateLook look(TaskStatus status)
{
    switch (status) {
    case TaskStatus::Pending:
        return {text("waiting"), QStringLiteral("ring"), Role::Muted};
    case TaskStatus::Running:
        return {text("running"), QStringLiteral("spinner"), Role::Accent};
    case TaskStatus::Success:
        return {text("done"), QStringLiteral("check"), Role::Success};
    case TaskStatus::Failure:
        return {text("failed"), QStringLiteral("cross"), Role::Failure};
    case TaskStatus::Cancelled:
        return {text("stopped"), QStringLiteral("stop"), Role::Muted};
    case TaskStatus::Interrupted:
        return {text("interrupted"), QStringLiteral("warning"), Role::Warning};
    }
    return {};
}

StateLook look(const TaskTrace &trace)
{
    return trace.retryAt ? StateLook{text("tries again"), QStringLiteral("reset"), Role::Warning} : look(trace.status);
}

StateLook look(ExecutionStatus status)
{
    switch (status) {
    case ExecutionStatus::Pending:
        return {text("waiting"), QStringLiteral("ring"), Role::Muted};
    case ExecutionStatus::Running:
        return {text("running"), QStringLiteral("spinner"), Role::Accent};
    case ExecutionStatus::Paused:
        return {text("paused"), QStringLiteral("pause"), Role::Warning};
    case ExecutionStatus::Completed:
        return {text("completed"), QStringLiteral("check"), Role::Success};
    case ExecutionStatus::Failure:
        return {text("failed"), QStringLiteral("cross"), Role::Failure};
    case ExecutionStatus::Cancelled:
        return {text("stopped"), QStringLiteral("stop"), Role::Muted};
    case ExecutionStatus::Interrupted:
        return {text("interrupted"), QStringLiteral("warning"), Role::Warning};
    }
    return {};
}

} // namespace flow
