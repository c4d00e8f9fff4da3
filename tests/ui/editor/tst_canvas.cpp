// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/flow_scene.h"
#include "editor/canvas/name_editor.h"
#include "editor/canvas/quick_task_menu.h"
#include "editor/canvas_view.h"
#include "editor/task_mime.h"
#include "support/flow_test.h"

#include <QDropEvent>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>

using namespace flow;

namespace {

TaskTypes someTypes()
{
    TaskTypes types;
    for (const QString &name : {QStringLiteral("noop"), QStringLiteral("delay"), QStringLiteral("log")}) {
        TaskType type;
        type.name = name;
        type.title = name;
        type.group = QStringLiteral("Control");
        types.insert(name, type);
    }
    return types;
}

/// a, b and c in a row, unconnected.
FlowFile threeTasks()
{
    FlowFile file;
    file.flow.id = QStringLiteral("three");
    file.flow.name = QStringLiteral("Three");
    file.flow.startTask = QStringLiteral("a");
    double x = 0;
    for (const QString &name : {QStringLiteral("a"), QStringLiteral("b"), QStringLiteral("c")}) {
        Task task;
        task.name = name;
        task.type = QStringLiteral("noop");
        file.flow.tasks << task;
        file.layout.tasks.insert(name, QPointF(x, 0));
        x += 260;
    }
    return file;
}

/// An open canvas with helpers that move a real mouse in scene coordinates.
struct Desk
{
    explicit Desk(const FlowFile &file) : document(file, {}, &types), view(&document, &look)
    {
        view.resize(1200, 700);
        view.show();
        view.setZoom(1);
        view.centerOn(300, 100);
        ready = QTest::qWaitForWindowExposed(&view);
    }
    QPoint at(QPointF scene) const { return view.mapFromScene(scene); }
    QPointF card(const char *name, QPointF offset = {98, 15}) const
    {
        return view.flowScene()->task(QString::fromLatin1(name))->pos() + offset;
    }
    QPointF port(const char *name, qsizetype index) const
    {
        return view.flowScene()->task(QString::fromLatin1(name))->outputPort(index);
    }
    void drag(QPointF from, QPointF to, Qt::KeyboardModifiers modifiers = {})
    {
        QWidget *paper = view.viewport();
        QTest::mousePress(paper, Qt::LeftButton, modifiers, at(from));
        QTest::mouseMove(paper, at(from + (to - from) / 3));
        QTest::mouseMove(paper, at(from + (to - from) / 2));
        QTest::mouseMove(paper, at(to));
        QTest::mouseRelease(paper, Qt::LeftButton, modifiers, at(to));
    }
    void click(QPointF where, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(view.viewport(), Qt::LeftButton, modifiers, at(where));
    }
    QString ways(const char *source) const
    {
        QStringList ways;
        for (const Route &route : routesFrom(document.flow(), QString::fromLatin1(source))) {
            static const char *const words[] = {"success", "failure", "always", "expression", "otherwise"};
            ways << QString::fromLatin1(words[int(route.kind)]) + u'>' + route.target;
        }
        return ways.join(u' ');
    }

    TaskTypes types = someTypes();
    Look look;
    FlowDocument document;
    CanvasView view;
    bool ready = false;
};

} // namespace

/// The canvas under a real mouse and real keys.
class TestCanvas : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void connectByDraggingFromAPort_data();
    void connectByDraggingFromAPort();
    void draggingAWireEndRetargets();
    void droppingAWireOnPaperOffersTasks();
    void doubleClickOnPaperAddsATask();
    void dropFromThePalette();
    void emptyCanvasOffersTheFirstTask();
    void dragMovesSnappedInOneStep();
    void dragMovesTheWholeSelection();
    void escapeTakesADragBack();
    void rubberBandSelects();
    void clickSelects();
    void keys();
    void renameInPlace();
    void refusedNameStaysOpen();
    void zoomKeepsThePointUnderTheCursor();
    void readOnlyRefuses();
    void traceShowsOnCards();
    void aMoveTouchesOnlyWhatIsNear();
    void wiresDoNotRunThroughCards();
};

void TestCanvas::connectByDraggingFromAPort_data()
{
    QTest::addColumn<int>("port");
    QTest::addColumn<QString>("ways");
    QTest::newRow("success") << 0 << QStringLiteral("success>b failure>end");
    QTest::newRow("failure") << 1 << QStringLiteral("failure>b success>end");
}

void TestCanvas::connectByDraggingFromAPort()
{
    QFETCH(int, port);
    QFETCH(QString, ways);
    Desk desk(threeTasks());
    QVERIFY(desk.ready);
    desk.drag(desk.port("a", port), desk.card("b"));
    QCOMPARE(desk.ways("a"), ways);
    QCOMPARE(desk.document.undoStack()->count(), 1);
    QTest::keyClick(&desk.view, Qt::Key_Escape);
    desk.document.undoStack()->undo();
    QVERIFY(desk.document.flow().conditions.isEmpty());
}

void TestCanvas::draggingAWireEndRetargets()
{
    Desk desk(threeTasks());
    desk.drag(desk.port("a", 0), desk.card("b"));
    // The arrow ends just before b's input port; the port's card is not under it.
    desk.drag(desk.card("b", {-14, 22}), desk.card("c"));
    QCOMPARE(desk.ways("a"), QStringLiteral("success>c failure>end"));
}

void TestCanvas::droppingAWireOnPaperOffersTasks()
{
    Desk desk(threeTasks());
    desk.drag(desk.port("c", 0), QPointF(560, 300));
    auto *menu = desk.view.findChild<QuickTaskMenu *>();
    QVERIFY(menu);
    auto *search = menu->findChild<QLineEdit *>();
    QTest::keyClicks(search, QStringLiteral("del"));
    QTest::keyClick(search, Qt::Key_Return);
    QCOMPARE(desk.document.flow().tasks.size(), 4);
    QCOMPARE(desk.ways("c"), QStringLiteral("success>delay failure>end"));
    desk.document.undoStack()->undo();
    QCOMPARE(desk.document.bytes(), writeFlowFile(threeTasks()));
}

void TestCanvas::doubleClickOnPaperAddsATask()
{
    Desk desk(threeTasks());
    QTest::mouseDClick(desk.view.viewport(), Qt::LeftButton, {}, desk.at({100, 300}));
    auto *menu = desk.view.findChild<QuickTaskMenu *>();
    QVERIFY(menu);
    QTest::keyClicks(menu->findChild<QLineEdit *>(), QStringLiteral("log"));
    QTest::keyClick(menu->findChild<QLineEdit *>(), Qt::Key_Return);
    QCOMPARE(desk.document.flow().tasks.last().typeName(), QStringLiteral("log"));
    QCOMPARE(desk.document.selection().tasks, QStringList{QStringLiteral("log")});
}

void TestCanvas::dropFromThePalette()
{
    Desk desk(threeTasks());
    QMimeData data;
    data.setData(taskTypeMime, "delay");
    const QPoint place = desk.at({300, 300});
    QDragEnterEvent enter(place, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(desk.view.viewport(), &enter);
    QVERIFY(enter.isAccepted());
    QDropEvent drop(place, Qt::CopyAction, &data, Qt::LeftButton, {});
    QApplication::sendEvent(desk.view.viewport(), &drop);
    QVERIFY(drop.isAccepted());
    QCOMPARE(desk.document.layout().tasks.value(QStringLiteral("delay")), QPointF(200, 260));
}

void TestCanvas::emptyCanvasOffersTheFirstTask()
{
    FlowFile file = threeTasks();
    file.flow.tasks.clear();
    file.flow.startTask.clear();
    file.layout = {};
    Desk desk(file);
    auto *add = desk.view.findChild<QPushButton *>(QStringLiteral("addFirstTask"));
    QVERIFY(add && add->isVisible());
    QTest::mouseClick(add, Qt::LeftButton);
    auto *menu = desk.view.findChild<QuickTaskMenu *>();
    QVERIFY(menu);
    QTest::keyClick(menu->findChild<QLineEdit *>(), Qt::Key_Return);
    QCOMPARE(desk.document.flow().tasks.size(), 1);
    QCOMPARE(desk.document.flow().startTask, desk.document.flow().tasks.first().name);
    QVERIFY(!add->isVisible());
}

void TestCanvas::dragMovesSnappedInOneStep()
{
    Desk desk(threeTasks());
    desk.drag(desk.card("b"), desk.card("b") + QPointF(63, 117));
    QCOMPARE(desk.document.layout().tasks.value(QStringLiteral("b")), QPointF(320, 120));
    QCOMPARE(desk.document.undoStack()->count(), 1);
    desk.drag(desk.card("b"), desk.card("b") + QPointF(20, 0));
    QCOMPARE(desk.document.undoStack()->count(), 2);
    desk.document.undoStack()->undo();
    QCOMPARE(desk.view.flowScene()->task(QStringLiteral("b"))->pos(), QPointF(320, 120));
}

void TestCanvas::dragMovesTheWholeSelection()
{
    Desk desk(threeTasks());
    desk.document.select({{QStringLiteral("a"), QStringLiteral("b")}, {}});
    desk.drag(desk.card("a"), desk.card("a") + QPointF(40, 60));
    QCOMPARE(desk.document.layout().tasks.value(QStringLiteral("a")), QPointF(40, 60));
    QCOMPARE(desk.document.layout().tasks.value(QStringLiteral("b")), QPointF(300, 60));
    QCOMPARE(desk.document.layout().tasks.value(QStringLiteral("c")), QPointF(520, 0));
}

void TestCanvas::escapeTakesADragBack()
{
    Desk desk(threeTasks());
    QWidget *paper = desk.view.viewport();
    QTest::mousePress(paper, Qt::LeftButton, {}, desk.at(desk.card("b")));
    QTest::mouseMove(paper, desk.at(desk.card("b") + QPointF(60, 60)));
    QTest::mouseMove(paper, desk.at(desk.card("b") + QPointF(120, 60)));
    QVERIFY(desk.document.isModified());
    QTest::keyClick(&desk.view, Qt::Key_Escape);
    QTest::mouseRelease(paper, Qt::LeftButton, {}, desk.at({300, 300}));
    QCOMPARE(desk.document.bytes(), writeFlowFile(threeTasks()));
}

void TestCanvas::rubberBandSelects()
{
    Desk desk(threeTasks());
    desk.drag({-30, 150}, {400, -30});
    QCOMPARE(desk.document.selection().tasks, (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    desk.drag({500, 150}, {760, 60}, Qt::ShiftModifier);
    QCOMPARE(desk.document.selection().tasks.size(), 3);
    desk.click({300, 300});
    QVERIFY(desk.document.selection().isEmpty());
}

void TestCanvas::clickSelects()
{
    Desk desk(threeTasks());
    desk.drag(desk.port("a", 0), desk.card("b"));
    desk.click(desk.card("b"));
    QCOMPARE(desk.document.selection().tasks, QStringList{QStringLiteral("b")});
    desk.click(desk.card("c"), Qt::ControlModifier);
    QCOMPARE(desk.document.selection().tasks.size(), 2);
    desk.click(desk.port("a", 0) + QPointF(24, 0));
    QCOMPARE(desk.document.selection().conditions, QList<qsizetype>{0});
}

void TestCanvas::keys()
{
    Desk desk(threeTasks());
    QTest::keyClick(&desk.view, Qt::Key_A, Qt::ControlModifier);
    QCOMPARE(desk.document.selection().tasks.size(), 3);
    QTest::keyClick(&desk.view, Qt::Key_Escape);
    QTest::keyClick(&desk.view, Qt::Key_Tab);
    QCOMPARE(desk.document.selection().tasks, QStringList{QStringLiteral("a")});
    QTest::keyClick(&desk.view, Qt::Key_Tab);
    QCOMPARE(desk.document.selection().tasks, QStringList{QStringLiteral("b")});
    QTest::keyClick(&desk.view, Qt::Key_Down);
    QTest::keyClick(&desk.view, Qt::Key_Right, Qt::ShiftModifier);
    QCOMPARE(desk.document.layout().tasks.value(QStringLiteral("b")), QPointF(360, 20));
    QTest::keyClick(&desk.view, Qt::Key_D, Qt::ControlModifier);
    QCOMPARE(desk.document.flow().tasks.size(), 4);
    QTest::keyClick(&desk.view, Qt::Key_Delete);
    QCOMPARE(desk.document.flow().tasks.size(), 3);
    while (desk.document.undoStack()->canUndo())
        desk.document.undoStack()->undo();
    QCOMPARE(desk.document.bytes(), writeFlowFile(threeTasks()));
}

void TestCanvas::renameInPlace()
{
    Desk desk(threeTasks());
    QTest::mouseDClick(desk.view.viewport(), Qt::LeftButton, {}, desk.at(desk.card("a")));
    auto *editor = desk.view.findChild<NameEditor *>();
    QVERIFY(editor);
    QTest::keyClicks(editor, QStringLiteral("fetch"));
    QTest::keyClick(editor, Qt::Key_Return);
    QCOMPARE(desk.document.flow().startTask, QStringLiteral("fetch"));
    QVERIFY(desk.view.flowScene()->task(QStringLiteral("fetch")));
    QVERIFY(!desk.view.flowScene()->task(QStringLiteral("a")));
}

void TestCanvas::refusedNameStaysOpen()
{
    Desk desk(threeTasks());
    desk.view.editName(QStringLiteral("a"));
    auto *editor = desk.view.findChild<NameEditor *>();
    QVERIFY(editor);
    QSignalSpy said(&desk.view, &CanvasView::statusMessage);
    QTest::keyClicks(editor, QStringLiteral("b"));
    QTest::keyClick(editor, Qt::Key_Return);
    QCOMPARE(said.count(), 1);
    QVERIFY(editor->isVisible());
    QTest::keyClick(editor, Qt::Key_Escape);
    QVERIFY(!desk.document.isModified());
}

void TestCanvas::zoomKeepsThePointUnderTheCursor()
{
    Desk desk(threeTasks());
    const QPoint cursor(300, 200);
    const QPointF before = desk.view.mapToScene(cursor);
    QWheelEvent wheel(cursor, desk.view.viewport()->mapToGlobal(cursor), {}, {0, 240}, {}, Qt::ControlModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(desk.view.viewport(), &wheel);
    QVERIFY(desk.view.zoom() > 1.3);
    QVERIFY(QLineF(desk.view.mapToScene(cursor), before).length() < 1.5);
    desk.view.setZoom(100);
    QCOMPARE(desk.view.zoom(), 4.0);
    desk.view.setZoom(0.0001);
    QCOMPARE(desk.view.zoom(), 0.05);
}

void TestCanvas::readOnlyRefuses()
{
    Desk desk(threeTasks());
    desk.document.setReadOnly(true);
    QSignalSpy said(&desk.view, &CanvasView::statusMessage);
    desk.drag(desk.port("a", 0), desk.card("b"));
    QCOMPARE(said.count(), 1);
    desk.drag(desk.card("b"), desk.card("b") + QPointF(100, 100));
    QTest::mouseDClick(desk.view.viewport(), Qt::LeftButton, {}, desk.at({100, 300}));
    QVERIFY(!desk.view.findChild<QuickTaskMenu *>());
    QTest::keyClick(&desk.view, Qt::Key_Delete);
    QCOMPARE(desk.document.bytes(), writeFlowFile(threeTasks()));
}

void TestCanvas::traceShowsOnCards()
{
    Desk desk(threeTasks());
    ExecutionTrace trace;
    trace.apply({1, {}, ExecutionStarted{}});
    trace.apply({1, {}, TaskStarted{QStringLiteral("a"), 1, 1}});
    desk.view.setTrace(trace);
    const TaskItem *card = desk.view.flowScene()->task(QStringLiteral("a"));
    QCOMPARE(toString(card->content().trace->status), QStringLiteral("running"));
    QCOMPARE(toString(desk.view.flowScene()->task(QStringLiteral("b"))->content().trace->status), QStringLiteral("pending"));
    desk.view.setTrace(std::nullopt);
    QVERIFY(!card->content().trace);
}

void TestCanvas::aMoveTouchesOnlyWhatIsNear()
{
    FlowFile file;
    file.flow.id = file.flow.name = QStringLiteral("many");
    for (int index = 0; index < 1000; ++index) {
        Task task;
        task.name = QStringLiteral("t%1").arg(index);
        task.type = QStringLiteral("noop");
        file.flow.tasks << task;
        file.layout.tasks.insert(task.name, QPointF(index % 30 * 300, index / 30 * 160));
        if (index > 0 && index % 30 != 0) {
            Condition condition;
            condition.name = condition.sourceTask = QStringLiteral("t%1").arg(index - 1);
            condition.targetTaskSuccess = task.name;
            condition.targetTaskFailure = endTarget;
            file.flow.conditions << condition;
        }
    }
    file.flow.startTask = QStringLiteral("t0");
    Desk desk(file);
    desk.view.flowScene()->takeTouched();
    desk.document.moveTasks({{QStringLiteral("t500"), file.layout.tasks.value(QStringLiteral("t500")) + QPointF(20, 20)}});
    const int touched = desk.view.flowScene()->takeTouched();
    QVERIFY2(touched >= 3 && touched <= 12, qPrintable(QString::number(touched)));
}

void TestCanvas::wiresDoNotRunThroughCards()
{
    FlowFile file = threeTasks();
    Desk desk(file);
    QVERIFY(desk.document.connectTasks(QStringLiteral("a"), Outcome::Success, QStringLiteral("c")));
    QVERIFY(desk.document.connectTasks(QStringLiteral("c"), Outcome::Failure, QStringLiteral("a")));
    QVERIFY(desk.document.connectTasks(QStringLiteral("b"), Outcome::Success, QStringLiteral("b")));
    for (const WireItem *wire : desk.view.flowScene()->wires()) {
        for (const TaskItem *task : desk.view.flowScene()->tasks()) {
            const QRectF inside = task->sceneCard().adjusted(3, 3, -3, -3);
            for (qsizetype index = 1; index < wire->corners().size(); ++index) {
                const QRectF part = QRectF(wire->corners()[index - 1], wire->corners()[index]).normalized().adjusted(-0.5, -0.5, 0.5, 0.5);
                QVERIFY2(!part.intersects(inside), qPrintable(wire->key() + u' ' + task->name()));
            }
        }
    }
}

QTEST_MAIN(TestCanvas)
#include "tst_canvas.moc"
