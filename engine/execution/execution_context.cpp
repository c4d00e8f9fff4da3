// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_context.h"

namespace flow {

namespace {

const QString statusKey = QStringLiteral("status");
const QString dataKey = QStringLiteral("data");
const QString errorKey = QStringLiteral("error");

/// Expressions find all three members, so that asking for an error that is not there is no mistake.
QJsonObject complete(QJsonObject entry)
{
    for (const QString &member : {dataKey, errorKey}) {
        if (!entry.contains(member))
            entry.insert(member, QJsonValue::Null);
    }
    return entry;
}

/// Whether the value of a name says what a task returned.
bool isResult(const QString &name, const QJsonValue &value, const QSet<QString> &tasks)
{
    return tasks.contains(name) && value.isObject() && value.toObject().contains(statusKey);
}

} // namespace

ExecutionContext::ExecutionContext(const Flow &flow, const QJsonObject &input, bool forExpressions)
    : m_tasks(flow.tasks)
    , m_input(input)
    , m_all(input)
    , m_forExpressions(forExpressions)
{
    if (!forExpressions)
        return;
    m_taskNames.reserve(flow.tasks.size());
    for (const Task &task : flow.tasks)
        m_taskNames.insert(task.name);
    for (auto value = input.begin(); value != input.end(); ++value) {
        if (isResult(value.key(), *value, m_taskNames))
            m_results.insert(value.key(), complete(value->toObject()));
    }
}

void ExecutionContext::remember(const QString &task, TaskStatus status, const QJsonValue &data, const QString &error)
{
    static const QJsonObject success{{statusKey, toString(TaskStatus::Success)}};
    static const QJsonObject failure{{statusKey, toString(TaskStatus::Failure)}};
    QJsonObject entry = status == TaskStatus::Success ? success : failure;
    if (!data.isUndefined())
        entry.insert(dataKey, data);
    if (!error.isNull())
        entry.insert(errorKey, error);
    m_all.insert(task, entry);
    m_history << task;
    if (m_forExpressions)
        m_results.insert(task, complete(std::move(entry)));
}

void ExecutionContext::apply(const ContextEdit &edit)
{
    m_all = applied(edit, std::move(m_all));
    for (const QString &name : edit.removed) {
        m_input.remove(name);
        m_results.remove(name);
    }
    for (auto value = edit.set.begin(); value != edit.set.end(); ++value) {
        if (isResult(value.key(), *value, m_taskNames))
            m_results.insert(value.key(), complete(value->toObject()));
        else
            m_input.insert(value.key(), *value);
    }
}

DecisionScope ExecutionContext::scope() const
{
    DecisionScope scope{m_input, m_results, 0, {}, {}};
    if (m_forExpressions)
        return scope;
    for (const Task &task : m_tasks) {
        const auto value = m_all.constFind(task.name);
        if (value == m_all.constEnd() || !isResult(task.name, *value, {task.name}))
            continue;
        scope.tasks.insert(task.name, complete(value->toObject()));
    }
    return scope;
}

} // namespace flow
