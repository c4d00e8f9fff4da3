// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/layout_graph.h"

#include <algorithm>
#include <limits>
#include <map>
#include <numeric>

namespace flow::layered {

namespace {

/// Depth first with a stack of its own; an edge to a node that is still open leads back.
class BackEdgeFinder
{
public:
    explicit BackEdgeFinder(Drawing *drawing)
        : m_drawing(*drawing)
        , m_neighbours(*drawing)
        , m_states(drawing->nodes.size())
    {
    }

    void visitFrom(int root)
    {
        if (m_states[size_t(root)] != State::New)
            return;
        enter(root);
        while (!m_visits.empty()) {
            const int node = m_visits.back().node;
            const std::vector<int> &out = m_neighbours.out[size_t(node)];
            if (m_visits.back().edge == out.size()) {
                m_states[size_t(node)] = State::Done;
                m_visits.pop_back();
                continue;
            }
            Edge &edge = m_drawing.edges[size_t(out[m_visits.back().edge++])];
            const State state = m_states[size_t(edge.to)];
            edge.isBack = state == State::Open;
            if (state == State::New)
                enter(edge.to);
        }
    }

private:
    enum class State { New, Open, Done };
    struct Visit
    {
        int node = 0;
        size_t edge = 0;
    };

    void enter(int node)
    {
        m_states[size_t(node)] = State::Open;
        m_visits.push_back({node});
    }

    Drawing &m_drawing;
    Neighbours m_neighbours;
    std::vector<State> m_states;
    std::vector<Visit> m_visits;
};

/// Longest path from the left over the edges that lead forward.
class Layering
{
public:
    Layering(Drawing *drawing, int root)
        : m_drawing(*drawing)
        , m_root(root)
        , m_neighbours(*drawing)
    {
    }

    void run()
    {
        const std::vector<int> order = leftToRight();
        for (const int node : order) {
            for (const int i : m_neighbours.in[size_t(node)]) {
                if (!edge(i).isBack)
                    layerOf(node) = std::max(layerOf(node), layerOf(edge(i).from) + 1);
            }
        }
        for (auto it = order.rbegin(); it != order.rend(); ++it)
            pullRight(*it);
    }

private:
    const Edge &edge(int i) const { return m_drawing.edges[size_t(i)]; }
    int &layerOf(int node) { return m_drawing.nodes[size_t(node)].layer; }

    std::vector<int> leftToRight() const
    {
        std::vector<int> order;
        std::vector<int> missing(m_drawing.nodes.size(), 0);
        for (const Edge &edge : m_drawing.edges)
            missing[size_t(edge.to)] += edge.isBack ? 0 : 1;
        for (size_t node = 0; node < missing.size(); ++node) {
            if (missing[node] == 0)
                order.push_back(int(node));
        }
        for (size_t done = 0; done < order.size(); ++done) {
            for (const int i : m_neighbours.out[size_t(order[done])]) {
                if (!edge(i).isBack && --missing[size_t(edge(i).to)] == 0)
                    order.push_back(edge(i).to);
            }
        }
        return order;
    }

    /// What nothing leads to, except the root, stands right before what it leads to.
    void pullRight(int node)
    {
        for (const int i : m_neighbours.in[size_t(node)]) {
            if (!edge(i).isBack)
                return;
        }
        int nearest = std::numeric_limits<int>::max();
        for (const int i : m_neighbours.out[size_t(node)]) {
            if (!edge(i).isBack)
                nearest = std::min(nearest, layerOf(edge(i).to) - 1);
        }
        if (node != m_root && nearest != std::numeric_limits<int>::max())
            layerOf(node) = nearest;
    }

    Drawing &m_drawing;
    int m_root;
    Neighbours m_neighbours;
};

/// Cuts wires that pass columns into pieces with a lane in each of them.
class LaneMaker
{
public:
    explicit LaneMaker(Drawing *drawing)
        : m_drawing(*drawing)
    {
    }

    void run()
    {
        std::vector<Edge> edges = std::exchange(m_drawing.edges, {});
        std::stable_sort(edges.begin(), edges.end(),
                         [this](const Edge &a, const Edge &b) { return span(a) < span(b); });
        // The longest wires of very large flows get no lanes: a chain with a jump per task would need millions.
        m_lanesLeft = qint64(m_drawing.nodes.size()) * 4 + 400;
        for (const Edge &edge : edges)
            cut(edge);
    }

private:
    int layerOf(int node) const { return m_drawing.nodes[size_t(node)].layer; }
    int span(const Edge &edge) const { return std::abs(layerOf(edge.to) - layerOf(edge.from)); }

    void cut(const Edge &edge)
    {
        if (span(edge) == 0 || span(edge) - 1 > m_lanesLeft)
            return;
        const int step = edge.isBack ? -1 : 1;
        int last = edge.from;
        bool isJoined = false; // from here on the way to the target is there already
        for (int layer = layerOf(edge.from) + step; layer != layerOf(edge.to) && !isJoined; layer += step) {
            const auto [lane, isNew] = laneTo(edge.to, layer, edge.isBack);
            addPiece(last, lane, edge);
            last = lane;
            isJoined = !isNew;
        }
        if (!isJoined)
            addPiece(last, edge.to, edge);
        if (edge.isMain)
            markMain(edge);
    }

    /// Pieces lead to the right, whichever way the wire does.
    void addPiece(int from, int to, const Edge &edge)
    {
        constexpr int laneWeight = 8; // long wires bend at their ends only
        const bool betweenLanes = isLane(from) && isLane(to);
        Edge piece = edge;
        piece.from = edge.isBack ? to : from;
        piece.to = edge.isBack ? from : to;
        piece.weight = betweenLanes ? laneWeight : edge.weight;
        m_drawing.edges.push_back(piece);
    }

    bool isLane(int node) const { return m_drawing.nodes[size_t(node)].kind == NodeKind::Lane; }

    void markMain(const Edge &edge)
    {
        for (int layer = layerOf(edge.from) + 1; layer < layerOf(edge.to); ++layer)
            m_drawing.nodes[size_t(m_lanes.at({edge.to, layer, false}))].isMain = true;
    }

    std::pair<int, bool> laneTo(int target, int layer, bool isBack)
    {
        const auto [place, isNew] = m_lanes.try_emplace({target, layer, isBack}, int(m_drawing.nodes.size()));
        if (isNew) {
            Node lane;
            lane.kind = NodeKind::Lane;
            lane.layer = layer;
            m_drawing.nodes.push_back(lane);
            --m_lanesLeft;
        }
        return {place->second, isNew};
    }

    Drawing &m_drawing;
    std::map<std::tuple<int, int, bool>, int> m_lanes;
    qint64 m_lanesLeft = 0;
};

} // namespace

Neighbours::Neighbours(const Drawing &drawing)
    : in(drawing.nodes.size())
    , out(drawing.nodes.size())
{
    for (size_t i = 0; i < drawing.edges.size(); ++i) {
        out[size_t(drawing.edges[i].from)].push_back(int(i));
        in[size_t(drawing.edges[i].to)].push_back(int(i));
    }
}

void markBackEdges(Drawing *drawing, int root)
{
    BackEdgeFinder finder(drawing);
    finder.visitFrom(root);
    for (size_t node = 0; node < drawing->nodes.size(); ++node)
        finder.visitFrom(int(node));
    for (Edge &edge : drawing->edges)
        edge.isBack = edge.isBack || edge.to == root; // nothing stands left of the start
}

void assignLayers(Drawing *drawing, int root)
{
    Layering(drawing, root).run();
    LaneMaker(drawing).run();
    int last = 0;
    for (const Node &node : drawing->nodes)
        last = std::max(last, node.layer);
    drawing->layers.assign(size_t(last) + 1, {});
    for (size_t node = 0; node < drawing->nodes.size(); ++node)
        drawing->layers[size_t(drawing->nodes[node].layer)].push_back(int(node));
}

} // namespace flow::layered
