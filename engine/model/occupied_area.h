// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QRectF>

namespace flow {

/// Rectangles that are taken, found again by place in constant time however many there are. A plain value.
class OccupiedArea
{
public:
    void add(const QRectF &rect);
    bool isFree(const QRectF &rect) const;
    /// The first free place straight below (or at) the wanted one, in steps of `step`.
    QPointF freeBelow(QRectF wanted, double step) const;
    double bottom() const { return m_bottom; }

private:
    static constexpr double cell = 256;
    template <typename Visit>
    static bool eachCell(const QRectF &rect, Visit visit);

    QHash<QPair<int, int>, QList<QRectF>> m_cells;
    double m_bottom = 0;
};

} // namespace flow
