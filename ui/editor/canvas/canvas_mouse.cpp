// SPDX-License-Identifier: GPL-3.0-or-later
// The part of CanvasView that turns mouse, wheel and drops into gestures.
#include "editor/canvas/canvas_state.h"
#include "editor/canvas/connect_gesture.h"
#include "editor/canvas/move_gesture.h"
#include "editor/canvas/pan_gesture.h"
#include "editor/canvas/select_gesture.h"
#include "editor/task_mime.h"

#include <QDragEnterEvent>
#include <QHelpEvent>
#include <QMimeData>
#include <QMouseEvent>
#include <QToolTip>
#include <QWheelEvent>

#include <cmath>

namespace flow {

namespace {

bool adds(Qt::KeyboardModifiers modifiers)
{
    return modifiers & (Qt::ShiftModifier | Qt::ControlModifier);
}

Pointer pointerOf(const CanvasView &view, const QMouseEvent &event)
{
    return {view.mapToScene(event.position().toPoint()), event.position().toPoint(), event.modifiers()};
}

} // namespace

std::unique_ptr<Gesture> CanvasView::gestureAt(const QMouseEvent &event)
{
    const Pointer pointer = pointerOf(*this, event);
    FlowScene &scene = m_state->scene;
    if (event.button() == Qt::MiddleButton || (event.button() == Qt::LeftButton && m_state->spaceHeld))
        return std::make_unique<PanGesture>(this, pointer);
    if (event.button() != Qt::LeftButton)
        return nullptr;

    if (const auto port = scene.portUnder(pointer.scene)) {
        const auto [task, index] = *port;
        const Port &way = task->content().ports[index];
        // A way that has a condition of its own is led elsewhere; plain outcomes are joined by meaning.
        const bool own = way.kind == RouteKind::Expression || (way.kind == RouteKind::Otherwise && way.condition >= 0);
        const WireIntent intent{task->name(), way.kind, own ? way.condition : -1, way.matched};
        return std::make_unique<ConnectGesture>(this, intent, task->outputPort(index));
    }
    CanvasItem *item = scene.itemUnder(pointer.scene);
    if (!item)
        return std::make_unique<SelectGesture>(this, pointer);
    if (item->kind() == CanvasKind::Wire) {
        const auto *wire = static_cast<WireItem *>(item);
        const Route &route = wire->route();
        if (route.condition >= 0 && wire->isNearEnd(pointer.scene)) {
            const WireIntent intent{route.source, route.kind, route.condition, route.matched};
            return std::make_unique<ConnectGesture>(this, intent, wire->corners().first());
        }
        return nullptr;
    }
    if (item->kind() == CanvasKind::Frame || item->kind() == CanvasKind::Note)
        return std::make_unique<SelectGesture>(this, pointer);
    return std::make_unique<MoveGesture>(this, item, pointer);
}

/// What a press selects, before any gesture moves.
void CanvasView::click(QPointF position, Qt::KeyboardModifiers modifiers)
{
    const CanvasItem *item = m_state->scene.itemUnder(position);
    if (!item || m_state->scene.portUnder(position))
        return;
    Selection selection = document()->selection();
    if (item->kind() == CanvasKind::Task) {
        const QString name = static_cast<const TaskItem *>(item)->name();
        if (adds(modifiers)) {
            if (!selection.tasks.removeOne(name))
                selection.tasks << name;
        } else if (!selection.tasks.contains(name)) {
            selection = {{name}, {}};
        }
    } else if (item->kind() == CanvasKind::Wire) {
        const Route &route = static_cast<const WireItem *>(item)->route();
        if (route.condition >= 0)
            selection = {{}, {route.condition}};
        else if (!route.source.isEmpty())
            selection = {{route.source}, {}};
        else
            selection = {};
    } else {
        return;
    }
    document()->select(selection);
}

void CanvasView::mousePressEvent(QMouseEvent *event)
{
    setFocus();
    if (m_state->gesture)
        return;
    m_state->pressed = event->position().toPoint();
    const QPointF position = mapToScene(m_state->pressed);
    if (event->button() == Qt::LeftButton && !m_state->spaceHeld && toggleBreakpointAt(position))
        return event->accept();
    if (event->button() == Qt::LeftButton && !m_state->spaceHeld)
        click(position, event->modifiers());
    m_state->gesture = gestureAt(*event);
    if (m_state->gesture)
        viewport()->setCursor(m_state->gesture->cursor());
    event->accept();
}

void CanvasView::mouseMoveEvent(QMouseEvent *event)
{
    const Pointer pointer = pointerOf(*this, *event);
    if (m_state->gesture) {
        m_state->gesture->move(pointer);
        viewport()->setCursor(m_state->gesture->cursor());
    } else {
        hover(pointer.scene);
    }
    event->accept();
}

void CanvasView::mouseReleaseEvent(QMouseEvent *event)
{
    if (m_state->gesture) {
        // A gesture may open a menu or end the view's focus: it is out of the way before.
        const std::unique_ptr<Gesture> gesture = std::move(m_state->gesture);
        gesture->release(pointerOf(*this, *event));
        viewport()->unsetCursor();
        // A click on one of several selected cards, without a drag, means this one.
        const bool clicked = (event->position().toPoint() - m_state->pressed).manhattanLength() < 3;
        if (clicked && event->button() == Qt::LeftButton && !adds(event->modifiers())) {
            const CanvasItem *item = m_state->scene.itemUnder(mapToScene(m_state->pressed));
            if (item && item->kind() == CanvasKind::Task)
                document()->select({{static_cast<const TaskItem *>(item)->name()}, {}});
        }
    }
    event->accept();
}

void CanvasView::mouseDoubleClickEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    const QPointF position = mapToScene(event->position().toPoint());
    const CanvasItem *item = m_state->scene.itemUnder(position);
    if (!item)
        offerTasks(position, WireIntent());
    else if (item->kind() == CanvasKind::Task)
        editName(static_cast<const TaskItem *>(item)->name());
    event->accept();
}

void CanvasView::endGesture(bool keep)
{
    if (!m_state->gesture)
        return;
    if (!keep)
        m_state->gesture->cancel();
    m_state->gesture.reset();
    viewport()->unsetCursor();
    viewport()->update();
}

void CanvasView::hover(QPointF position)
{
    const auto port = m_state->scene.portUnder(position);
    CanvasItem *item = port ? port->first : m_state->scene.itemUnder(position);
    m_state->scene.setHovered(item);
    if (port)
        viewport()->setCursor(Qt::CrossCursor);
    else if (m_state->spaceHeld)
        viewport()->setCursor(Qt::OpenHandCursor);
    else
        viewport()->unsetCursor();
}

void CanvasView::wheelEvent(QWheelEvent *event)
{
    if (event->modifiers() & Qt::ControlModifier) {
        zoomAt(event->position().toPoint(), std::pow(1.0015, event->angleDelta().y()));
        event->accept();
        return;
    }
    QGraphicsView::wheelEvent(event);
}

bool CanvasView::viewportEvent(QEvent *event)
{
    if (event->type() == QEvent::ToolTip) {
        const auto *help = static_cast<QHelpEvent *>(event);
        const QPointF position = mapToScene(help->pos());
        const auto port = m_state->scene.portUnder(position);
        const CanvasItem *item = port ? port->first : m_state->scene.itemUnder(position);
        const QString text = item ? item->toolTipAt(item->mapFromScene(position)) : QString();
        QToolTip::showText(help->globalPos(), text, viewport());
        return true;
    }
    return QGraphicsView::viewportEvent(event);
}

void CanvasView::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasFormat(taskTypeMime))
        event->acceptProposedAction();
    else
        event->ignore();
}

void CanvasView::dragMoveEvent(QDragMoveEvent *event)
{
    if (event->mimeData()->hasFormat(taskTypeMime))
        event->acceptProposedAction();
    else
        event->ignore();
}

void CanvasView::dropEvent(QDropEvent *event)
{
    if (!event->mimeData()->hasFormat(taskTypeMime)) {
        event->ignore();
        return;
    }
    addTaskAt(QString::fromUtf8(event->mimeData()->data(taskTypeMime)), mapToScene(event->position().toPoint()));
    event->acceptProposedAction();
}

void CanvasView::resizeEvent(QResizeEvent *event)
{
    QGraphicsView::resizeEvent(event);
    placeOverlays();
}

void CanvasView::scrollContentsBy(int dx, int dy)
{
    QGraphicsView::scrollContentsBy(dx, dy);
    if (m_state->minimap.isVisible())
        m_state->minimap.update();
    if (m_state->empty.isVisible())
        placeOverlays(); // scrolling has taken it along
}

void CanvasView::drawForeground(QPainter *painter, const QRectF &rect)
{
    QGraphicsView::drawForeground(painter, rect);
    if (m_state->gesture)
        m_state->gesture->paint(*painter);
}

} // namespace flow
