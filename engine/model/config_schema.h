// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QJsonObject>
#include <QList>

/// Settings of a task against the JSON Schema its type gives for them. Any thread.
namespace flow {

/// Every rule that `config` breaks, in the schema's alphabetical order, with paths below `at`; empty when all is well.
///
/// Understood: type (one or a list), enum, minimum, maximum, minLength, maxLength, properties, required,
/// additionalProperties=false, items; other words of JSON Schema are ignored. A whole number is an integer however it
/// was written. Lengths count characters as people see code points.
QList<Error> checkConfig(const QJsonObject &schema, const QJsonObject &config, const FieldPath &at = {});

/// `config` with the schema's `default` for every property that is absent.
QJsonObject withDefaults(const QJsonObject &schema, QJsonObject config);

} // namespace flow
