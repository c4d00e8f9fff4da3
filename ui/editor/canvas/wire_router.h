// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas/obstacles.h"

#include <QList>
#include <QPainterPath>
#include <QPointF>

namespace flow {

/// From a port on the right of one thing to the left of another.
struct WireEnds
{
    QPointF from;
    QPointF to;
    double lane = 0; ///< moves vertical parts aside, so that wires of one card do not lie on each other; -20 to 20
};

/// Corners of an orthogonal way that leaves to the right, arrives from the left and keeps clear of the obstacles: with
/// at most five parts where that can be, otherwise through the maze. Looks only at what stands near. Pure.
QList<QPointF> routeWire(const WireEnds &ends, const Obstacles &obstacles);

/// The same way without corners that are none.
QList<QPointF> withoutStraightCorners(const QList<QPointF> &corners);

/// How many obstacles a way cuts or comes too near to.
int cuts(const QList<QPointF> &corners, const Obstacles &obstacles);

/// The way with rounded corners.
QPainterPath roundedPath(const QList<QPointF> &corners, double radius = 10);

} // namespace flow
