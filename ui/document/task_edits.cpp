// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/json_reader.h"
#include "document/edit_names.h"
#include "document/flow_document.h"
#include "model/flow_limits.h"

#include <QSet>

#include <cmath>

namespace flow {

namespace {

constexpr double grid = 20;

QPointF snapped(QPointF point)
{
    return {std::round(point.x() / grid) * grid, std::round(point.y() / grid) * grid};
}

} // namespace

QString FlowDocument::addTask(const QString &typeName, QPointF position)
{
    if (m_readOnly)
        return {};
    FlowFile after = m_file;
    Task task;
    task.name = freeTaskName(after.flow, typeName);
    // As the reference writes it: a task that is named after its type needs no type.
    if (task.name != typeName)
        task.type = typeName;
    after.flow.tasks << task;
    if (after.flow.startTask.isEmpty())
        after.flow.startTask = task.name;

    QPointF place = snapped(position);
    const QList<QPointF> taken = after.layout.tasks.values();
    while (taken.contains(place))
        place += QPointF(grid, grid);
    after.layout.tasks.insert(task.name, place);

    change(after, tr("Add %1").arg(task.name));
    select({{task.name}, {}});
    return task.name;
}

Result<void> FlowDocument::renameTask(const QString &name, const QString &newName)
{
    const auto refuse = [&](ErrorCode code, const QString &reason) {
        return Error{.code = code, .reason = reason, .path = FieldPath(QStringLiteral("name")), .value = newName};
    };
    const QString wanted = newName.trimmed();
    if (m_readOnly)
        return refuse(ErrorCode::NotAllowed, tr("this is a past run; open the flow itself to change it"));
    if (m_file.flow.taskIndex(name) < 0)
        return refuse(ErrorCode::NotFound, tr("there is no such task any more"));
    if (name == wanted)
        return {};
    if (wanted.isEmpty())
        return refuse(ErrorCode::BadLength, tr("a task needs a name"));
    if (characterCount(wanted) > limits::name)
        return refuse(ErrorCode::BadLength, tr("a name has at most 100 characters"));
    if (wanted == endTarget)
        return refuse(ErrorCode::DuplicateName, tr("'end' is where flows end; choose another name"));
    if (m_file.flow.taskIndex(wanted) >= 0)
        return refuse(ErrorCode::DuplicateName, tr("another task has this name; names are unique within a flow"));

    FlowFile after = m_file;
    renameTaskEverywhere(after.flow, after.layout, name, wanted);
    change(after, tr("Rename %1 to %2").arg(name, wanted));
    return {};
}

void FlowDocument::changeTask(const QString &name, const Task &task, const QString &field)
{
    const qsizetype index = m_file.flow.taskIndex(name);
    if (index < 0)
        return;
    FlowFile after = m_file;
    after.flow.tasks[index] = task;
    after.flow.tasks[index].name = name;
    change(after, tr("Change %1").arg(name), QStringLiteral("task/%1/%2").arg(name, field));
}

void FlowDocument::setStartTask(const QString &name)
{
    if (m_file.flow.taskIndex(name) < 0)
        return;
    FlowFile after = m_file;
    after.flow.startTask = name;
    change(after, tr("Start with %1").arg(name));
}

void FlowDocument::changeFlow(const Flow &flow, const QString &field)
{
    FlowFile after = m_file;
    after.flow.id = flow.id;
    after.flow.name = flow.name;
    after.flow.description = flow.description;
    after.flow.inputs = flow.inputs;
    after.flow.failureTask = flow.failureTask;
    after.flow.finalTask = flow.finalTask;
    after.flow.concurrency = flow.concurrency;
    change(after, tr("Change the flow's properties"), QStringLiteral("flow/%1").arg(field));
}

void FlowDocument::removeSelection()
{
    FlowFile after = m_file;
    // From behind, each once: an index that stands there twice must not take its neighbour along.
    const QSet<qsizetype> chosen(m_selection.conditions.begin(), m_selection.conditions.end());
    for (qsizetype index = after.flow.conditions.size() - 1; index >= 0; --index) {
        if (chosen.contains(index))
            after.flow.conditions.removeAt(index);
    }
    removeTasksEverywhere(after.flow, after.layout, m_selection.tasks);
    const int count = int(m_selection.tasks.size() + m_selection.conditions.size());
    const QString text = tr("Delete %n item(s)", nullptr, count);
    if (m_readOnly)
        return;
    select({});
    change(after, text);
}

void FlowDocument::applyFix(const Issue &issue)
{
    if (!issue.fix)
        return;
    FlowFile after = m_file;
    issue.fix->apply(after.flow);
    change(after, issue.fix->label);
}

} // namespace flow
