// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/task_item.h"

#include "editor/canvas/card_painter.h"
#include "look/format.h"

#include <QCoreApplication>
#include <QLineF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace flow {

TaskItem::TaskItem(const QString &name, const Look *look)
    : CanvasItem(look)
    , m_name(name)
{
    setZValue(2);
}

bool TaskItem::setContent(const CardContent &content)
{
    if (content == m_content)
        return false;
    const QSizeF size = cardSize(look(), content.task, content.ports.size());
    const bool shapeChanged = size != m_size || content.ports != m_content.ports;
    if (size != m_size)
        prepareGeometryChange();
    m_content = content;
    m_size = size;
    update();
    return shapeChanged;
}

void TaskItem::setAngle(int degrees)
{
    m_angle = degrees;
    update(QRectF(8, m_size.height() - 26, 18, 22));
}

void TaskItem::setTarget(bool target)
{
    if (m_target == target)
        return;
    m_target = target;
    update();
}

QRectF TaskItem::nameRect() const
{
    return {41, 6, m_size.width() - 51, 22};
}

QPointF TaskItem::outputPort(qsizetype index) const
{
    const double y = index < m_content.ports.size() ? m_content.ports[index].y : inputY;
    return pos() + QPointF(m_size.width(), y);
}

qsizetype TaskItem::portAt(QPointF scenePosition) const
{
    qsizetype nearest = -1;
    double best = measure::portHit;
    for (qsizetype index = 0; index < m_content.ports.size(); ++index) {
        const double distance = QLineF(outputPort(index), scenePosition).length();
        // Inside the card only the port itself counts, so that the card's edge can still be grabbed.
        const double reach = scenePosition.x() < pos().x() + m_size.width() ? measure::port * 0.75 : best;
        if (distance < best && distance < reach) {
            best = distance;
            nearest = index;
        }
    }
    return nearest;
}

bool TaskItem::isBreakpointSpot(QPointF scenePosition) const
{
    return QLineF(pos() + breakpointSpot, scenePosition).length() <= breakpointRadius + 2;
}

QRectF TaskItem::boundingRect() const
{
    return cardRect().adjusted(-22, -6, 10, 8);
}

void TaskItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget)
{
    Q_UNUSED(widget)
    CardMood mood{isChosen(), isHovered(), m_target, m_angle};
    mood.zoom = option->levelOfDetailFromTransform(painter->worldTransform());
    mood.pixelRatio = painter->device()->devicePixelRatioF();
    paintCard(*painter, look(), m_content, m_size, mood);
}

QString TaskItem::toolTipAt(QPointF itemPosition) const
{
    for (const Port &port : m_content.ports) {
        if (QLineF(QPointF(m_size.width(), port.y), itemPosition).length() > measure::port)
            continue;
        const QString word = port.kind == RouteKind::Expression
                                 ? QCoreApplication::translate("TaskItem", "When the expression holds")
                                 : wordOf(port.kind);
        const QString what =
            port.leadsOn ? QCoreApplication::translate("TaskItem", "Drag to lead elsewhere.")
                         : QCoreApplication::translate("TaskItem", "The flow ends here. Drag to lead on to a task.");
        return word + QStringLiteral(": ") + what;
    }
    if (QLineF(breakpointSpot, itemPosition).length() <= breakpointRadius + 2)
        return breakpointHint(m_content.breakpoint);
    QStringList lines{m_content.task.name};
    if (!m_content.task.description.isEmpty())
        lines << m_content.task.description;
    lines += m_content.problems;
    if (m_content.trace && !m_content.trace->error.isEmpty())
        lines << m_content.trace->error;
    if (!m_content.whyPaused.isEmpty())
        lines << m_content.whyPaused;
    if (!m_content.deadEnd.isEmpty())
        lines << m_content.deadEnd;
    if (m_content.trace && m_content.trace->startedAt)
        lines << QCoreApplication::translate("TaskItem", "Started %1").arg(formatExact(*m_content.trace->startedAt));
    return lines.join(u'\n');
}

} // namespace flow
