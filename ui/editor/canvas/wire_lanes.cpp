// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/wire_lanes.h"

#include "editor/canvas/wire_maze.h"
#include "editor/canvas/wire_router.h"

#include <algorithm>
#include <cmath>

namespace flow {

namespace {

constexpr int mostParts = 64;
constexpr double wide = 6;   ///< between two wires where there is room
constexpr double narrow = 3; ///< elsewhere
constexpr double fine = 1;   ///< steps to look for the last room in
constexpr int mostLanes = 8; ///< to each side
constexpr double stub = 24;
constexpr double sharedEnd = 72; ///< wires that meet may run together as far as that
constexpr double leastOut = 8;   ///< of the first part
constexpr double leastIn = 12;   ///< of the last part: the arrowhead and something of a line

bool isFlat(QPointF a, QPointF b)
{
    return std::abs(a.x() - b.x()) > std::abs(a.y() - b.y());
}

QRectF lineRect(QPointF a, QPointF b)
{
    return QRectF(a, b).normalized().adjusted(-0.5, -0.5, 0.5, 0.5);
}

/// A part that was there must not turn round, and the ends keep their least lengths.
bool keepsShape(const QList<QPointF> &before, const QList<QPointF> &after)
{
    for (qsizetype index = 1; index < before.size(); ++index) {
        const QPointF was = before[index] - before[index - 1];
        const QPointF is = after[index] - after[index - 1];
        if (QPointF::dotProduct(was, is) < 0)
            return false;
    }
    const qsizetype last = after.size() - 1;
    return after[1].x() - after[0].x() >= std::min(leastOut, before[1].x() - before[0].x()) &&
           after[last].x() - after[last - 1].x() >= std::min(leastIn, before[last].x() - before[last - 1].x());
}

} // namespace

QList<WireLanes::Part> WireLanes::partsOf(const QList<QPointF> &way)
{
    QList<Part> parts;
    for (qsizetype index = 1; index < std::min<qsizetype>(way.size(), mostParts); ++index)
        parts << Part{way[index - 1], way[index], index == 1, index == way.size() - 1};
    return parts;
}

void WireLanes::remove(int wire)
{
    const qsizetype count = m_parts.take(wire).size();
    for (int part = 0; part < count; ++part)
        m_lines.remove(wire * mostParts + part);
}

bool WireLanes::hits(const QRectF &area, int except) const
{
    const std::vector<int> found = m_lines.within(area);
    return std::any_of(found.begin(), found.end(), [except](int id) { return id / mostParts != except; });
}

bool WireLanes::collide(const Part &one, const Part &other, double distance)
{
    const bool flat = isFlat(one.a, one.b);
    if (flat != isFlat(other.a, other.b))
        return false;
    const QRectF x = QRectF(one.a, one.b).normalized();
    const QRectF y = QRectF(other.a, other.b).normalized();
    const double apart = flat ? std::abs(x.y() - y.y()) : std::abs(x.x() - y.x());
    const double along = flat ? std::min(x.right(), y.right()) - std::max(x.left(), y.left())
                              : std::min(x.bottom(), y.bottom()) - std::max(x.top(), y.top());
    const bool meet =
        (one.isLast && other.isLast && one.b == other.b) || (one.isFirst && other.isFirst && one.a == other.a);
    return apart < distance - 0.5 && along > (meet ? sharedEnd : 2);
}

bool WireLanes::isFree(const Part &part, double distance, int except) const
{
    const std::vector<int> found =
        m_lines.within(lineRect(part.a, part.b).adjusted(-distance, -distance, distance, distance));
    return std::none_of(found.begin(), found.end(), [&](int id) {
        return id / mostParts != except &&
               collide(part, m_parts.constFind(id / mostParts)->at(id % mostParts), distance);
    });
}

bool WireLanes::isCrowded(int wire) const
{
    const QList<Part> parts = m_parts.value(wire);
    return std::any_of(parts.begin(), parts.end(), [&](const Part &part) { return !isFree(part, narrow, wire); });
}

/// Where the first or last part lies on another wire, only a stub stays and the rest becomes a part that can be moved.
QList<QPointF> WireLanes::loosened(const QList<QPointF> &way) const
{
    QList<QPointF> loose = way;
    const Part last = partsOf(way).constLast();
    if (last.b.x() - last.a.x() > 2 * stub && !isFree(last, wide)) {
        const QPointF joint = last.b - QPointF(stub, 0);
        loose.insert(loose.size() - 1, joint);
        loose.insert(loose.size() - 1, joint);
    }
    const Part first{loose[0], loose[1], true, loose.size() == 2};
    if (first.b.x() - first.a.x() > 2 * stub && !isFree(first, wide)) {
        const QPointF joint = first.a + QPointF(stub, 0);
        loose.insert(1, joint);
        loose.insert(1, joint);
    }
    return loose;
}

bool WireLanes::moveAside(QList<QPointF> &way, qsizetype part, Lanes lanes, const Obstacles &cards) const
{
    const Part here{way[part], way[part + 1]};
    if (isFree(here, lanes.distance))
        return true;
    const int through = crossings(way, cards);
    const int near = cuts(way, cards);
    for (int step = 2; step <= 2 * mostLanes + 1; ++step) {
        const double by = lanes.step * (step / 2) * (step % 2 == 0 ? 1 : -1);
        const QPointF shift = isFlat(here.a, here.b) ? QPointF(0, by) : QPointF(by, 0);
        QList<QPointF> moved = way;
        moved[part] += shift;
        moved[part + 1] += shift;
        if (keepsShape(way, moved) && isFree({moved[part], moved[part + 1]}, lanes.distance) &&
            cuts(moved, cards) <= near && crossings(moved, cards) <= through) {
            way = moved;
            return true;
        }
    }
    return false;
}

QList<QPointF> WireLanes::add(int wire, const QList<QPointF> &way, const Obstacles &cards)
{
    remove(wire);
    QList<QPointF> moved = loosened(way);
    // Long parts first: a joint between two parts only exists once they have moved.
    QList<qsizetype> order;
    for (qsizetype part = 1; part + 2 < moved.size(); ++part)
        order << part;
    const auto length = [&moved](qsizetype part) { return (moved[part + 1] - moved[part]).manhattanLength(); };
    std::stable_sort(order.begin(), order.end(), [&](qsizetype a, qsizetype b) { return length(a) > length(b); });
    for (const qsizetype part : std::as_const(order)) {
        if (length(part) <= 0.5)
            continue;
        for (const Lanes lanes : {Lanes{wide, wide}, Lanes{narrow, narrow}, Lanes{narrow, fine}}) {
            if (moveAside(moved, part, lanes, cards))
                break;
        }
    }
    moved = withoutStraightCorners(moved);

    const QList<Part> parts = partsOf(moved);
    for (int part = 0; part < parts.size(); ++part)
        m_lines.insert(wire * mostParts + part, lineRect(parts[part].a, parts[part].b));
    m_parts.insert(wire, parts);
    return moved;
}

} // namespace flow
