// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/select_gesture.h"

namespace flow {

SelectGesture::SelectGesture(CanvasView *view, const Pointer &begin)
    : Gesture(view)
    , m_begin(begin.scene)
    , m_before(document()->selection())
    , m_adds(begin.modifiers & (Qt::ShiftModifier | Qt::ControlModifier))
{
    if (!m_adds)
        document()->select({});
}

void SelectGesture::move(const Pointer &pointer)
{
    m_band = QRectF(m_begin, pointer.scene).normalized();
    Selection selection = m_adds ? m_before : Selection();
    for (const TaskItem *task : scene()->tasks()) {
        if (m_band.intersects(task->sceneCard()) && !selection.tasks.contains(task->name()))
            selection.tasks << task->name();
    }
    selection.tasks.sort();
    document()->select(selection);
    view()->viewport()->update();
}

void SelectGesture::release(const Pointer &pointer)
{
    Q_UNUSED(pointer)
    view()->viewport()->update();
}

void SelectGesture::cancel()
{
    document()->select(m_before);
}

void SelectGesture::paint(QPainter &painter)
{
    if (m_band.isEmpty())
        return;
    QColor fill = color(Role::Accent);
    fill.setAlphaF(0.08f);
    QPen pen(color(Role::Accent), 1);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.setBrush(fill);
    painter.drawRect(m_band);
}

} // namespace flow
