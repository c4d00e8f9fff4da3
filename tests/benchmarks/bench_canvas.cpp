// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "bench_flows.h"

#include "editor/canvas_view.h"
#include "model/auto_layout.h"
#include "tasks/task_registry.h"

#include <QApplication>
#include <QGraphicsRectItem>
#include <QGraphicsScene>
#include <QScrollBar>

#include <random>

using namespace flow;

namespace {

constexpr QPointF start(1600, 1000); ///< what both views show first

/// A wide flow: each task goes on to a task not far behind it, on success and on failure.
Flow manyTasks(int count)
{
    Flow flow = bench::chain(count);
    std::mt19937 random(7);
    for (Condition &condition : flow.conditions) {
        const auto number = condition.name.mid(11).toInt();
        const int ahead = std::min(count, number + 2 + int(random() % 40));
        condition.targetTaskFailure = QStringLiteral("step %1").arg(ahead);
    }
    return flow;
}

/// Rows of cards instead of one line, so that a window shows as much of it as of a real flow.
Layout rows(const Flow &flow)
{
    Layout layout;
    const int perRow = std::max(10, int(std::sqrt(double(flow.tasks.size()))));
    for (int index = 0; index < flow.tasks.size(); ++index)
        layout.tasks.insert(flow.tasks[index].name, QPointF(index % perRow * 260, index / perRow * 140));
    return layout;
}

/// Median milliseconds from moving by 40 pixels to the painted frame.
double panFrame(QGraphicsView &view)
{
    std::vector<double> frames;
    QScrollBar *bar = view.horizontalScrollBar();
    for (int frame = 0; frame < 60; ++frame) {
        frames.push_back(1000 * bench::seconds([&] {
                             bar->setValue(bar->value() + (frame < 30 ? 40 : -40));
                             QApplication::processEvents();
                         }));
    }
    std::nth_element(frames.begin(), frames.begin() + 30, frames.end());
    return frames[30];
}

/// As many plain rectangles and lines in the same places.
double bareFrame(const Flow &flow, const Layout &layout, double zoom, const QRectF &paper)
{
    QGraphicsScene scene(paper);
    for (const QPointF &position : layout.tasks)
        scene.addRect(QRectF(position, QSizeF(196, 80)));
    for (const Condition &condition : flow.conditions) {
        for (const QString &target : {condition.targetTaskSuccess, condition.targetTaskFailure}) {
            QPainterPath path(layout.tasks.value(condition.sourceTask) + QPointF(196, 30));
            const QPointF end = layout.tasks.value(target) + QPointF(0, 30);
            path.cubicTo(path.currentPosition() + QPointF(40, 0), end - QPointF(40, 0), end);
            scene.addPath(path);
        }
    }
    QGraphicsView view(&scene);
    view.setRenderHint(QPainter::Antialiasing);
    view.resize(1280, 800);
    view.scale(zoom, zoom);
    view.show();
    view.centerOn(start);
    QApplication::processEvents();
    return panFrame(view);
}

void measurePan(int count, double zoom, const TaskTypes &types, Look &look)
{
    FlowFile file{manyTasks(count), {}};
    file.layout = rows(file.flow);
    FlowDocument document(file, {}, &types);
    CanvasView view(&document, &look);
    view.resize(1280, 800);
    view.show();
    view.setZoom(zoom);
    view.centerOn(start);
    QApplication::processEvents();
    bench::line(qPrintable(QStringLiteral("pan frame, %1 tasks at %2 %").arg(count).arg(zoom * 100)), panFrame(view),
                bareFrame(file.flow, file.layout, zoom, view.sceneRect()), "ms");
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    Look look;
    look.applyTo(&application);
    const TaskTypes types = builtInTasks().types();
    bench::header();
    for (const int count : {1000, 10000}) {
        measurePan(count, 1.0, types, look);
        measurePan(count, 0.25, types, look);
    }
    return 0;
}
