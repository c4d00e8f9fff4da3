// SPDX-License-Identifier: GPL-3.0-or-later
// The part of CanvasView that answers keys.
#include "editor/canvas/canvas_state.h"

#include <QKeyEvent>

namespace flow {

namespace {

/// Cards in reading order: by column, then from top to bottom.
QStringList readingOrder(const FlowScene &scene)
{
    QList<TaskItem *> tasks = scene.tasks();
    std::sort(tasks.begin(), tasks.end(), [](const TaskItem *a, const TaskItem *b) {
        return std::pair(a->pos().x(), a->pos().y()) < std::pair(b->pos().x(), b->pos().y());
    });
    QStringList names;
    for (const TaskItem *task : std::as_const(tasks))
        names << task->name();
    return names;
}

} // namespace

void CanvasView::keyPressEvent(QKeyEvent *event)
{
    if (!handleKey(*event))
        QGraphicsView::keyPressEvent(event);
}

bool CanvasView::handleKey(const QKeyEvent &event)
{
    const bool shift = event.modifiers() & Qt::ShiftModifier;
    const double step = shift ? 5 * measure::grid : measure::grid;
    if (event.matches(QKeySequence::SelectAll))
        return document()->select({readingOrder(m_state->scene), {}}), true;
    if (event.matches(QKeySequence::Copy))
        return document()->copySelection(), true;
    if (event.matches(QKeySequence::Cut))
        return document()->copySelection(), document()->removeSelection(), true;
    if (event.matches(QKeySequence::Paste)) {
        const Result<void> pasted = document()->paste(mapToScene(mapFromGlobal(QCursor::pos())));
        if (!pasted)
            Q_EMIT statusMessage(pasted.error().reason);
        return true;
    }
    switch (event.key()) {
    case Qt::Key_Escape:
        if (m_state->gesture)
            endGesture(false);
        else
            document()->select({});
        return true;
    case Qt::Key_Delete:
    case Qt::Key_Backspace:
        document()->removeSelection();
        return true;
    case Qt::Key_F9:
        m_state->breakpoints.toggleSelection();
        return true;
    case Qt::Key_F2:
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (document()->selection().tasks.size() == 1)
            editName(document()->selection().tasks.first());
        return true;
    case Qt::Key_Left:
        nudge({-step, 0});
        return true;
    case Qt::Key_Right:
        nudge({step, 0});
        return true;
    case Qt::Key_Up:
        nudge({0, -step});
        return true;
    case Qt::Key_Down:
        nudge({0, step});
        return true;
    case Qt::Key_Tab:
        selectNext(true);
        return true;
    case Qt::Key_Backtab:
        selectNext(false);
        return true;
    case Qt::Key_F:
    case Qt::Key_Exclam:
        fit();
        return true;
    case Qt::Key_D:
        if (event.modifiers() & Qt::ControlModifier)
            return document()->duplicateSelection(), true;
        return false;
    case Qt::Key_Space:
        if (!event.isAutoRepeat()) {
            m_state->spaceHeld = true;
            viewport()->setCursor(Qt::OpenHandCursor);
        }
        return true;
    default:
        return false;
    }
}

void CanvasView::keyReleaseEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Space && !event->isAutoRepeat()) {
        m_state->spaceHeld = false;
        viewport()->unsetCursor();
        return;
    }
    QGraphicsView::keyReleaseEvent(event);
}

void CanvasView::nudge(QPointF by)
{
    QMap<QString, QPointF> positions;
    for (const QString &name : document()->selection().tasks)
        positions.insert(name, m_state->scene.places().tasks.value(name) + by);
    if (!positions.isEmpty())
        document()->moveTasks(positions);
}

void CanvasView::selectNext(bool forward)
{
    const QStringList names = readingOrder(m_state->scene);
    if (names.isEmpty())
        return;
    const Selection &selection = document()->selection();
    const qsizetype current = selection.tasks.isEmpty() ? -1 : names.indexOf(selection.tasks.last());
    const qsizetype count = names.size();
    const qsizetype next = current < 0 ? (forward ? 0 : count - 1) : (current + (forward ? 1 : count - 1)) % count;
    revealTask(names[next]);
}

} // namespace flow
