// SPDX-License-Identifier: GPL-3.0-or-later
// What was typed becomes a value, or a sentence that says what is wrong with it.
#include "editor/field_spec.h"

#include "base/json.h"
#include "expression/expression.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QLocale>
#include <QRegularExpression>

#include <cmath>

namespace flow {
namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("FieldValue", text);
}

Error wrong(ErrorCode code, const QString &reason)
{
    return Error{code, reason};
}

std::optional<double> bound(const QJsonObject &schema, const char *key)
{
    const QJsonValue value = schema.value(QLatin1String(key));
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

QString number(double value)
{
    return QLocale().toString(value, 'g', QLocale::FloatingPointShortest);
}

/// "a number from 1 to 100", "a whole number of at least 1", "a number above 0"
QString expectation(const FieldSpec &spec)
{
    const QString what = spec.kind == FieldKind::Integer ? tr("a whole number") : tr("a number");
    const auto least = bound(spec.schema, "minimum");
    const auto most = bound(spec.schema, "maximum");
    const auto above = bound(spec.schema, "exclusiveMinimum");
    const auto below = bound(spec.schema, "exclusiveMaximum");
    if (least && most)
        return tr("%1 from %2 to %3").arg(what, number(*least), number(*most));
    if (above && most)
        return tr("%1 above %2, up to %3").arg(what, number(*above), number(*most));
    if (least)
        return tr("%1 of at least %2").arg(what, number(*least));
    if (most)
        return tr("%1 of at most %2").arg(what, number(*most));
    if (above)
        return tr("%1 above %2").arg(what, number(*above));
    if (below)
        return tr("%1 below %2").arg(what, number(*below));
    return what;
}

Result<QJsonValue> numberValue(const FieldSpec &spec, const QString &text)
{
    const Error notGood = wrong(spec.kind == FieldKind::Integer ? ErrorCode::NotAnInteger : ErrorCode::NotANumber,
                                tr("Must be %1").arg(expectation(spec)));
    bool ok = false;
    double value = text.toDouble(&ok);
    if (!ok)
        value = QLocale().toDouble(text, &ok); // with the comma or the groups of the locale
    if (!ok || !std::isfinite(value))
        return notGood;
    const bool whole = value == std::floor(value) && std::abs(value) < 9.0e15;
    const auto outside = [&](const char *key, auto compare) {
        const auto limit = bound(spec.schema, key);
        return limit && compare(value, *limit);
    };
    if ((spec.kind == FieldKind::Integer && !whole) || outside("minimum", std::less<>()) ||
        outside("maximum", std::greater<>()) || outside("exclusiveMinimum", std::less_equal<>()) ||
        outside("exclusiveMaximum", std::greater_equal<>()))
        return notGood;
    return whole ? QJsonValue(qint64(value)) : QJsonValue(value);
}

Result<QJsonValue> textValue(const FieldSpec &spec, const QString &text)
{
    const int least = spec.schema.value(QStringLiteral("minLength")).toInt(0);
    const int most = spec.schema.value(QStringLiteral("maxLength")).toInt(-1);
    if (text.size() < least)
        return wrong(ErrorCode::BadLength,
                     least == 1 ? tr("Must not be empty") : tr("Must have at least %1 characters").arg(least));
    if (most >= 0 && text.size() > most)
        return wrong(ErrorCode::BadLength,
                     tr("Must have at most %1 characters; these are %2").arg(most).arg(text.size()));
    const QString pattern = spec.schema.value(QStringLiteral("pattern")).toString();
    if (!pattern.isEmpty() && !QRegularExpression(pattern).match(text).hasMatch())
        return wrong(ErrorCode::NotOneOf, tr("Must have the form %1").arg(pattern));
    return QJsonValue(text);
}

Result<QJsonValue> linesValue(const QString &text)
{
    QJsonArray list;
    const QStringList lines = text.split(u'\n');
    for (const QString &line : lines) {
        if (!line.trimmed().isEmpty())
            list.append(line.trimmed());
    }
    return QJsonValue(list);
}

Result<QJsonValue> jsonValue(const FieldSpec &spec, const QString &text)
{
    const json::Parsed parsed = json::parse(text.toUtf8());
    if (!parsed.errors.isEmpty()) {
        const Error &first = parsed.errors.first();
        const QString place = first.line > 1 ? tr("Line %1: ").arg(first.line) : QString();
        return wrong(first.code, place + first.reason);
    }
    const QString type = spec.schema.value(QStringLiteral("type")).toString();
    if (type == QStringLiteral("object") && !parsed.value.isObject())
        return wrong(ErrorCode::NotAnObject, tr("Must be an object: { \"name\": value }"));
    if (type == QStringLiteral("array") && !parsed.value.isArray())
        return wrong(ErrorCode::NotAList, tr("Must be a list: [ value, value ]"));
    return parsed.value;
}

Result<QJsonValue> expressionValue(const QString &text)
{
    static const QStringList variables = {QStringLiteral("input"), QStringLiteral("tasks"), QStringLiteral("flow"),
                                          QStringLiteral("execution")};
    const Result<Expression> compiled = Expression::compile(text, variables);
    return compiled ? Result<QJsonValue>(QJsonValue(text)) : Result<QJsonValue>(compiled.error());
}

/// JSON holds expressions in its texts; as a whole it is one only where it begins with one.
bool isTemplate(const FieldSpec &spec, const QString &text)
{
    if (!spec.takesExpressions || spec.kind == FieldKind::Lines)
        return false;
    return spec.kind == FieldKind::Json ? text.trimmed().startsWith(u"${") : text.contains(u"${");
}

} // namespace

Result<QJsonValue> fieldValue(const FieldSpec &spec, const QString &text)
{
    if (text.trimmed().isEmpty() && (spec.kind != FieldKind::Text || text.isEmpty())) {
        if (spec.required && spec.defaultValue().isUndefined())
            return wrong(ErrorCode::MissingField, tr("Must be filled in"));
        return QJsonValue(QJsonValue::Undefined);
    }
    if (isTemplate(spec, text))
        return QJsonValue(spec.kind == FieldKind::Json ? text.trimmed() : text);
    switch (spec.kind) {
    case FieldKind::Integer:
    case FieldKind::Number:
        return numberValue(spec, text.trimmed());
    case FieldKind::Lines:
        return linesValue(text);
    case FieldKind::Json:
        return jsonValue(spec, text);
    case FieldKind::Expression:
        return expressionValue(text.trimmed());
    default:
        return textValue(spec, text);
    }
}

} // namespace flow
