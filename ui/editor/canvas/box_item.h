// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas/canvas_item.h"

namespace flow {

/// A titled frame behind tasks, or a note with free text.
class BoxItem final : public CanvasItem
{
public:
    BoxItem(CanvasKind kind, const Look *look);

    CanvasKind kind() const override { return m_kind; }
    void setContent(const QRectF &rect, const QString &text);

    QRectF boundingRect() const override { return m_rect.adjusted(-2, -2, 2, 2); }
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;

private:
    CanvasKind m_kind;
    QRectF m_rect;
    QString m_text;
};

} // namespace flow
