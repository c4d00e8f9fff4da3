// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_scope.h"

#include "model/config_schema.h"
#include "model/execution.h"
#include "model/schema_shape.h"

namespace flow {

namespace {

/// A run without a description of its input may get any object.
Shape inputOf(const Flow &flow)
{
    Shape shape = shapeOf(flow.inputs.value_or(QJsonObject()));
    shape.types = ValueType::Map;
    return shape;
}

/// What expressions see of a task that returns such data.
Shape taskWith(const Shape &data)
{
    // A task that is cancelled or interrupted leaves nothing behind that an expression could see.
    const Shape status = Shape::oneOf({toString(TaskStatus::Success), toString(TaskStatus::Failure)});
    return Shape::closed({{QStringLiteral("status"), status},
                          {QStringLiteral("data"), data},
                          {QStringLiteral("error"), {.types = ValueType::String | ValueType::Null}}});
}

QMap<QString, Shape> tasksOf(const Flow &flow, const TaskTypes &types)
{
    const Shape unknown = taskWith(Shape());
    QHash<QString, Shape> known; // by type, for those whose settings do not matter
    QMap<QString, Shape> tasks;
    for (const Task &task : flow.tasks) {
        const QString name = task.typeName();
        const auto type = types.constFind(name);
        if (type == types.constEnd()) {
            tasks.insert(task.name, unknown);
        } else if (type->resultOf) {
            const QJsonObject config = withDefaults(type->configSchema, task.config.value_or(QJsonObject()));
            tasks.insert(task.name, taskWith(shapeOf(type->resultOf(config))));
        } else {
            if (!known.contains(name))
                known.insert(name, taskWith(shapeOf(type->resultSchema)));
            tasks.insert(task.name, known.value(name));
        }
    }
    return tasks;
}

} // namespace

Scope scopeOf(const Flow &flow, const TaskTypes &types)
{
    const Shape text = Shape::of(ValueType::String);
    Shape errorTask{.types = ValueType::String | ValueType::Null};
    for (const Task &task : flow.tasks)
        errorTask.words << task.name;
    return {{QStringLiteral("input"), inputOf(flow)},
            {QStringLiteral("tasks"), Shape::closed(tasksOf(flow, types))},
            {QStringLiteral("flow"), Shape::closed({{QStringLiteral("id"), text}, {QStringLiteral("name"), text}})},
            {QStringLiteral("execution"),
             Shape::closed({{QStringLiteral("id"), Shape::of(ValueType::Int)},
                            {QStringLiteral("error"), {.types = ValueType::String | ValueType::Null}},
                            {QStringLiteral("error_task"), errorTask}})},
            // Of a flow that is run for each item of a list; null otherwise.
            {QStringLiteral("item"), Shape()},
            {QStringLiteral("index"), {.types = ValueType::Int | ValueType::Null}}};
}

} // namespace flow
