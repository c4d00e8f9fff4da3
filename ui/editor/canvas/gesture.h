// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas/flow_scene.h"
#include "editor/canvas_view.h"

#include <QPainter>

namespace flow {

/// Where the mouse is during a gesture.
struct Pointer
{
    QPointF scene;
    QPoint view;
    Qt::KeyboardModifiers modifiers;
};

/// What a pressed mouse button does until it is released. One class for each; the view makes it, feeds it and ends it.
class Gesture
{
public:
    explicit Gesture(CanvasView *view)
        : m_view(view)
    {
    }
    virtual ~Gesture() = default;

    virtual void move(const Pointer &pointer) = 0;
    virtual void release(const Pointer &pointer) = 0;
    /// Escape: everything is as it was before.
    virtual void cancel() {}
    /// Over everything else, in scene coordinates.
    virtual void paint(QPainter &painter) { Q_UNUSED(painter) }
    virtual Qt::CursorShape cursor() const { return Qt::ArrowCursor; }

protected:
    CanvasView *view() const { return m_view; }
    FlowScene *scene() const { return m_view->flowScene(); }
    FlowDocument *document() const { return m_view->document(); }
    QColor color(Role role) const { return scene()->look()->color(role); }

private:
    CanvasView *m_view;
};

} // namespace flow
