// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_desk.h"
#include "support/flow_test.h"

#include <QContextMenuEvent>
#include <QMenu>
#include <QPointer>

using namespace flow;
using namespace flow::test;

/// What the right mouse button offers.
class TestCanvasMenu : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void offers_data();
    void offers();
    void endsOneWay();
    void deletesTheCondition();
    void startsHere();

private:
    static FlowFile branching();
    static QMenu *menuAt(Desk &desk, QPointF scene);
    static void choose(QMenu *menu, const QString &text);
};

/// a leads to b on success and to c on failure, by one condition.
FlowFile TestCanvasMenu::branching()
{
    FlowFile file = threeTasks();
    file.layout.tasks[QStringLiteral("c")] = QPointF(260, 200);
    file.flow.conditions = {{.name = QStringLiteral("after a"),
                             .sourceTask = QStringLiteral("a"),
                             .targetTaskSuccess = QStringLiteral("b"),
                             .targetTaskFailure = QStringLiteral("c")}};
    return file;
}

QMenu *TestCanvasMenu::menuAt(Desk &desk, QPointF scene)
{
    const QPoint place = desk.at(scene);
    QContextMenuEvent event(QContextMenuEvent::Mouse, place, desk.view.viewport()->mapToGlobal(place));
    QApplication::sendEvent(desk.view.viewport(), &event);
    return desk.view.findChild<QMenu *>(QStringLiteral("canvasMenu"));
}

/// With the keyboard, as a person may.
void TestCanvasMenu::choose(QMenu *menu, const QString &text)
{
    for (QAction *action : menu->actions()) {
        if (action->text() != text)
            continue;
        menu->setActiveAction(action);
        QTest::keyClick(menu, Qt::Key_Return);
        return;
    }
    QFAIL(qPrintable(QStringLiteral("the menu has no %1").arg(text)));
}

void TestCanvasMenu::offers_data()
{
    QTest::addColumn<QString>("thing");
    QTest::addColumn<bool>("readOnly");
    QTest::addColumn<QString>("offered"); // those that can be chosen
    QTest::newRow("card") << QStringLiteral("card") << false
                          << QStringLiteral(
                                 "Rename, Start the flow here, Set a breakpoint, Pause only when…, Copy, Duplicate, "
                                 "Delete");
    QTest::newRow("card of a past run") << QStringLiteral("card") << true
                                        << QStringLiteral("Set a breakpoint, Pause only when…, Copy");
    QTest::newRow("wire") << QStringLiteral("wire") << false
                          << QStringLiteral("Set a breakpoint, Pause only when…, End the flow here instead, "
                                            "Delete this condition with both its ways");
    QTest::newRow("wire of a past run") << QStringLiteral("wire") << true
                                        << QStringLiteral("Set a breakpoint, Pause only when…");
    QTest::newRow("paper") << QStringLiteral("paper") << false
                           << QStringLiteral("Add a task…, Paste, Tidy up, Show the whole flow");
    QTest::newRow("paper of a past run") << QStringLiteral("paper") << true << QStringLiteral("Show the whole flow");
}

void TestCanvasMenu::offers()
{
    QFETCH(QString, thing);
    QFETCH(bool, readOnly);
    Desk desk(branching());
    QVERIFY(desk.ready);
    desk.document.setReadOnly(readOnly);
    const QPointF where = thing == QStringLiteral("card")   ? desk.card("a")
                          : thing == QStringLiteral("wire") ? desk.port("a", 0) + QPointF(30, 0)
                                                            : QPointF(700, 300);
    const QPointer<QMenu> menu = menuAt(desk, where);
    QVERIFY(menu);
    QStringList offered;
    for (const QAction *action : menu->actions()) {
        if (action->isEnabled() && !action->isSeparator())
            offered << action->text();
    }
    QTEST(offered.join(QStringLiteral(", ")), "offered");
    QTest::keyClick(menu, Qt::Key_Escape);
    QTRY_VERIFY(!menu);
}

void TestCanvasMenu::endsOneWay()
{
    Desk desk(branching());
    QVERIFY(desk.ready);
    choose(menuAt(desk, desk.port("a", 0) + QPointF(30, 0)), QStringLiteral("End the flow here instead"));
    QTRY_COMPARE(desk.ways("a"), QStringLiteral("success>end failure>c"));
    desk.document.undoStack()->undo();
    QCOMPARE(desk.ways("a"), QStringLiteral("success>b failure>c"));
}

void TestCanvasMenu::deletesTheCondition()
{
    Desk desk(branching());
    QVERIFY(desk.ready);
    choose(menuAt(desk, desk.port("a", 0) + QPointF(30, 0)),
           QStringLiteral("Delete this condition with both its ways"));
    QTRY_VERIFY(desk.document.flow().conditions.isEmpty());
    QCOMPARE(desk.document.flow().tasks.size(), 3);
}

void TestCanvasMenu::startsHere()
{
    Desk desk(branching());
    QVERIFY(desk.ready);
    choose(menuAt(desk, desk.card("b")), QStringLiteral("Start the flow here"));
    QTRY_COMPARE(desk.document.flow().startTask, QStringLiteral("b"));
}

QTEST_MAIN(TestCanvasMenu)
#include "tst_canvas_menu.moc"
