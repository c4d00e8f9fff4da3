// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/demo_task.h"

#include "tasks/chance.h"
#include "tasks/seconds.h"

#include <QCoreApplication>

namespace flow {

TaskResult DemoTask::execute(TaskRun &run)
{
    if (run.cancel.waitFor(nanosecondsOf(run.config.value(u"delay_seconds").toDouble())))
        return TaskResult::failure(QCoreApplication::translate("DemoTask", "Stopped"));
    const QString reason = missing(run);
    if (!reason.isNull())
        return TaskResult::failure(reason);
    if (drawChance(run) < run.config.value(u"failure_rate").toDouble())
        return TaskResult::failure(mishap());
    return TaskResult::success(produce(run));
}

QString DemoTask::missing(const TaskRun &) const
{
    return {};
}

QJsonValue DemoTask::dataOf(const TaskRun &run, const QString &taskName)
{
    return run.context.value(taskName).toObject().value(u"data");
}

} // namespace flow
