// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow_file.h"

/// Flows of a given size for measuring.
namespace bench {

/// `length` tasks of one type in a row, joined on success.
inline flow::Flow chain(int length, const QString &type = QStringLiteral("noop"))
{
    flow::Flow flow;
    flow.id = QStringLiteral("chain-%1").arg(length);
    flow.name = QStringLiteral("Chain of %1").arg(length);
    for (int index = 0; index < length; ++index) {
        flow::Task task;
        task.name = QStringLiteral("step %1").arg(index + 1);
        task.type = type;
        flow.tasks << task;
        if (index > 0) {
            flow::Condition condition;
            condition.name = QStringLiteral("after step %1").arg(index);
            condition.sourceTask = flow.tasks[index - 1].name;
            condition.targetTaskSuccess = task.name;
            condition.targetTaskFailure = flow::endTarget;
            flow.conditions << condition;
        }
    }
    flow.startTask = flow.tasks.first().name;
    return flow;
}

} // namespace bench
