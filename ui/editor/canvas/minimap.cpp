// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/minimap.h"

#include "editor/canvas/flow_scene.h"
#include "look/format.h"

#include <QMouseEvent>
#include <QPainter>

namespace flow {

namespace {

QRectF visiblePart(const CanvasView &view)
{
    return view.mapToScene(view.viewport()->rect()).boundingRect();
}

} // namespace

Minimap::Minimap(CanvasView *view)
    : QWidget(view)
    , m_view(view)
{
    setObjectName(QStringLiteral("minimap"));
    setFixedSize(168, 104);
    setCursor(Qt::PointingHandCursor);
    setToolTip(tr("The whole flow; click to go there"));
    hide();
}

void Minimap::follow()
{
    m_content = m_view->flowScene()->content();
    const QRectF visible = visiblePart(*m_view);
    const bool large = m_content.width() > visible.width() + 1 || m_content.height() > visible.height() + 1 ||
                       !visible.adjusted(-40, -40, 40, 40).contains(m_content);
    const bool room = m_view->viewport()->width() > 3 * width() && m_view->viewport()->height() > 3 * height();
    setVisible(!m_content.isNull() && large && room);
    repaintCards();
}

void Minimap::repaintCards()
{
    m_cards = {};
    update();
}

QTransform Minimap::toMap() const
{
    const QRectF all = m_content | visiblePart(*m_view);
    const QRectF room = QRectF(rect()).adjusted(8, 8, -8, -8);
    const double scale = std::min(room.width() / all.width(), room.height() / all.height());
    QTransform transform;
    transform.translate(room.center().x(), room.center().y());
    transform.scale(scale, scale);
    transform.translate(-all.center().x(), -all.center().y());
    return transform;
}

void Minimap::paintEvent(QPaintEvent *event)
{
    Q_UNUSED(event)
    const Look &look = *m_view->flowScene()->look();
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(look.color(Role::Line));
    painter.setBrush(look.color(Role::Panel));
    painter.drawRoundedRect(QRectF(rect()).adjusted(0.5, 0.5, -0.5, -0.5), measure::controlRadius,
                            measure::controlRadius);

    const QTransform transform = toMap();
    if (m_cards.isNull() || m_cardsAt != transform)
        paintCards(transform);
    painter.drawPixmap(0, 0, m_cards);
    painter.setBrush(Qt::NoBrush);
    painter.setPen(look.color(Role::Accent));
    painter.drawRoundedRect(transform.mapRect(visiblePart(*m_view)).intersected(QRectF(rect()).adjusted(4, 4, -4, -4)),
                            3, 3);
}

void Minimap::paintCards(const QTransform &transform)
{
    m_cards = QPixmap(size() * devicePixelRatio());
    m_cards.setDevicePixelRatio(devicePixelRatio());
    m_cards.fill(Qt::transparent);
    m_cardsAt = transform;
    const Look &look = *m_view->flowScene()->look();
    QPainter painter(&m_cards);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    for (const TaskItem *task : m_view->flowScene()->tasks()) {
        const auto &trace = task->content().trace;
        const bool reached = trace && trace->status != TaskStatus::Pending;
        QColor color = look.color(task->isChosen() ? Role::Accent
                                  : reached        ? flow::look(*trace).role
                                                   : Role::Idle);
        color.setAlphaF(0.6f);
        painter.setBrush(color);
        const QRectF card = transform.mapRect(task->sceneCard());
        if (card.width() < 5)
            painter.drawRect(card); // round corners would only cost time
        else
            painter.drawRoundedRect(card, 2, 2);
    }
}

void Minimap::goTo(QPointF position)
{
    m_view->centerOn(toMap().inverted().map(position));
}

void Minimap::mousePressEvent(QMouseEvent *event)
{
    goTo(event->position());
}

void Minimap::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        goTo(event->position());
}

void Minimap::mouseReleaseEvent(QMouseEvent *event)
{
    event->accept(); // or the canvas below would take it for its own
}

} // namespace flow
