// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas/task_item.h"

class QPainter;

namespace flow {

/// How a card looks at this moment besides its content.
struct CardMood
{
    bool chosen = false;
    bool hovered = false;
    bool target = false;
    int angle = 0;
    double zoom = 1;
    double pixelRatio = 1;
};

/// Paints a card with its top left corner at the origin; fewer details the smaller it is shown.
void paintCard(QPainter &painter, const Look &look, const CardContent &content, QSizeF size, const CardMood &mood);

/// The sign of a breakpoint: a filled dot, with an equals sign where an expression has to be true as well. Faint where
/// there is none yet.
void paintBreakpoint(QPainter &painter, const Look &look, QPointF centre, const std::optional<QString> &breakpoint);
/// On a wire: with a ring, so that it is not taken for a port.
void paintWireBreakpoint(QPainter &painter, const Look &look, QPointF centre, const QString &when);
QString breakpointHint(const std::optional<QString> &breakpoint); ///< for a tool tip

/// Strong colour and word of a way out.
Role roleOf(RouteKind kind);
QString wordOf(RouteKind kind);

} // namespace flow
