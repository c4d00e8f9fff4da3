// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_stage.h"
#include "support/flow_test.h"

#include <QElapsedTimer>

#include <random>

using namespace flow;
using namespace flow::test;

namespace {

QString nameOf(int number)
{
    return QStringLiteral("t%1").arg(number);
}

/// Tasks in rows of 40, each leading to the next one of its row.
FlowFile rows(int count)
{
    FlowFile file;
    file.flow.id = file.flow.name = QStringLiteral("many");
    for (int number = 0; number < count; ++number) {
        Task task;
        task.name = nameOf(number);
        task.type = QStringLiteral("noop");
        file.flow.tasks << task;
        file.layout.tasks.insert(task.name, QPointF(number % 40 * 300, number / 40 * 160));
        if (number % 40 != 0) {
            Condition condition;
            condition.name = condition.sourceTask = nameOf(number - 1);
            condition.targetTaskSuccess = task.name;
            condition.targetTaskFailure = endTarget;
            file.flow.conditions << condition;
        }
    }
    file.flow.startTask = nameOf(0);
    return file;
}

/// Cards in places of their own, on the grid, joined at random.
FlowFile scattered(unsigned seed)
{
    std::mt19937 random(seed);
    FlowFile file;
    file.flow.id = file.flow.name = QStringLiteral("scattered");
    const int columns = 5;
    for (int place = 0; place < columns * 4; ++place) {
        if (random() % 3 == 0)
            continue;
        Task task;
        task.name = nameOf(int(file.flow.tasks.size()));
        task.type = QStringLiteral("noop");
        file.flow.tasks << task;
        const QPointF shift(int(random() % 2) * 20, int(random() % 2) * 20);
        file.layout.tasks.insert(task.name, QPointF(place % columns * 280, place / columns * 140) + shift);
    }
    if (file.flow.tasks.isEmpty())
        return file;
    file.flow.startTask = file.flow.tasks.first().name;
    const auto some = [&] { return file.flow.tasks[qsizetype(random() % size_t(file.flow.tasks.size()))].name; };
    for (const Task &task : file.flow.tasks) {
        Condition condition;
        condition.name = condition.sourceTask = task.name;
        condition.outcome = Outcome(random() % 3);
        condition.targetTaskSuccess = some();
        condition.targetTaskFailure = random() % 2 == 0 ? some() : endTarget;
        file.flow.conditions << condition;
    }
    return file;
}

/// What the scene shows, for comparison with a scene made anew.
QStringList shown(const FlowScene &scene)
{
    QStringList lines;
    for (const TaskItem *task : scene.tasks())
        lines << QStringLiteral("%1 at %2,%3 %4 wide")
                     .arg(task->name())
                     .arg(task->pos().x())
                     .arg(task->pos().y())
                     .arg(task->size().width());
    for (const WireItem *wire : scene.wires())
        lines << QStringLiteral("%1 to %2").arg(wire->key(), wire->route().target);
    lines.sort();
    return lines;
}

} // namespace

/// The scene is what the document says, whichever way it came there, and a change touches only what it is about.
class TestCanvasScene : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void anEditTouchesOnlyWhatChanged_data();
    void anEditTouchesOnlyWhatChanged();
    void itemsLiveOn();
    void traceShowsOnCards();
    void cardsSayWhenNoWireLeadsToThem();
    void followsLikeNew();
    void wiresLeaveAndArrive();
};

void TestCanvasScene::anEditTouchesOnlyWhatChanged_data()
{
    using Edit = std::function<void(FlowDocument &)>;
    QTest::addColumn<Edit>("edit");
    QTest::newRow("move") << Edit([](FlowDocument &document) {
        document.moveTasks({{nameOf(500), QPointF(6020, 1920)}});
    });
    QTest::newRow("rename") << Edit(
        [](FlowDocument &document) { (void)document.renameTask(nameOf(500), QStringLiteral("renamed")); });
    QTest::newRow("connect") << Edit(
        [](FlowDocument &document) { (void)document.connectTasks(nameOf(500), Outcome::Failure, nameOf(502)); });
    QTest::newRow("add") << Edit([](FlowDocument &document) { document.addTask(QStringLiteral("log"), {6000, 7000}); });
    QTest::newRow("describe") << Edit([](FlowDocument &document) {
        Task task = *document.flow().task(nameOf(500));
        task.description = QStringLiteral("What it does");
        document.changeTask(nameOf(500), task, QStringLiteral("description"));
    });
}

void TestCanvasScene::anEditTouchesOnlyWhatChanged()
{
    QFETCH(std::function<void(FlowDocument &)>, edit);
    CanvasStage stage(rows(1000));
    FlowScene &scene = *stage.view->flowScene();
    QVERIFY(scene.takeTouched() >= 2000);
    edit(stage.document);
    const int touched = scene.takeTouched();
    QVERIFY2(touched <= 12, qPrintable(QString::number(touched)));
    stage.document.undoStack()->undo();
    const int undone = scene.takeTouched();
    QVERIFY2(undone <= 12, qPrintable(QString::number(undone)));
}

void TestCanvasScene::itemsLiveOn()
{
    CanvasStage stage(exampleFlow(QStringLiteral("failure-handling")));
    const FlowScene &scene = *stage.view->flowScene();
    QHash<QString, TaskItem *> before;
    for (TaskItem *task : scene.tasks())
        before.insert(task->name(), task);
    const QList<Task> &tasks = stage.document.flow().tasks;
    QVERIFY(stage.document.connectTasks(tasks.last().name, Outcome::Success, tasks.first().name).ok());
    stage.document.addTask(QStringLiteral("log"), {0, 900});
    for (auto task = before.begin(); task != before.end(); ++task)
        QCOMPARE(scene.task(task.key()), task.value());
}

void TestCanvasScene::traceShowsOnCards()
{
    CanvasStage stage(rows(2));
    ExecutionTrace trace;
    trace.apply({1, {}, ExecutionStarted{}});
    trace.apply({1, {}, TaskStarted{nameOf(0), 1, 1}});
    stage.view->setTrace(trace);
    const FlowScene &scene = *stage.view->flowScene();
    QCOMPARE(toString(scene.task(nameOf(0))->content().trace->status), QStringLiteral("running"));
    QCOMPARE(toString(scene.task(nameOf(1))->content().trace->status), QStringLiteral("pending"));
    stage.view->setTrace(std::nullopt);
    QVERIFY(!scene.task(nameOf(0))->content().trace);
}

void TestCanvasScene::cardsSayWhenNoWireLeadsToThem()
{
    CanvasStage stage(rows(3));
    const FlowScene &scene = *stage.view->flowScene();
    const auto said = [&scene](int row) { return scene.task(nameOf(row))->content().runsWhen; };
    Flow flow = stage.document.flow();
    flow.failureTask = nameOf(1);
    flow.finalTask = nameOf(2);
    stage.document.changeFlow(flow, QStringLiteral("final_task"));
    QCOMPARE(said(0), QString());
    QCOMPARE(said(1), QStringLiteral("when the flow fails"));
    QCOMPARE(said(2), QStringLiteral("at the end"));
    stage.document.undoStack()->undo();
    QCOMPARE(said(2), QString());
}

/// After many edits and undos the scene shows the same as one made from the document as it is now.
void TestCanvasScene::followsLikeNew()
{
    for (unsigned seed = 0; seed < 30; ++seed) {
        std::mt19937 random(seed);
        CanvasStage stage(scattered(seed));
        FlowDocument &document = stage.document;
        for (int step = 0; step < 25; ++step) {
            const QList<Task> &tasks = document.flow().tasks;
            const auto some = [&] {
                return tasks.isEmpty() ? QString() : tasks[qsizetype(random() % size_t(tasks.size()))].name;
            };
            switch (random() % 8) {
            case 0:
                document.addTask(QStringLiteral("delay"), QPointF(random() % 900, random() % 600));
                break;
            case 1:
                (void)document.renameTask(some(), QStringLiteral("r%1").arg(random() % 30));
                break;
            case 2:
                (void)document.connectTasks(some(), Outcome(random() % 3), some());
                break;
            case 3:
                document.select({{some()}, {}});
                break;
            case 4:
                document.removeSelection();
                break;
            case 5:
                document.moveTasks({{some(), QPointF(random() % 40 * 20.0, random() % 30 * 20.0)}});
                break;
            case 6:
                document.undoStack()->undo();
                break;
            default:
                document.undoStack()->redo();
                break;
            }
        }
        FlowDocument again(document.file(), {}, &document.taskTypes());
        const FlowScene anew(&again, &stage.look);
        QCOMPARE(shown(*stage.view->flowScene()), shown(anew));
    }
}

void TestCanvasScene::wiresLeaveAndArrive()
{
    const CanvasStage stage(scattered(7));
    const FlowScene &scene = *stage.view->flowScene();
    QVERIFY(!scene.wires().isEmpty());
    for (const WireItem *wire : scene.wires()) {
        const TaskItem *source = scene.task(wire->route().source);
        if (source)
            QCOMPARE(wire->corners().first().x(), source->sceneCard().right());
        if (const TaskItem *target = scene.task(wire->route().target)) {
            QCOMPARE(wire->corners().last().y(), target->inputPort().y());
            QVERIFY(std::abs(wire->corners().last().x() - target->inputPort().x()) <= 12);
        }
    }
}

QTEST_MAIN(TestCanvasScene)
#include "tst_canvas_scene.moc"
