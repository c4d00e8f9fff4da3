// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_references.h"

#include "base/json.h"
#include "base/json_reader.h"
#include "model/flow_index.h"

#include <algorithm>

namespace flow {

namespace {

/// One error for all names that come twice, as in the reference.
void checkNames(const Flow &flow, const FieldPath &path, QList<Error> *errors)
{
    constexpr qsizetype mostNamed = 5;
    QHash<QString, qsizetype> seen;
    QStringList twice;
    for (qsizetype i = 0; i < flow.tasks.size(); ++i) {
        const QString &name = flow.tasks[i].name;
        if (name.isNull())
            continue;
        const auto first = seen.constFind(name);
        if (first == seen.constEnd())
            seen.insert(name, i);
        else
            twice << QStringLiteral("%1 (tasks[%2] and tasks[%3])").arg(json::excerpt(name)).arg(*first).arg(i);
    }
    if (twice.isEmpty())
        return;
    const qsizetype more = twice.size() - mostNamed;
    QString list = twice.mid(0, mostNamed).join(QStringLiteral(", "));
    if (more > 0)
        list += QStringLiteral(" and %1 more").arg(more);
    addError(errors,
             {.code = ErrorCode::DuplicateName,
              .reason = QStringLiteral("task names must be unique within a flow; these are there twice: ") + list,
              .path = path / QStringLiteral("tasks")});
}

void reportUnknown(const QString &name, const FieldPath &path, const QString &rule, QList<Error> *errors)
{
    addError(errors, {.code = ErrorCode::UnknownReference, .reason = rule, .path = path, .value = json::excerpt(name)});
}

} // namespace

void checkReferences(const Flow &flow, const FieldPath &path, QList<Error> *errors)
{
    checkNames(flow, path, errors);
    const auto isUnread = [](const Task &task) { return task.name.isNull(); };
    if (std::any_of(flow.tasks.begin(), flow.tasks.end(), isUnread))
        return;

    const FlowIndex index(flow);
    const QString mustBeTask = QStringLiteral("must be the name of a task of this flow");
    const QString mustBeTarget = QStringLiteral("must be the name of a task of this flow, or \"end\"");
    const auto isMissing = [&index](const QString &name) { return !name.isNull() && index.task(name) < 0; };
    const auto isNoTarget = [&index](const QString &name) { return !name.isNull() && !index.isTarget(name); };

    if (isMissing(flow.startTask))
        reportUnknown(flow.startTask, path / QStringLiteral("start_task"), mustBeTask, errors);
    if (!flow.failureTask.isEmpty() && isMissing(flow.failureTask))
        reportUnknown(flow.failureTask, path / QStringLiteral("failure_task"), mustBeTask, errors);
    if (!flow.finalTask.isEmpty() && isMissing(flow.finalTask))
        reportUnknown(flow.finalTask, path / QStringLiteral("final_task"), mustBeTask, errors);
    for (qsizetype i = 0; i < flow.conditions.size(); ++i) {
        const Condition &condition = flow.conditions[i];
        const auto at = [&](const QString &field) { return path / QStringLiteral("conditions") / i / field; };
        if (isMissing(condition.sourceTask))
            reportUnknown(condition.sourceTask, at(QStringLiteral("source_task")), mustBeTask, errors);
        if (isNoTarget(condition.targetTaskSuccess))
            reportUnknown(condition.targetTaskSuccess, at(QStringLiteral("target_task_success")), mustBeTarget, errors);
        if (isNoTarget(condition.targetTaskFailure))
            reportUnknown(condition.targetTaskFailure, at(QStringLiteral("target_task_failure")), mustBeTarget, errors);
    }
}

} // namespace flow
