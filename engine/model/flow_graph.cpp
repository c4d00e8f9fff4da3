// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_graph.h"

#include <algorithm>
#include <utility>

namespace flow {

namespace {

QList<bool> spread(QList<qsizetype> open, const QList<QList<qsizetype>> &edges)
{
    QList<bool> seen(edges.size(), false);
    for (const qsizetype node : open)
        seen[node] = true;
    while (!open.isEmpty()) {
        for (const qsizetype next : edges[open.takeLast()]) {
            if (!seen[next]) {
                seen[next] = true;
                open << next;
            }
        }
    }
    return seen;
}

/// Tarjan's algorithm with a stack of its own: flows may be chains of 100,000 tasks.
class GroupFinder
{
public:
    explicit GroupFinder(const QList<QList<qsizetype>> &next)
        : m_next(next)
        , m_groups(next.size(), -1)
        , m_numbers(next.size(), -1)
        , m_lowest(next.size(), -1)
    {
    }

    QList<int> find()
    {
        for (qsizetype node = 0; node < m_next.size(); ++node) {
            if (m_numbers[node] < 0)
                visitFrom(node);
        }
        return m_groups;
    }

private:
    struct Visit
    {
        qsizetype node = 0;
        qsizetype edge = 0; ///< the next one to look at
    };

    void enter(qsizetype node)
    {
        m_numbers[node] = m_lowest[node] = m_count++;
        m_open << node;
        m_visits << Visit{node};
    }

    void visitFrom(qsizetype root)
    {
        enter(root);
        while (!m_visits.isEmpty()) {
            Visit &visit = m_visits.last();
            if (visit.edge < m_next[visit.node].size())
                look(visit.node, m_next[visit.node][visit.edge++]);
            else
                leave();
        }
    }

    void look(qsizetype from, qsizetype to)
    {
        if (m_numbers[to] < 0)
            enter(to); // invalidates what the caller holds; it holds nothing afterwards
        else if (m_groups[to] < 0)
            m_lowest[from] = std::min(m_lowest[from], m_numbers[to]);
    }

    void leave()
    {
        const qsizetype node = m_visits.takeLast().node;
        if (!m_visits.isEmpty())
            m_lowest[m_visits.last().node] = std::min(m_lowest[m_visits.last().node], m_lowest[node]);
        if (m_lowest[node] != m_numbers[node])
            return;
        qsizetype member = -1;
        do {
            member = m_open.takeLast();
            m_groups[member] = m_groupCount;
        } while (member != node);
        ++m_groupCount;
    }

    const QList<QList<qsizetype>> &m_next;
    QList<int> m_groups;
    QList<int> m_numbers;
    QList<int> m_lowest;
    QList<qsizetype> m_open;
    QList<Visit> m_visits;
    int m_count = 0;
    int m_groupCount = 0;
};

} // namespace

FlowGraph::FlowGraph(const Flow &flow, const FlowIndex &index, const QList<Route> &routes)
    : m_start(index.task(flow.startTask))
    , m_handlers{index.task(flow.failureTask), index.task(flow.finalTask)}
    , m_next(flow.tasks.size())
    , m_previous(flow.tasks.size())
    , m_endsAfter(flow.tasks.size(), false)
{
    QList<qsizetype> lastFrom(flow.tasks.size(),
                              -1); // routes come source by source, so this finds what is there already
    for (const Route &route : routes) {
        const qsizetype from = index.task(route.source);
        const qsizetype to = index.task(route.target);
        if (from < 0 || route.source.isEmpty() || route.neverTaken)
            continue;
        if (route.target == endTarget)
            m_endsAfter[from] = true;
        else if (to >= 0 && std::exchange(lastFrom[to], from) != from)
            m_next[from] << to;
    }
    for (qsizetype from = 0; from < m_next.size(); ++from) {
        for (const qsizetype to : m_next[from])
            m_previous[to] << from;
    }
}

QList<bool> FlowGraph::reachable() const
{
    QList<qsizetype> entries{m_start};
    entries << m_handlers;
    entries.removeAll(-1);
    return spread(entries, m_next);
}

QList<bool> FlowGraph::reachingEnd() const
{
    QList<qsizetype> ending;
    for (qsizetype task = 0; task < size(); ++task) {
        if (m_endsAfter[task])
            ending << task;
    }
    return spread(ending, m_previous);
}

QList<QList<qsizetype>> FlowGraph::cycles() const
{
    const QList<int> groups = stronglyConnectedGroups(m_next);
    QList<int> sizes(size(), 0);
    for (const int group : groups)
        ++sizes[group];
    QList<bool> told(size(), false);
    QList<QList<qsizetype>> cycles;
    for (qsizetype task = 0; task < size(); ++task) {
        const int group = groups[task];
        const bool repeats = sizes[group] > 1 || m_next[task].contains(task);
        if (repeats && !told[group])
            cycles << closedPath(task, groups);
        told[group] = told[group] || repeats;
    }
    return cycles;
}

/// The shortest way from `first` back to itself inside its group.
QList<qsizetype> FlowGraph::closedPath(qsizetype first, const QList<int> &groups) const
{
    QHash<qsizetype, qsizetype> cameFrom;
    QList<qsizetype> open{first};
    for (qsizetype i = 0; i < open.size() && !cameFrom.contains(first); ++i) {
        for (const qsizetype to : m_next[open[i]]) {
            if (groups[to] == groups[first] && !cameFrom.contains(to)) {
                cameFrom.insert(to, open[i]);
                open << to;
            }
        }
    }
    QList<qsizetype> path;
    for (qsizetype at = cameFrom.value(first, first); at != first; at = cameFrom.value(at))
        path.prepend(at);
    path.prepend(first);
    return path;
}

QList<int> stronglyConnectedGroups(const QList<QList<qsizetype>> &next)
{
    return GroupFinder(next).find();
}

} // namespace flow
