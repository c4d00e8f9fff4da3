// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/marker_item.h"

#include "editor/canvas/far_names.h"

#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPainter>
#include <QStyleOptionGraphicsItem>

namespace flow {

MarkerItem::MarkerItem(CanvasKind kind, const QString &source, const Look *look)
    : CanvasItem(look)
    , m_kind(kind)
    , m_source(source)
{
    const double text = QFontMetricsF(look->font(Look::Text::SmallStrong)).horizontalAdvance(word());
    m_size = QSizeF(std::ceil(text) + 2 * measure::space3, 28);
    setZValue(2);
}

QString MarkerItem::word() const
{
    return m_kind == CanvasKind::Start ? QCoreApplication::translate("MarkerItem", "Start")
                                       : QCoreApplication::translate("MarkerItem", "End");
}

void MarkerItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget)
{
    Q_UNUSED(widget)
    painter->setRenderHint(QPainter::Antialiasing);
    painter->setPen(QPen(look().color(isChosen() || isHovered() ? Role::Accent : Role::Line), isChosen() ? 2 : 1));
    painter->setBrush(look().color(Role::Card));
    painter->drawRoundedRect(pill().adjusted(0.5, 0.5, -0.5, -0.5), m_size.height() / 2, m_size.height() / 2);
    if (option->levelOfDetailFromTransform(painter->worldTransform()) < farZoom)
        return;
    painter->setFont(look().font(Look::Text::SmallStrong));
    painter->setPen(look().color(Role::Muted));
    painter->drawText(pill(), Qt::AlignCenter, word());
}

QString MarkerItem::toolTipAt(QPointF itemPosition) const
{
    Q_UNUSED(itemPosition)
    return m_kind == CanvasKind::Start
               ? QCoreApplication::translate("MarkerItem", "The flow starts here")
               : QCoreApplication::translate("MarkerItem", "After %1 the flow ends here").arg(m_source);
}

} // namespace flow
