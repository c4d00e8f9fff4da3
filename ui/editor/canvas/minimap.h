// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas_view.h"

#include <QWidget>

namespace flow {

/// The whole flow small in the corner, with the part that is visible; click or drag to go there. Hidden while all is visible.
class Minimap final : public QWidget
{
    Q_OBJECT

public:
    explicit Minimap(CanvasView *view);

    void follow(); ///< content or visible part changed

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;

private:
    QTransform toMap() const;
    void goTo(QPointF position);

    CanvasView *m_view;
    QRectF m_content;
};

} // namespace flow
