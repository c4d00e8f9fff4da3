// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/wire_item.h"

#include "editor/canvas/card_painter.h"
#include "editor/canvas/wire_router.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QPainterPathStroker>
#include <QStyleOptionGraphicsItem>

namespace flow {

namespace {

constexpr double detailZoom = 0.4;
constexpr double longestLabel = 200;

double distanceTo(const QLineF &line, QPointF point)
{
    const QPointF direction = line.p2() - line.p1();
    const double square = QPointF::dotProduct(direction, direction);
    const double part =
        square > 0 ? std::clamp(QPointF::dotProduct(point - line.p1(), direction) / square, 0.0, 1.0) : 0;
    return QLineF(line.p1() + part * direction, point).length();
}

/// The colour as it looks on the background with the opacity of a faint wire.
QColor faded(const QColor &color, const QColor &background, double strength)
{
    const auto mix = [strength](int strong, int weak) { return qRound(strength * strong + (1 - strength) * weak); };
    return {mix(color.red(), background.red()), mix(color.green(), background.green()),
            mix(color.blue(), background.blue())};
}

QString signOf(const Route &route)
{
    if (route.neverTaken)
        return QStringLiteral("skip");
    switch (route.kind) {
    case RouteKind::OnSuccess:
        return QStringLiteral("check");
    case RouteKind::OnFailure:
        return QStringLiteral("cross");
    case RouteKind::Expression:
        return QStringLiteral("braces");
    case RouteKind::Always:
    case RouteKind::Otherwise:
        break;
    }
    return QStringLiteral("dot");
}

} // namespace

WireItem::WireItem(const QString &key, const Look *look)
    : CanvasItem(look)
    , m_key(key)
{
    setZValue(1);
}

bool WireItem::setContent(const WireContent &content)
{
    if (content == m_content)
        return false;
    const QString before = label();
    m_content = content;
    // What was taken lies above what was not.
    setZValue(content.taken > 0 ? 1.5 : content.route.neverTaken ? 0.5 : 1);
    update();
    return label() != before;
}

WireState WireItem::state() const
{
    if (m_content.route.neverTaken)
        return WireState::Never;
    if (!m_content.hasTrace)
        return WireState::Plain;
    if (m_content.isRunning)
        return WireState::Running;
    return m_content.taken > 0 ? WireState::Taken : WireState::NotTaken;
}

QString WireItem::label() const
{
    if (m_content.route.neverTaken)
        return QCoreApplication::translate("WireItem", "never");
    const QString times =
        m_content.taken > 1 ? QCoreApplication::translate("WireItem", " · %1×").arg(m_content.taken) : QString();
    if (m_content.route.kind == RouteKind::Expression)
        return m_content.expression.simplified() + times;
    if (m_content.route.source.isEmpty() || m_content.route.condition < 0)
        return times.isEmpty() ? QString() : times.mid(3);
    return wordOf(m_content.route.kind) + times;
}

QFont WireItem::labelFont() const
{
    const bool isCode = m_content.route.kind == RouteKind::Expression && !m_content.route.neverTaken;
    QFont font = look().font(isCode ? Look::Text::Code : Look::Text::Pill);
    font.setPixelSize(measure::textPill);
    return font;
}

void WireItem::setCorners(const QList<QPointF> &corners)
{
    prepareGeometryChange();
    m_corners = corners;
    m_path = roundedPath(corners);
    m_label = {};
    m_bounds = m_path.boundingRect().adjusted(-10, -10, 10, 10);
    update();
}

void WireItem::placeLabel(const LabelRoom &room)
{
    const QString text = label();
    if (text.isEmpty())
        return;
    const double width = std::min(std::ceil(QFontMetricsF(labelFont()).horizontalAdvance(text)) + 14, longestLabel);
    prepareGeometryChange();
    m_label = flow::placeLabel(m_corners, width, room);
    if (!m_label.rect.isEmpty())
        m_bounds |= m_label.rect.adjusted(-2, -2, 2, 2);
    update();
}

bool WireItem::isNear(QPointF scenePosition) const
{
    if (m_label.rect.contains(scenePosition))
        return true;
    for (qsizetype index = 1; index < m_corners.size(); ++index) {
        if (distanceTo(QLineF(m_corners[index - 1], m_corners[index]), scenePosition) <= measure::wireHit / 2.0)
            return true;
    }
    return false;
}

bool WireItem::isNearEnd(QPointF scenePosition) const
{
    return !m_corners.isEmpty() && QLineF(m_corners.last() - QPointF(8, 0), scenePosition).length() < measure::portHit;
}

QPainterPath WireItem::shape() const
{
    QPainterPathStroker stroker;
    stroker.setWidth(measure::wireHit);
    QPainterPath path = stroker.createStroke(m_path);
    path.addRect(m_label.rect);
    return path;
}

void WireItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget)
{
    Q_UNUSED(widget)
    if (m_corners.size() < 2)
        return;
    const double zoom = option->levelOfDetailFromTransform(painter->worldTransform());
    const WireLook wire = wireLook(m_content.route.kind, state(), isChosen() || isHovered());
    const QColor color = look().color(isChosen() ? Role::Accent : wire.role);
    painter->setRenderHint(QPainter::Antialiasing, zoom >= 0.22);
    painter->setOpacity(wire.strength);

    // One pixel is the fast case; only the few that stand out are wider.
    QPen pen = wire.pen(color);
    if (zoom < detailZoom)
        pen.setCosmetic(true);
    painter->setPen(pen);
    painter->setBrush(Qt::NoBrush);
    painter->drawPath(m_path);
    if (zoom < detailZoom)
        return;
    paintArrow(painter, color, wire);
    if (m_content.breakpoint) {
        painter->setOpacity(1);
        const QPointF direction = m_corners[1] - m_corners[0];
        const double length = std::max(1.0, QLineF(m_corners[0], m_corners[1]).length());
        paintWireBreakpoint(*painter, look(), m_corners[0] + direction / length * std::min(length, 14.0),
                            *m_content.breakpoint);
        painter->setOpacity(wire.strength);
    }
    if (m_label.rect.isEmpty())
        return;
    // A label hides the wire behind it, so it fades by colour instead of by opacity.
    painter->setOpacity(1);
    const QColor shown = faded(color, look().color(Role::Canvas), wire.strength);
    if (m_label.signOnly)
        paintSign(painter, shown, wire.strength);
    else
        paintLabel(painter, shown, wire.strength < 1 || state() == WireState::Never);
}

void WireItem::paintArrow(QPainter *painter, const QColor &color, const WireLook &wire) const
{
    const QPointF tip = m_corners.last();
    const double size = wire.width > 2 ? measure::arrow + 2 : measure::arrow;
    painter->setPen(wire.hollowArrow ? QPen(color, 1) : QPen(Qt::NoPen));
    painter->setBrush(wire.hollowArrow ? look().color(Role::Canvas) : color);
    painter->drawPolygon(QPolygonF{tip, tip + QPointF(-size, -size / 2), tip + QPointF(-size, size / 2)});
}

void WireItem::paintSign(QPainter *painter, const QColor &color, double strength) const
{
    const Role role = isChosen() ? Role::Accent : wireLook(m_content.route.kind, state()).role;
    painter->setPen(QPen(color, 1));
    painter->setBrush(look().color(Role::Card));
    painter->drawEllipse(m_label.rect.adjusted(0.5, 0.5, -0.5, -0.5));
    painter->setOpacity(strength);
    painter->drawPixmap(m_label.rect.topLeft() + QPointF(2, 2),
                        look().pixmap(signOf(m_content.route), role, 10, painter->device()->devicePixelRatioF() * 2));
}

void WireItem::paintLabel(QPainter *painter, const QColor &color, bool isMuted) const
{
    painter->setPen(QPen(color, 1));
    painter->setBrush(look().color(Role::Card));
    painter->drawRoundedRect(m_label.rect.adjusted(0.5, 0.5, -0.5, -0.5), labelHeight / 2, labelHeight / 2);
    painter->setFont(labelFont());
    // Words stay readable, whatever the line around them does.
    if (isMuted && !isChosen())
        painter->setPen(look().color(Role::Muted));
    const QString text = painter->fontMetrics().elidedText(label(), Qt::ElideRight, int(m_label.rect.width() - 12));
    painter->drawText(m_label.rect, Qt::AlignCenter, text);
}

QString WireItem::toolTipAt(QPointF itemPosition) const
{
    Q_UNUSED(itemPosition)
    const Route &route = m_content.route;
    if (route.source.isEmpty())
        return QCoreApplication::translate("WireItem", "The flow starts with %1").arg(route.target);
    const QString target =
        route.target == endTarget ? QCoreApplication::translate("WireItem", "the end") : route.target;
    QString text;
    if (route.kind == RouteKind::Expression)
        text = QCoreApplication::translate("WireItem", "After %1, when %2: go to %3")
                   .arg(route.source, m_content.expression, target);
    else
        text = QCoreApplication::translate("WireItem", "After %1, %2: go to %3")
                   .arg(route.source, wordOf(route.kind), target);
    if (!m_content.condition.isEmpty())
        text += QCoreApplication::translate("WireItem", "\nCondition “%1”").arg(m_content.condition);
    if (m_content.breakpoint)
        text += u'\n' + breakpointHint(m_content.breakpoint);
    if (route.neverTaken) {
        text += QCoreApplication::translate("WireItem", "\nThis way can never be taken.");
        return m_content.whyNever.isEmpty() ? text : text + u'\n' + m_content.whyNever;
    }
    if (m_content.hasTrace)
        text += QCoreApplication::translate("WireItem", "\nTaken %1 times in this run").arg(m_content.taken);
    return text;
}

} // namespace flow
