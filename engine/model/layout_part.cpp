// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/layout_part.h"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace flow::layered {

namespace {

int weightOf(RouteKind kind)
{
    switch (kind) {
    case RouteKind::OnSuccess:
    case RouteKind::Always:
        return 4;
    case RouteKind::Expression:
        return 3;
    case RouteKind::Otherwise:
        return 2;
    case RouteKind::OnFailure:
        return 1;
    }
    Q_UNREACHABLE();
}

/// Which tasks hang together: union-find with path halving.
class Connections
{
public:
    explicit Connections(qsizetype size)
        : m_parents(size)
    {
        std::iota(m_parents.begin(), m_parents.end(), 0);
    }

    qsizetype root(qsizetype task)
    {
        while (m_parents[task] != task)
            task = m_parents[task] = m_parents[m_parents[task]];
        return task;
    }

    void connect(qsizetype a, qsizetype b)
    {
        const qsizetype first = root(a);
        const qsizetype second = root(b);
        m_parents[std::max(first, second)] = std::min(first, second);
    }

private:
    QList<qsizetype> m_parents;
};

/// Turns a part of a flow into a drawing and reads positions off it.
class PartDrawer
{
public:
    PartDrawer(const Flow &flow, const DrawnFlow &drawn, const QList<qsizetype> &tasks, const LayoutMetrics &metrics)
        : m_flow(flow)
        , m_drawn(drawn)
        , m_tasks(tasks)
        , m_metrics(metrics)
    {
    }

    DrawnPart run()
    {
        addNodes();
        markBackEdges(&m_drawing, m_root);
        markMainPath();
        assignLayers(&m_drawing, m_root);
        for (Node &node : m_drawing.nodes) {
            if (node.kind == NodeKind::Lane)
                node.above = node.below = m_metrics.grid / 2;
        }
        orderLayers(&m_drawing);
        assignLines(&m_drawing, m_metrics);
        return positions();
    }

private:
    void addNodes()
    {
        QHash<qsizetype, int> numbers;
        for (const qsizetype task : m_tasks) {
            const QSizeF size = cardSize(m_metrics, m_flow.tasks[task].name);
            numbers.insert(task, int(m_drawing.nodes.size()));
            m_drawing.nodes.push_back(
                {NodeKind::Card, task, size.width(), m_metrics.port, size.height() - m_metrics.port});
        }
        QSet<int> entered;
        for (const qsizetype task : m_tasks) {
            for (const Way &way : m_drawn.ways[task]) {
                const int to = way.target < 0 ? addEnd(task) : numbers.value(way.target);
                m_drawing.edges.push_back({numbers.value(task), to, way.weight});
                entered.insert(to);
            }
        }
        m_root = numbers.value(m_drawn.start, -1);
        for (int node = 0; m_root < 0 && node < int(m_tasks.size()); ++node) {
            if (!entered.contains(node))
                m_root = node;
        }
        m_root = std::max(m_root, 0);
    }

    int addEnd(qsizetype task)
    {
        const double half = m_metrics.marker.height() / 2;
        m_drawing.nodes.push_back({NodeKind::End, task, m_metrics.marker.width(), half, half});
        return int(m_drawing.nodes.size()) - 1;
    }

    /// Follows success from the start; where a choice is, a task rather than the end.
    void markMainPath()
    {
        constexpr int straight = 8;
        const Neighbours neighbours(m_drawing);
        int node = m_root;
        m_drawing.nodes[size_t(node)].isMain = true;
        while (true) {
            Edge *best = nullptr;
            for (const int i : neighbours.out[size_t(node)]) {
                Edge &edge = m_drawing.edges[size_t(i)];
                if (edge.isBack || edge.weight == weightOf(RouteKind::OnFailure))
                    continue;
                if (!best || rank(edge) > rank(*best))
                    best = &edge;
            }
            if (!best)
                return;
            best->isMain = true;
            best->weight = straight;
            node = best->to;
            m_drawing.nodes[size_t(node)].isMain = true;
        }
    }

    int rank(const Edge &edge) const
    {
        return edge.weight + (m_drawing.nodes[size_t(edge.to)].kind == NodeKind::Card ? 10 : 0);
    }

    DrawnPart positions() const
    {
        DrawnPart part;
        part.crossings = countCrossings(m_drawing);
        double x = 0;
        double bottom = 0;
        double right = 0;
        for (const std::vector<int> &layer : m_drawing.layers) {
            double width = 0;
            for (const int index : layer) {
                const Node &node = m_drawing.nodes[size_t(index)];
                const double line = node.line + m_metrics.port;
                width = std::max(width, node.width);
                bottom = std::max(bottom, line + node.below);
                if (node.kind == NodeKind::Card)
                    part.cards.insert(node.task, {x, node.line});
                else if (node.kind == NodeKind::End)
                    part.ends.insert(node.task, {x, markerTop(m_metrics, node.line)});
            }
            right = x + width;
            x += upToGrid(m_metrics, width + m_metrics.columnGap);
        }
        part.size = {right, bottom};
        return part;
    }

    const Flow &m_flow;
    const DrawnFlow &m_drawn;
    const QList<qsizetype> &m_tasks;
    const LayoutMetrics &m_metrics;
    Drawing m_drawing;
    int m_root = -1;
};

} // namespace

DrawnFlow::DrawnFlow(const Flow &flow, const FlowIndex &index)
    : ways(flow.tasks.size())
    , start(index.task(flow.startTask))
{
    const qsizetype count = flow.tasks.size();
    Connections connections(count);
    QList<qsizetype> lastFrom(count + 1, -1); // the end is the last one; routes come source by source
    for (const Route &route : routes(flow)) {
        const qsizetype from = route.source.isEmpty() ? -1 : index.task(route.source);
        const qsizetype to = route.target == endTarget ? -1 : index.task(route.target);
        const bool isTold = to >= 0 || (route.target == endTarget && route.kind != RouteKind::OnFailure);
        if (from < 0 || from == to || route.neverTaken || !isTold)
            continue;
        const Way way{to, weightOf(route.kind)};
        if (std::exchange(lastFrom[to < 0 ? count : to], from) != from)
            ways[from] << way;
        if (to >= 0)
            connections.connect(from, to);
    }
    for (QList<Way> &list : ways)
        std::stable_sort(list.begin(), list.end(), [](const Way &a, const Way &b) { return a.weight > b.weight; });

    QHash<qsizetype, qsizetype> numbers;
    if (start >= 0) {
        numbers.insert(connections.root(start), 0);
        parts.append(QList<qsizetype>());
    }
    for (qsizetype task = 0; task < count; ++task) {
        if (flow.tasks[task].name.isEmpty() || index.task(flow.tasks[task].name) != task)
            continue;
        const qsizetype root = connections.root(task);
        const auto number = numbers.constFind(root);
        if (number == numbers.constEnd()) {
            numbers.insert(root, parts.size());
            parts.append(QList<qsizetype>{task});
        } else {
            parts[*number] << task;
        }
    }
}

bool DrawnFlow::hasEnd(qsizetype task) const
{
    return std::any_of(ways[task].begin(), ways[task].end(), [](const Way &way) { return way.target < 0; });
}

DrawnPart drawPart(const Flow &flow, const DrawnFlow &drawn, const QList<qsizetype> &tasks,
                   const LayoutMetrics &metrics)
{
    return PartDrawer(flow, drawn, tasks, metrics).run();
}

QSizeF cardSize(const LayoutMetrics &metrics, const QString &taskName)
{
    return metrics.cards.value(taskName, metrics.card);
}

double markerTop(const LayoutMetrics &metrics, double cardTop)
{
    return cardTop + metrics.port - metrics.marker.height() / 2;
}

double upToGrid(const LayoutMetrics &metrics, double length)
{
    return std::ceil(length / metrics.grid) * metrics.grid;
}

} // namespace flow::layered
