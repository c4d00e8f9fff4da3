// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/layout_graph.h"

namespace flow::layered {

/// The ways out of one task as far as drawing cares. Private to flow_model.
struct Way
{
    qsizetype target = -1; ///< -1: the end
    int weight = 1;        ///< 4 success or always, 3 expression, 2 otherwise, 1 failure
};

/// A flow's tasks and ways without what has no wire of its own: what is never taken, loops of one task, failures that
/// end the flow, and tasks whose name another one has.
struct DrawnFlow
{
    DrawnFlow(const Flow &flow, const FlowIndex &index);

    bool hasEnd(qsizetype task) const; ///< it needs an end marker

    QList<QList<Way>> ways;        ///< by task; the heaviest first, each target once
    QList<QList<qsizetype>> parts; ///< connected tasks; the part of the start first, then in the flow's order
    qsizetype start = -1;
};

/// One connected part, drawn with its top left corner at 0, 0.
struct DrawnPart
{
    QMap<qsizetype, QPointF> cards; ///< by task
    QMap<qsizetype, QPointF> ends;
    QSizeF size;
    qint64 crossings = 0;
};
DrawnPart drawPart(const Flow &flow, const DrawnFlow &drawn, const QList<qsizetype> &tasks,
                   const LayoutMetrics &metrics);

QSizeF cardSize(const LayoutMetrics &metrics, const QString &taskName);
/// Top of a pill that stands on the main wire of a card with that top.
double markerTop(const LayoutMetrics &metrics, double cardTop);
double upToGrid(const LayoutMetrics &metrics, double length);

} // namespace flow::layered
