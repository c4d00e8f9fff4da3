// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/wire_label.h"

#include <QLineF>

#include <algorithm>
#include <cmath>

namespace flow {

namespace {

constexpr double signSize = 14;
constexpr double air = 4;        ///< around a label
constexpr double stepAlong = 16; ///< between the places that are tried
constexpr double lineShown = 18; ///< of the wire, before and after a label along it

/// Places of one size along a part, from its middle outwards.
QList<QRectF> placesOn(const QLineF &part, QSizeF size)
{
    const bool isFlat = std::abs(part.dy()) < std::abs(part.dx());
    const double along = isFlat ? size.width() : size.height();
    const double room = (part.length() - along) / 2 - (size.width() > signSize ? lineShown : lineShown / 2);
    QList<QRectF> places;
    const QPointF direction = part.length() > 0 ? (part.p2() - part.p1()) / part.length() : QPointF();
    for (double off = 0; off <= room; off += stepAlong) {
        for (const double side : {off, -off}) {
            const QPointF centre = part.center() + direction * side;
            places << QRectF(centre - QPointF(size.width() / 2, size.height() / 2), size);
            if (off == 0)
                break;
        }
    }
    return places;
}

} // namespace

LabelPlace placeLabel(const QList<QPointF> &corners, double width, const LabelRoom &room)
{
    QList<QLineF> parts;
    for (qsizetype index = 1; index < corners.size(); ++index)
        parts << QLineF(corners[index - 1], corners[index]);
    std::stable_sort(parts.begin(), parts.end(),
                     [](const QLineF &a, const QLineF &b) { return a.length() > b.length(); });

    // A sign that is free tells more than words on a crossing of wires.
    for (const bool mayHideWires : {false, true}) {
        for (const bool signOnly : {false, true}) {
            const QSizeF size = signOnly ? QSizeF(signSize, signSize) : QSizeF(width, labelHeight);
            for (const QLineF &part : std::as_const(parts)) {
                for (const QRectF &place : placesOn(part, size)) {
                    const QRectF needed = place.adjusted(-air, -air, air, air);
                    if (!room.cards.hits(needed) && !room.labels.hits(needed) &&
                        (mayHideWires || !room.wires.hits(place, room.wire)))
                        return {place, signOnly};
                }
            }
        }
    }
    return {};
}

} // namespace flow
