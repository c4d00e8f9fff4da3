// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/connect_gesture.h"

#include "editor/canvas/card_painter.h"
#include "editor/canvas/quick_task_menu.h"
#include "editor/canvas/wire_router.h"

#include <QLineF>

namespace flow {

Result<void> connectAs(FlowDocument *document, const WireIntent &intent, const QString &target)
{
    if (intent.condition >= 0)
        return document->retarget(intent.condition, intent.matched, target);
    switch (intent.kind) {
    case RouteKind::OnSuccess:
        return document->connectTasks(intent.source, Outcome::Success, target);
    case RouteKind::OnFailure:
        return document->connectTasks(intent.source, Outcome::Failure, target);
    case RouteKind::Always:
    case RouteKind::Otherwise:
    case RouteKind::Expression:
        break;
    }
    return document->connectTasks(intent.source, Outcome::Any, target);
}

ConnectGesture::ConnectGesture(CanvasView *view, const WireIntent &intent, QPointF from)
    : Gesture(view)
    , m_intent(intent)
    , m_from(from)
    , m_to(from)
    , m_begin(from)
    , m_undoIndex(document()->undoStack()->index())
{
}

void ConnectGesture::setTarget(CanvasItem *item)
{
    const QString task = item && item->kind() == CanvasKind::Task ? static_cast<TaskItem *>(item)->name() : QString();
    if (m_task != task) {
        if (TaskItem *before = scene()->task(m_task))
            before->setTarget(false);
        m_task = task;
        if (TaskItem *now = scene()->task(m_task))
            now->setTarget(true);
    }
    m_end = item && item->kind() == CanvasKind::End;
}

QString ConnectGesture::targetName() const
{
    if (!m_task.isEmpty())
        return m_task;
    return m_end ? endTarget : QString();
}

void ConnectGesture::move(const Pointer &pointer)
{
    m_to = pointer.scene;
    setTarget(scene()->itemUnder(pointer.scene));
    if (const TaskItem *task = scene()->task(m_task))
        m_to = task->inputPort();
    view()->viewport()->update();
}

void ConnectGesture::release(const Pointer &pointer)
{
    move(pointer);
    const QString target = targetName();
    setTarget(nullptr);
    view()->viewport()->update();
    if (document()->undoStack()->index() != m_undoIndex)
        return;
    if (!target.isEmpty()) {
        const Result<void> connected = connectAs(document(), m_intent, target);
        if (!connected)
            Q_EMIT view()->statusMessage(connected.error().reason);
        return;
    }
    if (QLineF(m_begin, pointer.scene).length() < 3 * measure::grid)
        return; // a slip, not a wish for a new task
    if (document()->isReadOnly()) {
        Q_EMIT view()->statusMessage(CanvasView::tr("This is a past run; open the flow itself to change it."));
        return;
    }
    const CanvasItem *under = scene()->itemUnder(pointer.scene);
    if (under && under->kind() == CanvasKind::Start) {
        const QString first = document()->flow().startTask;
        Q_EMIT view()->statusMessage(
            CanvasView::tr("Nothing leads to the start marker. To begin again, lead to the first task, %1.")
                .arg(first));
        return;
    }
    view()->offerTasks(pointer.scene, m_intent);
}

void ConnectGesture::cancel()
{
    setTarget(nullptr);
    view()->viewport()->update();
}

void ConnectGesture::paint(QPainter &painter)
{
    const QColor color = scene()->look()->color(roleOf(m_intent.kind));
    QPen pen(color, 2);
    if (m_intent.kind == RouteKind::OnFailure)
        pen.setDashPattern({4, 3});
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(pen);
    painter.setBrush(Qt::NoBrush);
    const double bend = std::max(30.0, std::abs(m_to.x() - m_from.x()) / 2);
    QPainterPath path(m_from);
    path.cubicTo(m_from + QPointF(bend, 0), m_to - QPointF(bend, 0), m_to);
    painter.drawPath(path);
    painter.setBrush(color);
    painter.setPen(Qt::NoPen);
    painter.drawEllipse(m_to, 4, 4);
}

} // namespace flow
