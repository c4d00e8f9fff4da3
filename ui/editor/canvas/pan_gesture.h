// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas/gesture.h"

#include <QScrollBar>

namespace flow {

/// Moves the paper: middle button, or the left one with the space bar.
class PanGesture final : public Gesture
{
public:
    PanGesture(CanvasView *view, const Pointer &begin)
        : Gesture(view)
        , m_last(begin.view)
    {
    }

    void move(const Pointer &pointer) override
    {
        const QPoint by = pointer.view - m_last;
        m_last = pointer.view;
        view()->horizontalScrollBar()->setValue(view()->horizontalScrollBar()->value() - by.x());
        view()->verticalScrollBar()->setValue(view()->verticalScrollBar()->value() - by.y());
    }
    void release(const Pointer &) override {}
    Qt::CursorShape cursor() const override { return Qt::ClosedHandCursor; }

private:
    QPoint m_last;
};

} // namespace flow
