// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/edit_names.h"

#include "base/json_reader.h"
#include "model/flow_limits.h"

#include <QSet>

namespace flow {

namespace {

QString freeName(const QSet<QString> &taken, const QString &wanted)
{
    QString name = leftCharacters(wanted, limits::name);
    for (int number = 2; taken.contains(name); ++number) {
        const QString suffix = u' ' + QString::number(number);
        name = leftCharacters(wanted, limits::name - suffix.size()) + suffix;
    }
    return name;
}

} // namespace

QString freeTaskName(const Flow &flow, const QString &wanted)
{
    QSet<QString> taken{endTarget};
    for (const Task &task : flow.tasks)
        taken << task.name;
    return freeName(taken, wanted);
}

QString freeConditionName(const Flow &flow, const QString &wanted)
{
    QSet<QString> taken;
    for (const Condition &condition : flow.conditions)
        taken << condition.name;
    return freeName(taken, wanted);
}

void renameTaskEverywhere(Flow &flow, Layout &layout, const QString &from, const QString &to)
{
    const auto rename = [&](QString &name) {
        if (name == from)
            name = to;
    };
    for (Task &task : flow.tasks) {
        // A task without a type is of the type it is named after; it keeps that type.
        if (task.name == from && task.type.isEmpty())
            task.type = from;
        rename(task.name);
    }
    for (Condition &condition : flow.conditions) {
        rename(condition.sourceTask);
        rename(condition.targetTaskSuccess);
        rename(condition.targetTaskFailure);
    }
    for (QString *name : {&flow.startTask, &flow.failureTask, &flow.finalTask})
        rename(*name);
    for (QMap<QString, QPointF> *places : {&layout.tasks, &layout.ends}) {
        if (places->contains(from))
            places->insert(to, places->take(from));
    }
}

void removeTasksEverywhere(Flow &flow, Layout &layout, const QStringList &names)
{
    const QSet<QString> gone(names.begin(), names.end());
    flow.tasks.removeIf([&](const Task &task) { return gone.contains(task.name); });
    flow.conditions.removeIf([&](const Condition &condition) { return gone.contains(condition.sourceTask); });
    for (Condition &condition : flow.conditions) {
        if (gone.contains(condition.targetTaskSuccess))
            condition.targetTaskSuccess = endTarget;
        if (gone.contains(condition.targetTaskFailure))
            condition.targetTaskFailure = endTarget;
    }
    if (gone.contains(flow.startTask))
        flow.startTask = flow.tasks.isEmpty() ? QString() : flow.tasks.first().name;
    for (QString *handler : {&flow.failureTask, &flow.finalTask}) {
        if (gone.contains(*handler))
            handler->clear();
    }
    for (const QString &name : names) {
        layout.tasks.remove(name);
        layout.ends.remove(name);
    }
}

} // namespace flow
