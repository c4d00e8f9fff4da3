// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas_view.h"

#include <QPixmap>
#include <QTransform>
#include <QWidget>

namespace flow {

/// The whole flow small in the corner, with the part that is visible; click or drag to go there. Hidden while all is
/// visible.
class Minimap final : public QWidget
{
    Q_OBJECT

public:
    explicit Minimap(CanvasView *view);

    void follow();       ///< content or visible part changed
    void repaintCards(); ///< the cards look different: a run went on, another selection, another theme

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    QTransform toMap() const;
    void goTo(QPointF position);
    void paintCards(const QTransform &transform);

    CanvasView *m_view;
    QRectF m_content;
    QPixmap m_cards;      ///< so that panning costs the same however many cards there are; null when they changed
    QTransform m_cardsAt; ///< what m_cards was painted with
};

} // namespace flow
