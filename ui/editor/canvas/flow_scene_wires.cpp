// SPDX-License-Identifier: GPL-3.0-or-later
// The part of FlowScene that routes wires, finds things under the mouse and paints the ground.
#include "editor/canvas/flow_scene.h"

#include <QPainter>

namespace flow {

namespace {

constexpr double contentMargin = 80;
constexpr double dotZoom = 0.5; ///< below, dots would only be grey

} // namespace

void FlowScene::setTrace(const std::optional<ExecutionTrace> &trace)
{
    if (m_trace == trace)
        return;
    m_trace = trace;
    showContents();
    showWireContents();
}

void FlowScene::setBreakpoints(const QList<Breakpoint> &breakpoints)
{
    if (m_breakpoints == breakpoints)
        return;
    m_breakpoints = breakpoints;
    showContents();
    showWireContents();
}

std::optional<QString> FlowScene::breakpointAt(const QString &task, const QString &condition) const
{
    for (const Breakpoint &breakpoint : m_breakpoints) {
        if (breakpoint.task == task && breakpoint.condition == condition)
            return breakpoint.when;
    }
    return std::nullopt;
}

void FlowScene::showWireContents()
{
    for (WireItem *wire : std::as_const(m_wires)) {
        if (wire->setContent(contentOf(wire->route())))
            m_reroute << wire->key();
    }
    routeTouched();
}

void FlowScene::routeTouched()
{
    constexpr qsizetype many = 64;
    const bool all = m_touchedAreas.size() > many;
    QList<WireItem *> touchedWires;
    for (WireItem *wire : std::as_const(m_wires)) {
        bool touched = all || m_reroute.contains(wire->key());
        for (qsizetype index = 0; !touched && index < m_touchedAreas.size(); ++index) {
            const QRectF area = m_touchedAreas[index].adjusted(-24, -24, 24, 24);
            touched = wire->boundingRect().intersects(area);
        }
        if (touched)
            touchedWires << wire;
    }
    m_touchedAreas.clear();
    m_reroute.clear();
    route(touchedWires);
}

void FlowScene::route(const QList<WireItem *> &wires)
{
    struct Way
    {
        WireItem *wire;
        int id;
        QList<QPointF> corners;
    };
    std::vector<Way> ways;
    for (WireItem *wire : wires) {
        const int id = m_ids.value(wire);
        m_lanes.remove(id);
        m_labels.remove(id);
        ways.push_back({wire, id, routeWire(endsOf(wire->route()), m_obstacles)});
    }
    // Straight wires stay straight, the others go beside them; the same order gives the same picture.
    std::sort(ways.begin(), ways.end(), [](const Way &a, const Way &b) {
        return std::pair(a.corners.size(), a.wire->key()) < std::pair(b.corners.size(), b.wire->key());
    });
    for (const Way &way : ways)
        way.wire->setCorners(m_lanes.add(way.id, way.corners, m_obstacles));
    // Where a later wire could not go elsewhere, the earlier one may.
    for (const Way &way : ways) {
        if (m_lanes.isCrowded(way.id))
            way.wire->setCorners(m_lanes.add(way.id, way.corners, m_obstacles));
    }
    for (const Way &way : ways) {
        way.wire->placeLabel({m_obstacles, m_labels, m_lanes, way.id});
        if (!way.wire->labelRect().isEmpty())
            m_labels.insert(way.id, way.wire->labelRect());
    }
    m_touched += int(ways.size());
}

void FlowScene::forgetWire(WireItem *wire)
{
    const int id = m_ids.take(wire);
    m_lanes.remove(id);
    m_labels.remove(id);
    drop(wire);
}

WireEnds FlowScene::endsOf(const Route &route) const
{
    WireEnds ends;
    const auto corner = [this](const CanvasItem *item) { return m_obstacles.rect(m_ids.value(item)).topLeft(); };
    if (const TaskItem *source = m_tasks.value(route.source)) {
        const qsizetype port = portOf(source->content().ports, route);
        ends.from = corner(source) + source->outputPort(port) - source->pos();
        ends.lane = 6.0 * double(port);
    } else if (m_start) {
        ends.from = corner(m_start) + m_start->outputPort() - m_start->pos();
    }
    if (const MarkerItem *end = route.target == endTarget ? m_ends.value(route.source) : nullptr)
        ends.to = corner(end) + end->inputPort() - end->pos();
    else if (const TaskItem *target = m_tasks.value(route.target))
        ends.to = corner(target) + QPointF(-6, inputY);
    return ends;
}

CanvasItem *FlowScene::itemUnder(QPointF position) const
{
    const double reach = measure::wireHit / 2.0;
    CanvasItem *below = nullptr;
    const QRectF area(position - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach));
    for (QGraphicsItem *found : items(area, Qt::IntersectsItemBoundingRect, Qt::DescendingOrder)) {
        auto *item = static_cast<CanvasItem *>(found);
        switch (item->kind()) {
        case CanvasKind::Task:
            if (static_cast<TaskItem *>(item)->sceneCard().contains(position))
                return item;
            break;
        case CanvasKind::Start:
        case CanvasKind::End:
            if (static_cast<MarkerItem *>(item)->scenePill().contains(position))
                return item;
            break;
        case CanvasKind::Wire:
            if ((!below || below->kind() != CanvasKind::Wire) && static_cast<WireItem *>(item)->isNear(position))
                below = item;
            break;
        case CanvasKind::Frame:
        case CanvasKind::Note:
            if (!below && item->sceneBoundingRect().contains(position))
                below = item;
            break;
        }
    }
    return below;
}

std::optional<std::pair<TaskItem *, qsizetype>> FlowScene::portUnder(QPointF position) const
{
    const double reach = measure::portHit;
    const QRectF area(position - QPointF(reach, reach), QSizeF(2 * reach, 2 * reach));
    for (QGraphicsItem *found : items(area, Qt::IntersectsItemBoundingRect, Qt::DescendingOrder)) {
        auto *item = static_cast<CanvasItem *>(found);
        if (item->kind() != CanvasKind::Task)
            continue;
        auto *task = static_cast<TaskItem *>(item);
        const qsizetype port = task->portAt(position);
        if (port >= 0)
            return std::pair(task, port);
    }
    return std::nullopt;
}

QRectF FlowScene::content() const
{
    QRectF all = m_obstacles.bounds();
    for (const WireItem *wire : m_wires)
        all |= wire->boundingRect();
    for (const BoxItem *box : m_frames + m_notes)
        all |= box->sceneBoundingRect();
    return all.isNull() ? all
                        : all.adjusted(-contentMargin / 2, -contentMargin / 2, contentMargin / 2, contentMargin / 2);
}

void FlowScene::turnRings()
{
    m_angle = (m_angle + 12) % 360;
    for (TaskItem *task : std::as_const(m_tasks)) {
        if (task->content().trace && task->content().trace->status == TaskStatus::Running)
            task->setAngle(m_angle);
    }
}

void FlowScene::drawBackground(QPainter *painter, const QRectF &rect)
{
    painter->fillRect(rect, m_look->color(Role::Canvas));
    if (painter->worldTransform().m11() < dotZoom)
        return;
    QList<QPointF> dots;
    const double step = measure::grid;
    for (double x = std::floor(rect.left() / step) * step; x <= rect.right(); x += step) {
        for (double y = std::floor(rect.top() / step) * step; y <= rect.bottom(); y += step)
            dots << QPointF(x, y);
    }
    QPen pen(m_look->color(Role::CanvasDot), 2);
    pen.setCosmetic(true);
    painter->setPen(pen);
    painter->drawPoints(dots.constData(), int(dots.size()));
}

QFont FlowScene::farFont() const
{
    QFont font = m_look->font(Look::Text::Small);
    font.setPixelSize(farNamePixels);
    return font;
}

QList<FarName> FlowScene::farNames(const QTransform &toView) const
{
    if (toView.m11() >= farZoom || m_tasks.size() > mostFarNames)
        return {};
    QList<FarCard> cards;
    for (const TaskItem *task : m_tasks)
        cards << FarCard{task->name(), toView.mapRect(task->sceneCard())};
    return placeFarNames(cards, QFontMetricsF(farFont()));
}

void FlowScene::drawForeground(QPainter *painter, const QRectF &rect)
{
    Q_UNUSED(rect)
    const QList<FarName> names = farNames(painter->worldTransform());
    m_showsFarNames = !names.isEmpty();
    if (names.isEmpty())
        return;
    QColor ground = m_look->color(Role::Canvas);
    ground.setAlphaF(0.85f);
    painter->save();
    painter->resetTransform();
    painter->setFont(farFont());
    painter->setPen(m_look->color(Role::Idle));
    for (const FarName &name : names) {
        if (!name.leader.isNull())
            painter->drawLine(name.leader);
    }
    painter->setPen(m_look->color(Role::Text));
    for (const FarName &name : names) {
        painter->fillRect(name.rect, ground);
        painter->drawText(name.rect, Qt::AlignCenter | Qt::TextSingleLine, name.name);
    }
    painter->restore();
}

} // namespace flow
