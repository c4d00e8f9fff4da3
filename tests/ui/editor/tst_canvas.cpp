// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_desk.h"
#include "editor/canvas/name_editor.h"
#include "editor/canvas/quick_task_menu.h"
#include "editor/task_mime.h"
#include "support/flow_test.h"

#include <QDropEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>

using namespace flow;
using namespace flow::test;

/// Tasks and wires drawn on the canvas with a real mouse and real keys.
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
    void emptyCanvasTakesADoubleClickOnItsHint();
    void renameInPlace();
    void refusedNameStaysOpen();
    void readOnlyRefuses();
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

/// The words that say "double-click the canvas" are no place where that does nothing.
void TestCanvas::emptyCanvasTakesADoubleClickOnItsHint()
{
    FlowFile file = threeTasks();
    file.flow.tasks.clear();
    file.flow.startTask.clear();
    file.layout = {};
    Desk desk(file);
    auto *hint = desk.view.findChild<QLabel *>(QStringLiteral("emptyCanvasHint"));
    QVERIFY(hint && hint->isVisible());
    const QPoint before = hint->mapTo(&desk.view, QPoint());
    desk.view.centerOn(900, 500);
    QCOMPARE(hint->mapTo(&desk.view, QPoint()), before); // it does not scroll away
    QTest::mouseDClick(hint, Qt::LeftButton, {}, hint->rect().center());
    auto *menu = desk.view.findChild<QuickTaskMenu *>();
    QVERIFY(menu);
    QTest::keyClick(menu->findChild<QLineEdit *>(), Qt::Key_Return);
    QCOMPARE(desk.document.flow().tasks.size(), 1);
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

QTEST_MAIN(TestCanvas)
#include "tst_canvas.moc"
