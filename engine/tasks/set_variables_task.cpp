// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/built_in_tasks.h"
#include "tasks/schema_builder.h"

#include <QCoreApplication>

namespace flow {

namespace {

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
                                    .schema()};
    }

    TaskResult execute(TaskRun &run) override { return TaskResult::success(run.config.value(u"values")); }
};

} // namespace

void addSetVariablesTask(TaskRegistry &registry)
{
    addTask<SetVariablesTask>(registry);
}

} // namespace flow
