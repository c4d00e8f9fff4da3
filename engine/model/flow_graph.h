// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow_index.h"
#include "model/route.h"

namespace flow {

/// A flow as a graph: tasks are numbers (indexes into Flow::tasks), edges are the routes that can be taken. A snapshot
/// like FlowIndex; all questions take time linear in the flow. Any thread.
class FlowGraph
{
public:
    FlowGraph(const Flow &flow, const FlowIndex &index, const QList<Route> &routes);

    qsizetype size() const { return m_next.size(); }
    qsizetype start() const { return m_start; } ///< -1 when there is no start task
    /// In the order of the routes, each once; ends and unknown targets left out.
    const QList<qsizetype> &next(qsizetype task) const { return m_next[task]; }
    const QList<qsizetype> &previous(qsizetype task) const { return m_previous[task]; }
    bool endsAfter(qsizetype task) const { return m_endsAfter[task]; } ///< a route from it ends the flow

    QList<bool> reachable() const;   ///< from the start and from the tasks that run after a failure and at the end
    QList<bool> reachingEnd() const; ///< from where the flow can still end

    /// Groups of tasks that can run again and again (also single tasks that lead to themselves), in the flow's order;
    /// each group is one closed path through some of its tasks, starting with its first.
    QList<QList<qsizetype>> cycles() const;

private:
    QList<qsizetype> closedPath(qsizetype first, const QList<int> &groups) const;

    qsizetype m_start = -1;
    QList<qsizetype> m_handlers; ///< -1 for one that is not there
    QList<QList<qsizetype>> m_next;
    QList<QList<qsizetype>> m_previous;
    QList<bool> m_endsAfter;
};

/// Number of the strongly connected group of each node; a group's number is smaller than those that lead to it.
QList<int> stronglyConnectedGroups(const QList<QList<qsizetype>> &next);

} // namespace flow
