// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas/gesture.h"

namespace flow {

/// A rubber band from empty canvas: selects the cards it touches; with Shift or Ctrl in addition to what is selected.
class SelectGesture final : public Gesture
{
public:
    SelectGesture(CanvasView *view, const Pointer &begin);

    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void cancel() override;
    void paint(QPainter &painter) override;

private:
    QPointF m_begin;
    QRectF m_band;
    Selection m_before;
    bool m_adds;
};

} // namespace flow
