// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/wire_router.h"

#include "editor/canvas/wire_maze.h"

#include <QLineF>

#include <algorithm>
#include <cmath>
#include <optional>

namespace flow {

namespace {

constexpr double stub = 24;      ///< straight part at both ends
constexpr double clearance = 14; ///< between a wire and a card
constexpr int mostChannels = 24;

/// The rectangle a straight part needs.
QRectF needed(QPointF a, QPointF b)
{
    const double margin = clearance / 2 - 1;
    return QRectF(a, b).normalized().adjusted(-margin, -margin, margin, margin);
}

double length(const QList<QPointF> &corners)
{
    double sum = 0;
    for (qsizetype index = 1; index < corners.size(); ++index)
        sum += QLineF(corners[index - 1], corners[index]).length();
    return sum;
}

/// Keeps the best way seen so far: fewest cuts, then shortest, then fewest corners.
class Best
{
public:
    explicit Best(const Obstacles &obstacles)
        : m_obstacles(obstacles)
    {
    }

    /// True when nothing better can come of the same kind: it cuts nothing.
    bool offer(const QList<QPointF> &way)
    {
        const QList<QPointF> corners = withoutStraightCorners(way);
        const double cost = length(corners) + 16.0 * double(corners.size());
        if (m_found && m_cuts == 0 && cost >= m_cost)
            return true;
        const int cut = cuts(corners, m_obstacles);
        if (!m_found || cut < m_cuts || (cut == m_cuts && cost < m_cost)) {
            m_found = true;
            m_way = corners;
            m_cuts = cut;
            m_cost = cost;
        }
        return cut == 0;
    }
    bool isClear() const { return m_found && m_cuts == 0; }
    QList<QPointF> way() const { return m_way; }

private:
    const Obstacles &m_obstacles;
    bool m_found = false;
    int m_cuts = 0;
    double m_cost = 0;
    QList<QPointF> m_way;
};

/// Heights at which a long horizontal part could pass: just above and below what stands between, and around all of it.
QList<double> channels(const WireEnds &ends, const Obstacles &obstacles)
{
    const double left = std::min(ends.from.x(), ends.to.x()) - 3 * stub;
    const double right = std::max(ends.from.x(), ends.to.x()) + 3 * stub;
    const double top = std::min(ends.from.y(), ends.to.y()) - 260;
    const double bottom = std::max(ends.from.y(), ends.to.y()) + 260;
    const double middle = (ends.from.y() + ends.to.y()) / 2;

    QList<double> heights{ends.from.y(), ends.to.y(), middle};
    double highest = top + 260, lowest = bottom - 260;
    for (const int id : obstacles.within(QRectF(QPointF(left, top), QPointF(right, bottom)))) {
        const QRectF rect = obstacles.rect(id);
        heights << rect.top() - clearance - ends.lane / 2 << rect.bottom() + clearance + ends.lane / 2;
        highest = std::min(highest, rect.top());
        lowest = std::max(lowest, rect.bottom());
    }
    heights << highest - 2 * clearance << lowest + 2 * clearance;
    std::sort(heights.begin(), heights.end(),
              [middle](double a, double b) { return std::abs(a - middle) < std::abs(b - middle); });
    heights.erase(std::unique(heights.begin(), heights.end()), heights.end());
    if (heights.size() > mostChannels)
        heights.resize(mostChannels);
    return heights;
}

} // namespace

QList<QPointF> withoutStraightCorners(const QList<QPointF> &corners)
{
    QList<QPointF> kept;
    for (const QPointF &corner : corners) {
        if (!kept.isEmpty() && QLineF(kept.last(), corner).length() < 0.5)
            continue;
        if (kept.size() >= 2) {
            const QPointF a = kept[kept.size() - 2];
            const QPointF b = kept.last();
            const bool sameX = std::abs(a.x() - b.x()) < 0.5 && std::abs(b.x() - corner.x()) < 0.5;
            const bool sameY = std::abs(a.y() - b.y()) < 0.5 && std::abs(b.y() - corner.y()) < 0.5;
            if (sameX || sameY)
                kept.removeLast();
        }
        kept << corner;
    }
    return kept;
}

int cuts(const QList<QPointF> &corners, const Obstacles &obstacles)
{
    int count = 0;
    for (qsizetype index = 1; index < corners.size(); ++index) {
        QPointF a = corners[index - 1];
        QPointF b = corners[index];
        // The ends touch the cards they belong to.
        if (index == 1)
            a.rx() += clearance / 2 + 2;
        if (index == corners.size() - 1)
            b.rx() -= clearance / 2 + 2;
        // Nothing fits between two ends as near as that.
        if (corners.size() == 2 && b.x() < a.x())
            continue;
        count += int(obstacles.within(needed(a, b)).size());
    }
    return count;
}

QList<QPointF> routeWire(const WireEnds &ends, const Obstacles &obstacles)
{
    const QPointF from = ends.from;
    const QPointF to = ends.to;
    Best best(obstacles);

    // Forward: straight, or one step in the gap behind the source, before the target, or between.
    if (to.x() > from.x() && std::abs(from.y() - to.y()) < 1 && best.offer({from, to}))
        return best.way();
    if (to.x() - from.x() >= stub) {
        const double gap = to.x() - from.x();
        for (const double x :
             {to.x() - stub - ends.lane, from.x() + stub + ends.lane, from.x() + gap / 2 + ends.lane}) {
            const double within = std::clamp(x, from.x() + std::min(stub, gap) / 2, to.x() - std::min(stub, gap) / 2);
            best.offer({from, {within, from.y()}, {within, to.y()}, to});
        }
        if (best.isClear())
            return best.way();
    }

    // Around: out, along a free height, and in.
    const double out = from.x() + stub + ends.lane;
    const double in = to.x() - stub - ends.lane;
    const QList<double> heights = channels(ends, obstacles);
    for (const double out2 : {out, from.x() + stub / 2 + 4}) {
        for (const double height : heights) {
            // On the height of an end a way back would run over itself.
            const bool overItself = in < out2 && (std::abs(height - from.y()) < 1 || std::abs(height - to.y()) < 1);
            if (!overItself)
                best.offer({from, {out2, from.y()}, {out2, height}, {in, height}, {in, to.y()}, to});
        }
        if (best.isClear())
            return best.way();
    }
    return withoutStraightCorners(findThroughMaze(from, to, obstacles));
}

QPainterPath roundedPath(const QList<QPointF> &corners, double radius)
{
    QPainterPath path;
    if (corners.isEmpty())
        return path;
    path.moveTo(corners.first());
    for (qsizetype index = 1; index + 1 < corners.size(); ++index) {
        const QLineF in(corners[index], corners[index - 1]);
        const QLineF out(corners[index], corners[index + 1]);
        const double r = std::min({radius, in.length() / 2, out.length() / 2});
        path.lineTo(in.pointAt(r / std::max(in.length(), 1e-6)));
        path.quadTo(corners[index], out.pointAt(r / std::max(out.length(), 1e-6)));
    }
    path.lineTo(corners.last());
    return path;
}

} // namespace flow
