// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/breakpoint.h"

#include "base/json.h"
#include "base/json_reader.h"
#include "expression/expression.h"
#include "model/flow_limits.h"
#include "model/flow_scope.h"

#include <QCoreApplication>

#include <algorithm>

namespace flow {

namespace {

Error mistake(ErrorCode code, const QString &reason, const FieldPath &path, const QString &value = {})
{
    return {.code = code, .reason = reason, .path = path, .value = value.isNull() ? value : json::excerpt(value)};
}

Breakpoint readBreakpoint(const QJsonObject &object, const FieldPath &path, QList<Error> *errors)
{
    JsonObjectReader reader(object, path, errors);
    Breakpoint breakpoint;
    breakpoint.task = reader.optionalText(QStringLiteral("task"), 1, limits::name);
    breakpoint.condition = reader.optionalText(QStringLiteral("condition"), 1, limits::name);
    breakpoint.when = reader.optionalText(QStringLiteral("when"), 1, limits::expression);
    reader.finish();
    if (errors->isEmpty() && breakpoint.task.isNull() == breakpoint.condition.isNull())
        errors->append(mistake(ErrorCode::MissingField,
                               QStringLiteral("a breakpoint needs either \"task\" or \"condition\""), path));
    return breakpoint;
}

bool hasCondition(const Flow &flow, const QString &name)
{
    return std::any_of(flow.conditions.begin(), flow.conditions.end(),
                       [&](const Condition &condition) { return condition.name == name; });
}

} // namespace

QJsonArray toJson(const QList<Breakpoint> &breakpoints)
{
    QJsonArray list;
    for (const Breakpoint &breakpoint : breakpoints) {
        QJsonObject object;
        if (!breakpoint.task.isEmpty())
            object.insert(QStringLiteral("task"), breakpoint.task);
        if (!breakpoint.condition.isEmpty())
            object.insert(QStringLiteral("condition"), breakpoint.condition);
        if (!breakpoint.when.isEmpty())
            object.insert(QStringLiteral("when"), breakpoint.when);
        list.append(object);
    }
    return list;
}

Result<QList<Breakpoint>> breakpointsFromJson(const QJsonArray &list, const FieldPath &path)
{
    QList<Breakpoint> breakpoints;
    for (qsizetype i = 0; i < list.size(); ++i) {
        if (!list[i].isObject())
            return mistake(ErrorCode::NotAnObject, QStringLiteral("must be an object"), path / i);
        QList<Error> errors;
        breakpoints.append(readBreakpoint(list[i].toObject(), path / i, &errors));
        if (!errors.isEmpty())
            return errors.first();
    }
    return breakpoints;
}

Result<void> checkBreakpoints(const QList<Breakpoint> &breakpoints, const Flow &flow, const FieldPath &path)
{
    for (qsizetype i = 0; i < breakpoints.size(); ++i) {
        const Breakpoint &breakpoint = breakpoints[i];
        if (!breakpoint.task.isEmpty() && flow.taskIndex(breakpoint.task) < 0)
            return mistake(ErrorCode::UnknownReference, QStringLiteral("must be the name of a task of this flow"),
                           path / i / QStringLiteral("task"), breakpoint.task);
        if (!breakpoint.condition.isEmpty() && !hasCondition(flow, breakpoint.condition))
            return mistake(ErrorCode::UnknownReference, QStringLiteral("must be the name of a condition of this flow"),
                           path / i / QStringLiteral("condition"), breakpoint.condition);
        if (breakpoint.when.isEmpty())
            continue;
        const Result<Expression> when = Expression::compile(breakpoint.when, scopeOf(flow));
        if (!when)
            return mistake(ErrorCode::BadExpression, when.error().reason, path / i / QStringLiteral("when"),
                           breakpoint.when);
        if (!when->types().has(ValueType::Bool))
            return mistake(ErrorCode::BadExpression,
                           QStringLiteral("the result must be true or false, and it is %1").arg(when->types().words()),
                           path / i / QStringLiteral("when"), breakpoint.when);
    }
    return {};
}

} // namespace flow
