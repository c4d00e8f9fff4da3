// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/schema_checker.h"

/// Which values are allowed: words, numbers, texts, lists.
#include "model/config_schema.h"

#include <QSet>

#include <algorithm>
#include <cmath>

namespace flow {

namespace {

QString shown(const QJsonValue &number)
{
    return QString::number(number.toDouble(), 'g', QLocale::FloatingPointShortest);
}

} // namespace

bool SchemaChecker::checkAllowed(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at)
{
    const QJsonValue only = schema.value(u"const");
    if (!only.isUndefined() && only != value) {
        report(ErrorCode::NotOneOf, at, value, tr("must be %1").arg(json::excerpt(only)));
        return false;
    }
    const QJsonValue allowed = schema.value(u"enum");
    if (!allowed.isArray() || allowed.toArray().contains(value))
        return true;
    QStringList words;
    for (const QJsonValue &word : allowed.toArray())
        words << (word.isString() ? word.toString() : json::excerpt(word));
    report(ErrorCode::NotOneOf, at, value, tr("must be one of: %1").arg(words.join(QStringLiteral(", "))));
    return false;
}

void SchemaChecker::checkBounds(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at)
{
    const QJsonValue least = schema.value(u"minimum");
    const QJsonValue most = schema.value(u"maximum");
    const QJsonValue below = schema.value(u"exclusiveMinimum");
    const QJsonValue above = schema.value(u"exclusiveMaximum");
    const double number = value.toDouble();
    const bool tooSmall = least.isDouble() && number < least.toDouble();
    const bool tooLarge = most.isDouble() && number > most.toDouble();
    if (below.isDouble() && number <= below.toDouble())
        report(ErrorCode::OutOfRange, at, value, tr("must be more than %1").arg(shown(below)));
    else if (above.isDouble() && number >= above.toDouble())
        report(ErrorCode::OutOfRange, at, value, tr("must be less than %1").arg(shown(above)));
    else if ((tooSmall || tooLarge) && least.isDouble() && most.isDouble())
        report(ErrorCode::OutOfRange, at, value, tr("must be from %1 to %2").arg(shown(least), shown(most)));
    else if (tooSmall)
        report(ErrorCode::OutOfRange, at, value, tr("must be at least %1").arg(shown(least)));
    else if (tooLarge)
        report(ErrorCode::OutOfRange, at, value, tr("must be at most %1").arg(shown(most)));
}

void SchemaChecker::checkSteps(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at)
{
    const double step = schema.value(u"multipleOf").toDouble();
    if (step <= 0)
        return;
    // 0.3 / 0.1 is not 3 in binary fractions.
    const double times = value.toDouble() / step;
    if (std::abs(times - std::round(times)) > 1e-9 * std::max(1.0, std::abs(times)))
        report(ErrorCode::OutOfRange, at, value, tr("must be a multiple of %1").arg(shown(step)));
}

void SchemaChecker::checkLength(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at)
{
    const qsizetype length = value.toString().toUcs4().size();
    const QJsonValue least = schema.value(u"minLength");
    const QJsonValue most = schema.value(u"maxLength");
    if (least.isDouble() && length < least.toInteger()) {
        report(ErrorCode::BadLength, at, value,
               length == 0 ? tr("must not be empty") : tr("must have at least %1 characters").arg(least.toInteger()));
    } else if (most.isDouble() && length > most.toInteger()) {
        report(ErrorCode::BadLength, at, value,
               tr("must have at most %1 characters, has %2").arg(most.toInteger()).arg(length));
    }
}

/// Read once, however many values are held against it. Null where it cannot be read, which is a mistake of the schema
/// that checkSchema() tells.
cel::Pattern SchemaChecker::patternOf(const QString &text)
{
    if (const auto known = m_patterns.constFind(text); known != m_patterns.constEnd())
        return *known;
    auto compiled = cel::compilePattern(text, {.patternLength = longestPattern});
    const cel::Pattern *pattern = std::get_if<cel::Pattern>(&compiled);
    return *m_patterns.insert(text, pattern ? *pattern : cel::Pattern());
}

void SchemaChecker::checkPattern(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at)
{
    constexpr qint64 mostSteps = 20'000'000; // a second or two where each of them is needed
    constexpr qint64 stepsPerValue = 10;
    const QJsonValue text = schema.value(u"pattern");
    const cel::Pattern pattern = text.isString() ? patternOf(text.toString()) : cel::Pattern();
    if (!pattern || m_patternSteps > mostSteps) // too many is told once
        return;
    const qint64 steps = stepsPerValue + cel::costOfFinding(*pattern, value.toString().size());
    if (steps > ExpressionLimits{}.cost) {
        report(ErrorCode::BadLength, at, value,
               tr("is too long to be held against the pattern %1").arg(text.toString()));
        return;
    }
    m_patternSteps += steps;
    if (m_patternSteps > mostSteps)
        report(ErrorCode::TooLarge, at, value,
               tr("there is too much text before this to hold it all against patterns"));
    else if (!cel::isFound(*pattern, value.toString()))
        report(ErrorCode::OutOfRange, at, value, tr("must match the pattern %1").arg(text.toString()));
}

void SchemaChecker::checkCount(const QJsonObject &schema, const QJsonArray &list, const FieldPath &at)
{
    const QJsonValue least = schema.value(u"minItems");
    const QJsonValue most = schema.value(u"maxItems");
    if (least.isDouble() && list.size() < least.toInteger()) {
        report(ErrorCode::BadLength, at, list,
               list.isEmpty() ? tr("must not be empty") : tr("must have at least %1 items").arg(least.toInteger()));
    } else if (most.isDouble() && list.size() > most.toInteger()) {
        report(ErrorCode::BadLength, at, list,
               tr("must have at most %1 items, has %2").arg(most.toInteger()).arg(list.size()));
    }
    if (!schema.value(u"uniqueItems").toBool())
        return;
    QSet<QByteArray> seen; // in canonical form, so that a long list takes no longer than to write it
    for (qsizetype index = 0; index < list.size(); ++index) {
        const qsizetype before = seen.size();
        seen.insert(json::writeCompact(list.at(index)));
        if (seen.size() == before)
            report(ErrorCode::DuplicateName, at / index, list.at(index), tr("is there twice"));
    }
}

} // namespace flow
