// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow.h"

#include <QHash>

namespace flow {

/// Finds tasks and conditions by name in constant time, where Flow's own functions search. A snapshot: it knows nothing
/// of changes to the flow made later. A plain value; any thread.
class FlowIndex
{
public:
    explicit FlowIndex(const Flow &flow);

    /// Index into Flow::tasks, of the first task with that name; -1 when there is none.
    qsizetype task(const QString &name) const { return m_tasks.value(name, -1); }
    /// Indexes into Flow::conditions, in the order in which they are asked.
    QList<qsizetype> conditionsOf(const QString &taskName) const { return m_conditions.value(taskName); }
    /// Whether a condition may name it as its target.
    bool isTarget(const QString &name) const { return name == endTarget || m_tasks.contains(name); }

private:
    QHash<QString, qsizetype> m_tasks;
    QHash<QString, QList<qsizetype>> m_conditions;
};

} // namespace flow
