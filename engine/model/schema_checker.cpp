// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/schema_checker.h"

/// What a value is, and what is in it.
#include <QHash>

#include <cmath>

namespace flow {

namespace {

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

} // namespace

QStringList schemaWords(const QJsonValue &value)
{
    if (value.isString())
        return {value.toString()};
    QStringList words;
    for (const QJsonValue &word : value.toArray())
        words << word.toString();
    return words;
}

bool SchemaChecker::checkType(const QJsonObject &schema, const QJsonValue &value, const FieldPath &at)
{
    const QStringList types = schemaWords(schema.value(u"type"));
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

void SchemaChecker::checkObject(const QJsonObject &schema, const QJsonObject &object, const FieldPath &at)
{
    for (const QString &key : schemaWords(schema.value(u"required"))) {
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

void SchemaChecker::checkItems(const QJsonObject &schema, const QJsonArray &list, const FieldPath &at)
{
    const QJsonValue items = schema.value(u"items");
    if (items == QJsonValue(false) && !list.isEmpty())
        report(ErrorCode::BadLength, at, list, tr("must be empty"));
    if (!items.isObject())
        return;
    for (qsizetype index = 0; index < list.size(); ++index)
        check(items.toObject(), list.at(index), at / index);
}

} // namespace flow
