// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/move_gesture.h"

#include <QApplication>

#include <cmath>

namespace flow {

namespace {

QPointF snapped(QPointF point)
{
    const double grid = measure::grid;
    return {std::round(point.x() / grid) * grid, std::round(point.y() / grid) * grid};
}

} // namespace

MoveGesture::MoveGesture(CanvasView *view, CanvasItem *item, const Pointer &begin)
    : Gesture(view)
    , m_kind(item->kind())
    , m_grabbed(begin.scene)
    , m_pressed(begin.view)
{
    if (m_kind != CanvasKind::Task) {
        const auto *marker = static_cast<MarkerItem *>(item);
        m_source = marker->source();
        m_markerBefore = marker->pos();
        return;
    }
    const QString grabbed = static_cast<TaskItem *>(item)->name();
    QStringList names = document()->selection().tasks;
    if (!names.contains(grabbed))
        names = {grabbed};
    for (const QString &name : std::as_const(names))
        m_before.insert(name, scene()->places().tasks.value(name));
    m_lead = m_before.value(grabbed);
}

void MoveGesture::move(const Pointer &pointer)
{
    if (document()->isReadOnly())
        return;
    if (!m_moved && (pointer.view - m_pressed).manhattanLength() < QApplication::startDragDistance() / 2)
        return;
    if (!m_moved)
        document()->endMerging();
    m_moved = true;
    const bool snap = !(pointer.modifiers & Qt::AltModifier);
    const QPointF by = pointer.scene - m_grabbed;
    if (m_kind == CanvasKind::Task) {
        const QPointF shift = snap ? snapped(m_lead + by) - m_lead : by;
        QMap<QString, QPointF> positions;
        for (auto place = m_before.begin(); place != m_before.end(); ++place)
            positions.insert(place.key(), place.value() + shift);
        document()->moveTasks(positions);
        return;
    }
    // Markers stay level with the ports they belong to when they are near.
    const QPointF place = snap ? snapped(m_markerBefore + by) + QPointF(0, 8) : m_markerBefore + by;
    if (m_kind == CanvasKind::Start)
        document()->moveStart(place);
    else
        document()->moveEnd(m_source, place);
}

void MoveGesture::release(const Pointer &pointer)
{
    Q_UNUSED(pointer)
    document()->endMerging();
}

void MoveGesture::cancel()
{
    if (!m_moved)
        return;
    // The drag was one merged step.
    document()->undoStack()->undo();
}

} // namespace flow
