// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas/canvas_item.h"
#include "editor/canvas/wire_label.h"
#include "editor/canvas/wire_look.h"
#include "model/route.h"

#include <QPainterPath>

namespace flow {

/// What a wire shows. A value: the item repaints only when it differs.
struct WireContent
{
    Route route;
    QString expression;                ///< text of the condition's `when`
    QString condition;                 ///< the condition's name, for the tool tip
    std::optional<QString> breakpoint; ///< on the condition; see CardContent
    bool hasTrace = false;             ///< an execution is shown
    int taken = 0;                     ///< how often it went this way
    bool isRunning = false;            ///< it went this way, and the target is running
    QString whyNever;                  ///< for a way that can never be taken

    bool operator==(const WireContent &) const = default;
};

/// A way from one thing to the next, drawn by its meaning: colour, line style, sign and word. The scene routes it.
class WireItem final : public CanvasItem
{
public:
    WireItem(const QString &key, const Look *look);

    CanvasKind kind() const override { return CanvasKind::Wire; }
    const QString &key() const { return m_key; }
    const Route &route() const { return m_content.route; }
    WireState state() const;

    /// True when the label says something else, so that it may need another place.
    bool setContent(const WireContent &content);
    void setCorners(const QList<QPointF> &corners);
    const QList<QPointF> &corners() const { return m_corners; }
    /// To be called after the corners are set, when the ways of all wires are known.
    void placeLabel(const LabelRoom &room);
    QRectF labelRect() const { return m_label.rect; }
    bool isLabelSign() const { return m_label.signOnly; }

    /// Distance of a scene point from the line.
    bool isNear(QPointF scenePosition) const;
    bool isNearEnd(QPointF scenePosition) const; ///< the arrowhead, which can be dragged elsewhere

    QRectF boundingRect() const override { return m_bounds; }
    QPainterPath shape() const override;
    void paint(QPainter *painter, const QStyleOptionGraphicsItem *option, QWidget *widget) override;
    QString toolTipAt(QPointF itemPosition) const override;

private:
    QString label() const;
    QFont labelFont() const;
    void paintLabel(QPainter *painter, const QColor &color, bool isMuted) const;
    void paintSign(QPainter *painter, const QColor &color, double strength) const;
    void paintArrow(QPainter *painter, const QColor &color, const WireLook &wire) const;

    QString m_key;
    WireContent m_content;
    QList<QPointF> m_corners;
    QPainterPath m_path;
    QRectF m_bounds;
    LabelPlace m_label;
};

} // namespace flow
