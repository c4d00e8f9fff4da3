// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/secret_settings.h"

#include <QCoreApplication>

namespace flow::secrets {

namespace {

struct Texts
{
    Q_DECLARE_TR_FUNCTIONS(Secrets)
};

const QString mark = QStringLiteral("writeOnly");

/// The settings at the top of the schema that take secrets, or hold some that do.
QStringList takers(const QJsonObject &schema)
{
    QStringList names;
    const QJsonObject properties = schema.value(u"properties").toObject();
    for (auto property = properties.begin(); property != properties.end(); ++property) {
        if (property->toObject().value(mark).toBool())
            names << property.key();
    }
    return names;
}

QString misplaced(const QJsonObject &schema)
{
    const QStringList names = takers(schema);
    if (names.isEmpty()) {
        return Texts::tr("a secret cannot be used here, because it could be shown or stored; tasks of this type take "
                         "no secrets");
    }
    return Texts::tr("a secret cannot be used here, because it could be shown or stored; settings that take secrets: "
                     "%1")
        .arg(names.join(QStringLiteral(", ")));
}

Error at(const FieldPath &path, const QString &reason)
{
    return {.code = ErrorCode::BadExpression, .reason = reason, .path = path};
}

} // namespace

QString variable()
{
    return QStringLiteral("secret");
}

bool isMarked(const QJsonObject &schema, const QList<FieldPath::Step> &setting)
{
    QJsonObject here = schema;
    for (const FieldPath::Step &step : setting) {
        if (here.value(mark).toBool())
            return true;
        here = step.index >= 0 ? here.value(u"items").toObject()
                               : here.value(u"properties").toObject().value(step.key).toObject();
    }
    return here.value(mark).toBool();
}

QList<Error> mistakes(const Template &settings, const QJsonObject &schema)
{
    QList<Error> found;
    for (const Template::Reading &reading : settings.readings(variable())) {
        if (!isMarked(schema, reading.steps))
            found << at(reading.path, misplaced(schema));
        else if (reading.fields.isWhole)
            found << at(reading.path, Texts::tr("secrets are used one by one, by a name that is written out: "
                                                "${secret.NAME}"));
    }
    return found;
}

QString mistakeIn(const Expression &expression)
{
    if (expression.fieldsRead(variable()).isNothing())
        return {};
    return Texts::tr("a secret cannot be used here, because it could be shown or stored; only settings of tasks that "
                     "are marked for it take secrets");
}

QStringList names(const Template &settings)
{
    FieldsRead read;
    for (const Template::Reading &reading : settings.readings(variable()))
        read.add(reading.fields);
    return read.names;
}

} // namespace flow::secrets
