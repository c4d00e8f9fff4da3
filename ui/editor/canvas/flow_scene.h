// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/flow_document.h"
#include "editor/canvas/box_item.h"
#include "editor/canvas/far_names.h"
#include "editor/canvas/marker_item.h"
#include "editor/canvas/task_item.h"
#include "editor/canvas/wire_item.h"
#include "editor/canvas/wire_router.h"
#include "model/auto_layout.h"
#include "model/breakpoint.h"

#include <QGraphicsScene>
#include <QHash>
#include <QSet>
#include <QTimer>
#include <QVariantAnimation>

namespace flow {

/// The document as items: follows it by names, changes only what differs, routes only the wires that are touched. GUI
/// thread; the document and the look outlive it.
class FlowScene : public QGraphicsScene
{
    Q_OBJECT

public:
    FlowScene(FlowDocument *document, Look *look, QObject *parent = nullptr);

    FlowDocument *document() const { return m_document; }
    Look *look() const { return m_look; }

    void setTrace(const std::optional<ExecutionTrace> &trace);

    void setBreakpoints(const QList<Breakpoint> &breakpoints);

    TaskItem *task(const QString &name) const { return m_tasks.value(name); }
    QList<TaskItem *> tasks() const { return m_tasks.values(); }
    QList<WireItem *> wires() const { return m_wires.values(); }
    MarkerItem *startMarker() const { return m_start; }
    MarkerItem *endMarker(const QString &source) const { return m_ends.value(source); }
    /// Layout with the places of everything, also what the document leaves to the program.
    const Layout &places() const { return m_places; }
    LayoutMetrics metrics() const;

    /// Topmost item at a scene position; wires and ports with their hit radius. Null: empty canvas.
    CanvasItem *itemUnder(QPointF position) const;
    /// The task whose output port is there, with the port's index.
    std::optional<std::pair<TaskItem *, qsizetype>> portUnder(QPointF position) const;

    void setHovered(CanvasItem *item); ///< null: nothing is under the mouse

    /// Bounds of what is drawn, with a margin.
    QRectF content() const;
    /// Names beside the cards, in pixels of a view that shows the scene so; none where they have room in the cards.
    QList<FarName> farNames(const QTransform &toView) const;
    /// Cards slide to their places at the next change instead of jumping.
    void animateNextChange() { m_animate = true; }
    /// Counts for tests: items whose geometry was set since the last call.
    int takeTouched() { return std::exchange(m_touched, 0); }

Q_SIGNALS:
    void slid(); ///< cards that slid have arrived

protected:
    void drawBackground(QPainter *painter, const QRectF &rect) override;
    void drawForeground(QPainter *painter, const QRectF &rect) override;

private:
    using RoutesBySource = QHash<QString, QList<Route>>;

    void followDocument();
    void followSelection();
    void showContents();
    std::optional<QString> breakpointAt(const QString &task, const QString &condition) const;
    void showWireContents();
    void syncTasks();
    void syncMarkers();
    void syncWires();
    void syncBoxes();
    void placeAll();
    void place(CanvasItem *item, int obstacle, QPointF position, const QRectF &shape);
    QPointF placeOfEnd(const MarkerItem &marker) const;
    void slide(double part);
    void endSlide();
    CardContent contentOf(const Task &task, const QHash<QString, QList<const Issue *>> &issues) const;
    WireContent contentOf(const Route &route) const;
    void routeTouched();
    void route(const QList<WireItem *> &wires);
    WireEnds endsOf(const Route &route) const;
    void forget(CanvasItem *item, int obstacle); ///< a card or marker
    void drop(CanvasItem *item);
    void forgetWire(WireItem *wire);
    void turnRings();
    QFont farFont() const;

    FlowDocument *m_document;
    Look *m_look;
    std::optional<ExecutionTrace> m_trace;
    QList<Breakpoint> m_breakpoints;
    Flow m_flow; ///< what the items show
    Layout m_places;
    RoutesBySource m_routes;
    QHash<QString, TaskItem *> m_tasks;
    QHash<QString, WireItem *> m_wires;
    QHash<QString, MarkerItem *> m_ends;
    MarkerItem *m_start = nullptr;
    QList<BoxItem *> m_frames, m_notes;
    CanvasItem *m_hovered = nullptr;

    Obstacles m_obstacles;
    WireLanes m_lanes;
    Obstacles m_labels;                   ///< of wires
    QHash<const CanvasItem *, int> m_ids; ///< of cards and markers among the obstacles, of wires among lanes and labels
    int m_nextId = 1;
    QList<QRectF> m_touchedAreas; ///< where something moved since the wires were routed
    QSet<QString> m_reroute;      ///< wires with new ends or a new label
    int m_touched = 0;
    bool m_showsFarNames = false; ///< they depend on each other, so that a change repaints all

    QTimer m_ringTimer;
    int m_angle = 0;
    bool m_animate = false;
    QVariantAnimation m_slide;
    QHash<CanvasItem *, std::pair<QPointF, QPointF>> m_sliding;
};

} // namespace flow
