// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/validation_details.h"

#include <QJsonArray>

namespace flow {

namespace {

const QString schemaKey = QStringLiteral("_schema");

/// The value in the request that an error is about.
QJsonValue valueAt(QJsonValue value, const FieldPath &path)
{
    for (const FieldPath::Step &step : path.steps())
        value = step.index >= 0 ? value.toArray().at(step.index) : value.toObject().value(step.key);
    return value;
}

QString lengthText(const Error &error, bool isList)
{
    if (!error.range)
        return error.reason;
    const auto [least, most] = *error.range;
    if (isList)
        return least > 0 ? QStringLiteral("Shorter than minimum length %1.").arg(least)
                         : QStringLiteral("Longer than maximum length %1.").arg(most);
    if (least == 0)
        return QStringLiteral("Longer than maximum length %1.").arg(most);
    return QStringLiteral("Length must be between %1 and %2.").arg(least).arg(most);
}

QString textOf(const Error &error, const QJsonValue &value)
{
    if (value.isNull()) // there, and null
        return QStringLiteral("Field may not be null.");
    switch (error.code) {
    case ErrorCode::MissingField:
        return QStringLiteral("Missing data for required field.");
    case ErrorCode::UnknownField:
        return QStringLiteral("Unknown field.");
    case ErrorCode::NotAString:
        return QStringLiteral("Not a valid string.");
    case ErrorCode::NotABoolean:
        return QStringLiteral("Not a valid boolean.");
    case ErrorCode::NotAnInteger:
        return QStringLiteral("Not a valid integer.");
    case ErrorCode::NotANumber:
        return QStringLiteral("Not a valid number.");
    case ErrorCode::NotAnObject:
        return QStringLiteral("Not a valid mapping type.");
    case ErrorCode::NotAList:
        return QStringLiteral("Not a valid list.");
    case ErrorCode::BadLength:
        return lengthText(error, value.isArray());
    case ErrorCode::NotOneOf:
        return QStringLiteral("Must be one of: success, failure, any.");
    case ErrorCode::DuplicateName:
        return QStringLiteral("Task names must be unique within a flow");
    default:
        return error.reason;
    }
}

/// Where the reference puts an error, and its text there.
struct Entry
{
    QStringList keys;
    QString text;
};

QStringList keysOf(const FieldPath &path)
{
    QStringList keys;
    for (const FieldPath::Step &step : path.steps())
        keys << (step.index >= 0 ? QString::number(step.index) : step.key);
    return keys;
}

/// Unknown names in conditions stand together in one list of sentences.
Entry referenceEntry(const Error &error, const QString &name)
{
    QStringList keys = keysOf(error.path);
    const QString field = keys.last();
    const qsizetype conditions = keys.lastIndexOf(QStringLiteral("conditions"));
    if (conditions < 0 || conditions + 2 >= keys.size())
        return {keys, QStringLiteral("%1 '%2' must be one of the defined tasks").arg(field, name)};
    const QString start = QStringLiteral("Condition %1: %2 '%3' ").arg(keys[conditions + 1], field, name);
    const QString rule = field == QStringLiteral("source_task") ? QStringLiteral("not found in tasks")
                                                                : QStringLiteral("must be 'end' or a valid task");
    return {keys.first(conditions + 1), start + rule};
}

Entry entryOf(const Error &error, const QJsonValue &body)
{
    const QJsonValue value = valueAt(body, error.path);
    if (error.code == ErrorCode::UnknownReference)
        return referenceEntry(error, value.toString());
    QStringList keys = keysOf(error.path);
    // A nested schema that gets something else than an object says so under `_schema`; a mapping says it of itself.
    const bool isSchema =
        keys.isEmpty() || error.path.steps().last().index >= 0 || keys == QStringList{QStringLiteral("flow")};
    if (error.code == ErrorCode::NotAnObject && isSchema)
        return {keys << schemaKey, QStringLiteral("Invalid input type.")};
    return {keys, textOf(error, value)};
}

/// A place that has sentences of its own and fields below it keeps its sentences under `_schema`, as the reference
/// does.
QJsonValue inserted(const QJsonValue &into, const QStringList &keys, const QString &text)
{
    const bool hasFields = into.isObject() && !into.toObject().isEmpty();
    if (keys.isEmpty() && !hasFields) {
        QJsonArray list = into.toArray();
        if (!list.contains(text))
            list.append(text);
        return list;
    }
    QJsonObject object = into.toObject();
    if (into.isArray())
        object.insert(schemaKey, into);
    const QString key = keys.isEmpty() ? schemaKey : keys.first();
    object.insert(key, inserted(object.value(key), keys.mid(1), text));
    return object;
}

} // namespace

QJsonObject validationDetails(const QList<Error> &errors, const QJsonValue &body)
{
    QJsonValue details = QJsonObject();
    for (const Error &error : errors) {
        const Entry entry = entryOf(error, body);
        details = inserted(details, entry.keys, entry.text);
    }
    return details.toObject();
}

} // namespace flow
