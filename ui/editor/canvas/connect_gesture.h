// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas/gesture.h"

namespace flow {

/// What a dragged wire says: a new way out of a task, or another target for one that exists.
struct WireIntent
{
    QString source;
    RouteKind kind = RouteKind::OnSuccess;
    qsizetype condition = -1; ///< existing condition to point elsewhere; -1: connect by meaning
    bool matched = true;
};

/// Makes the change that the intent means; the reason when it cannot be.
Result<void> connectAs(FlowDocument *document, const WireIntent &intent, const QString &target);

/// Drags a wire from a port, or its end from one card to another. Dropped on empty canvas it offers the task types.
class ConnectGesture final : public Gesture
{
public:
    ConnectGesture(CanvasView *view, const WireIntent &intent, QPointF from);

    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void cancel() override;
    void paint(QPainter &painter) override;
    Qt::CursorShape cursor() const override { return Qt::CrossCursor; }

private:
    void setTarget(CanvasItem *item);
    QString targetName() const;

    WireIntent m_intent;
    QPointF m_from;
    QPointF m_to;
    QPointF m_begin;
    QString m_task;     ///< under the mouse; by name, because the card may go while the mouse is held
    int m_undoIndex;    ///< of the document at the press: an undo in between makes the intent untrue
    bool m_end = false; ///< an end marker is under the mouse
};

} // namespace flow
