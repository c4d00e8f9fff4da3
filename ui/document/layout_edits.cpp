// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/flow_document.h"

namespace flow {

void FlowDocument::moveTasks(const QMap<QString, QPointF> &positions)
{
    FlowFile after = m_file;
    for (auto position = positions.begin(); position != positions.end(); ++position) {
        // The layout names tasks of the flow only; what has a place is surely one of them.
        if (after.layout.tasks.contains(position.key()) || m_file.flow.taskIndex(position.key()) >= 0)
            after.layout.tasks.insert(position.key(), position.value());
    }
    const QString text = positions.size() == 1 ? tr("Move %1").arg(positions.firstKey())
                                               : tr("Move %n task(s)", nullptr, int(positions.size()));
    change(after, text, QStringLiteral("move/") + positions.keys().join(u'/'));
}

void FlowDocument::moveStart(QPointF position)
{
    FlowFile after = m_file;
    after.layout.start = position;
    change(after, tr("Move the start"), QStringLiteral("move start"));
}

void FlowDocument::moveEnd(const QString &sourceTask, QPointF position)
{
    if (m_file.flow.taskIndex(sourceTask) < 0)
        return;
    FlowFile after = m_file;
    after.layout.ends.insert(sourceTask, position);
    change(after, tr("Move an end"), QStringLiteral("move end/") + sourceTask);
}

void FlowDocument::setLayout(const Layout &layout, const QString &text)
{
    FlowFile after = m_file;
    after.layout = layout;
    change(after, text);
}

} // namespace flow
