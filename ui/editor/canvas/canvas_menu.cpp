// SPDX-License-Identifier: GPL-3.0-or-later
// The part of CanvasView that offers what can be done with the thing under the mouse.
#include "editor/canvas/canvas_state.h"
#include "editor/canvas/connect_gesture.h"

#include <QContextMenuEvent>
#include <QMenu>

namespace flow {

void CanvasView::contextMenuEvent(QContextMenuEvent *event)
{
    const QPointF position = mapToScene(event->pos());
    click(position, {});
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("canvasMenu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const CanvasItem *item = m_state->scene.itemUnder(position);
    const auto *wire = item && item->kind() == CanvasKind::Wire ? static_cast<const WireItem *>(item) : nullptr;
    if (item && item->kind() == CanvasKind::Task)
        offerForTask(menu, static_cast<const TaskItem *>(item)->name(), event->globalPos());
    else if (wire && wire->route().condition >= 0)
        offerForWire(menu, wire->route(), event->globalPos());
    else
        offerForPaper(menu, position);
    menu->popup(event->globalPos());
    event->accept();
}

template <typename Act>
void CanvasView::offer(QMenu *menu, const QString &icon, const QString &text, const QKeySequence &key, Act act,
                       bool changes)
{
    QAction *action = menu->addAction(m_state->scene.look()->icon(icon), text, this, act);
    action->setShortcut(key);
    action->setEnabled(!changes || !document()->isReadOnly());
}

void CanvasView::offerBreakpoint(QMenu *menu, const Breakpoint &place, QPoint globalPosition)
{
    const std::optional<QString> known = m_state->breakpoints.at(place);
    offer(
        menu, QStringLiteral("breakpoint"), known ? tr("Remove the breakpoint") : tr("Set a breakpoint"), Qt::Key_F9,
        [this, place] { m_state->breakpoints.toggle(place); }, false);
    offer(
        menu, QStringLiteral("expression"), tr("Pause only when…"), {},
        [this, place, globalPosition] { editBreakpoint(place, globalPosition); }, false);
    menu->addSeparator();
}

void CanvasView::offerForTask(QMenu *menu, const QString &name, QPoint globalPosition)
{
    offer(menu, QStringLiteral("rename"), tr("Rename"), Qt::Key_F2, [this, name] { editName(name); });
    offer(menu, QStringLiteral("start"), tr("Start the flow here"), {},
          [this, name] { document()->setStartTask(name); });
    menu->addSeparator();
    offerBreakpoint(menu, {.task = name, .condition = {}, .when = {}}, globalPosition);
    offer(
        menu, QStringLiteral("copy"), tr("Copy"), QKeySequence::Copy, [this] { document()->copySelection(); }, false);
    offer(menu, QStringLiteral("copy"), tr("Duplicate"), QKeySequence(Qt::CTRL | Qt::Key_D),
          [this] { document()->duplicateSelection(); });
    offer(menu, QStringLiteral("trash"), tr("Delete"), QKeySequence::Delete, [this] { document()->removeSelection(); });
    Q_EMIT taskMenuOpened(menu, name);
}

/// A condition leads two ways; deleting it takes both, so that giving up only this one is offered, too.
void CanvasView::offerForWire(QMenu *menu, const Route &route, QPoint globalPosition)
{
    const QString condition = document()->flow().conditions[route.condition].name;
    offerBreakpoint(menu, {.task = {}, .condition = condition, .when = {}}, globalPosition);
    if (route.target != endTarget) {
        offer(menu, QStringLiteral("end"), tr("End the flow here instead"), {}, [this, route] {
            const Result<void> led = document()->retarget(route.condition, route.matched, endTarget);
            if (!led)
                Q_EMIT statusMessage(led.error().reason);
        });
    }
    offer(menu, QStringLiteral("trash"), tr("Delete this condition with both its ways"), QKeySequence::Delete,
          [this] { document()->removeSelection(); });
}

void CanvasView::offerForPaper(QMenu *menu, QPointF position)
{
    offer(menu, QStringLiteral("plus"), tr("Add a task…"), {},
          [this, position] { offerTasks(position, WireIntent()); });
    offer(menu, QStringLiteral("paste"), tr("Paste"), QKeySequence::Paste, [this, position] {
        const Result<void> pasted = document()->paste(position);
        if (!pasted)
            Q_EMIT statusMessage(pasted.error().reason);
    });
    menu->addSeparator();
    offer(menu, QStringLiteral("tidy"), tr("Tidy up"), {}, [this] { tidyUp(); });
    offer(
        menu, QStringLiteral("fit"), tr("Show the whole flow"), Qt::Key_F, [this] { fit(); }, false);
}

} // namespace flow
