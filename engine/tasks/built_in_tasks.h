// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tasks/task_registry.h"

/// One function per task type that comes with the program, each in a file of its own. Only builtInTasks() calls them.
namespace flow {

void addFetchDataTask(TaskRegistry &registry);        ///< task1
void addProcessDataTask(TaskRegistry &registry);      ///< task2
void addStoreDataTask(TaskRegistry &registry);        ///< task3
void addValidateDataTask(TaskRegistry &registry);     ///< validate_data
void addSendNotificationTask(TaskRegistry &registry); ///< send_notification
void addNoopTask(TaskRegistry &registry);             ///< noop
void addDelayTask(TaskRegistry &registry);            ///< delay
void addLogTask(TaskRegistry &registry);              ///< log
void addSetVariablesTask(TaskRegistry &registry);     ///< set_variables
void addFailTask(TaskRegistry &registry);             ///< fail
void addRunCommandTask(TaskRegistry &registry);       ///< run_command
void addRunFlowTask(TaskRegistry &registry);          ///< run_flow
void addForEachTask(TaskRegistry &registry);          ///< for_each
void addParallelTask(TaskRegistry &registry);         ///< parallel

/// Registers `Implementation`, which says of itself what it is in a static describe().
template <typename Implementation>
void addTask(TaskRegistry &registry)
{
    const Result<void> added =
        registry.add(Implementation::describe(), [] { return std::make_unique<Implementation>(); });
    Q_ASSERT(added.ok());
    Q_UNUSED(added)
}

} // namespace flow
