// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/evaluation.h"
#include "expression/functions.h"
#include "expression/time_text.h"
#include "expression/value_text.h"

#include <QCoreApplication>
#include <QTimeZone>

#include <chrono>

namespace flow::cel {

namespace {

using enum ValueType;
using Instant = Value::Instant;
using Span = Value::Span;

// Reading a zone's history costs far more than a step.
constexpr qint64 zoneCost = 200;

/// A timestamp taken apart in some zone.
struct Parts
{
    std::chrono::year_month_day date;
    std::chrono::sys_days day;
    std::chrono::hh_mm_ss<std::chrono::seconds> clock;
    int milliseconds;
};

Parts partsOf(Instant instant, int offset)
{
    using namespace std::chrono;
    const sys_seconds local{seconds(instant.seconds + offset)};
    const auto day = floor<days>(local);
    return {year_month_day(day), day, hh_mm_ss(local - day), instant.nanos / 1'000'000};
}

// As zones are named: `Europe/Berlin`, `America/Argentina/Ushuaia`, `Etc/GMT+3`. Qt opens a file of that name below
// those of the system, so nothing else may reach it: no way out of there, and no other text of any length.
bool isZoneName(const QString &name)
{
    constexpr qsizetype longest = 64;
    const auto mayStand = [](QChar c) {
        return (c >= u'A' && c <= u'Z') || (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'_' ||
               c == u'-' || c == u'+' || c == u'/';
    };
    return !name.isEmpty() && name.size() <= longest && std::all_of(name.begin(), name.end(), mayStand) &&
           !name.startsWith(u'/') && !name.endsWith(u'/') && !name.contains(QStringLiteral("//"));
}

// Seconds to add to UTC; nothing when there is no such zone.
std::optional<int> offsetOf(const QString &zone, Instant instant)
{
    if (zone == u"UTC")
        return 0;
    if (const auto fixed = offsetFromText(zone))
        return fixed;
    if (!isZoneName(zone))
        return std::nullopt; // Qt would take the local zone for an empty name
    const QTimeZone named(zone.toUtf8());
    if (!named.isValid())
        return std::nullopt;
    return named.offsetFromUtc(QDateTime::fromSecsSinceEpoch(instant.seconds, Qt::UTC));
}

using Part = qint64 (*)(const Parts &);

template <Part part>
bool partOf(Evaluation &run, const Node &call, const Value *arguments, Value &result)
{
    const Instant instant = *arguments[0].get<Instant>();
    int offset = 0;
    if (call.children.size() == 2) {
        run.meter().charge(zoneCost);
        const QString &zone = *arguments[1].get<QString>();
        const auto known = offsetOf(zone, instant);
        if (!known)
            return run.fail(*call.children[1], QCoreApplication::translate(
                                                   "Expression", "there is no time zone \"%1\"; write Europe/Berlin, "
                                                                 "UTC or +02:00")
                                                   .arg(excerpt(zone)));
        offset = *known;
    }
    result = Value(part(partsOf(instant, offset)));
    return true;
}

qint64 fullYear(const Parts &parts)
{
    return int(parts.date.year());
}
qint64 month(const Parts &parts)
{
    return unsigned(parts.date.month()) - 1;
}
qint64 date(const Parts &parts)
{
    return unsigned(parts.date.day());
}
qint64 dayOfMonth(const Parts &parts)
{
    return unsigned(parts.date.day()) - 1;
}
qint64 dayOfWeek(const Parts &parts)
{
    return std::chrono::weekday(parts.day).c_encoding();
}
qint64 hours(const Parts &parts)
{
    return parts.clock.hours().count();
}
qint64 minutes(const Parts &parts)
{
    return parts.clock.minutes().count();
}
qint64 seconds(const Parts &parts)
{
    return parts.clock.seconds().count();
}
qint64 milliseconds(const Parts &parts)
{
    return parts.milliseconds;
}

qint64 dayOfYear(const Parts &parts)
{
    using namespace std::chrono;
    return (parts.day - sys_days(parts.date.year() / January / 1)).count();
}

// A duration in a whole unit, cut off; its milliseconds are those beyond the last second.
template <qint64 unit, qint64 wrap>
bool spanIn(Evaluation &, const Node &, const Value *arguments, Value &result)
{
    const qint64 whole = arguments[0].get<Span>()->nanos / unit;
    result = Value(wrap ? whole % wrap : whole);
    return true;
}

#define FLOW_PART(name, part)                                                                                          \
    {QLatin1String(name), true, 1, {Moment}, Int, partOf<part>},                                                       \
    {                                                                                                                  \
        QLatin1String(name), true, 2, {Moment, String}, Int, partOf<part>                                              \
    }

const std::array<Overload, 24> functions = {{
    FLOW_PART("getFullYear", fullYear),
    FLOW_PART("getMonth", month),
    FLOW_PART("getDate", date),
    FLOW_PART("getDayOfMonth", dayOfMonth),
    FLOW_PART("getDayOfWeek", dayOfWeek),
    FLOW_PART("getDayOfYear", dayOfYear),
    FLOW_PART("getHours", hours),
    FLOW_PART("getMinutes", minutes),
    FLOW_PART("getSeconds", seconds),
    FLOW_PART("getMilliseconds", milliseconds),
    {QLatin1String("getHours"), true, 1, {Duration}, Int, spanIn<3'600 * nanosPerSecond, 0>},
    {QLatin1String("getMinutes"), true, 1, {Duration}, Int, spanIn<60 * nanosPerSecond, 0>},
    {QLatin1String("getSeconds"), true, 1, {Duration}, Int, spanIn<nanosPerSecond, 0>},
    {QLatin1String("getMilliseconds"), true, 1, {Duration}, Int, spanIn<1'000'000, 1'000>},
}};

#undef FLOW_PART

} // namespace

std::span<const Overload> timeFunctions()
{
    return functions;
}

} // namespace flow::cel
