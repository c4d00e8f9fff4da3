// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas/canvas_item.h"

namespace flow {

/// The pill that says where a flow starts, or where it ends after one task.
class MarkerItem final : public CanvasItem
{
public:
    /// `source`: for an end, the task after which the flow ends.
    MarkerItem(CanvasKind kind, const QString &source, const Look *look);

    CanvasKind kind() const override { return m_kind; }
    const QString &source() const { return m_source; }
    QRectF pill() const { return {QPointF(), m_size}; }
    QRectF scenePill() const { return pill().translated(pos()); }
    QPointF inputPort() const { return pos() + QPointF(0, m_size.height() / 2); }
    QPointF outputPort() const { return pos() + QPointF(m_size.width(), m_size.height() / 2); }

    QRectF boundingRect() const override { return pill().adjusted(-3, -3, 3, 4); }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;
    QString toolTipAt(QPointF itemPosition) const override;

private:
    QString word() const;

    CanvasKind m_kind;
    QString m_source;
    QSizeF m_size;
};

} // namespace flow
