// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/layout_graph.h"

#include <algorithm>
#include <cmath>

namespace flow::layered {

namespace {

/// Moves the lines of the nodes to where their neighbours are, layer by layer, never changing the order.
class LineFinder
{
public:
    LineFinder(Drawing *drawing, const LayoutMetrics &metrics)
        : m_drawing(*drawing)
        , m_metrics(metrics)
        , m_neighbours(*drawing)
    {
    }

    void run()
    {
        for (const std::vector<int> &layer : m_drawing.layers)
            pack(layer);
        constexpr int sweeps = 6;
        for (int sweep = 0; sweep < sweeps; ++sweep)
            sweepOnce(sweep % 2 == 0, &LineFinder::relax);
        for (const std::vector<int> &layer : m_drawing.layers)
            snap(layer);
        for (int sweep = 0; sweep < sweeps; ++sweep)
            sweepOnce(sweep % 2 == 0, &LineFinder::straighten);
    }

private:
    using Step = void (LineFinder::*)(const std::vector<int> &layer, bool fromTheLeft);

    Node &node(int index) { return m_drawing.nodes[size_t(index)]; }

    void sweepOnce(bool toTheRight, Step step)
    {
        const size_t count = m_drawing.layers.size();
        for (size_t i = 0; i < count; ++i)
            (this->*step)(m_drawing.layers[toTheRight ? i : count - 1 - i], toTheRight);
    }

    /// From one line to the next below it, in whole steps of the grid.
    double distance(int upper, int lower)
    {
        const bool isRow = node(upper).kind == NodeKind::Card || node(upper).isMain;
        const double gap = isRow && node(lower).kind == NodeKind::Card ? m_metrics.rowGap : m_metrics.rowGap / 2;
        const double row = node(upper).isMain ? m_metrics.card.height() - m_metrics.port : 0;
        const double least = std::max(node(upper).below, row) + gap + node(lower).above;
        return std::ceil(least / m_metrics.grid) * m_metrics.grid;
    }

    void pack(const std::vector<int> &layer)
    {
        for (size_t k = 0; k < layer.size(); ++k)
            node(layer[k]).line = k == 0 ? 0 : node(layer[k - 1]).line + distance(layer[k - 1], layer[k]);
    }

    /// Where the neighbours on one side want the node and how much; where it is when it has none there. The main path
    /// is straight.
    std::pair<double, double> wanted(int index, bool fromTheLeft)
    {
        if (node(index).isMain)
            return {0, 1e9};
        double sum = 0;
        double weights = 0;
        for (const int i : (fromTheLeft ? m_neighbours.in : m_neighbours.out)[size_t(index)]) {
            const Edge &edge = m_drawing.edges[size_t(i)];
            sum += edge.weight * node(fromTheLeft ? edge.from : edge.to).line;
            weights += edge.weight;
        }
        return weights > 0 ? std::pair(sum / weights, weights) : std::pair(node(index).line, 0.1);
    }

    /// The nearest places to the wanted ones that keep order and distances (pooling neighbours that would violate
    /// them).
    void relax(const std::vector<int> &layer, bool fromTheLeft)
    {
        struct Block
        {
            double place = 0; ///< of its first node, distances taken off
            double weight = 0;
            size_t count = 0;
        };
        std::vector<Block> blocks;
        double offset = 0;
        std::vector<double> offsets;
        for (size_t k = 0; k < layer.size(); ++k) {
            offset += k == 0 ? 0 : distance(layer[k - 1], layer[k]);
            offsets.push_back(offset);
            const auto [place, weight] = wanted(layer[k], fromTheLeft);
            blocks.push_back({place - offset, weight, 1});
            while (blocks.size() > 1 && blocks[blocks.size() - 2].place > blocks.back().place) {
                const Block last = blocks.back();
                blocks.pop_back();
                Block &pool = blocks.back();
                pool.place = (pool.place * pool.weight + last.place * last.weight) / (pool.weight + last.weight);
                pool.weight += last.weight;
                pool.count += last.count;
            }
        }
        size_t k = 0;
        for (const Block &block : blocks) {
            for (size_t i = 0; i < block.count; ++i, ++k)
                node(layer[k]).line = std::max(0.0, block.place) + offsets[k];
        }
    }

    void snap(const std::vector<int> &layer)
    {
        for (size_t k = 0; k < layer.size(); ++k) {
            double &line = node(layer[k]).line;
            line = std::round(line / m_metrics.grid) * m_metrics.grid;
            if (k > 0)
                line = std::max(line, node(layer[k - 1]).line + distance(layer[k - 1], layer[k]));
        }
    }

    /// Puts nodes exactly on the line of their most important neighbour, as far as there is room.
    void straighten(const std::vector<int> &layer, bool fromTheLeft)
    {
        for (size_t k = 0; k < layer.size(); ++k) {
            if (node(layer[k]).isMain)
                continue;
            int heaviest = 0;
            double target = node(layer[k]).line;
            for (const int i : (fromTheLeft ? m_neighbours.in : m_neighbours.out)[size_t(layer[k])]) {
                const Edge &edge = m_drawing.edges[size_t(i)];
                if (edge.weight > heaviest) {
                    heaviest = edge.weight;
                    target = node(fromTheLeft ? edge.from : edge.to).line;
                }
            }
            if (k + 1 < layer.size())
                target = std::min(target, node(layer[k + 1]).line - distance(layer[k], layer[k + 1]));
            if (k > 0)
                target = std::max(target, node(layer[k - 1]).line + distance(layer[k - 1], layer[k]));
            node(layer[k]).line = std::max(0.0, target);
        }
    }

    Drawing &m_drawing;
    const LayoutMetrics &m_metrics;
    Neighbours m_neighbours;
};

} // namespace

void assignLines(Drawing *drawing, const LayoutMetrics &metrics)
{
    LineFinder(drawing, metrics).run();
}

} // namespace flow::layered
