// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/schema_shape.h"

#include "model/schema_checker.h"

#include <QHash>
#include <QJsonArray>

namespace flow {

namespace {

/// A word that is not known allows anything: it is a mistake of the schema, which checkSchema() tells.
TypeSet typesOf(const QJsonObject &schema)
{
    static const QHash<QString, TypeSet> known{
        {QStringLiteral("string"), ValueType::String}, {QStringLiteral("number"), ValueType::Int | ValueType::Double},
        {QStringLiteral("integer"), ValueType::Int},   {QStringLiteral("boolean"), ValueType::Bool},
        {QStringLiteral("object"), ValueType::Map},    {QStringLiteral("array"), ValueType::List},
        {QStringLiteral("null"), ValueType::Null}};
    TypeSet types;
    for (const QString &word : schemaWords(schema.value(u"type")))
        types = types | known.value(word, TypeSet::all());
    return types.isEmpty() ? TypeSet::all() : types;
}

} // namespace

Shape shapeOf(const QJsonObject &schema)
{
    Shape shape{.types = typesOf(schema), .isClosed = schema.value(u"additionalProperties") == QJsonValue(false)};
    for (const QJsonValue &value : schema.value(u"enum").toArray()) {
        if (value.isString())
            shape.words << value.toString();
    }
    const QStringList required = schemaWords(schema.value(u"required"));
    const QJsonObject properties = schema.value(u"properties").toObject();
    for (auto property = properties.begin(); property != properties.end(); ++property) {
        Shape field = shapeOf(property->toObject());
        if (!required.contains(property.key()))
            field.types = field.types | ValueType::Null;
        shape.fields.insert(property.key(), field);
    }
    return shape;
}

} // namespace flow
