// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/flow_document.h"
#include "look/look.h"
#include "model/execution_trace.h"

#include <QGraphicsView>

#include <memory>

class QMenu;

namespace flow {

class BreakpointList;
struct Breakpoint;

class Gesture;
class FlowScene;
struct WireIntent;

/// The canvas of one document: shows it, edits it with mouse and keys, and draws an execution over it. GUI thread; the
/// document and the look outlive it.
class CanvasView : public QGraphicsView
{
    Q_OBJECT

public:
    CanvasView(FlowDocument *document, Look *look, QWidget *parent = nullptr);
    ~CanvasView() override;

    FlowDocument *document() const;
    FlowScene *flowScene() const;

    double zoom() const; ///< 1.0 is 100 %; from 0.05 to 4
    void setZoom(double zoom);
    void zoomIn();
    void zoomOut();
    void fit();    ///< the whole flow, never above 100 %
    void tidyUp(); ///< automatic layout as one undo step

    /// Draws states, durations and the path taken; nothing draws none.
    void setTrace(const std::optional<ExecutionTrace> &trace);

    /// They belong to this view of the flow, not to the flow.
    BreakpointList *breakpoints() const;
    /// Asks for the expression of the breakpoint there, and makes it where there is none.
    void editBreakpoint(const Breakpoint &place, QPoint globalPosition);

    void revealTask(const QString &name); ///< selects it and scrolls there
    void revealCondition(qsizetype index);
    void editName(const QString &taskName); ///< starts rename in place

    /// Opens the menu of task types at a scene position; what is chosen is added there and joined by `intent`, where it
    /// has a source.
    void offerTasks(QPointF position, const WireIntent &intent);

Q_SIGNALS:
    /// The menu of a task is about to be shown; whoever can do more with it may add to it.
    void taskMenuOpened(QMenu *menu, const QString &task);
    void zoomChanged(double zoom);
    /// One sentence for the status bar, such as why a gesture did nothing.
    void statusMessage(const QString &text);
    /// The empty canvas offers the sample flow, and somebody took it.
    void exampleRequested();

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void wheelEvent(QWheelEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void keyReleaseEvent(QKeyEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dragMoveEvent(QDragMoveEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;
    void scrollContentsBy(int dx, int dy) override;

private:
    std::unique_ptr<Gesture> gestureAt(const QMouseEvent &event);
    void click(QPointF position, Qt::KeyboardModifiers modifiers);
    void endGesture(bool keep);
    void hover(QPointF position);
    template <typename Act>
    void offer(QMenu *menu, const QString &icon, const QString &text, const QKeySequence &key, Act act,
               bool changes = true); ///< what changes the flow is not for a past run
    void offerBreakpoint(QMenu *menu, const Breakpoint &place, QPoint globalPosition);
    bool toggleBreakpointAt(QPointF position); ///< false: there is no place for one
    void offerForTask(QMenu *menu, const QString &name, QPoint globalPosition);
    void offerForWire(QMenu *menu, const Route &route, QPoint globalPosition);
    void offerForPaper(QMenu *menu, QPointF position);
    void zoomAt(QPoint viewPosition, double factor);
    bool handleKey(const QKeyEvent &event);
    void nudge(QPointF by);
    void selectNext(bool forward);
    void addTaskAt(const QString &type, QPointF position);
    void followContent();
    void placeOverlays();

    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace flow
