// SPDX-License-Identifier: GPL-3.0-or-later
#include "tasks/task_registry.h"

#include <QCoreApplication>

namespace flow {

Result<void> TaskRegistry::add(TaskType type, Factory factory)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("TaskRegistry", text); };
    if (type.name.isEmpty())
        return Error{.code = ErrorCode::Internal,
                     .reason = tr(QT_TRANSLATE_NOOP("TaskRegistry", "a task type needs a name"))};
    if (!factory) {
        return Error{.code = ErrorCode::Internal,
                     .reason =
                         tr(QT_TRANSLATE_NOOP("TaskRegistry", "task type '%1' has nothing to run")).arg(type.name)};
    }
    if (m_types.contains(type.name)) {
        return Error{.code = ErrorCode::Conflict,
                     .reason =
                         tr(QT_TRANSLATE_NOOP("TaskRegistry", "task type '%1' is already registered")).arg(type.name)};
    }
    const QString name = type.name;
    m_factories.emplace(name, std::move(factory));
    m_types.insert(name, std::move(type));
    return {};
}

std::unique_ptr<BaseTask> TaskRegistry::create(const QString &typeName) const
{
    const auto factory = m_factories.find(typeName);
    return factory == m_factories.end() ? nullptr : factory->second();
}

} // namespace flow
