// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas/obstacles.h"

#include <QList>
#include <QPointF>

namespace flow {

/// The best orthogonal way of any number of parts that leaves `from` to the right and arrives at `to` from the left: it
/// runs through as few obstacles as can be, then near as few, then it is short with few corners. Looks at what stands
/// near and further away only while that does not do; a slow search for crowded places. Pure.
QList<QPointF> findThroughMaze(QPointF from, QPointF to, const Obstacles &obstacles);

/// How many obstacles a way runs through, other than along their edges.
int crossings(const QList<QPointF> &corners, const Obstacles &obstacles);

} // namespace flow
