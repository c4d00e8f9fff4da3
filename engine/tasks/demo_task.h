// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tasks/base_task.h"

namespace flow {

/// What the demo tasks have in common: they wait for delay_seconds, look for what they need, fail by chance at
/// failure_rate, and only then produce something.
class DemoTask : public BaseTask
{
public:
    TaskResult execute(TaskRun &run) final;

protected:
    /// Why the task cannot work on this context; null when it can.
    virtual QString missing(const TaskRun &run) const;
    /// What a failure by chance says.
    virtual QString mishap() const = 0;
    virtual QJsonValue produce(TaskRun &run) const = 0;

    /// The `data` of an earlier task; undefined when it has none.
    static QJsonValue dataOf(const TaskRun &run, const QString &taskName);
};

} // namespace flow
