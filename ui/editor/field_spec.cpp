// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/field_spec.h"

#include "base/json.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <algorithm>
#include <limits>

namespace flow {
namespace {

QString type(const QJsonObject &schema)
{
    const QJsonValue given = schema.value(QStringLiteral("type"));
    if (!given.isArray())
        return given.toString();
    // ["string", "null"] and the like: the first that is not null.
    const QJsonArray types = given.toArray();
    for (const QJsonValue &one : types) {
        if (one.toString() != QStringLiteral("null"))
            return one.toString();
    }
    return {};
}

FieldKind kindOf(const QJsonObject &schema)
{
    if (schema.value(QStringLiteral("enum")).isArray())
        return FieldKind::Choice;
    const QString name = type(schema);
    if (name == QStringLiteral("string")) {
        if (schema.value(QStringLiteral("x-expression")).toBool())
            return FieldKind::Expression;
        const bool maybeLong = schema.value(QStringLiteral("maxLength")).toInt() > 200;
        const bool isLong = schema.value(QStringLiteral("x-multiline")).toBool(maybeLong);
        return isLong ? FieldKind::LongText : FieldKind::Text;
    }
    if (name == QStringLiteral("integer"))
        return FieldKind::Integer;
    if (name == QStringLiteral("number"))
        return FieldKind::Number;
    if (name == QStringLiteral("boolean"))
        return FieldKind::Boolean;
    // A form of lines drops empty ones and the spaces around the others.
    if (name == QStringLiteral("array") && !schema.value(QStringLiteral("x-exact")).toBool() &&
        type(schema.value(QStringLiteral("items")).toObject()) == QStringLiteral("string"))
        return FieldKind::Lines;
    return FieldKind::Json;
}

/// "max_delay_seconds" -> "Max delay seconds"
QString readable(const QString &key)
{
    QString text = key;
    text.replace(u'_', u' ').replace(u'-', u' ');
    if (!text.isEmpty())
        text[0] = text[0].toUpper();
    return text;
}

} // namespace

QString asSentence(const QString &reason)
{
    return reason.isEmpty() ? reason : reason[0].toUpper() + reason.mid(1);
}

QJsonArray FieldSpec::choices() const
{
    return schema.value(QStringLiteral("enum")).toArray();
}

FieldSpec fieldSpec(const QString &key, const QJsonObject &schema, bool required)
{
    FieldSpec spec;
    spec.key = key;
    spec.title = schema.value(QStringLiteral("title")).toString(readable(key));
    spec.description = schema.value(QStringLiteral("description")).toString();
    spec.unit = schema.value(QStringLiteral("x-unit")).toString();
    spec.kind = kindOf(schema);
    spec.required = required;
    spec.schema = schema;
    spec.placeholder = fieldText(spec, spec.defaultValue());
    return spec;
}

QList<FieldSpec> fieldSpecs(const QJsonObject &schema)
{
    const QJsonObject properties = schema.value(QStringLiteral("properties")).toObject();
    const QJsonArray required = schema.value(QStringLiteral("required")).toArray();
    QList<FieldSpec> specs;
    for (auto property = properties.begin(); property != properties.end(); ++property)
        specs.append(fieldSpec(property.key(), property.value().toObject(), required.contains(property.key())));
    const auto place = [](const FieldSpec &spec) {
        return spec.schema.value(QStringLiteral("x-order")).toInt(std::numeric_limits<int>::max());
    };
    std::stable_sort(specs.begin(), specs.end(), [&](const FieldSpec &a, const FieldSpec &b) {
        if (place(a) != place(b))
            return place(a) < place(b);
        return a.required && !b.required;
    });
    return specs;
}

QString fieldText(const FieldSpec &spec, const QJsonValue &value)
{
    if (value.isUndefined())
        return {};
    if (spec.takesExpressions && value.toString().contains(u"${"))
        return value.toString();
    switch (spec.kind) {
    case FieldKind::Lines: {
        QStringList lines;
        const QJsonArray list = value.toArray();
        for (const QJsonValue &line : list)
            lines.append(line.toString());
        return lines.join(u'\n');
    }
    case FieldKind::Json:
        return QString::fromUtf8(json::write(value)).trimmed();
    case FieldKind::Boolean:
        return value.toBool() ? QCoreApplication::translate("FieldSpec", "Yes")
                              : QCoreApplication::translate("FieldSpec", "No");
    default:
        return value.isString() ? value.toString() : QString::fromUtf8(json::writeCompact(value));
    }
}

} // namespace flow
