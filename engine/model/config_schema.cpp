// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/config_schema.h"

#include "base/json.h"

#include <QCoreApplication>
#include <QJsonArray>
#include <QStringList>

#include <cmath>

namespace flow {

namespace {

/// Walks schema and value side by side and gathers what does not fit.
class Checker
{
    Q_DECLARE_TR_FUNCTIONS(ConfigSchema)

public:
    QList<Error> errors;

    void check(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at)
    {
        const bool hiddenAround = m_hidden;
        m_hidden = m_hidden || schema.value(u"writeOnly").toBool();
        checkRules(schema, value, at);
        m_hidden = hiddenAround;
    }

private:
    void checkRules(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at)
    {
        if (!checkType(schema, value, at) || !checkEnum(schema, value, at))
            return;
        if (value.isDouble())
            checkNumber(schema, value, at);
        else if (value.isString())
            checkLength(schema, value, at);
        else if (value.isObject())
            checkObject(schema, value.toObject(), at);
        else if (value.isArray())
            checkItems(schema, value.toArray(), at);
    }

    bool checkType(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at);
    bool checkEnum(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at);
    void checkNumber(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at);
    void checkLength(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at);
    void checkObject(const QJsonObject &schema, const QJsonObject &object, const FieldPath &at);
    void checkItems(const QJsonObject &schema, const QJsonArray &list, const FieldPath &at);

    void report(ErrorCode code, const FieldPath &at, const QJsonValue &value, const QString &reason)
    {
        if (m_hidden)
            reportWithoutValue(code, at, reason);
        else
            errors << Error{.code = code, .reason = reason, .path = at, .value = json::excerpt(value)};
    }
    void reportWithoutValue(ErrorCode code, const FieldPath &at, const QString &reason)
    {
        errors << Error{.code = code, .reason = reason, .path = at};
    }

    bool m_hidden = false; ///< inside a value that must not be shown
};

QStringList wordsOf(const QJsonValue &value)
{
    if (value.isString())
        return {value.toString()};
    QStringList words;
    for (const QJsonValue &word : value.toArray())
        words << word.toString();
    return words;
}

bool isWhole(const QJsonValue &value)
{
    return value.isDouble() && std::trunc(value.toDouble()) == value.toDouble();
}

bool hasType(const QJsonValue &value, const QString &type)
{
    if (type == u"string")
        return value.isString();
    if (type == u"number")
        return value.isDouble();
    if (type == u"integer")
        return isWhole(value);
    if (type == u"boolean")
        return value.isBool();
    if (type == u"object")
        return value.isObject();
    if (type == u"array")
        return value.isArray();
    return type == u"null" && value.isNull();
}

ErrorCode codeOfType(const QString &type)
{
    static const QHash<QString, ErrorCode> codes{
        {QStringLiteral("string"), ErrorCode::NotAString},    {QStringLiteral("number"), ErrorCode::NotANumber},
        {QStringLiteral("integer"), ErrorCode::NotAnInteger}, {QStringLiteral("boolean"), ErrorCode::NotABoolean},
        {QStringLiteral("object"), ErrorCode::NotAnObject},   {QStringLiteral("array"), ErrorCode::NotAList}};
    return codes.value(type, ErrorCode::NotOneOf);
}

QString shown(double number)
{
    return QString::number(number, 'g', QLocale::FloatingPointShortest);
}

bool Checker::checkType(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at)
{
    const QStringList types = wordsOf(schema.value(u"type"));
    if (types.isEmpty())
        return true;
    for (const QString &type : types) {
        if (hasType(value, type))
            return true;
    }
    static const QHash<QString, const char *> nouns{{QStringLiteral("string"), QT_TR_NOOP("text")},
                                                    {QStringLiteral("number"), QT_TR_NOOP("a number")},
                                                    {QStringLiteral("integer"), QT_TR_NOOP("a whole number")},
                                                    {QStringLiteral("boolean"), QT_TR_NOOP("true or false")},
                                                    {QStringLiteral("object"), QT_TR_NOOP("an object")},
                                                    {QStringLiteral("array"), QT_TR_NOOP("a list")},
                                                    {QStringLiteral("null"), QT_TR_NOOP("null")}};
    QStringList allowed;
    for (const QString &type : types)
        allowed << (nouns.contains(type) ? tr(nouns.value(type)) : type);
    report(codeOfType(types.first()), at, value, tr("must be %1").arg(allowed.join(tr(" or "))));
    return false;
}

bool Checker::checkEnum(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at)
{
    const QJsonValue allowed = schema.value(u"enum");
    if (!allowed.isArray() || allowed.toArray().contains(value))
        return true;
    QStringList words;
    for (const QJsonValue &word : allowed.toArray())
        words << (word.isString() ? word.toString() : json::excerpt(word));
    report(ErrorCode::NotOneOf, at, value, tr("must be one of: %1").arg(words.join(QStringLiteral(", "))));
    return false;
}

void Checker::checkNumber(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at)
{
    const QJsonValue least = schema.value(u"minimum");
    const QJsonValue most = schema.value(u"maximum");
    const bool tooSmall = least.isDouble() && value.toDouble() < least.toDouble();
    const bool tooLarge = most.isDouble() && value.toDouble() > most.toDouble();
    if (!tooSmall && !tooLarge)
        return;
    QString rule;
    if (least.isDouble() && most.isDouble())
        rule = tr("must be from %1 to %2").arg(shown(least.toDouble()), shown(most.toDouble()));
    else if (least.isDouble())
        rule = tr("must be at least %1").arg(shown(least.toDouble()));
    else
        rule = tr("must be at most %1").arg(shown(most.toDouble()));
    report(ErrorCode::OutOfRange, at, value, rule);
}

void Checker::checkLength(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at)
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

void Checker::checkObject(const QJsonObject &schema, const QJsonObject &object, const FieldPath &at)
{
    for (const QString &key : wordsOf(schema.value(u"required"))) {
        if (!object.contains(key))
            reportWithoutValue(ErrorCode::MissingField, at / key, tr("is missing"));
    }
    const QJsonObject properties = schema.value(u"properties").toObject();
    const QJsonValue others = schema.value(u"additionalProperties");
    for (auto field = object.begin(); field != object.end(); ++field) {
        const auto property = properties.constFind(field.key());
        if (property != properties.constEnd()) {
            check(property.value().toObject(), field.value(), at / field.key());
        } else if (others.isObject()) {
            check(others.toObject(), field.value(), at / field.key());
        } else if (others == QJsonValue(false)) {
            reportWithoutValue(ErrorCode::UnknownField, at / field.key(),
                               properties.isEmpty()
                                   ? tr("is unknown: there is nothing to set here")
                                   : tr("is unknown; known: %1").arg(properties.keys().join(QStringLiteral(", "))));
        }
    }
}

void Checker::checkItems(const QJsonObject &schema, const QJsonArray &list, const FieldPath &at)
{
    const QJsonValue items = schema.value(u"items");
    if (!items.isObject())
        return;
    for (qsizetype index = 0; index < list.size(); ++index)
        check(items.toObject(), list.at(index), at / index);
}

} // namespace

QList<Error> checkConfig(const QJsonObject &schema, const QJsonObject &config, const FieldPath &at)
{
    // The usual case of a task without settings: an empty object can only lack something.
    if (config.isEmpty() && !schema.contains(u"required"))
        return {};
    Checker checker;
    checker.check(schema, config, at);
    return checker.errors;
}

QJsonObject withDefaults(const QJsonObject &schema, QJsonObject config)
{
    const QJsonObject properties = schema.value(u"properties").toObject();
    for (auto property = properties.begin(); property != properties.end(); ++property) {
        const QJsonValue fallback = property.value().toObject().value(u"default");
        if (!fallback.isUndefined() && !config.contains(property.key()))
            config.insert(property.key(), fallback);
    }
    return config;
}

} // namespace flow
