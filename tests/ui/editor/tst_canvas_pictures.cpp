// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_stage.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

namespace {

QString themed(const QString &name, bool dark)
{
    return name + (dark ? QStringLiteral("-dark") : QStringLiteral("-light"));
}

/// The first tasks of a flow done, the next one running, as a run would show it.
ExecutionTrace runningTrace(const Flow &flow)
{
    ExecutionTrace trace;
    trace.status = ExecutionStatus::Running;
    trace.taken[{QString(), flow.startTask}] = 1;
    QString name = flow.startTask;
    for (int step = 0; step < 2 && name != endTarget; ++step) {
        TaskTrace done;
        done.status = TaskStatus::Success;
        done.visits = 1;
        done.durationSeconds = 0.84;
        trace.tasks[name] = done;
        QString next = endTarget;
        for (const Route &route : routesFrom(flow, name)) {
            if (route.outcome != Outcome::Failure && !route.neverTaken)
                next = route.target;
        }
        trace.taken[{name, next}] = 1;
        name = next;
    }
    TaskTrace running;
    running.status = TaskStatus::Running;
    running.visits = 2;
    running.attempt = 2;
    running.progress = 0.62;
    running.progressText = QStringLiteral("62 %");
    trace.tasks[name] = running;
    return trace;
}

/// Where the canvas' own layout leaves something to see: every kind of way, a note, a frame, problems.
FlowFile everything()
{
    FlowFile file = exampleFlow(QStringLiteral("failure-handling"));
    file.layout.notes << Note{
        QStringLiteral("Prices come from the shop's own server. Ask Anna before changing the limit."),
        QRectF(20, -120, 220, 64)};
    Task lost;
    lost.name = QStringLiteral("A task with quite a long name that nobody can read in full");
    lost.type = QStringLiteral("no_such_type");
    file.flow.tasks << lost;
    return file;
}

} // namespace

/// What the canvas looks like with real flows in both themes; kept as pictures where FLOW_PICTURES names a folder.
class TestCanvasPictures : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void examples_data();
    void examples();
    void wiresRunThroughNoCard_data();
    void wiresRunThroughNoCard();
    void states_data();
    void states();
};

void TestCanvasPictures::examples_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("dark");
    for (const QString &name : exampleNames()) {
        QTest::newRow(qPrintable(themed(name, false))) << name << false;
        QTest::newRow(qPrintable(themed(name, true))) << name << true;
    }
}

void TestCanvasPictures::examples()
{
    QFETCH(QString, name);
    QFETCH(bool, dark);
    CanvasStage stage(exampleFlow(name), dark);
    QVERIFY(stage.isShown);
    QVERIFY(!stage.document.flow().tasks.isEmpty());
    stage.keep(themed(name, dark));
    stage.view->setTrace(runningTrace(stage.document.flow()));
    stage.document.select({{stage.document.flow().tasks.last().name}, {}});
    stage.keep(themed(name + QStringLiteral("-running"), dark));
}

void TestCanvasPictures::wiresRunThroughNoCard_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : exampleNames())
        QTest::newRow(qPrintable(name)) << name;
}

void TestCanvasPictures::wiresRunThroughNoCard()
{
    QFETCH(QString, name);
    CanvasStage stage(exampleFlow(name));
    stage.view->tidyUp();
    const FlowScene &scene = *stage.view->flowScene();
    QVERIFY(scene.wires().size() >= scene.tasks().size());
    for (const WireItem *wire : scene.wires()) {
        for (const TaskItem *task : scene.tasks()) {
            const QRectF inside(stage.view->flowScene()->places().tasks.value(task->name()) + QPointF(3, 3),
                                task->size() - QSizeF(6, 6));
            for (qsizetype corner = 1; corner < wire->corners().size(); ++corner) {
                const QRectF part = QRectF(wire->corners()[corner - 1], wire->corners()[corner]).normalized();
                QVERIFY2(!part.adjusted(-0.5, -0.5, 0.5, 0.5).intersects(inside),
                         qPrintable(wire->key() + u' ' + task->name()));
            }
        }
    }
}

void TestCanvasPictures::states_data()
{
    QTest::addColumn<bool>("dark");
    QTest::newRow("light") << false;
    QTest::newRow("dark") << true;
}

void TestCanvasPictures::states()
{
    QFETCH(bool, dark);
    CanvasStage stage(everything(), dark);
    stage.keep(themed(QStringLiteral("everything"), dark));
    stage.view->setZoom(0.3);
    stage.keep(themed(QStringLiteral("small"), dark));
    CanvasStage empty(FlowFile(), dark);
    empty.keep(themed(QStringLiteral("empty"), dark));
    CanvasStage large(exampleFlow(QStringLiteral("thirty-tasks")), dark);
    large.view->setZoom(1);
    large.keep(themed(QStringLiteral("large"), dark));
}

QTEST_MAIN(TestCanvasPictures)
#include "tst_canvas_pictures.moc"
