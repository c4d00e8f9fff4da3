// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_scope.h"

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

} // namespace

Scope scopeOf(const Flow &flow)
{
    const Shape text = Shape::of(ValueType::String);
    const Shape task = Shape::closed({{QStringLiteral("status"), text},
                                      {QStringLiteral("data"), Shape()},
                                      {QStringLiteral("error"), {.types = ValueType::String | ValueType::Null}}});
    QMap<QString, Shape> tasks;
    for (const Task &one : flow.tasks)
        tasks.insert(one.name, task);
    return {{QStringLiteral("input"), inputOf(flow)},
            {QStringLiteral("tasks"), Shape::closed(std::move(tasks))},
            {QStringLiteral("flow"), Shape::closed({{QStringLiteral("id"), text}, {QStringLiteral("name"), text}})},
            {QStringLiteral("execution"),
             Shape::closed({{QStringLiteral("id"), Shape::of(ValueType::Int)},
                            {QStringLiteral("error"), {.types = ValueType::String | ValueType::Null}},
                            {QStringLiteral("error_task"), {.types = ValueType::String | ValueType::Null}}})},
            // Of a flow that is run for each item of a list; null otherwise.
            {QStringLiteral("item"), Shape()},
            {QStringLiteral("index"), {.types = ValueType::Int | ValueType::Null}}};
}

} // namespace flow
