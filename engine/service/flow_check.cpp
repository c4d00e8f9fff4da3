// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/flow_check.h"

#include "model/config_schema.h"
#include "model/flow_json.h"
#include "model/validate.h"

#include <QStringList>

namespace flow {

namespace {

Result<void> invalidUnlessEmpty(const QStringList &lines)
{
    if (lines.isEmpty())
        return {};
    return Error{.code = ErrorCode::InvalidFlow, .reason = lines.join(u'\n')};
}

void collectUnknownTypes(const Flow &flow, const TaskTypes &types, QStringList &lines)
{
    for (const Task &task : flow.tasks) {
        const QString line = QStringLiteral("Task '%1' not found in task registry").arg(task.typeName());
        if (!types.contains(task.typeName()) && !lines.contains(line))
            lines.append(line);
    }
    for (const Flow &inner : flow.flows)
        collectUnknownTypes(inner, types, lines);
}

Result<void> checkRead(const Flow &flow, Reading reading)
{
    QStringList lines;
    for (const Error &error : flowFromJson(toJson(flow), {}, reading).errors)
        lines.append(error.text());
    return invalidUnlessEmpty(lines);
}

} // namespace

Result<void> checkSavable(const Flow &flow)
{
    return checkRead(flow, Reading::Draft);
}

Result<void> checkReadable(const Flow &flow)
{
    return checkRead(flow, Reading::Contract);
}

Result<void> checkTaskTypes(const Flow &flow, const TaskTypes &types)
{
    QStringList lines;
    collectUnknownTypes(flow, types, lines);
    return invalidUnlessEmpty(lines);
}

Result<QJsonObject> checkedInput(const Flow &flow, const QJsonObject &input)
{
    if (!flow.inputs)
        return input;
    QJsonObject filled = withDefaults(*flow.inputs, input);
    const QList<Error> mistakes = checkConfig(*flow.inputs, filled, FieldPath(QStringLiteral("input")));
    if (mistakes.isEmpty())
        return filled;
    Error error = mistakes.first();
    for (const Error &other : mistakes.sliced(1))
        error.reason += u'\n' + other.text();
    return error;
}

Result<void> checkRunnable(const Flow &flow, const TaskTypes &types, const LibraryFlows *library)
{
    if (const Result<void> readable = checkReadable(flow); !readable)
        return readable;
    QStringList lines;
    collectUnknownTypes(flow, types, lines);
    for (const Issue &issue : validate(flow, types, library)) {
        if (issue.severity == Severity::Error && issue.rule != QStringLiteral("unknown-task-type"))
            lines.append(issue.text);
    }
    return invalidUnlessEmpty(lines);
}

} // namespace flow
