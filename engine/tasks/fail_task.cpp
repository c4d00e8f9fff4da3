// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/built_in_tasks.h"
#include "tasks/schema_builder.h"

#include <QCoreApplication>

namespace flow {

namespace {

class FailTask final : public BaseTask
{
    Q_DECLARE_TR_FUNCTIONS(FailTask)

public:
    static TaskType describe()
    {
        return {.name = QStringLiteral("fail"),
                .title = tr("Fail"),
                .description = tr("Fail with a message"),
                .group = tr("Control"),
                .icon = QStringLiteral("stop"),
                .help = tr("Always fails with the message: to end a flow as failed on purpose, or to try out how a "
                           "flow handles a failure."),
                .configSchema =
                    SchemaBuilder()
                        .text({QStringLiteral("message"), tr("Message"), tr("Why it fails"), tr("Failed on purpose")},
                              1, 10'000)
                        .schema()};
    }

    TaskResult execute(TaskRun &run) override { return TaskResult::failure(run.config.value(u"message").toString()); }
};

} // namespace

void addFailTask(TaskRegistry &registry)
{
    addTask<FailTask>(registry);
}

} // namespace flow
