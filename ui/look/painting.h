// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"

#include <QRectF>

class QPainter;
class QStyleOptionViewItem;

/// Small things that panels and canvas paint alike. GUI thread.
namespace flow {

/// A rounded square in the role's tint with a line icon in the role's colour.
void paintTile(QPainter *painter, const Look &look, const QRectF &rect, const QString &icon, Role role);

/// An icon centred in `rect`, sharp at the painter's scale.
void paintIcon(QPainter *painter, const Look &look, const QRectF &rect, const QString &icon, Role role, int size = 16);

/// Background of a row in a list: tinted when selected, a breath of grey under the mouse, a ring with keyboard focus.
void paintRow(QPainter *painter, const Look &look, const QStyleOptionViewItem &option);

/// Text on one line, elided at its end. Digits take equal widths, so that numbers below each other line up and running
/// ones do not tremble, whatever the font does. Alignment: left, right or horizontal centre; always centred vertically.
void paintText(QPainter *painter, const QRectF &rect, Qt::Alignment alignment, const QString &text);
double tabularWidth(const QFont &font, const QString &text);

} // namespace flow
