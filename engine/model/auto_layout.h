// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow.h"
#include "model/layout.h"

#include <QSizeF>

namespace flow {

/// Sizes the layout has to keep clear, in logical pixels.
struct LayoutMetrics
{
    QSizeF card = {196, 80};     ///< used where `cards` has no entry
    QMap<QString, QSizeF> cards; ///< real sizes by task name
    QSizeF marker = {52, 28};    ///< start and end pills
    double port = 24;            ///< where the main wire meets a card, below its top edge; pills stand on that wire
    double columnGap = 64;
    double rowGap = 48;
    double grid = 20; ///< positions of cards are multiples of it
};

/// Draws the flow in layers from left to right: the path of success straight, few crossings, loops backward, nothing
/// overlapping. End markers stand for every end of a flow except by failure. Deterministic. Frames and notes of `old`
/// stay as they are. 1,000 tasks take a few milliseconds.
Layout autoLayout(const Flow &flow, const LayoutMetrics &metrics = {}, const Layout &old = {});

/// Positions only for what `layout` does not place yet, beside the tasks before or after it; everything else stays
/// where it is.
Layout completeLayout(const Flow &flow, const Layout &layout, const LayoutMetrics &metrics = {});

} // namespace flow
