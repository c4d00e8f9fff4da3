// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_desk.h"
#include "support/flow_test.h"

#include <QWheelEvent>

using namespace flow;
using namespace flow::test;

/// Choosing, moving and looking closer with a real mouse and real keys.
class TestCanvasSelect : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void dragMovesSnappedInOneStep();
    void dragMovesTheWholeSelection();
    void escapeTakesADragBack();
    void rubberBandSelects();
    void clickSelects();
    void keys();
    void zoomKeepsThePointUnderTheCursor();
};

void TestCanvasSelect::dragMovesSnappedInOneStep()
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

void TestCanvasSelect::dragMovesTheWholeSelection()
{
    Desk desk(threeTasks());
    desk.document.select({{QStringLiteral("a"), QStringLiteral("b")}, {}});
    desk.drag(desk.card("a"), desk.card("a") + QPointF(40, 60));
    QCOMPARE(desk.document.layout().tasks.value(QStringLiteral("a")), QPointF(40, 60));
    QCOMPARE(desk.document.layout().tasks.value(QStringLiteral("b")), QPointF(300, 60));
    QCOMPARE(desk.document.layout().tasks.value(QStringLiteral("c")), QPointF(520, 0));
}

void TestCanvasSelect::escapeTakesADragBack()
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

void TestCanvasSelect::rubberBandSelects()
{
    Desk desk(threeTasks());
    desk.drag({-30, 150}, {400, -30});
    QCOMPARE(desk.document.selection().tasks, (QStringList{QStringLiteral("a"), QStringLiteral("b")}));
    desk.drag({500, 150}, {760, 60}, Qt::ShiftModifier);
    QCOMPARE(desk.document.selection().tasks.size(), 3);
    desk.click({300, 300});
    QVERIFY(desk.document.selection().isEmpty());
}

void TestCanvasSelect::clickSelects()
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

void TestCanvasSelect::keys()
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

void TestCanvasSelect::zoomKeepsThePointUnderTheCursor()
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

QTEST_MAIN(TestCanvasSelect)
#include "tst_canvas_select.moc"
