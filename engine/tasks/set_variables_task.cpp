// SPDX-License-Identifier: GPL-3.0-or-later
#include "expression/template_text.h"
#include "tasks/built_in_tasks.h"
#include "tasks/schema_builder.h"

#include <QCoreApplication>

namespace flow {

namespace {

/// What is known of a value that stands in the settings. A null usually holds a place, and what an expression gives is
/// not known: either may become anything.
QJsonObject schemaOf(const QJsonValue &value)
{
    const auto typed = [](const QString &type) { return QJsonObject{{QStringLiteral("type"), type}}; };
    if (value.isBool())
        return typed(QStringLiteral("boolean"));
    if (value.isDouble())
        return typed(QStringLiteral("number"));
    if (value.isArray())
        return typed(QStringLiteral("array"));
    if (value.isString()) {
        const Result<TemplateText> text = TemplateText::compile(value.toString(), nullptr);
        return text && text->types() == ValueType::String ? typed(QStringLiteral("string")) : QJsonObject();
    }
    if (!value.isObject())
        return {};
    const QJsonObject object = value.toObject();
    QJsonObject properties;
    for (auto field = object.begin(); field != object.end(); ++field)
        properties.insert(field.key(), schemaOf(*field));
    return {{QStringLiteral("type"), QStringLiteral("object")},
            {QStringLiteral("properties"), properties},
            {QStringLiteral("required"), QJsonArray::fromStringList(object.keys())},
            {QStringLiteral("additionalProperties"), false}};
}

class SetVariablesTask final : public BaseTask
{
    Q_DECLARE_TR_FUNCTIONS(SetVariablesTask)

public:
    static TaskType describe()
    {
        return {.name = QStringLiteral("set_variables"),
                .title = tr("Set variables"),
                .description = tr("Give values to later tasks"),
                .group = tr("Control"),
                .icon = QStringLiteral("braces"),
                .help = tr("Returns the values as its data, so that later tasks and conditions can read them as "
                           "tasks.<name of this task>.data.<name of the value>."),
                .configSchema = SchemaBuilder()
                                    .object({QStringLiteral("values"), tr("Values"),
                                             tr("Names and values, as a JSON object"), QJsonObject()})
                                    .schema(),
                .resultSchema = {{QStringLiteral("type"), QStringLiteral("object")}},
                .resultOf = result};
    }

    TaskResult execute(TaskRun &run) override { return TaskResult::success(run.config.value(u"values")); }

private:
    static QJsonObject result(const QJsonObject &config)
    {
        const QJsonValue values = config.value(u"values");
        return values.isObject() ? schemaOf(values) : describe().resultSchema;
    }
};

} // namespace

void addSetVariablesTask(TaskRegistry &registry)
{
    addTask<SetVariablesTask>(registry);
}

} // namespace flow
