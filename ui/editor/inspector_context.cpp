// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/inspector_context.h"

namespace flow {

QList<Issue> InspectorContext::issuesAt(Place::Kind kind, qsizetype index) const
{
    QList<Issue> found;
    if (!document)
        return found;
    for (const Issue &issue : document->issues()) {
        if (issue.place.kind == kind && issue.place.index == index)
            found.append(issue);
    }
    return found;
}

void InspectorContext::changeTask(const QString &name, const QString &field, const std::function<void(Task *)> &change)
{
    const Task *task = canEdit() ? document->flow().task(name) : nullptr;
    if (!task)
        return;
    Task changed = *task;
    change(&changed);
    if (changed != *task)
        document->changeTask(name, changed, field);
}

void InspectorContext::changeCondition(qsizetype index, const QString &field,
                                       const std::function<void(Condition *)> &change)
{
    if (!canEdit() || index < 0 || index >= document->flow().conditions.size())
        return;
    const Condition old = document->flow().conditions[index];
    Condition changed = old;
    change(&changed);
    if (changed != old)
        document->changeCondition(index, changed, field);
}

} // namespace flow
