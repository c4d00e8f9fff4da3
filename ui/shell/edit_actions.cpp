// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/edit_actions.h"

#include "document/breakpoint_list.h"
#include "shell/flow_tab.h"

#include <QUndoStack>

namespace flow {

EditActions::EditActions(const Actions &actions, QObject *parent)
    : QObject(parent)
    , m_actions(actions)
{
    connectEdits();
    connectViews();
    refresh();
}

void EditActions::connectEdits()
{
    const auto on = [this](ActionId id, auto work) {
        connect(m_actions[id], &QAction::triggered, this, [this, work] {
            if (m_tab)
                work(m_tab->document());
        });
    };
    on(ActionId::Undo, [](FlowDocument *document) { document->undoStack()->undo(); });
    on(ActionId::Redo, [](FlowDocument *document) { document->undoStack()->redo(); });
    on(ActionId::Copy, [](FlowDocument *document) { document->copySelection(); });
    on(ActionId::Cut, [](FlowDocument *document) {
        document->copySelection();
        document->removeSelection();
    });
    on(ActionId::Paste, [this](FlowDocument *) { paste(); });
    on(ActionId::Duplicate, [](FlowDocument *document) { document->duplicateSelection(); });
    on(ActionId::Delete, [](FlowDocument *document) { document->removeSelection(); });
    on(ActionId::SelectAll, [this](FlowDocument *) { selectAll(); });
    on(ActionId::Rename, [this](FlowDocument *) { rename(); });
}

void EditActions::connectViews()
{
    const auto on = [this](ActionId id, auto work) {
        connect(m_actions[id], &QAction::triggered, this, [this, work] {
            if (m_tab)
                work(m_tab->canvas());
        });
    };
    on(ActionId::ZoomIn, [](CanvasView *canvas) { canvas->zoomIn(); });
    on(ActionId::ZoomOut, [](CanvasView *canvas) { canvas->zoomOut(); });
    on(ActionId::ZoomReset, [](CanvasView *canvas) { canvas->setZoom(1); });
    on(ActionId::Fit, [](CanvasView *canvas) { canvas->fit(); });
    on(ActionId::Breakpoint, [](CanvasView *canvas) { canvas->breakpoints()->toggleSelection(); });
    on(ActionId::ClearBreakpoints, [](CanvasView *canvas) { canvas->breakpoints()->set({}); });
    on(ActionId::TidyUp, [](CanvasView *canvas) { canvas->tidyUp(); });
}

void EditActions::setTab(FlowTab *tab)
{
    if (m_tab) {
        disconnect(m_tab->document(), nullptr, this, nullptr);
        disconnect(m_tab->document()->undoStack(), nullptr, this, nullptr);
        disconnect(m_tab->canvas(), nullptr, this, nullptr);
        disconnect(m_tab->canvas()->breakpoints(), nullptr, this, nullptr);
    }
    m_tab = tab;
    if (tab) {
        connect(tab->document(), &FlowDocument::selectionChanged, this, &EditActions::refresh);
        connect(tab->document(), &FlowDocument::contentChanged, this, &EditActions::refresh);
        connect(tab->document()->undoStack(), &QUndoStack::indexChanged, this, &EditActions::refreshUndo);
        connect(tab->document()->undoStack(), &QUndoStack::cleanChanged, this, &EditActions::refreshUndo);
        connect(tab->canvas()->breakpoints(), &BreakpointList::changed, this, &EditActions::refresh);
        connect(tab->canvas(), &CanvasView::zoomChanged, this, &EditActions::zoomChanged);
        connect(tab->canvas(), &CanvasView::statusMessage, this, &EditActions::said);
    }
    refresh();
    Q_EMIT zoomChanged(tab ? tab->canvas()->zoom() : 1);
}

void EditActions::refresh()
{
    const FlowDocument *document = m_tab ? m_tab->document() : nullptr;
    const bool editable = document && !document->isReadOnly();
    const bool selected = document && !document->selection().isEmpty();
    const bool tasks = document && !document->selection().tasks.isEmpty();
    const bool any = document && !document->flow().tasks.isEmpty();
    m_actions[ActionId::Cut]->setEnabled(editable && tasks);
    m_actions[ActionId::Copy]->setEnabled(tasks);
    m_actions[ActionId::Paste]->setEnabled(editable);
    m_actions[ActionId::Duplicate]->setEnabled(editable && tasks);
    m_actions[ActionId::Delete]->setEnabled(editable && selected);
    m_actions[ActionId::SelectAll]->setEnabled(any);
    m_actions[ActionId::Rename]->setEnabled(editable && document->selection().tasks.size() == 1);
    m_actions[ActionId::Breakpoint]->setEnabled(selected);
    m_actions[ActionId::ClearBreakpoints]->setEnabled(m_tab && !m_tab->canvas()->breakpoints()->all().isEmpty());
    m_actions[ActionId::TidyUp]->setEnabled(editable && any);
    for (const ActionId id : {ActionId::ZoomIn, ActionId::ZoomOut, ActionId::ZoomReset, ActionId::Fit})
        m_actions[id]->setEnabled(any);
    refreshUndo();
}

void EditActions::refreshUndo()
{
    QUndoStack *stack = m_tab && !m_tab->document()->isReadOnly() ? m_tab->document()->undoStack() : nullptr;
    const auto name = [](const QString &plain, const QString &step) {
        return step.isEmpty() ? plain : plain + u' ' + step;
    };
    QAction *undo = m_actions[ActionId::Undo];
    QAction *redo = m_actions[ActionId::Redo];
    undo->setEnabled(stack && stack->canUndo());
    redo->setEnabled(stack && stack->canRedo());
    undo->setText(name(tr("&Undo"), stack ? stack->undoText() : QString()));
    redo->setText(name(tr("&Redo"), stack ? stack->redoText() : QString()));
    undo->setIconText(tr("Undo"));
    redo->setIconText(tr("Redo"));
}

void EditActions::paste()
{
    // Beside the middle of what is seen, on the grid.
    const QPointF middle = m_tab->canvas()->mapToScene(m_tab->canvas()->viewport()->rect().center());
    const auto onGrid = [](double value) { return qRound(value / measure::grid) * measure::grid; };
    const Result<void> pasted = m_tab->document()->paste(QPointF(onGrid(middle.x()), onGrid(middle.y())));
    if (!pasted)
        Q_EMIT said(tr("Nothing was pasted: %1").arg(pasted.error().reason));
}

void EditActions::selectAll()
{
    Selection selection;
    for (const Task &task : m_tab->document()->flow().tasks)
        selection.tasks.append(task.name);
    m_tab->document()->select(selection);
}

void EditActions::rename()
{
    const QStringList tasks = m_tab->document()->selection().tasks;
    if (tasks.size() == 1)
        m_tab->canvas()->editName(tasks.first());
}

} // namespace flow
