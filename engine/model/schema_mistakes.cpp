// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/similar_word.h"
#include "expression/regex.h"
#include "model/config_schema.h"
#include "model/schema_checker.h"

#include <algorithm>

namespace flow {

namespace {

class SchemaReader
{
    Q_DECLARE_TR_FUNCTIONS(ConfigSchema)

public:
    SchemaMistakes mistakes;

    void read(const QJsonObject &schema, const FieldPath &at)
    {
        for (auto word = schema.begin(); word != schema.end(); ++word)
            readWord(word.key(), *word, at / word.key());
        readDefault(schema, at);
        const QJsonObject properties = schema.value(u"properties").toObject();
        for (auto property = properties.begin(); property != properties.end(); ++property)
            readInner(*property, at / QStringLiteral("properties") / property.key());
        for (const QString &word : {QStringLiteral("items"), QStringLiteral("additionalProperties")}) {
            if (const QJsonValue inner = schema.value(word); !inner.isUndefined() && !inner.isBool())
                readInner(inner, at / word);
        }
    }

private:
    void readInner(const QJsonValue &schema, const FieldPath &at)
    {
        if (schema.isObject())
            read(schema.toObject(), at);
        else if (schema.isBool() && !schema.toBool())
            tellUnchecked(at);
        else if (!schema.isBool())
            report(ErrorCode::NotAnObject, at, schema, tr("must be an object"));
    }

    void readWord(const QString &word, const QJsonValue &value, const FieldPath &at);
    void readTypes(const QJsonValue &value, const FieldPath &at);
    void readPattern(const QJsonValue &value, const FieldPath &at);
    void readDefault(const QJsonObject &schema, const FieldPath &at);
    void readUnknown(const QString &word, const FieldPath &at);

    void tellUnchecked(const FieldPath &at)
    {
        mistakes.unchecked << Error{.code = ErrorCode::NotAllowed,
                                    .reason = tr("is not checked: this part of JSON Schema is not known here"),
                                    .path = at};
    }

    void report(ErrorCode code, const FieldPath &at, const QJsonValue &value, const QString &reason)
    {
        mistakes.errors << Error{.code = code, .reason = reason, .path = at, .value = json::excerpt(value)};
    }
};

bool isListOfWords(const QJsonValue &value)
{
    const QJsonArray list = value.toArray();
    return value.isArray() && std::all_of(list.begin(), list.end(), [](const auto &word) { return word.isString(); });
}

void SchemaReader::readTypes(const QJsonValue &value, const FieldPath &at)
{
    static const QStringList known{QStringLiteral("string"),  QStringLiteral("number"), QStringLiteral("integer"),
                                   QStringLiteral("boolean"), QStringLiteral("object"), QStringLiteral("array"),
                                   QStringLiteral("null")};
    const QStringList words = schemaWords(value);
    const bool good = !words.isEmpty() && (value.isString() || isListOfWords(value)) &&
                      std::all_of(words.begin(), words.end(), [](const auto &word) { return known.contains(word); });
    if (!good)
        report(ErrorCode::NotOneOf, at, value,
               tr("must be one of: %1, or a list of them").arg(known.join(QStringLiteral(", "))));
}

void SchemaReader::readPattern(const QJsonValue &value, const FieldPath &at)
{
    if (!value.isString())
        return report(ErrorCode::NotAString, at, value, tr("must be text"));
    const auto pattern = cel::compilePattern(value.toString(), {.patternLength = longestPattern});
    if (const auto *problem = std::get_if<QString>(&pattern))
        report(ErrorCode::Syntax, at, value, *problem);
}

/// Otherwise whoever leaves the value out would be told that it is wrong.
void SchemaReader::readDefault(const QJsonObject &schema, const FieldPath &at)
{
    const QString word = QStringLiteral("default");
    if (!schema.contains(word))
        return;
    const QJsonObject ofIt{{QStringLiteral("properties"), QJsonObject{{word, schema}}}};
    mistakes.errors << checkConfig(ofIt, {{word, schema.value(word)}}, at);
}

/// Anybody may add words of his own to a schema; one that is nearly ours was likely meant to be ours.
void SchemaReader::readUnknown(const QString &word, const FieldPath &at)
{
    static const QStringList known =
        QStringLiteral(
            "type enum const minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength maxLength "
            "pattern properties required additionalProperties items minItems maxItems uniqueItems default "
            "title description examples $schema $id $comment $defs definitions deprecated readOnly writeOnly")
            .split(u' ');
    if (known.contains(word))
        return;
    const QString meant = similarWord(word, known, word.size() > 4 ? 2 : 1);
    if (!meant.isEmpty())
        mistakes.unchecked << Error{
            .code = ErrorCode::NotAllowed,
            .reason = tr("is not checked: it is no word of JSON Schema. Did you mean '%1'?").arg(meant),
            .path = at};
}

void SchemaReader::readWord(const QString &word, const QJsonValue &value, const FieldPath &at)
{
    const auto isOneOf = [&word](const char *words) { return QString::fromLatin1(words).split(u' ').contains(word); };
    const bool isCount = value.isDouble() && value.toDouble() >= 0 && double(value.toInteger(-1)) == value.toDouble();
    if (word == u"type")
        readTypes(value, at);
    else if (word == u"pattern")
        readPattern(value, at);
    else if (isOneOf("minimum maximum exclusiveMinimum exclusiveMaximum") && !value.isDouble())
        report(ErrorCode::NotANumber, at, value, tr("must be a number"));
    else if (word == u"multipleOf" && !(value.toDouble() > 0))
        report(ErrorCode::OutOfRange, at, value, tr("must be a number above 0"));
    else if (isOneOf("minLength maxLength minItems maxItems") && !isCount)
        report(ErrorCode::NotAnInteger, at, value, tr("must be a whole number from 0 on"));
    else if (word == u"required" && !isListOfWords(value))
        report(ErrorCode::NotAList, at, value, tr("must be a list of names"));
    else if (word == u"enum" && (!value.isArray() || value.toArray().isEmpty()))
        report(ErrorCode::NotAList, at, value, tr("must be a list of values"));
    else if (word == u"properties" && !value.isObject())
        report(ErrorCode::NotAnObject, at, value, tr("must be an object"));
    else if (word == u"uniqueItems" && !value.isBool())
        report(ErrorCode::NotABoolean, at, value, tr("must be true or false"));
    else if (isOneOf(
                 "$ref $dynamicRef allOf anyOf oneOf not if then else patternProperties propertyNames "
                 "minProperties maxProperties dependencies dependentRequired dependentSchemas contains "
                 "minContains maxContains prefixItems additionalItems unevaluatedItems unevaluatedProperties format"))
        tellUnchecked(at);
    else
        readUnknown(word, at);
}

} // namespace

SchemaMistakes checkSchema(const QJsonObject &schema, const FieldPath &at)
{
    SchemaReader reader;
    reader.read(schema, at);
    return reader.mistakes;
}

} // namespace flow
