// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QList>
#include <QString>

/// What a form knows of one field, read from a JSON Schema, and how its text becomes a value. No widgets; GUI thread or
/// any other.
namespace flow {

enum class FieldKind { Text, LongText, Integer, Number, Boolean, Choice, Lines, Json, Expression };

struct FieldSpec
{
    QString key;
    QString title; ///< the schema's title, or the key made readable
    QString description;
    QString unit;        ///< `x-unit`: s, MiB, ...
    QString placeholder; ///< shown while the field is empty; the default where there is one
    FieldKind kind = FieldKind::Text;
    bool required = false;
    bool takesExpressions =
        false; ///< a text with `${...}` will do whatever the kind: its value comes into being in the run
    QJsonObject schema;

    QJsonValue defaultValue() const { return schema.value(QStringLiteral("default")); }
    /// The allowed values of a Choice.
    QJsonArray choices() const;
};

FieldSpec fieldSpec(const QString &key, const QJsonObject &schema, bool required = false);
/// The properties of an object schema, by their `x-order` where given; the others follow, required ones first, then by
/// key.
QList<FieldSpec> fieldSpecs(const QJsonObject &schema);

/// An error's reason with a capital, to stand by itself under a field.
QString asSentence(const QString &reason);

/// What stands in the field for this value; empty for an absent one.
QString fieldText(const FieldSpec &spec, const QJsonValue &value);
/// The value of what was typed; undefined when the field is empty and may be absent. Errors are sentences to show below
/// it.
Result<QJsonValue> fieldValue(const FieldSpec &spec, const QString &text);

} // namespace flow
