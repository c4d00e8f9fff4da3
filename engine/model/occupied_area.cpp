// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/occupied_area.h"

#include <algorithm>
#include <cmath>

namespace flow {

/// True when `visit` was true for all cells that the rectangle touches.
template <typename Visit>
bool OccupiedArea::eachCell(const QRectF &rect, Visit visit)
{
    const auto number = [](double at) { return int(std::floor(at / cell)); };
    for (int x = number(rect.left()); x <= number(rect.right()); ++x) {
        for (int y = number(rect.top()); y <= number(rect.bottom()); ++y) {
            if (!visit(QPair<int, int>(x, y)))
                return false;
        }
    }
    return true;
}

void OccupiedArea::add(const QRectF &rect)
{
    m_bottom = std::max(m_bottom, rect.bottom());
    eachCell(rect, [&](const QPair<int, int> &at) {
        m_cells[at].append(rect);
        return true;
    });
}

bool OccupiedArea::isFree(const QRectF &rect) const
{
    return eachCell(rect, [&](const QPair<int, int> &at) {
        const auto found = m_cells.constFind(at);
        return found == m_cells.constEnd() ||
               std::none_of(found->begin(), found->end(), [&](const QRectF &taken) { return taken.intersects(rect); });
    });
}

QPointF OccupiedArea::freeBelow(QRectF wanted, double step) const
{
    while (!isFree(wanted))
        wanted.translate(0, step);
    return wanted.topLeft();
}

} // namespace flow
