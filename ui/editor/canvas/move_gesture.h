// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "editor/canvas/gesture.h"

namespace flow {

/// Drags cards or a marker, snapped to the grid; one undo step. With Alt nothing snaps.
class MoveGesture final : public Gesture
{
public:
    /// Moves all selected cards when `item` is one of them, else the item alone.
    MoveGesture(CanvasView *view, CanvasItem *item, const Pointer &begin);

    void move(const Pointer &pointer) override;
    void release(const Pointer &pointer) override;
    void cancel() override;
    Qt::CursorShape cursor() const override { return m_moved ? Qt::ClosedHandCursor : Qt::ArrowCursor; }

private:
    CanvasKind m_kind;
    QString m_source;  ///< of an end marker
    QPointF m_grabbed; ///< scene position of the press
    QPoint m_pressed;
    QPointF m_markerBefore;
    QPointF m_lead; ///< what snaps: the grabbed card; the others keep their distance
    QMap<QString, QPointF> m_before;
    bool m_moved = false;
};

} // namespace flow
