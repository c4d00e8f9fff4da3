// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas_view.h"

#include "editor/canvas/canvas_state.h"
#include "editor/canvas/connect_gesture.h"
#include "editor/canvas/name_editor.h"
#include "editor/canvas/quick_task_menu.h"
#include "model/auto_layout.h"

#include <QScrollBar>

namespace flow {

namespace {

constexpr double leastZoom = 0.05;
constexpr double mostZoom = 4;
constexpr double paper = 4000; ///< room around the content that can be scrolled to

} // namespace

CanvasView::CanvasView(FlowDocument *document, Look *look, QWidget *parent)
    : QGraphicsView(parent)
    , m_state(std::make_unique<State>(document, look, this))
{
    setObjectName(QStringLiteral("canvas"));
    setAccessibleName(tr("Canvas"));
    setScene(&m_state->scene);
    setFrameShape(QFrame::NoFrame);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setViewportUpdateMode(QGraphicsView::SmartViewportUpdate);
    setOptimizationFlags(QGraphicsView::DontSavePainterState | QGraphicsView::DontAdjustForAntialiasing);
    setTransformationAnchor(QGraphicsView::NoAnchor);
    setResizeAnchor(QGraphicsView::NoAnchor);
    setAcceptDrops(true);
    setMouseTracking(true);
    viewport()->setMouseTracking(true);
    setFocusPolicy(Qt::StrongFocus);

    connect(document, &FlowDocument::contentChanged, this, &CanvasView::followContent);
    connect(&m_state->breakpoints, &BreakpointList::changed, this,
            [this] { m_state->scene.setBreakpoints(m_state->breakpoints.all()); });
    Minimap *minimap = &m_state->minimap;
    connect(document, &FlowDocument::selectionChanged, minimap, &Minimap::repaintCards);
    connect(look, &Look::changed, minimap, &Minimap::repaintCards);
    connect(&m_state->scene, &FlowScene::slid, minimap, &Minimap::repaintCards);
    // In the viewport, so that what the hint does not take itself, a double-click, a drop, the wheel, reaches the
    // canvas.
    m_state->empty.setParent(viewport());
    connect(&m_state->empty, &EmptyCanvas::addRequested, this,
            [this] { offerTasks(mapToScene(viewport()->rect().center()), WireIntent()); });
    connect(&m_state->empty, &EmptyCanvas::exampleRequested, this, &CanvasView::exampleRequested);
    followContent();
}

CanvasView::~CanvasView() = default;

FlowDocument *CanvasView::document() const
{
    return m_state->scene.document();
}

FlowScene *CanvasView::flowScene() const
{
    return &m_state->scene;
}

double CanvasView::zoom() const
{
    return transform().m11();
}

void CanvasView::setZoom(double zoom)
{
    zoomAt(viewport()->rect().center(), zoom / this->zoom());
}

void CanvasView::zoomIn()
{
    setZoom(zoom() * 1.25);
}

void CanvasView::zoomOut()
{
    setZoom(zoom() / 1.25);
}

void CanvasView::zoomAt(QPoint viewPosition, double factor)
{
    const double wanted = std::clamp(zoom() * factor, leastZoom, mostZoom);
    const QPointF fixed = mapToScene(viewPosition);
    setTransform(QTransform::fromScale(wanted, wanted));
    // The point under the cursor stays where it is.
    const QPointF moved = mapFromScene(fixed) - QPointF(viewPosition);
    horizontalScrollBar()->setValue(horizontalScrollBar()->value() + qRound(moved.x()));
    verticalScrollBar()->setValue(verticalScrollBar()->value() + qRound(moved.y()));
    placeOverlays();
    Q_EMIT zoomChanged(zoom());
}

void CanvasView::fit()
{
    const QRectF content = m_state->scene.content();
    if (content.isNull())
        return;
    const QSizeF room = viewport()->size();
    const double wanted = std::min({1.0, room.width() / content.width(), room.height() / content.height()});
    setTransform(QTransform::fromScale(std::max(wanted, leastZoom), std::max(wanted, leastZoom)));
    centerOn(content.center());
    placeOverlays();
    Q_EMIT zoomChanged(zoom());
}

void CanvasView::tidyUp()
{
    m_state->scene.animateNextChange();
    document()->setLayout(autoLayout(document()->flow(), m_state->scene.metrics(), document()->layout()),
                          tr("Tidy up"));
    fit();
}

void CanvasView::setTrace(const std::optional<ExecutionTrace> &trace)
{
    m_state->scene.setTrace(trace);
    m_state->minimap.repaintCards();
}

void CanvasView::revealTask(const QString &name)
{
    const TaskItem *task = m_state->scene.task(name);
    if (!task)
        return;
    document()->select({{name}, {}});
    ensureVisible(task->sceneBoundingRect(), 40, 40);
}

void CanvasView::revealCondition(qsizetype index)
{
    document()->select({{}, {index}});
    for (const WireItem *wire : m_state->scene.wires()) {
        if (wire->route().condition == index) {
            ensureVisible(wire->sceneBoundingRect(), 40, 40);
            return;
        }
    }
}

void CanvasView::editName(const QString &taskName)
{
    const TaskItem *task = m_state->scene.task(taskName);
    if (!task || document()->isReadOnly())
        return;
    revealTask(taskName);
    auto *editor = new NameEditor(document(), taskName, viewport());
    const QRect place = mapFromScene(task->nameRect().translated(task->pos())).boundingRect();
    editor->setGeometry(place.x() - 4, place.center().y() - 15, std::max(place.width() + 8, 140), measure::control);
    connect(editor, &NameEditor::refused, this, &CanvasView::statusMessage);
    connect(editor, &NameEditor::done, this, [this] { setFocus(); });
    editor->show();
    editor->setFocus();
}

void CanvasView::offerTasks(QPointF position, const WireIntent &intent)
{
    if (document()->isReadOnly())
        return;
    auto *menu = new QuickTaskMenu(&document()->taskTypes(), m_state->scene.look(), this);
    connect(menu, &QuickTaskMenu::chosen, this, [this, position, intent](const QString &type) {
        QUndoStack *undo = document()->undoStack();
        undo->beginMacro(tr("Add %1").arg(type));
        const QString name = document()->addTask(type, position - QPointF(0, inputY));
        if (!intent.source.isEmpty()) {
            const Result<void> connected = connectAs(document(), intent, name);
            if (!connected)
                Q_EMIT statusMessage(connected.error().reason);
        }
        undo->endMacro();
    });
    menu->openAt(viewport()->mapToGlobal(mapFromScene(position)));
}

void CanvasView::addTaskAt(const QString &type, QPointF position)
{
    if (document()->isReadOnly()) {
        Q_EMIT statusMessage(tr("This is a past run; open the flow itself to change it."));
        return;
    }
    document()->addTask(type, position - QPointF(measure::cardWidth / 2.0, measure::cardHeight / 2.0));
    setFocus();
}

void CanvasView::followContent()
{
    const QRectF content = m_state->scene.content();
    const QRectF all = content.adjusted(-paper, -paper, paper, paper);
    // Only ever grows while somebody works, so that the paper does not move under the hand.
    if (!sceneRect().contains(all))
        setSceneRect(sceneRect() | all);
    placeOverlays();
}

void CanvasView::placeOverlays()
{
    EmptyCanvas &empty = m_state->empty;
    empty.setVisible(document()->flow().tasks.isEmpty() && !document()->isReadOnly());
    empty.move((width() - empty.width()) / 2, (height() - empty.height()) / 2);
    Minimap &minimap = m_state->minimap;
    minimap.move(width() - minimap.width() - 14, height() - minimap.height() - 14);
    minimap.follow();
}

} // namespace flow
