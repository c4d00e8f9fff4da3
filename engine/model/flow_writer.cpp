// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_writer.h"

#include "model/flow_file.h"

namespace flow {

namespace {

/// Key order of an object; keys that are absent are left out.
void writeOrdered(JsonWriter &writer, const QJsonObject &object, std::initializer_list<const char *> keys)
{
    writer.beginObject();
    for (const char *key : keys) {
        const QString name = QString::fromLatin1(key);
        const QJsonValue value = object.value(name);
        if (!value.isUndefined())
            writer.member(name, value);
    }
    writer.endObject();
}

void writeTask(JsonWriter &writer, const Task &task)
{
    const QJsonObject object = toJson(task);
    writer.beginObject();
    for (const char *key : {"name", "type", "description", "config", "timeout_seconds", "retry"}) {
        const QString name = QString::fromLatin1(key);
        if (!object.contains(name))
            continue;
        writer.key(name);
        if (name == u"retry")
            writeOrdered(writer, object.value(name).toObject(), {"max_attempts", "delay_seconds", "backoff", "max_delay_seconds"});
        else
            writer.value(object.value(name));
    }
    writer.endObject();
}

} // namespace

void writeFlow(JsonWriter &writer, const Flow &flow)
{
    writer.beginObject();
    writer.member(QStringLiteral("id"), flow.id);
    writer.member(QStringLiteral("name"), flow.name);
    if (!flow.description.isNull())
        writer.member(QStringLiteral("description"), flow.description);
    writer.member(QStringLiteral("start_task"), flow.startTask);
    writer.key(QStringLiteral("tasks"));
    writer.beginList();
    for (const Task &task : flow.tasks)
        writeTask(writer, task);
    writer.endList();
    if (!flow.conditions.isEmpty()) {
        writer.key(QStringLiteral("conditions"));
        writer.beginList();
        for (const Condition &condition : flow.conditions)
            writeOrdered(writer, toJson(condition),
                         {"name", "description", "source_task", "outcome", "when", "target_task_success", "target_task_failure"});
        writer.endList();
    }
    if (flow.inputs)
        writer.member(QStringLiteral("inputs"), *flow.inputs);
    if (!flow.flows.isEmpty()) {
        writer.key(QStringLiteral("flows"));
        writer.beginObject();
        for (auto sub = flow.flows.begin(); sub != flow.flows.end(); ++sub) {
            writer.key(sub.key());
            writeFlow(writer, sub.value());
        }
        writer.endObject();
    }
    writer.endObject();
}

void writeLayout(JsonWriter &writer, const Layout &layout)
{
    const QJsonObject object = toJson(layout);
    writer.beginObject();
    for (const char *key : {"start", "tasks", "ends", "frames", "notes"}) {
        const QString name = QString::fromLatin1(key);
        if (object.contains(name))
            writer.member(name, object.value(name));
    }
    writer.endObject();
}

} // namespace flow
