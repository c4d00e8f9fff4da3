// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"
#include "model/route.h"

#include <QLineF>
#include <QRectF>

namespace flow {

/// A place on a card's right side from which a way out starts.
struct Port
{
    RouteKind kind = RouteKind::OnSuccess;
    qsizetype condition = -1; ///< the condition it belongs to; -1: none yet
    bool matched = true;      ///< which of the condition's targets
    bool leadsOn = false;     ///< false: the flow ends there; drawn as a ring
    bool onlyOnHover = false; ///< a further way that could be drawn, shown while the mouse is over the card
    double y = 24;            ///< centre, from the card's top

    bool operator==(const Port &) const = default;
};

/// The ports of a task, from top to bottom, by meaning of its routes.
QList<Port> portsOf(const QList<Route> &routes);
/// The port at which a route starts: an index into `ports`.
qsizetype portOf(const QList<Port> &ports, const Route &route);

/// Where the input port is, from the card's top: level with the first port, so that a row of cards is joined by
/// straight wires.
inline constexpr double inputY = 24;

/// Where a breakpoint is drawn and clicked, from the card's top left corner.
inline constexpr QPointF breakpointSpot(4, 4);
inline constexpr double breakpointRadius = 7;

/// Width for a name up to measure::cardMaxWidth; height for so many ports.
QSizeF cardSize(const Look &look, const Task &task, qsizetype ports);

} // namespace flow
