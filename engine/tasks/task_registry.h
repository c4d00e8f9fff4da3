// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/task_type.h"
#include "tasks/base_task.h"

#include <functional>
#include <map>
#include <memory>

namespace flow {

/// Task types and how to make them. Filled at start, then read only: reading is safe from any thread.
class TaskRegistry
{
public:
    using Factory = std::function<std::unique_ptr<BaseTask>()>;

    /// Conflict when the name is taken, Internal when name or factory is empty.
    Result<void> add(TaskType type, Factory factory);

    const TaskTypes &types() const { return m_types; }
    /// Null when the type is not registered.
    std::unique_ptr<BaseTask> create(const QString &typeName) const;

private:
    TaskTypes m_types;
    std::map<QString, Factory> m_factories;
};

/// A registry with everything that comes with the program.
TaskRegistry builtInTasks();

} // namespace flow
