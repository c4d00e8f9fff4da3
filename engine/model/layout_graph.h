// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/auto_layout.h"
#include "model/flow_graph.h"

#include <vector>

/// The layered drawing of one connected part of a flow, step by step: layers (columns), order in them, positions.
/// Private to flow_model; plain values, deterministic, no recursion.
namespace flow::layered {

enum class NodeKind {
    Card,
    End,  ///< end marker of a task
    Lane, ///< room for a wire that passes a column
};

struct Node
{
    NodeKind kind = NodeKind::Card;
    qsizetype task = -1; ///< of a card or end marker
    double width = 0;
    double above = 0; ///< extent over the line on which the main wire runs
    double below = 0; ///< extent under it
    int layer = 0;
    bool isMain = false; ///< on the straight main path: first in its layer, and nothing else reaches into its row
    double line = 0;     ///< y of that line; the result
};

struct Edge
{
    int from = 0;
    int to = 0;
    int weight = 1;      ///< how much it wants to be straight
    bool isMain = false; ///< of the straight main path
    bool isBack = false; ///< leads to the left
};

struct Drawing
{
    std::vector<Node> nodes;
    std::vector<Edge> edges;              ///< later only between neighbouring layers, from left to right
    std::vector<std::vector<int>> layers; ///< nodes of each column from top to bottom
};

/// Marks the edges that lead back on the way from `root`, or from nodes that are not reachable from it. The edges of a
/// node are followed in their order.
void markBackEdges(Drawing *drawing, int root);

/// Gives each node a layer so that every edge but the back edges leads to the right, and each wire that passes columns
/// a lane in each of them; wires to the same node share theirs. Replaces the edges by their pieces.
void assignLayers(Drawing *drawing, int root);

/// Orders the nodes of each layer so that few wires cross.
void orderLayers(Drawing *drawing);
qint64 countCrossings(const Drawing &drawing);

/// Gives each node its line, 0 for the main path and positive below it: in steps of the grid, nothing overlapping,
/// wires as straight as that allows.
void assignLines(Drawing *drawing, const LayoutMetrics &metrics);

/// Neighbours of each node as indexes into Drawing::edges.
struct Neighbours
{
    explicit Neighbours(const Drawing &drawing);
    std::vector<std::vector<int>> in;
    std::vector<std::vector<int>> out;
};

} // namespace flow::layered
