// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/flow_scene.h"

#include "model/auto_layout.h"

#include <QEasingCurve>

namespace flow {

namespace {

/// A failure that ends the flow shows as a ring at its port; everything else that ends the flow has a wire to an end
/// marker.
bool isDrawn(const Route &route)
{
    return route.target != endTarget || (route.kind != RouteKind::OnFailure && !route.neverTaken);
}

/// How often a run took this way. Several ways may lead from a task to the same place.
int timesTaken(const ExecutionTrace &trace, const Route &route)
{
    const QPair<QString, QString> key(route.source, route.target);
    const int failed = trace.takenAfterFailure.value(key);
    const int succeeded = trace.taken.value(key) - failed;
    if (route.outcome == Outcome::Failure)
        return failed;
    // After a failure for which nobody has drawn a way the flow does not go to its end, it breaks off.
    const bool isImplied = route.condition < 0 && route.target == endTarget;
    return route.outcome == Outcome::Success || isImplied ? succeeded : succeeded + failed;
}

/// What the check of the flow says about a way that can never be taken.
QString whyNever(const QList<Issue> &issues, const Route &route)
{
    const QString field = route.matched ? QStringLiteral("target_task_success") : QStringLiteral("target_task_failure");
    for (const Issue &issue : issues) {
        const bool isHere = issue.place.kind == Place::Kind::Condition && issue.place.index == route.condition;
        if (isHere && (issue.rule == u"condition-never-decides" ||
                       (issue.rule == u"edge-never-taken" && issue.place.field == field)))
            return issue.text;
    }
    return {};
}

QString keyOf(const Route &route)
{
    return QStringLiteral("%1/%2/%3/").arg(route.condition).arg(route.matched).arg(int(route.kind)) + route.source;
}

} // namespace

FlowScene::FlowScene(FlowDocument *document, Look *look, QObject *parent)
    : QGraphicsScene(parent)
    , m_document(document)
    , m_look(look)
{
    connect(document, &FlowDocument::contentChanged, this, &FlowScene::followDocument);
    connect(document, &FlowDocument::selectionChanged, this, &FlowScene::followSelection);
    connect(look, &Look::changed, this, [this] { update(); });

    m_ringTimer.setInterval(33);
    connect(&m_ringTimer, &QTimer::timeout, this, &FlowScene::turnRings);
    m_slide.setDuration(measure::motionMs);
    m_slide.setStartValue(0.0);
    m_slide.setEndValue(1.0);
    m_slide.setEasingCurve(QEasingCurve::OutCubic);
    connect(&m_slide, &QVariantAnimation::valueChanged, this,
            [this](const QVariant &value) { slide(value.toDouble()); });
    connect(&m_slide, &QVariantAnimation::finished, this, &FlowScene::endSlide);
    followDocument();
    followSelection();
}

LayoutMetrics FlowScene::metrics() const
{
    LayoutMetrics metrics;
    metrics.card = QSizeF(measure::cardWidth, measure::cardHeight);
    metrics.port = inputY;
    for (auto task = m_tasks.begin(); task != m_tasks.end(); ++task) {
        if (task.value()->size() != metrics.card)
            metrics.cards.insert(task.key(), task.value()->size());
    }
    return metrics;
}

void FlowScene::followDocument()
{
    // A drag changes places only; then nothing but places is looked at. Shared lists make the comparison cheap.
    const bool flowChanged = !(m_flow == m_document->flow()) || m_tasks.isEmpty();
    m_flow = m_document->flow();
    if (flowChanged) {
        m_routes.clear();
        for (const Route &route : routes(m_flow))
            m_routes[route.source] << route;
        syncTasks();
        showContents();
    }
    m_places = completeLayout(m_flow, m_document->layout(), metrics());
    syncMarkers();
    if (flowChanged)
        syncWires();
    syncBoxes();
    placeAll();
    routeTouched();
    if (m_showsFarNames)
        update();
    if (!m_sliding.isEmpty())
        m_slide.start();
    m_animate = false;
}

void FlowScene::followSelection()
{
    const Selection &selection = m_document->selection();
    const QSet<QString> tasks(selection.tasks.begin(), selection.tasks.end());
    const QSet<qsizetype> conditions(selection.conditions.begin(), selection.conditions.end());
    for (TaskItem *task : std::as_const(m_tasks))
        task->setChosen(tasks.contains(task->name()));
    for (WireItem *wire : std::as_const(m_wires))
        wire->setChosen(wire->route().condition >= 0 && conditions.contains(wire->route().condition));
}

void FlowScene::forget(CanvasItem *item, int obstacle)
{
    m_touchedAreas << m_obstacles.rect(obstacle);
    m_obstacles.remove(obstacle);
    m_ids.remove(item);
    m_sliding.remove(item);
    drop(item);
}

void FlowScene::drop(CanvasItem *item)
{
    if (m_hovered == item)
        m_hovered = nullptr;
    delete item;
}

void FlowScene::setHovered(CanvasItem *item)
{
    if (item == m_hovered)
        return;
    if (m_hovered)
        m_hovered->setHovered(false);
    m_hovered = item;
    if (item)
        item->setHovered(true);
}

void FlowScene::syncTasks()
{
    QSet<QString> names;
    for (const Task &task : m_flow.tasks) {
        names << task.name;
        if (m_tasks.contains(task.name))
            continue;
        auto *item = new TaskItem(task.name, m_look);
        addItem(item);
        m_tasks.insert(task.name, item);
        m_ids.insert(item, m_nextId++);
        item->setChosen(m_document->selection().tasks.contains(task.name));
    }
    m_tasks.removeIf([&](QHash<QString, TaskItem *>::iterator entry) {
        if (names.contains(entry.key()))
            return false;
        forget(entry.value(), m_ids.value(entry.value()));
        return true;
    });
}

CardContent FlowScene::contentOf(const Task &task, const QHash<QString, QList<const Issue *>> &issues) const
{
    CardContent content;
    content.task = task;
    const auto type = m_document->taskTypes().constFind(task.typeName());
    content.isKnownType = type != m_document->taskTypes().constEnd();
    if (content.isKnownType)
        content.type = *type;
    content.ports = portsOf(m_routes.value(task.name));
    if (task.name == m_flow.finalTask)
        content.runsWhen = tr("at the end");
    else if (task.name == m_flow.failureTask)
        content.runsWhen = tr("when the flow fails");
    for (const Issue *issue : issues.value(task.name)) {
        content.problems << issue->text;
        content.hasError = content.hasError || issue->severity == Severity::Error;
    }
    content.breakpoint = breakpointAt(task.name, {});
    if (!m_trace)
        return content;
    content.trace = m_trace->tasks.value(task.name);
    content.runIsOver = isFinished(m_trace->status);
    content.isNext = m_trace->status == ExecutionStatus::Paused && m_trace->nextTask == task.name;
    if (content.isNext)
        content.whyPaused = m_trace->pausedBecause;
    if (content.runIsOver && m_trace->errorTask == task.name && content.trace->status == TaskStatus::Success)
        content.deadEnd = m_trace->error;
    return content;
}

void FlowScene::showContents()
{
    QHash<QString, QList<const Issue *>> issues;
    for (const Issue &issue : m_document->issues()) {
        if (issue.place.kind == Place::Kind::Task && issue.place.index >= 0 && issue.place.index < m_flow.tasks.size())
            issues[m_flow.tasks[issue.place.index].name] << &issue;
    }
    bool isRunning = false;
    QSet<QString> reshaped;
    for (const Task &task : std::as_const(m_flow.tasks)) {
        const CardContent content = contentOf(task, issues);
        TaskItem *item = m_tasks.value(task.name);
        isRunning = isRunning || (content.trace && content.trace->status == TaskStatus::Running);
        if (!item->setContent(content))
            continue;
        m_touchedAreas << item->sceneCard();
        reshaped << task.name;
    }
    for (WireItem *wire : std::as_const(m_wires)) {
        if (reshaped.contains(wire->route().source))
            m_reroute << wire->key();
    }
    if (isRunning && !m_look->reducedMotion())
        m_ringTimer.start();
    else
        m_ringTimer.stop();
}

void FlowScene::syncMarkers()
{
    if (m_flow.startTask.isEmpty() || !m_tasks.contains(m_flow.startTask)) {
        if (m_start) {
            forget(m_start, m_ids.value(m_start));
            m_start = nullptr;
        }
    } else if (!m_start) {
        m_start = new MarkerItem(CanvasKind::Start, QString(), m_look);
        addItem(m_start);
        m_ids.insert(m_start, m_nextId++);
    }

    QSet<QString> wanted;
    for (const Task &task : std::as_const(m_flow.tasks)) {
        for (const Route &route : m_routes.value(task.name)) {
            if (route.target == endTarget && isDrawn(route))
                wanted << task.name;
        }
    }
    m_ends.removeIf([&](QHash<QString, MarkerItem *>::iterator entry) {
        if (wanted.contains(entry.key()))
            return false;
        forget(entry.value(), m_ids.value(entry.value()));
        return true;
    });
    for (const QString &source : std::as_const(wanted)) {
        if (m_ends.contains(source))
            continue;
        auto *marker = new MarkerItem(CanvasKind::End, source, m_look);
        addItem(marker);
        m_ids.insert(marker, m_nextId++);
        m_ends.insert(source, marker);
    }
}

WireContent FlowScene::contentOf(const Route &route) const
{
    WireContent content;
    content.route = route;
    if (route.condition >= 0) {
        content.condition = m_flow.conditions[route.condition].name;
        content.expression = m_flow.conditions[route.condition].when;
        content.breakpoint = breakpointAt({}, content.condition);
    }
    content.hasTrace = m_trace.has_value();
    if (m_trace) {
        content.taken = timesTaken(*m_trace, route);
        content.isRunning = content.taken > 0 && m_trace->tasks.value(route.target).status == TaskStatus::Running;
    }
    if (route.neverTaken)
        content.whyNever = whyNever(m_document->issues(), route);
    return content;
}

void FlowScene::syncWires()
{
    QSet<QString> keys;
    const Selection &selection = m_document->selection();
    for (const QList<Route> &ways : std::as_const(m_routes)) {
        for (const Route &route : ways) {
            const bool known = (route.source.isEmpty() || m_tasks.contains(route.source)) &&
                               (route.target == endTarget || m_tasks.contains(route.target));
            if (!known || !isDrawn(route))
                continue;
            const QString key = keyOf(route);
            keys << key;
            WireItem *&wire = m_wires[key];
            if (!wire) {
                wire = new WireItem(key, m_look);
                addItem(wire);
                m_ids.insert(wire, m_nextId++);
                m_reroute << key;
            } else if (!(wire->route() == route)) {
                m_reroute << key;
            }
            if (wire->setContent(contentOf(route)))
                m_reroute << key;
            wire->setChosen(route.condition >= 0 && selection.conditions.contains(route.condition));
        }
    }
    m_wires.removeIf([&](QHash<QString, WireItem *>::iterator entry) {
        if (keys.contains(entry.key()))
            return false;
        forgetWire(entry.value());
        return true;
    });
}

void FlowScene::syncBoxes()
{
    const auto follow = [this](QList<BoxItem *> &items, CanvasKind kind, qsizetype count, const auto &content) {
        while (items.size() > count)
            drop(items.takeLast());
        while (items.size() < count) {
            items << new BoxItem(kind, m_look);
            addItem(items.last());
        }
        for (qsizetype index = 0; index < count; ++index)
            items[index]->setContent(content[index].first, content[index].second);
    };
    QList<std::pair<QRectF, QString>> frames, notes;
    for (const Frame &frame : std::as_const(m_places.frames))
        frames << std::pair(frame.rect, frame.title);
    for (const Note &note : std::as_const(m_places.notes))
        notes << std::pair(note.rect, note.text);
    follow(m_frames, CanvasKind::Frame, frames.size(), frames);
    follow(m_notes, CanvasKind::Note, notes.size(), notes);
}

void FlowScene::placeAll()
{
    for (TaskItem *task : std::as_const(m_tasks))
        place(task, m_ids.value(task), m_places.tasks.value(task->name()), task->cardRect());
    if (m_start) {
        const TaskItem *first = m_tasks.value(m_flow.startTask);
        const QPointF beside =
            m_places.tasks.value(first->name()) + QPointF(-m_start->pill().width() - 44, inputY - 14);
        place(m_start, m_ids.value(m_start), m_places.start.value_or(beside), m_start->pill());
    }
    for (MarkerItem *marker : std::as_const(m_ends))
        place(marker, m_ids.value(marker), placeOfEnd(*marker), marker->pill());
}

QPointF FlowScene::placeOfEnd(const MarkerItem &marker) const
{
    const QString &name = marker.source();
    const TaskItem *source = m_tasks.value(name);
    QPointF place =
        m_places.ends.value(name, m_places.tasks.value(name) + QPointF(source->size().width() + 44, inputY - 14));
    if (m_document->layout().ends.contains(name))
        return place;
    // Nobody put it anywhere: level with the way that leads there, so that this way crosses no other of the card.
    for (const Route &route : m_routes.value(name)) {
        if (route.target != endTarget || !isDrawn(route))
            continue;
        const QList<Port> &ports = source->content().ports;
        return place + QPointF(0, ports[portOf(ports, route)].y - inputY);
    }
    return place;
}

void FlowScene::place(CanvasItem *item, int obstacle, QPointF position, const QRectF &shape)
{
    const QRectF area = shape.translated(position);
    const QRectF old = m_obstacles.rect(obstacle);
    if (old == area)
        return;
    ++m_touched;
    m_touchedAreas << old << area;
    m_obstacles.insert(obstacle, area);
    if (m_animate && !old.isNull() && !m_look->reducedMotion())
        m_sliding.insert(item, {item->pos(), position});
    else
        item->setPos(position);
}

void FlowScene::slide(double part)
{
    for (auto item = m_sliding.begin(); item != m_sliding.end(); ++item)
        item.key()->setPos(item->first + (item->second - item->first) * part);
}

void FlowScene::endSlide()
{
    for (auto item = m_sliding.begin(); item != m_sliding.end(); ++item)
        item.key()->setPos(item->second);
    m_sliding.clear();
    route(m_wires.values());
    Q_EMIT slid();
}

} // namespace flow
