// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/evaluation.h"
#include "expression/functions.h"
#include "expression/time_text.h"
#include "expression/value_text.h"

#include <QCoreApplication>

namespace flow::cel {

namespace {

using enum ValueType;

bool refuse(Evaluation &run, const Node &call, const Value &value)
{
    const QString shown = excerpt(flow::toText(value).value_or(typeWord(value.type())));
    return run.fail(call, QCoreApplication::translate("Expression", "%1() cannot take %2")
                              .arg(call.name, value.type() == String ? u'"' + shown + u'"' : shown));
}

// Digits with an optional sign and nothing else.
bool isWhole(const QString &text, bool maySign)
{
    const qsizetype start = maySign && (text.startsWith(u'-') || text.startsWith(u'+')) ? 1 : 0;
    return text.size() > start &&
           std::all_of(text.begin() + start, text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

bool toBool(Evaluation &run, const Node &call, const Value *arguments, Value &result)
{
    static const QStringList yes = {QStringLiteral("1"), QStringLiteral("t"), QStringLiteral("true"),
                                    QStringLiteral("TRUE"), QStringLiteral("True")};
    static const QStringList no = {QStringLiteral("0"), QStringLiteral("f"), QStringLiteral("false"),
                                   QStringLiteral("FALSE"), QStringLiteral("False")};
    const QString *text = arguments[0].get<QString>();
    result = text ? Value(yes.contains(*text)) : arguments[0];
    return !text || yes.contains(*text) || no.contains(*text) || refuse(run, call, arguments[0]);
}

bool toInt(Evaluation &run, const Node &call, const Value *arguments, Value &result)
{
    const Value &value = arguments[0];
    if (const auto *number = value.get<quint64>()) {
        result = Value(qint64(*number));
        return *number <= quint64(std::numeric_limits<qint64>::max()) || refuse(run, call, value);
    }
    if (const auto *number = value.get<double>()) {
        // Both ends are excluded, as in other implementations: doubles there stand for more than one whole number.
        if (!(*number > -0x1p63 && *number < 0x1p63))
            return refuse(run, call, value);
        result = Value(qint64(*number));
        return true;
    }
    if (const auto *text = value.get<QString>()) {
        bool fits = isWhole(*text, true);
        if (fits)
            result = Value(text->toLongLong(&fits));
        return fits || refuse(run, call, value);
    }
    const auto *instant = value.get<Value::Instant>();
    result = instant ? Value(instant->seconds) : value;
    return true;
}

bool toUint(Evaluation &run, const Node &call, const Value *arguments, Value &result)
{
    const Value &value = arguments[0];
    if (const auto *number = value.get<qint64>()) {
        result = Value(quint64(*number));
        return *number >= 0 || refuse(run, call, value);
    }
    if (const auto *number = value.get<double>()) {
        if (!(*number >= 0 && *number < 0x1p64))
            return refuse(run, call, value);
        result = Value(quint64(*number));
        return true;
    }
    if (const auto *text = value.get<QString>()) {
        bool fits = isWhole(*text, false);
        if (fits)
            result = Value(text->toULongLong(&fits));
        return fits || refuse(run, call, value);
    }
    result = value;
    return true;
}

bool toDouble(Evaluation &run, const Node &call, const Value *arguments, Value &result)
{
    const Value &value = arguments[0];
    if (const auto *number = value.get<qint64>()) {
        result = Value(double(*number));
    } else if (const auto *unsignedNumber = value.get<quint64>()) {
        result = Value(double(*unsignedNumber));
    } else if (const auto *text = value.get<QString>()) {
        bool isNumber = false;
        const bool isPlain = std::none_of(text->begin(), text->end(), [](QChar c) { return c.isSpace(); });
        const bool isInfinity = text->endsWith(u"Infinity");
        result = Value((isInfinity ? QString(*text).replace(QStringLiteral("Infinity"), QStringLiteral("inf")) : *text)
                           .toDouble(&isNumber));
        return (isNumber && isPlain) || refuse(run, call, value);
    } else {
        result = value;
    }
    return true;
}

bool toString(Evaluation &run, const Node &call, const Value *arguments, Value &result)
{
    const auto text = flow::toText(arguments[0]);
    if (!text) {
        return run.fail(call, QCoreApplication::translate("Expression", "these bytes are no text: they are not UTF-8"));
    }
    result = Value(*text);
    return run.allowText(call, text->size());
}

bool toBytes(Evaluation &run, const Node &call, const Value *arguments, Value &result)
{
    const auto *text = arguments[0].get<QString>();
    result = text ? Value(text->toUtf8()) : arguments[0];
    return run.allowText(call, text ? text->size() : 0);
}

bool toTimestamp(Evaluation &run, const Node &call, const Value *arguments, Value &result)
{
    if (const auto *text = arguments[0].get<QString>()) {
        const auto instant = instantFromText(*text);
        if (!instant) {
            return run.fail(call, QCoreApplication::translate(
                                      "Expression", "\"%1\" is no timestamp with a zone, such as 2026-01-31T08:30:00Z, "
                                                    "from year 1 to 9999")
                                      .arg(excerpt(*text)));
        }
        result = Value(*instant);
        return true;
    }
    if (const auto *seconds = arguments[0].get<qint64>()) {
        result = Value(Value::Instant{*seconds, 0});
        return (*seconds >= leastSecond && *seconds <= mostSecond) || refuse(run, call, arguments[0]);
    }
    result = arguments[0];
    return true;
}

bool toDuration(Evaluation &run, const Node &call, const Value *arguments, Value &result)
{
    const auto *text = arguments[0].get<QString>();
    const auto span = text ? spanFromText(*text) : std::nullopt;
    if (text && !span) {
        return run.fail(call,
                        QCoreApplication::translate("Expression", "\"%1\" is no duration, such as 1h30m or -0.5s, "
                                                                  "of at most 292 years")
                            .arg(excerpt(*text)));
    }
    result = span ? Value(*span) : arguments[0];
    return true;
}

bool toType(Evaluation &, const Node &, const Value *arguments, Value &result)
{
    result = Value(arguments[0].type());
    return true;
}

bool toDyn(Evaluation &, const Node &, const Value *arguments, Value &result)
{
    result = arguments[0];
    return true;
}

constexpr TypeSet shown = Bool | Int | TypeSet(Uint) | Double | String | Bytes | Moment | Duration;

const std::array<Overload, 10> functions = {{
    {QLatin1String("bool"), false, 1, {Bool | String}, Bool, toBool},
    {QLatin1String("int"), false, 1, {Int | Uint | Double | String | Moment}, Int, toInt},
    {QLatin1String("uint"), false, 1, {Int | Uint | Double | String}, Uint, toUint},
    {QLatin1String("double"), false, 1, {Int | Uint | Double | String}, Double, toDouble},
    {QLatin1String("string"), false, 1, {shown}, String, toString},
    {QLatin1String("bytes"), false, 1, {String | Bytes}, Bytes, toBytes},
    {QLatin1String("timestamp"), false, 1, {Int | String | Moment}, Moment, toTimestamp},
    {QLatin1String("duration"), false, 1, {String | Duration}, Duration, toDuration},
    {QLatin1String("type"), false, 1, {TypeSet::all()}, Type, toType},
    {QLatin1String("dyn"), false, 1, {TypeSet::all()}, TypeSet::all(), toDyn},
}};

} // namespace

std::span<const Overload> conversionFunctions()
{
    return functions;
}

} // namespace flow::cel
