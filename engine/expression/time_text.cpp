// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/time_text.h"

#include <array>
#include <chrono>

namespace flow::cel {

namespace {

// Takes pieces off the front of a text.
class Scanner
{
public:
    explicit Scanner(QStringView text)
        : m_rest(text)
    {
    }

    bool atEnd() const { return m_rest.isEmpty(); }
    char16_t next() const { return atEnd() ? u'\0' : m_rest.front().unicode(); }
    bool nextIsDigit() const { return next() >= u'0' && next() <= u'9'; }

    bool take(QStringView piece)
    {
        if (!m_rest.startsWith(piece))
            return false;
        m_rest = m_rest.sliced(piece.size());
        return true;
    }

    int takeDigit()
    {
        const int digit = next() - u'0';
        m_rest = m_rest.sliced(1);
        return digit;
    }

    std::optional<int> takeNumber(int digits)
    {
        int number = 0;
        for (; digits > 0; --digits) {
            if (!nextIsDigit())
                return std::nullopt;
            number = number * 10 + takeDigit();
        }
        return number;
    }

private:
    QStringView m_rest;
};

// Digits behind the point as a part of `unit`; digits beyond nanoseconds are cut off.
std::optional<qint64> takeFraction(Scanner &scanner, qint64 unit)
{
    if (!scanner.nextIsDigit())
        return std::nullopt;
    __extension__ __int128 sum = 0;
    __extension__ __int128 scale = 1;
    while (scanner.nextIsDigit()) {
        const int digit = scanner.takeDigit();
        if (scale < 1'000'000'000'000'000) {
            sum = sum * 10 + digit;
            scale *= 10;
        }
    }
    return qint64(sum * unit / scale);
}

std::optional<int> takeOffset(Scanner &scanner)
{
    const bool behind = scanner.next() == u'-';
    if (behind || scanner.next() == u'+')
        scanner.take(behind ? u"-" : u"+");
    const auto hours = scanner.takeNumber(2);
    if (!hours || !scanner.take(u":"))
        return std::nullopt;
    const auto minutes = scanner.takeNumber(2);
    if (!minutes || *hours > 23 || *minutes > 59)
        return std::nullopt;
    return (behind ? -60 : 60) * (*hours * 60 + *minutes);
}

std::optional<qint64> takeDate(Scanner &scanner)
{
    using namespace std::chrono;
    const auto y = scanner.takeNumber(4);
    const auto m = y && scanner.take(u"-") ? scanner.takeNumber(2) : std::nullopt;
    const auto d = m && scanner.take(u"-") ? scanner.takeNumber(2) : std::nullopt;
    if (!d)
        return std::nullopt;
    const year_month_day date{year(*y), month(unsigned(*m)), day(unsigned(*d))};
    if (!date.ok())
        return std::nullopt;
    return qint64(sys_days(date).time_since_epoch().count()) * 86'400;
}

std::optional<qint64> takeTimeOfDay(Scanner &scanner)
{
    const auto hours = scanner.takeNumber(2);
    const auto minutes = hours && scanner.take(u":") ? scanner.takeNumber(2) : std::nullopt;
    const auto seconds = minutes && scanner.take(u":") ? scanner.takeNumber(2) : std::nullopt;
    if (!seconds || *hours > 23 || *minutes > 59 || *seconds > 59)
        return std::nullopt;
    return *hours * 3600 + *minutes * 60 + *seconds;
}

QString fractionText(qint64 nanos)
{
    if (nanos == 0)
        return {};
    QString digits = QStringLiteral(".%1").arg(nanos, 9, 10, QLatin1Char('0'));
    while (digits.endsWith(u'0'))
        digits.chop(1);
    return digits;
}

struct Unit
{
    QStringView name;
    qint64 nanos;
};

// Longer names first, so that `ms` is not read as minutes.
constexpr std::array<Unit, 8> units = {{
    {u"ns", 1},
    {u"us", 1'000},
    {u"\u00b5s", 1'000},
    {u"\u03bcs", 1'000},
    {u"ms", 1'000'000},
    {u"s", nanosPerSecond},
    {u"m", 60 * nanosPerSecond},
    {u"h", 3'600 * nanosPerSecond},
}};

const Unit *takeUnit(Scanner &scanner)
{
    for (const Unit &unit : units) {
        if (scanner.take(unit.name))
            return &unit;
    }
    return nullptr;
}

// One number with its unit, such as `1.5h`, added to `sum`; false when there is none or it gets too large.
bool takeTerm(Scanner &scanner, bool negative, qint64 *sum)
{
    const bool hasWhole = scanner.nextIsDigit();
    qint64 whole = 0;
    while (scanner.nextIsDigit()) {
        if (__builtin_mul_overflow(whole, 10, &whole) || __builtin_add_overflow(whole, scanner.takeDigit(), &whole))
            return false;
    }
    Scanner atFraction = scanner;
    std::optional<qint64> fraction;
    const bool hasPoint = scanner.take(u".");
    if (hasPoint) {
        atFraction = scanner;
        fraction = takeFraction(scanner, 1);
    }
    const Unit *unit = (hasWhole || fraction) ? takeUnit(scanner) : nullptr;
    if (!unit)
        return false;
    const qint64 part = fraction ? *takeFraction(atFraction, unit->nanos) : 0;
    qint64 term = 0;
    if (__builtin_mul_overflow(negative ? -whole : whole, unit->nanos, &term))
        return false;
    return !__builtin_add_overflow(term, negative ? -part : part, &term) && !__builtin_add_overflow(*sum, term, sum);
}

} // namespace

std::optional<Value::Instant> instantFromText(QStringView text)
{
    Scanner scanner(text);
    const auto date = takeDate(scanner);
    if (!date || !(scanner.take(u"T") || scanner.take(u"t")))
        return std::nullopt;
    const auto time = takeTimeOfDay(scanner);
    const auto nanos = time && scanner.take(u".") ? takeFraction(scanner, nanosPerSecond) : std::optional<qint64>(0);
    if (!time || !nanos)
        return std::nullopt;

    std::optional<int> offset = 0;
    if (!scanner.take(u"Z") && !scanner.take(u"z"))
        offset = scanner.next() == u'+' || scanner.next() == u'-' ? takeOffset(scanner) : std::nullopt;
    if (!offset || !scanner.atEnd())
        return std::nullopt;

    const Value::Instant instant{*date + *time - *offset, qint32(*nanos)};
    if (instant.seconds < leastSecond || instant.seconds > mostSecond)
        return std::nullopt;
    return instant;
}

QString toText(Value::Instant instant)
{
    using namespace std::chrono;
    const sys_seconds time{seconds(instant.seconds)};
    const auto midnight = floor<days>(time);
    const year_month_day date(midnight);
    const hh_mm_ss clock(time - midnight);
    const auto pad = [](qint64 number, int width) {
        return QStringLiteral("%1").arg(number, width, 10, QLatin1Char('0'));
    };
    return pad(int(date.year()), 4) + u'-' + pad(unsigned(date.month()), 2) + u'-' + pad(unsigned(date.day()), 2) +
           u'T' + pad(clock.hours().count(), 2) + u':' + pad(clock.minutes().count(), 2) + u':' +
           pad(clock.seconds().count(), 2) + fractionText(instant.nanos) + u'Z';
}

std::optional<Value::Span> spanFromText(QStringView text)
{
    Scanner scanner(text);
    const bool negative = scanner.take(u"-");
    if (!negative)
        scanner.take(u"+");
    if (scanner.atEnd())
        return std::nullopt;
    Scanner zero = scanner;
    if (zero.take(u"0") && zero.atEnd())
        return Value::Span{0};

    qint64 sum = 0;
    while (!scanner.atEnd()) {
        if (!takeTerm(scanner, negative, &sum))
            return std::nullopt;
    }
    return Value::Span{sum};
}

QString toText(Value::Span span)
{
    const quint64 size = span.nanos < 0 ? 0 - quint64(span.nanos) : quint64(span.nanos);
    return (span.nanos < 0 ? QStringLiteral("-") : QString()) + QString::number(size / nanosPerSecond) +
           fractionText(qint64(size % nanosPerSecond)) + u's';
}

std::optional<int> offsetFromText(QStringView text)
{
    Scanner scanner(text);
    const auto offset = takeOffset(scanner);
    return offset && scanner.atEnd() ? offset : std::nullopt;
}

} // namespace flow::cel
