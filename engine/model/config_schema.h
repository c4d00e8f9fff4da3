// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QJsonObject>
#include <QList>

/// Settings of a task against the JSON Schema that its type gives for them, and a flow's input against the one that the
/// flow gives. Any thread.
///
/// Not by a library: the one that is packaged (Valijson 1.0) takes a program down with a schema that refers to itself
/// and with a pattern on a long text, and schemas come from files that anybody wrote.
namespace flow {

/// Every rule that `config` breaks, in the schema's alphabetical order, with paths below `at`; empty when all is well.
///
/// Understood: type (one or a list), enum, const, minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf,
/// minLength, maxLength, pattern (in RE2's syntax), properties, required, additionalProperties, items, minItems,
/// maxItems, uniqueItems, as in https://json-schema.org/draft/2020-12/json-schema-validation. A whole number is an
/// integer however it was written; lengths count code points. Others are ignored, and checkSchema() tells of those that
/// restrict something.
QList<Error> checkConfig(const QJsonObject &schema, const QJsonObject &config, const FieldPath &at = {});

/// Characters of a `pattern`.
constexpr qsizetype longestPattern = 10'000;

/// What is wrong with a schema itself.
struct SchemaMistakes
{
    QList<Error> errors;    ///< values that a word of JSON Schema cannot have, with paths below `at`
    QList<Error> unchecked; ///< words that restrict something and are not understood; NotAllowed
};
SchemaMistakes checkSchema(const QJsonObject &schema, const FieldPath &at = {});

/// `config` with the schema's `default` for every property that is absent.
QJsonObject withDefaults(const QJsonObject &schema, QJsonObject config);

} // namespace flow
