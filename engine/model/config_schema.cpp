// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/config_schema.h"

#include "model/schema_checker.h"

namespace flow {

QList<Error> checkConfig(const QJsonObject &schema, const QJsonObject &config, const FieldPath &at)
{
    // The usual case of a task without settings: an empty object can only lack something.
    if (config.isEmpty() && !schema.contains(u"required"))
        return {};
    SchemaChecker checker;
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
