// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QPoint>
#include <QRectF>

#include <vector>

namespace flow {

/// Rectangles that wires go around, found by place in constant time. Ids are chosen by the caller. GUI thread.
class Obstacles
{
public:
    void insert(int id, const QRectF &rect);
    void remove(int id);
    QRectF rect(int id) const { return m_rects.value(id); }
    QRectF bounds() const;

    /// Ids of the rectangles that touch `area`, each once.
    std::vector<int> within(const QRectF &area) const;
    bool hits(const QRectF &area) const;

private:
    template <typename Visit>
    void eachCell(const QRectF &area, Visit visit) const;

    QHash<int, QRectF> m_rects;
    QHash<QPoint, std::vector<int>> m_cells;
};

} // namespace flow
