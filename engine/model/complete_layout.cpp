// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/auto_layout.h"
#include "model/layout_part.h"
#include "model/occupied_area.h"

#include <cmath>

namespace flow {

namespace {

using namespace layered;

/// Finds room for what has no place yet, without moving anything.
class LayoutCompleter
{
public:
    LayoutCompleter(const Flow &flow, const Layout &layout, const LayoutMetrics &metrics)
        : m_flow(flow)
        , m_layout(layout)
        , m_metrics(metrics)
        , m_index(flow)
        , m_graph(flow, m_index, routes(flow))
        , m_drawn(flow, m_index)
    {
        for (const Task &task : flow.tasks)
            occupy(task.name);
        for (const QPointF &end : layout.ends)
            m_area.add(QRectF(end, metrics.marker));
        if (layout.start)
            m_area.add(QRectF(*layout.start, metrics.marker));
    }

    Layout run()
    {
        for (qsizetype task = 0; task < m_graph.size(); ++task) {
            if (!m_flow.tasks[task].name.isEmpty() && !isPlaced(task))
                placeCard(task);
        }
        if (!m_layout.start && m_graph.start() >= 0 && isPlaced(m_graph.start()))
            placeStart(m_layout.tasks.value(m_flow.startTask));
        for (qsizetype task = 0; task < m_graph.size(); ++task) {
            const QString &name = m_flow.tasks[task].name;
            if (m_drawn.hasEnd(task) && isPlaced(task) && !m_layout.ends.contains(name))
                placeEnd(name);
        }
        return m_layout;
    }

private:
    bool isPlaced(qsizetype task) const { return m_layout.tasks.contains(m_flow.tasks[task].name); }

    void occupy(const QString &taskName)
    {
        const auto place = m_layout.tasks.constFind(taskName);
        if (place != m_layout.tasks.constEnd())
            m_area.add(QRectF(*place, cardSize(m_metrics, taskName)));
    }

    /// Right of the first placed task before it, else left of the first one after it, else below everything.
    void placeCard(qsizetype task)
    {
        const QString &name = m_flow.tasks[task].name;
        const QSizeF size = cardSize(m_metrics, name);
        QPointF wanted(0, upToGrid(m_metrics, m_area.bottom() + m_metrics.rowGap));
        if (const QString before = firstPlaced(m_graph.previous(task)); !before.isNull()) {
            const double step = cardSize(m_metrics, before).width() + m_metrics.columnGap;
            wanted = m_layout.tasks.value(before) + QPointF(upToGrid(m_metrics, step), 0);
        } else if (const QString after = firstPlaced(m_graph.next(task)); !after.isNull()) {
            wanted = m_layout.tasks.value(after) - QPointF(upToGrid(m_metrics, size.width() + m_metrics.columnGap), 0);
        }
        m_layout.tasks.insert(name, place(wanted, size));
    }

    QString firstPlaced(const QList<qsizetype> &tasks) const
    {
        for (const qsizetype task : tasks) {
            if (isPlaced(task))
                return m_flow.tasks[task].name;
        }
        return QString();
    }

    /// At the wanted place or below. Remembers how far down it got, so that a thousand cards in one place take no
    /// longer each.
    QPointF place(const QPointF &wanted, const QSizeF &size)
    {
        const QPair<int, int> key(int(std::floor(wanted.x())), int(std::floor(wanted.y())));
        const double top = m_searched.value(key, wanted.y());
        const QPointF found = m_area.freeBelow(QRectF(QPointF(wanted.x(), top), size), m_metrics.grid);
        m_searched.insert(key, found.y());
        m_area.add(QRectF(found, size + QSizeF(0, m_metrics.rowGap / 2)));
        return found;
    }

    void placeStart(const QPointF &card)
    {
        const double step = upToGrid(m_metrics, m_metrics.marker.width() + m_metrics.columnGap);
        m_layout.start = place({card.x() - step, markerTop(m_metrics, card.y())}, m_metrics.marker);
    }

    void placeEnd(const QString &taskName)
    {
        const QPointF card = m_layout.tasks.value(taskName);
        const double step = upToGrid(m_metrics, cardSize(m_metrics, taskName).width() + m_metrics.grid);
        m_layout.ends.insert(taskName, place({card.x() + step, markerTop(m_metrics, card.y())}, m_metrics.marker));
    }

    const Flow &m_flow;
    Layout m_layout;
    const LayoutMetrics &m_metrics;
    FlowIndex m_index;
    FlowGraph m_graph;
    DrawnFlow m_drawn;
    OccupiedArea m_area;
    QHash<QPair<int, int>, double> m_searched;
};

} // namespace

Layout completeLayout(const Flow &flow, const Layout &layout, const LayoutMetrics &metrics)
{
    if (!layout.tasks.isEmpty())
        return LayoutCompleter(flow, layout, metrics).run();
    Layout complete = autoLayout(flow, metrics, layout);
    if (layout.start)
        complete.start = layout.start;
    for (auto it = layout.ends.begin(); it != layout.ends.end(); ++it)
        complete.ends.insert(it.key(), it.value());
    return complete;
}

} // namespace flow
