// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/follow_selection.h"

#include "document/flow_document.h"
#include "model/flow_index.h"

namespace flow {

namespace {

QStringList namesAfter(const QStringList &names, const Flow &before, const Flow &after)
{
    QStringList kept;
    if (names.isEmpty())
        return kept;
    const FlowIndex old(before);
    const FlowIndex now(after);
    for (const QString &name : names) {
        const qsizetype index = old.task(name);
        if (now.task(name) >= 0)
            kept << name;
        // A rename keeps the task's place, and nobody had its new name before.
        else if (index >= 0 && after.tasks.size() == before.tasks.size() && old.task(after.tasks[index].name) < 0)
            kept << after.tasks[index].name;
    }
    return kept;
}

qsizetype indexAfter(qsizetype index, const Flow &before, const Flow &after)
{
    if (index >= before.conditions.size())
        return -1;
    const Condition &condition = before.conditions[index];
    const bool isHere = index < after.conditions.size() && after.conditions[index].name == condition.name;
    if (isHere)
        return index;
    for (qsizetype other = 0; other < after.conditions.size(); ++other) {
        if (after.conditions[other].name == condition.name)
            return other;
    }
    // As many as before and none of that name: it was renamed.
    return after.conditions.size() == before.conditions.size() ? index : -1;
}

} // namespace

Selection followSelection(const Selection &selection, const Flow &before, const Flow &after)
{
    Selection kept;
    kept.tasks = namesAfter(selection.tasks, before, after);
    for (const qsizetype index : selection.conditions) {
        const qsizetype now = indexAfter(index, before, after);
        if (now >= 0)
            kept.conditions << now;
    }
    return kept;
}

} // namespace flow
