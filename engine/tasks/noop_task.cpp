// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/built_in_tasks.h"
#include "tasks/schema_builder.h"

#include <QCoreApplication>

namespace flow {

namespace {

class NoopTask final : public BaseTask
{
    Q_DECLARE_TR_FUNCTIONS(NoopTask)

public:
    static TaskType describe()
    {
        return {.name = QStringLiteral("noop"),
                .title = tr("Do nothing"),
                .description = tr("Succeed at once"),
                .group = tr("Control"),
                .icon = QStringLiteral("dot"),
                .help = tr("Does nothing and succeeds. A place to branch or to join."),
                .configSchema = SchemaBuilder().schema()};
    }

    TaskResult execute(TaskRun &) override { return TaskResult::success(); }
};

} // namespace

void addNoopTask(TaskRegistry &registry)
{
    addTask<NoopTask>(registry);
}

} // namespace flow
