// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/auto_layout.h"

#include "model/layout_part.h"

#include <algorithm>
#include <cmath>

namespace flow {

namespace {

using namespace layered;

/// Sets parts beside and below each other.
class Shelves
{
public:
    Shelves(const LayoutMetrics &metrics, double left, double mostWidth)
        : m_metrics(metrics)
        , m_left(left)
        , m_mostWidth(mostWidth)
        , m_corner(left, 0)
    {
    }

    QPointF place(const QSizeF &size)
    {
        if (m_corner.x() > m_left && m_corner.x() + size.width() > m_left + m_mostWidth)
            nextShelf();
        const QPointF corner = m_corner;
        m_corner.rx() += upToGrid(m_metrics, size.width() + m_metrics.columnGap);
        m_height = std::max(m_height, size.height());
        return corner;
    }

    void nextShelf()
    {
        m_corner = {m_left, m_corner.y() + upToGrid(m_metrics, m_height + m_metrics.rowGap)};
        m_height = 0;
    }

private:
    const LayoutMetrics &m_metrics;
    double m_left;
    double m_mostWidth;
    QPointF m_corner;
    double m_height = 0;
};

double startColumn(const LayoutMetrics &metrics)
{
    return upToGrid(metrics, metrics.marker.width() + metrics.columnGap);
}

QPointF startBeside(const LayoutMetrics &metrics, const QPointF &card)
{
    return {card.x() - startColumn(metrics), markerTop(metrics, card.y())};
}

} // namespace

Layout autoLayout(const Flow &flow, const LayoutMetrics &metrics, const Layout &old)
{
    Layout layout;
    layout.frames = old.frames;
    layout.notes = old.notes;

    const FlowIndex index(flow);
    const DrawnFlow drawn(flow, index);
    QList<DrawnPart> parts;
    double area = 0;
    double widest = 0;
    for (const QList<qsizetype> &tasks : drawn.parts) {
        const DrawnPart part = drawPart(flow, drawn, tasks, metrics);
        area += part.size.width() * part.size.height();
        widest = std::max(widest, part.size.width());
        parts << part;
    }

    Shelves shelves(metrics, drawn.start >= 0 ? startColumn(metrics) : 0,
                    std::max({widest, 1200.0, 2 * std::sqrt(area)}));
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const QPointF corner = shelves.place(parts[i].size);
        for (auto it = parts[i].cards.begin(); it != parts[i].cards.end(); ++it)
            layout.tasks.insert(flow.tasks[it.key()].name, corner + it.value());
        for (auto it = parts[i].ends.begin(); it != parts[i].ends.end(); ++it)
            layout.ends.insert(flow.tasks[it.key()].name, corner + it.value());
        if (i == 0 && drawn.start >= 0)
            shelves.nextShelf(); // what the start does not lead to stands below
    }
    const auto start = layout.tasks.constFind(flow.startTask);
    if (start != layout.tasks.constEnd())
        layout.start = startBeside(metrics, *start);
    return layout;
}

} // namespace flow
