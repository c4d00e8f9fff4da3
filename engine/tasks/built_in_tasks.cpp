// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/built_in_tasks.h"

namespace flow {

TaskRegistry builtInTasks()
{
    TaskRegistry registry;
    for (const auto add : {addFetchDataTask, addProcessDataTask, addStoreDataTask, addValidateDataTask,
                           addSendNotificationTask, addNoopTask, addDelayTask, addLogTask, addSetVariablesTask,
                           addFailTask, addRunCommandTask, addRunFlowTask, addForEachTask, addParallelTask})
        add(registry);
    return registry;
}

} // namespace flow
