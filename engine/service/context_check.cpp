// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/context_check.h"

#include "base/json.h"
#include "model/config_schema.h"

#include <QCoreApplication>
#include <QJsonArray>

namespace flow {

namespace {

constexpr qsizetype mostNamesTold = 20;

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(ContextCheck)
};

const QJsonObject &resultSchema()
{
    static const QJsonObject schema{
        {QStringLiteral("type"), QStringLiteral("object")},
        {QStringLiteral("required"), QJsonArray{QStringLiteral("status")}},
        {QStringLiteral("properties"),
         QJsonObject{
             {QStringLiteral("status"),
              QJsonObject{{QStringLiteral("enum"), QJsonArray{QStringLiteral("success"), QStringLiteral("failure")}}}},
             {QStringLiteral("data"), QJsonObject()},
             {QStringLiteral("error"),
              QJsonObject{{QStringLiteral("type"), QJsonArray{QStringLiteral("string"), QStringLiteral("null")}}}}}},
        {QStringLiteral("additionalProperties"), false}};
    return schema;
}

bool saysStatus(const QJsonValue &value)
{
    return value.isObject() && value.toObject().contains(u"status");
}

/// "a, b and 7 more"
QString told(QStringList names)
{
    const qsizetype more = names.size() - mostNamesTold;
    if (more > 0)
        names = names.first(mostNamesTold);
    const QString list = names.join(QStringLiteral(", "));
    return more > 0 ? Messages::tr("%1 and %2 more").arg(list).arg(more) : list;
}

} // namespace

Result<void> checkResults(const Flow &flow, const QJsonObject &context, const QJsonObject &set)
{
    for (auto value = set.begin(); value != set.end(); ++value) {
        if (flow.taskIndex(value.key()) < 0)
            continue;
        const auto before = context.constFind(value.key());
        const bool isInput = before != context.constEnd() && !saysStatus(*before);
        if (isInput && !saysStatus(*value))
            continue;
        const QJsonObject both{{value.key(), *value}};
        const QJsonObject schema{{QStringLiteral("properties"), QJsonObject{{value.key(), resultSchema()}}}};
        const QList<Error> mistakes = checkConfig(schema, both);
        if (mistakes.isEmpty())
            continue;
        Error error = mistakes.first();
        error.reason = Messages::tr("%1. This is the name of a task, and its value what the task returned: "
                                    "{\"status\": \"success\", \"data\": ...}")
                           .arg(error.reason);
        return error;
    }
    return {};
}

Result<void> checkEdit(const Flow &flow, const QJsonObject &context, const QJsonObject &set, const QStringList &removed)
{
    if (set.isEmpty() && removed.isEmpty())
        return Error{.code = ErrorCode::MissingField,
                     .reason =
                         Messages::tr("Nothing is to be changed: give names with new values, or names to remove")};
    for (const QString &name : removed) {
        if (context.contains(name))
            continue;
        return Error{.code = ErrorCode::UnknownReference,
                     .reason =
                         context.isEmpty()
                             ? Messages::tr("'%1' cannot be removed: the context is empty").arg(name)
                             : Messages::tr("'%1' cannot be removed, because it is not in the context; in it are: "
                                            "%2")
                                   .arg(name, told(context.keys()))};
    }
    return checkResults(flow, context, set);
}

} // namespace flow
