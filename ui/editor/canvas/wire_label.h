// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas/wire_lanes.h"

namespace flow {

inline constexpr double labelHeight = 18;

/// What a label must not hide.
struct LabelRoom
{
    const Obstacles &cards;
    const Obstacles &labels; ///< of the other wires
    const WireLanes &wires;
    int wire = 0; ///< whose label it is
};

struct LabelPlace
{
    QRectF rect;           ///< empty: there is no room, or nothing to say
    bool signOnly = false; ///< a small sign, where the words have no room
};

/// A place on the way for a label of so much width: on a long part, not on a card or another label, and if that can be,
/// not on another wire. Pure.
LabelPlace placeLabel(const QList<QPointF> &corners, double width, const LabelRoom &room);

} // namespace flow
