// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/built_in_tasks.h"
#include "tasks/schema_builder.h"
#include "tasks/seconds.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>

namespace flow {

namespace {

class DelayTask final : public BaseTask
{
    Q_DECLARE_TR_FUNCTIONS(DelayTask)

public:
    static TaskType describe()
    {
        return {.name = QStringLiteral("delay"),
                .title = tr("Wait"),
                .description = tr("Wait for a while"),
                .group = tr("Control"),
                .icon = QStringLiteral("clock"),
                .help = tr("Waits for the given time, then succeeds and returns the seconds it waited. The task's time "
                           "limit must be "
                           "longer than that."),
                .configSchema = SchemaBuilder()
                                    .seconds({QStringLiteral("seconds"), tr("Time"), tr("How long to wait"), 1}, 86'400)
                                    .schema(),
                .resultSchema = SchemaBuilder().returns("seconds", "number", tr("How long it waited")).schema()};
    }

    TaskResult execute(TaskRun &run) override
    {
        const double seconds = run.config.value(u"seconds").toDouble();
        // Four signs of life a second, and no more than 200 in all.
        const int slices = std::clamp(int(std::ceil(seconds * 4)), 1, 200);
        for (int slice = 1; slice <= slices; ++slice) {
            if (run.cancel.waitFor(nanosecondsOf(seconds / slices)))
                return TaskResult::failure(tr("Stopped"));
            if (slices > 1)
                run.progress(double(slice) / slices, {});
        }
        return TaskResult::success(QJsonObject{{QStringLiteral("seconds"), run.config.value(u"seconds")}});
    }
};

} // namespace

void addDelayTask(TaskRegistry &registry)
{
    addTask<DelayTask>(registry);
}

} // namespace flow
