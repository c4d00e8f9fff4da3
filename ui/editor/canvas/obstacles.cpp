// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/obstacles.h"

#include <algorithm>
#include <cmath>

namespace flow {

namespace {

constexpr double cellSize = 320;

} // namespace

template <typename Visit>
void Obstacles::eachCell(const QRectF &area, Visit visit) const
{
    const int right = int(std::floor(area.right() / cellSize));
    const int bottom = int(std::floor(area.bottom() / cellSize));
    for (int x = int(std::floor(area.left() / cellSize)); x <= right; ++x) {
        for (int y = int(std::floor(area.top() / cellSize)); y <= bottom; ++y)
            visit(QPoint(x, y));
    }
}

void Obstacles::insert(int id, const QRectF &rect)
{
    remove(id);
    m_rects.insert(id, rect);
    eachCell(rect, [&](QPoint cell) { m_cells[cell].push_back(id); });
}

void Obstacles::remove(int id)
{
    const auto found = m_rects.constFind(id);
    if (found == m_rects.constEnd())
        return;
    eachCell(*found, [&](QPoint cell) { std::erase(m_cells[cell], id); });
    m_rects.erase(found);
}

QRectF Obstacles::bounds() const
{
    QRectF all;
    for (const QRectF &rect : m_rects)
        all |= rect;
    return all;
}

std::vector<int> Obstacles::within(const QRectF &area) const
{
    std::vector<int> found;
    eachCell(area, [&](QPoint cell) {
        const auto ids = m_cells.constFind(cell);
        if (ids == m_cells.constEnd())
            return;
        for (const int id : *ids) {
            if (m_rects.value(id).intersects(area))
                found.push_back(id);
        }
    });
    std::sort(found.begin(), found.end());
    found.erase(std::unique(found.begin(), found.end()), found.end());
    return found;
}

bool Obstacles::hits(const QRectF &area) const
{
    return !within(area).empty();
}

} // namespace flow
