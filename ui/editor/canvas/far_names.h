// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFontMetricsF>
#include <QLineF>
#include <QList>
#include <QRectF>
#include <QStringList>

namespace flow {

/// Below this zoom a card shows its name only, in letters that do not shrink any further. Neither limit is a round
/// figure: at a zoom that somebody chose, rounding would let some cards fall below it and others not.
inline constexpr double nameOnlyZoom = 0.547;
/// Below this zoom names have no room in the cards and stand beside them, as on a map.
inline constexpr double farZoom = 0.397;
/// More names than that are only noise.
inline constexpr qsizetype mostFarNames = 150;
/// Height of the letters' font on the screen, however small the cards are.
inline constexpr int farNamePixels = 11;

/// A card on the screen.
struct FarCard
{
    QString name;
    QRectF rect;
};

/// A name above or below its card, with a line to it where it stands further away.
struct FarName
{
    QString name;
    QRectF rect;
    QLineF leader; ///< null: the name stands at the card
};

/// Places for names that hide neither cards nor each other, in the order of reading. A name without such a place is
/// left out. Pure.
QList<FarName> placeFarNames(QList<FarCard> cards, const QFontMetricsF &metrics);

/// A name in as many lines as fit into `size`, broken after `_`, `-`, `.` and spaces; what has no room is elided.
QStringList nameLines(const QString &name, const QFontMetricsF &metrics, QSizeF size);

} // namespace flow
