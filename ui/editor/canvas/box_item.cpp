// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/box_item.h"

#include <QPainter>

namespace flow {

BoxItem::BoxItem(CanvasKind kind, const Look *look)
    : CanvasItem(look)
    , m_kind(kind)
{
    setZValue(kind == CanvasKind::Frame ? 0 : 0.5);
}

void BoxItem::setContent(const QRectF &rect, const QString &text)
{
    const QRectF local(QPointF(), rect.size());
    if (pos() == rect.topLeft() && local == m_rect && text == m_text)
        return;
    prepareGeometryChange();
    setPos(rect.topLeft());
    m_rect = local;
    m_text = text;
    update();
}

void BoxItem::paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget)
{
    Q_UNUSED(option)
    Q_UNUSED(widget)
    painter->setRenderHint(QPainter::Antialiasing);
    const bool isNote = m_kind == CanvasKind::Note;
    QColor fill = look().color(isNote ? Role::WarningTint : Role::IdleTint);
    if (!isNote)
        fill.setAlphaF(0.35f);
    painter->setPen(QPen(look().color(isNote ? Role::Warning : Role::Line), 1, isNote ? Qt::NoPen : Qt::SolidLine));
    painter->setBrush(fill);
    painter->drawRoundedRect(m_rect.adjusted(0.5, 0.5, -0.5, -0.5), measure::cardRadius, measure::cardRadius);
    const QRectF inner = m_rect.adjusted(measure::space3, measure::space2, -measure::space3, -measure::space2);
    painter->setFont(look().font(isNote ? Look::Text::Small : Look::Text::SmallStrong));
    painter->setPen(look().color(isNote ? Role::Text : Role::Muted));
    painter->drawText(inner, isNote ? Qt::TextWordWrap : Qt::TextSingleLine, m_text);
}

} // namespace flow
