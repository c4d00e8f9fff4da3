// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/wire_maze.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <queue>

namespace flow {

namespace {

constexpr double clearance = 14; ///< where there is room
constexpr double closeness = 6;  ///< nearer to a card a wire looks as if it touched it
constexpr double cornerCost = 24;
constexpr double nearCost = 400;
constexpr double throughCost = 1e6;
constexpr size_t mostRects = 90;

/// Directions in the order of the clock.
constexpr std::array<QPoint, 4> steps{QPoint(1, 0), QPoint(0, 1), QPoint(-1, 0), QPoint(0, -1)};

void sortOnce(std::vector<double> &values)
{
    std::sort(values.begin(), values.end());
    const auto isSame = [](double a, double b) { return b - a < 0.5; };
    values.erase(std::unique(values.begin(), values.end(), isSame), values.end());
}

/// Adds a line beside an edge: in the middle of a narrow gap, else at the usual distance.
void addBeside(std::vector<double> &lines, double edge, double gap, double direction)
{
    lines.push_back(gap < 2 * clearance ? edge + direction * gap / 2 : edge + direction * clearance);
}

/// Lines on which wires can run between cards, and the search on their crossings.
class Maze
{
public:
    Maze(QPointF from, QPointF to, std::vector<QRectF> rects)
        : m_rects(std::move(rects))
    {
        m_xs = {from.x(), to.x(), from.x() + clearance};
        m_ys = {from.y(), to.y()};
        addBeside(m_xs, to.x(), roomBefore(to), -1);
        for (const QRectF &rect : m_rects)
            addLines(rect);
        keepExactly(m_xs, {from.x(), to.x()});
        keepExactly(m_ys, {from.y(), to.y()});
        m_from = {indexOf(m_xs, from.x()), indexOf(m_ys, from.y())};
        m_to = {indexOf(m_xs, to.x()), indexOf(m_ys, to.y())};
        for (const double x : m_xs)
            m_byColumn.push_back(
                nearTo([x](const QRectF &rect) { return std::pair(rect.left() - x, x - rect.right()); }));
        for (const double y : m_ys)
            m_byRow.push_back(nearTo([y](const QRectF &rect) { return std::pair(rect.top() - y, y - rect.bottom()); }));
    }

    QList<QPointF> search();

private:
    struct Node
    {
        double estimate = 0;
        int state = 0;
        bool operator<(const Node &other) const { return estimate > other.estimate; }
    };

    static int indexOf(const std::vector<double> &lines, double value)
    {
        return int(std::min_element(lines.begin(), lines.end(),
                                    [value](double a, double b) { return std::abs(a - value) < std::abs(b - value); }) -
                   lines.begin());
    }
    /// Sorted without doubles, but never without the ends' own lines.
    static void keepExactly(std::vector<double> &lines, std::initializer_list<double> ends)
    {
        for (const double end : ends)
            std::erase_if(lines, [end](double line) { return line != end && std::abs(line - end) < 0.5; });
        sortOnce(lines);
    }

    /// To the left of where the way arrives, up to the next card: it has to turn somewhere in there.
    double roomBefore(QPointF to) const
    {
        double room = std::numeric_limits<double>::max();
        for (const QRectF &rect : m_rects) {
            const bool beside = rect.top() < to.y() + closeness && rect.bottom() > to.y() - closeness;
            if (beside && rect.right() <= to.x())
                room = std::min(room, to.x() - rect.right());
        }
        return room;
    }

    void addLines(const QRectF &rect)
    {
        std::array<double, 4> gaps;
        gaps.fill(std::numeric_limits<double>::max());
        for (const QRectF &other : m_rects) {
            const bool beside = other.top() < rect.bottom() + clearance && other.bottom() > rect.top() - clearance;
            const bool stacked = other.left() < rect.right() + clearance && other.right() > rect.left() - clearance;
            const std::array<double, 4> found{other.left() - rect.right(), other.top() - rect.bottom(),
                                              rect.left() - other.right(), rect.top() - other.bottom()};
            for (size_t side = 0; side < 4; ++side) {
                if (found[side] >= 0 && (side % 2 == 0 ? beside : stacked))
                    gaps[side] = std::min(gaps[side], found[side]);
            }
        }
        addBeside(m_xs, rect.right(), gaps[0], 1);
        addBeside(m_ys, rect.bottom(), gaps[1], 1);
        addBeside(m_xs, rect.left(), gaps[2], -1);
        addBeside(m_ys, rect.top(), gaps[3], -1);
    }

    template <typename Distances>
    std::vector<QRectF> nearTo(Distances distances) const
    {
        std::vector<QRectF> found;
        for (const QRectF &rect : m_rects) {
            const auto [before, after] = distances(rect);
            if (before < closeness && after < closeness)
                found.push_back(rect);
        }
        return found;
    }

    QPointF place(int state) const
    {
        const int crossing = state / 4;
        return {m_xs[size_t(crossing) % m_xs.size()], m_ys[size_t(crossing) / m_xs.size()]};
    }
    int stateOf(QPoint at, int direction) const { return (at.y() * int(m_xs.size()) + at.x()) * 4 + direction; }
    QPoint crossingOf(int state) const { return {state / 4 % int(m_xs.size()), state / 4 / int(m_xs.size())}; }

    double obstruction(QPoint a, QPoint b) const;
    QList<QPointF> wayTo(int state, const std::vector<int> &before) const;

    std::vector<QRectF> m_rects;
    std::vector<double> m_xs, m_ys;
    std::vector<std::vector<QRectF>> m_byColumn, m_byRow; ///< what is near to each line
    QPoint m_from, m_to;
};

double Maze::obstruction(QPoint a, QPoint b) const
{
    QRectF part(QPointF(m_xs[size_t(a.x())], m_ys[size_t(a.y())]), QPointF(m_xs[size_t(b.x())], m_ys[size_t(b.y())]));
    part = part.normalized();
    // The ends touch the cards they belong to.
    const double atStart = a == m_from ? closeness + 1 : 0;
    const double atEnd = b == m_to ? closeness + 1 : 0;
    double cost = 0;
    for (const QRectF &rect : a.y() == b.y() ? m_byRow[size_t(a.y())] : m_byColumn[size_t(a.x())]) {
        if (rect.adjusted(0.5, 0.5, -0.5, -0.5).intersects(part.adjusted(-0.01, -0.01, 0.01, 0.01)))
            cost += throughCost;
        else if (rect.intersects(part.adjusted(atStart - closeness, 1 - closeness, closeness - atEnd, closeness - 1)))
            cost += nearCost;
    }
    return cost;
}

QList<QPointF> Maze::wayTo(int state, const std::vector<int> &before) const
{
    QList<QPointF> way;
    for (int at = state; at >= 0; at = before[size_t(at)])
        way.prepend(place(at));
    return way;
}

QList<QPointF> Maze::search()
{
    const size_t states = m_xs.size() * m_ys.size() * 4;
    std::vector<double> best(states, std::numeric_limits<double>::max());
    std::vector<int> before(states, -1);
    std::priority_queue<Node> open;
    const int start = stateOf(m_from, 0);
    const int goal = stateOf(m_to, 0);
    const QPointF aim = place(goal);
    best[size_t(start)] = 0;
    open.push({0, start});
    while (!open.empty()) {
        const Node node = open.top();
        open.pop();
        if (node.state == goal && before[size_t(goal)] >= 0)
            return wayTo(goal, before);
        const QPoint at = crossingOf(node.state);
        const double reached = best[size_t(node.state)];
        if (node.estimate > reached + (aim - place(node.state)).manhattanLength() + 0.01)
            continue;
        for (int turn = 0; turn < 4; ++turn) {
            const int direction = (node.state + turn) % 4;
            const QPoint next = at + steps[size_t(direction)];
            const bool isInside =
                next.x() >= 0 && next.y() >= 0 && next.x() < int(m_xs.size()) && next.y() < int(m_ys.size());
            // No way back along itself, and the first part goes to the right.
            if (turn == 2 || !isInside || (at == m_from && direction != 0))
                continue;
            const int state = stateOf(next, direction);
            const double length = (place(state) - place(node.state)).manhattanLength();
            const double cost = reached + length + (turn == 0 ? 0 : cornerCost) + obstruction(at, next);
            if (cost < best[size_t(state)]) {
                best[size_t(state)] = cost;
                before[size_t(state)] = node.state;
                open.push({cost + (aim - place(state)).manhattanLength(), state});
            }
        }
    }
    return {place(start), aim};
}

bool standsOn(const QRectF &rect, QPointF point)
{
    return rect.adjusted(0.5, 0.5, -0.5, -0.5).contains(point);
}

} // namespace

int crossings(const QList<QPointF> &corners, const Obstacles &obstacles)
{
    int count = 0;
    for (qsizetype index = 1; index < corners.size(); ++index) {
        const QRectF part = QRectF(corners[index - 1], corners[index]).normalized().adjusted(-0.01, -0.01, 0.01, 0.01);
        for (const int id : obstacles.within(part))
            count += obstacles.rect(id).adjusted(0.5, 0.5, -0.5, -0.5).intersects(part) ? 1 : 0;
    }
    return count;
}

QList<QPointF> findThroughMaze(QPointF from, QPointF to, const Obstacles &obstacles)
{
    QList<QPointF> way{from, to};
    size_t seen = 0;
    for (const double reach : {160.0, 480.0, 1440.0}) {
        const QRectF area = QRectF(from, to).normalized().adjusted(-reach, -reach, reach, reach);
        std::vector<QRectF> rects;
        for (const int id : obstacles.within(area))
            rects.push_back(obstacles.rect(id));
        if (seen > 0 && (rects.size() > mostRects || rects.size() == seen))
            break;
        seen = rects.size();
        // What stands on an end cannot be gone around.
        const auto unavoidable = std::count_if(rects.begin(), rects.end(), [from, to](const QRectF &rect) {
            return standsOn(rect, from) || standsOn(rect, to);
        });
        way = Maze(from, to, std::move(rects)).search();
        if (crossings(way, obstacles) <= 2 * unavoidable)
            break;
    }
    return way;
}

} // namespace flow
