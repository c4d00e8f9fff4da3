// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_stage.h"
#include "editor/canvas/minimap.h"
#include "support/flow_test.h"

#include <QClipboard>
#include <QSignalSpy>
#include <QWheelEvent>

using namespace flow;
using namespace flow::test;

namespace {

QPointF centre(const CanvasView &view)
{
    return view.mapToScene(view.viewport()->rect().center());
}

bool shows(const CanvasView &view, const TaskItem *task)
{
    return view.mapToScene(view.viewport()->rect()).boundingRect().contains(task->sceneCard());
}

} // namespace

/// Moving about on the canvas: panning, zooming, finding, and what lies over it.
class TestCanvasView : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void pans_data();
    void pans();
    void wheelScrolls();
    void zoomKeepsAPoint_data();
    void zoomKeepsAPoint();
    void fitsByKey_data();
    void fitsByKey();
    void fitNeverMagnifies();
    void reveals();
    void minimapShowsWhenThereIsMore();
    void minimapGoesThere();
    void tidyUpIsOneStepAndArrives();
    void cutsAndPastes();
    void f2RenamesTheSelectedCard();
    void emptyCanvasOffersTheExample();
};

void TestCanvasView::pans_data()
{
    QTest::addColumn<bool>("space");
    QTest::newRow("middle button") << false;
    QTest::newRow("space and left button") << true;
}

void TestCanvasView::pans()
{
    QFETCH(bool, space);
    CanvasStage stage(exampleFlow(QStringLiteral("flow123")));
    CanvasView &view = *stage.view;
    QVERIFY(stage.isShown);
    const QByteArray before = stage.document.bytes();
    const QPointF from = centre(view);
    const Qt::MouseButton button = space ? Qt::LeftButton : Qt::MiddleButton;
    if (space)
        QTest::keyPress(&view, Qt::Key_Space);
    // Begun on a card, it still moves the paper.
    const QPoint card = view.mapFromScene(view.flowScene()->task(QStringLiteral("task2"))->sceneCard().center());
    QTest::mousePress(view.viewport(), button, {}, card);
    QTest::mouseMove(view.viewport(), card + QPoint(30, 10));
    QTest::mouseMove(view.viewport(), card + QPoint(120, -60));
    QTest::mouseRelease(view.viewport(), button, {}, card + QPoint(120, -60));
    if (space)
        QTest::keyRelease(&view, Qt::Key_Space);
    const QPointF moved = (centre(view) - from) * view.zoom();
    QVERIFY2(QLineF(moved, QPointF(-120, 60)).length() < 2,
             qPrintable(QStringLiteral("%1 %2").arg(moved.x()).arg(moved.y())));
    QCOMPARE(stage.document.bytes(), before);
    QVERIFY(stage.document.selection().isEmpty());
}

void TestCanvasView::wheelScrolls()
{
    CanvasStage stage(exampleFlow(QStringLiteral("flow123")));
    CanvasView &view = *stage.view;
    const QPointF from = centre(view);
    const double zoom = view.zoom();
    QWheelEvent wheel(QPointF(200, 200), view.viewport()->mapToGlobal(QPointF(200, 200)), {}, {0, -120}, {}, {},
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(view.viewport(), &wheel);
    QVERIFY(centre(view).y() > from.y());
    QCOMPARE(view.zoom(), zoom);
}

void TestCanvasView::zoomKeepsAPoint_data()
{
    QTest::addColumn<QPoint>("cursor");
    QTest::addColumn<int>("turn");
    QTest::newRow("in, left") << QPoint(40, 60) << 120;
    QTest::newRow("in, right") << QPoint(1100, 580) << 480;
    QTest::newRow("out, left") << QPoint(40, 60) << -120;
    QTest::newRow("out, middle") << QPoint(590, 310) << -480;
}

void TestCanvasView::zoomKeepsAPoint()
{
    QFETCH(QPoint, cursor);
    QFETCH(int, turn);
    CanvasStage stage(exampleFlow(QStringLiteral("failure-handling")));
    CanvasView &view = *stage.view;
    QSignalSpy zoomed(&view, &CanvasView::zoomChanged);
    const QPointF fixed = view.mapToScene(cursor);
    const double before = view.zoom();
    QWheelEvent wheel(cursor, view.viewport()->mapToGlobal(cursor), {}, {0, turn}, {}, Qt::ControlModifier,
                      Qt::NoScrollPhase, false);
    QApplication::sendEvent(view.viewport(), &wheel);
    QCOMPARE(view.zoom() > before, turn > 0);
    QVERIFY(QLineF(view.mapFromScene(fixed), cursor).length() <= 2);
    QCOMPARE(zoomed.count(), 1);
    QCOMPARE(zoomed.first().first().toDouble(), view.zoom());
}

void TestCanvasView::fitsByKey_data()
{
    QTest::addColumn<int>("key");
    QTest::addColumn<int>("modifiers");
    QTest::newRow("F") << int(Qt::Key_F) << int(Qt::NoModifier);
    QTest::newRow("Shift+1") << int(Qt::Key_Exclam) << int(Qt::ShiftModifier);
}

void TestCanvasView::fitsByKey()
{
    QFETCH(int, key);
    QFETCH(int, modifiers);
    CanvasStage stage(exampleFlow(QStringLiteral("thirty-tasks")));
    CanvasView &view = *stage.view;
    view.setZoom(2);
    view.centerOn(-1500, -1500);
    QTest::keyClick(&view, Qt::Key(key), Qt::KeyboardModifiers(modifiers));
    for (const TaskItem *task : view.flowScene()->tasks())
        QVERIFY2(shows(view, task), qPrintable(task->name()));
}

void TestCanvasView::fitNeverMagnifies()
{
    CanvasStage stage(exampleFlow(QStringLiteral("flow123")), false, {2400, 1200});
    stage.view->fit();
    QCOMPARE(stage.view->zoom(), 1.0);
}

void TestCanvasView::reveals()
{
    CanvasStage stage(exampleFlow(QStringLiteral("thirty-tasks")));
    CanvasView &view = *stage.view;
    view.setZoom(1);
    const QString last = stage.document.flow().tasks.last().name;
    view.centerOn(-3000, 0);
    view.revealTask(last);
    QCOMPARE(stage.document.selection().tasks, QStringList{last});
    QVERIFY(shows(view, view.flowScene()->task(last)));
    view.revealCondition(0);
    QCOMPARE(stage.document.selection().conditions, QList<qsizetype>{0});
    view.revealTask(QStringLiteral("nobody"));
    QCOMPARE(stage.document.selection().conditions, QList<qsizetype>{0});
}

void TestCanvasView::minimapShowsWhenThereIsMore()
{
    CanvasStage small(exampleFlow(QStringLiteral("flow123")));
    QVERIFY(!small.view->findChild<Minimap *>()->isVisible());
    CanvasStage large(exampleFlow(QStringLiteral("thirty-tasks")));
    large.view->setZoom(1);
    const auto *minimap = large.view->findChild<Minimap *>();
    QVERIFY(minimap->isVisible());
    QVERIFY(large.view->rect().contains(minimap->geometry()));
    large.view->fit();
    QVERIFY(!minimap->isVisible());
}

void TestCanvasView::minimapGoesThere()
{
    CanvasStage stage(exampleFlow(QStringLiteral("thirty-tasks")));
    CanvasView &view = *stage.view;
    view.setZoom(1);
    view.centerOn(view.flowScene()->content().center());
    auto *minimap = view.findChild<Minimap *>();
    const QRectF content = view.flowScene()->content();
    QTest::mousePress(minimap, Qt::LeftButton, {}, QPoint(16, minimap->height() / 2));
    QVERIFY(centre(view).x() < content.left() + content.width() / 4);
    QTest::mousePress(minimap, Qt::LeftButton, {}, QPoint(minimap->width() - 16, minimap->height() / 2));
    QVERIFY(centre(view).x() > content.right() - content.width() / 4);
}

void TestCanvasView::tidyUpIsOneStepAndArrives()
{
    FlowFile file = exampleFlow(QStringLiteral("flow123"));
    file.layout = {};
    file.layout.tasks = {{QStringLiteral("task1"), {900, 700}},
                         {QStringLiteral("task2"), {0, 0}},
                         {QStringLiteral("task3"), {400, 900}}};
    CanvasStage stage(file);
    stage.view->tidyUp();
    QCOMPARE(stage.document.undoStack()->count(), 1);
    const auto arrived = [&stage] {
        for (const TaskItem *task : stage.view->flowScene()->tasks()) {
            if (task->pos() != stage.document.layout().tasks.value(task->name()))
                return false;
        }
        return true;
    };
    QTRY_VERIFY(arrived());
    // In a row, as the flow runs.
    const Layout &layout = stage.document.layout();
    QVERIFY(layout.tasks.value(QStringLiteral("task1")).x() < layout.tasks.value(QStringLiteral("task2")).x());
    QVERIFY(layout.tasks.value(QStringLiteral("task2")).x() < layout.tasks.value(QStringLiteral("task3")).x());
    stage.document.undoStack()->undo();
    QTRY_VERIFY(arrived());
    QCOMPARE(stage.document.layout(), file.layout);
}

void TestCanvasView::cutsAndPastes()
{
    CanvasStage stage(exampleFlow(QStringLiteral("flow123")));
    CanvasView &view = *stage.view;
    const QByteArray before = stage.document.bytes();
    stage.document.select({{QStringLiteral("task2"), QStringLiteral("task3")}, {}});
    QTest::keyClick(&view, Qt::Key_X, Qt::ControlModifier);
    QCOMPARE(view.flowScene()->tasks().size(), 1);
    QTest::keyClick(&view, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(view.flowScene()->tasks().size(), 3);
    QCOMPARE(stage.document.selection().tasks, (QStringList{QStringLiteral("task2"), QStringLiteral("task3")}));
    stage.document.undoStack()->undo();
    stage.document.undoStack()->undo();
    QCOMPARE(stage.document.bytes(), before);

    QApplication::clipboard()->setText(QStringLiteral("Dear all,"));
    QSignalSpy said(&view, &CanvasView::statusMessage);
    QTest::keyClick(&view, Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(said.count(), 1);
    QVERIFY(said.first().first().toString().startsWith(QStringLiteral("The clipboard holds no tasks")));
}

void TestCanvasView::f2RenamesTheSelectedCard()
{
    CanvasStage stage(exampleFlow(QStringLiteral("flow123")));
    stage.document.select({{QStringLiteral("task2")}, {}});
    QTest::keyClick(stage.view.get(), Qt::Key_F2);
    auto *editor = stage.view->findChild<QLineEdit *>(QStringLiteral("nameEditor"));
    QVERIFY(editor);
    QCOMPARE(editor->text(), QStringLiteral("task2"));
    QTest::keyClicks(editor, QStringLiteral("Process orders"));
    QTest::keyClick(editor, Qt::Key_Return);
    QVERIFY(stage.document.flow().task(QStringLiteral("Process orders")));
    QCOMPARE(stage.document.selection().tasks, QStringList{QStringLiteral("Process orders")});
}

void TestCanvasView::emptyCanvasOffersTheExample()
{
    CanvasStage stage{FlowFile()};
    QSignalSpy asked(stage.view.get(), &CanvasView::exampleRequested);
    auto *button = stage.view->findChild<QAbstractButton *>(QStringLiteral("openExample"));
    QVERIFY(button && button->isVisible());
    QTest::mouseClick(button, Qt::LeftButton);
    QCOMPARE(asked.count(), 1);
}

QTEST_MAIN(TestCanvasView)
#include "tst_canvas_view.moc"
