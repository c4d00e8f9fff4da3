// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/layout_graph.h"

#include <algorithm>

namespace flow::layered {

namespace {

/// Barycenter sweeps: each layer in turn is sorted by where its neighbours in the layer before stand.
class Orderer
{
public:
    explicit Orderer(Drawing *drawing)
        : m_drawing(*drawing)
        , m_neighbours(*drawing)
        , m_positions(drawing->nodes.size(), 0)
    {
    }

    void run()
    {
        startByDepth();
        std::vector<std::vector<int>> best = m_drawing.layers;
        qint64 fewest = countCrossings(m_drawing);
        constexpr int mostSweeps = 16;
        int inVain = 0;
        for (int sweep = 0; sweep < mostSweeps && inVain < 4 && fewest > 0; ++sweep) {
            sweepOnce(sweep % 2 == 0);
            const qint64 crossings = countCrossings(m_drawing);
            ++inVain;
            if (crossings < fewest) {
                fewest = crossings;
                best = m_drawing.layers;
                inVain = 0;
            }
        }
        m_drawing.layers = best;
    }

private:
    /// Depth first from the left, so that what a node leads to first stands above what it leads to later.
    void startByDepth()
    {
        std::vector<bool> seen(m_drawing.nodes.size(), false);
        std::vector<int> open;
        const std::vector<std::vector<int>> before = m_drawing.layers;
        for (std::vector<int> &layer : m_drawing.layers)
            layer.clear();
        for (const std::vector<int> &layer : before) {
            for (const int root : layer) {
                open.push_back(root);
                while (!open.empty()) {
                    const int node = open.back();
                    open.pop_back();
                    if (seen[size_t(node)])
                        continue;
                    seen[size_t(node)] = true;
                    m_drawing.layers[size_t(m_drawing.nodes[size_t(node)].layer)].push_back(node);
                    const std::vector<int> &out = m_neighbours.out[size_t(node)];
                    for (auto it = out.rbegin(); it != out.rend(); ++it)
                        open.push_back(m_drawing.edges[size_t(*it)].to);
                }
            }
        }
        for (std::vector<int> &layer : m_drawing.layers)
            settle(&layer);
    }

    void sweepOnce(bool toTheRight)
    {
        const size_t count = m_drawing.layers.size();
        for (size_t i = 1; i < count; ++i) {
            std::vector<int> &layer = m_drawing.layers[toTheRight ? i : count - 1 - i];
            std::vector<std::pair<double, int>> wanted;
            for (const int node : layer)
                wanted.emplace_back(wantedPosition(node, toTheRight), node);
            std::stable_sort(wanted.begin(), wanted.end(),
                             [](const auto &a, const auto &b) { return a.first < b.first; });
            for (size_t k = 0; k < layer.size(); ++k)
                layer[k] = wanted[k].second;
            settle(&layer);
        }
    }

    double wantedPosition(int node, bool fromTheLeft) const
    {
        const std::vector<int> &edges = (fromTheLeft ? m_neighbours.in : m_neighbours.out)[size_t(node)];
        if (edges.empty())
            return m_positions[size_t(node)];
        double sum = 0;
        for (const int i : edges) {
            const Edge &edge = m_drawing.edges[size_t(i)];
            sum += m_positions[size_t(fromTheLeft ? edge.from : edge.to)];
        }
        return sum / double(edges.size());
    }

    /// The main path stays on top; positions are relative, because layers differ in size.
    void settle(std::vector<int> *layer)
    {
        std::stable_partition(layer->begin(), layer->end(),
                              [this](int node) { return m_drawing.nodes[size_t(node)].isMain; });
        for (size_t k = 0; k < layer->size(); ++k)
            m_positions[size_t((*layer)[k])] = double(k);
    }

    Drawing &m_drawing;
    Neighbours m_neighbours;
    std::vector<double> m_positions;
};

/// Counts how many numbers before are greater, in a tree of sums.
class CountingTree
{
public:
    explicit CountingTree(size_t size)
        : m_sums(size + 1, 0)
    {
    }

    void add(size_t position)
    {
        ++m_total;
        for (size_t i = position + 1; i < m_sums.size(); i += i & (~i + 1))
            ++m_sums[i];
    }

    qint64 countAbove(size_t position) const
    {
        qint64 upTo = 0;
        for (size_t i = position + 1; i > 0; i -= i & (~i + 1))
            upTo += m_sums[i];
        return m_total - upTo;
    }

private:
    std::vector<qint64> m_sums;
    qint64 m_total = 0;
};

} // namespace

qint64 countCrossings(const Drawing &drawing)
{
    std::vector<size_t> positions(drawing.nodes.size(), 0);
    for (const std::vector<int> &layer : drawing.layers) {
        for (size_t k = 0; k < layer.size(); ++k)
            positions[size_t(layer[k])] = k;
    }
    std::vector<std::vector<std::pair<size_t, size_t>>> wires(drawing.layers.size());
    for (const Edge &edge : drawing.edges) {
        if (drawing.nodes[size_t(edge.to)].layer == drawing.nodes[size_t(edge.from)].layer + 1)
            wires[size_t(drawing.nodes[size_t(edge.from)].layer)].emplace_back(positions[size_t(edge.from)],
                                                                               positions[size_t(edge.to)]);
    }
    qint64 crossings = 0;
    for (size_t layer = 0; layer + 1 < drawing.layers.size(); ++layer) {
        std::sort(wires[layer].begin(), wires[layer].end());
        CountingTree tree(drawing.layers[layer + 1].size());
        for (const auto &[from, to] : wires[layer]) {
            crossings += tree.countAbove(to);
            tree.add(to);
        }
    }
    return crossings;
}

void orderLayers(Drawing *drawing)
{
    Orderer(drawing).run();
}

} // namespace flow::layered
