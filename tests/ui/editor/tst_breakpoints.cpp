// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_desk.h"
#include "document/breakpoint_list.h"
#include "editor/canvas/breakpoint_popup.h"
#include "look/small_widgets.h"
#include "support/flow_test.h"
#include "ui/look/panel_picture.h"

#include <QLineEdit>
#include <QPushButton>

using namespace flow;
using namespace flow::test;

/// Breakpoints as they are set on the canvas.
class TestBreakpoints : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void clickOnTheCorner();
    void keyOnWhatIsSelected();
    void expressionIsAskedFor();
    void longErrorIsShownWhole();
    void followsTheFlow();
    void whatDoesNotFitIsLeftOut();
    void looks();

private:
    static FlowFile branching()
    {
        FlowFile file = threeTasks();
        file.layout.tasks[QStringLiteral("c")] = QPointF(260, 200);
        file.flow.conditions = {{.name = QStringLiteral("after a"),
                                 .sourceTask = QStringLiteral("a"),
                                 .targetTaskSuccess = QStringLiteral("b"),
                                 .targetTaskFailure = QStringLiteral("c")}};
        return file;
    }
    static Breakpoint onTask(const char *task, const char *when = "")
    {
        return {.task = QString::fromLatin1(task), .condition = {}, .when = QString::fromLatin1(when)};
    }
    static Breakpoint onCondition(const char *condition)
    {
        return {.task = {}, .condition = QString::fromLatin1(condition), .when = {}};
    }
};

void TestBreakpoints::clickOnTheCorner()
{
    Desk desk(branching());
    QVERIFY(desk.ready);
    const TaskItem *card = desk.view.flowScene()->task(QStringLiteral("b"));
    const QPoint corner = desk.at(card->pos() + breakpointSpot);
    QTest::mouseClick(desk.view.viewport(), Qt::LeftButton, {}, corner);
    QCOMPARE(desk.view.breakpoints()->all(), QList<Breakpoint>{onTask("b")});
    QCOMPARE(card->content().breakpoint, std::optional(QString()));
    QVERIFY(desk.document.selection().isEmpty());
    QVERIFY(!desk.document.undoStack()->canUndo()); // not a change of the flow
    QTest::mouseClick(desk.view.viewport(), Qt::LeftButton, {}, corner);
    QVERIFY(desk.view.breakpoints()->all().isEmpty());
    QVERIFY(!card->content().breakpoint);
}

void TestBreakpoints::keyOnWhatIsSelected()
{
    Desk desk(branching());
    QVERIFY(desk.ready);
    desk.document.select({{QStringLiteral("a"), QStringLiteral("c")}, {0}});
    desk.view.breakpoints()->put(onTask("c", "input.x > 1"));
    QTest::keyClick(&desk.view, Qt::Key_F9); // those without get one
    QCOMPARE(desk.view.breakpoints()->all(),
             (QList<Breakpoint>{onTask("c", "input.x > 1"), onTask("a"), onCondition("after a")}));
    QTest::keyClick(&desk.view, Qt::Key_F9);
    QVERIFY(desk.view.breakpoints()->all().isEmpty());
}

void TestBreakpoints::expressionIsAskedFor()
{
    Desk desk(branching());
    QVERIFY(desk.ready);
    desk.view.editBreakpoint(onTask("b"), desk.view.mapToGlobal(QPoint(50, 50)));
    const QPointer<BreakpointPopup> popup = desk.view.findChild<BreakpointPopup *>();
    QVERIFY(popup && popup->isVisible());
    auto *when = popup->findChild<QLineEdit *>();
    auto *message = popup->findChild<InlineMessage *>();
    QPushButton *done = nullptr;
    for (auto *button : popup->findChildren<QPushButton *>()) {
        if (button->text() == QStringLiteral("Done"))
            done = button;
    }
    QVERIFY(done);
    QTest::keyClicks(when, QStringLiteral("tasks.a.data.n >"));
    QVERIFY(!message->text().isEmpty());
    QVERIFY(!done->isEnabled());
    QTest::keyClick(when, Qt::Key_Return); // is not taken
    QVERIFY(desk.view.breakpoints()->all().isEmpty());
    QTest::keyClicks(when, QStringLiteral(" 3"));
    QCOMPARE(message->text(), QString());
    QTest::mouseClick(done, Qt::LeftButton);
    QCOMPARE(desk.view.breakpoints()->all(), QList<Breakpoint>{onTask("b", "tasks.a.data.n > 3")});
    QTRY_VERIFY(!popup);
    QCOMPARE(desk.view.flowScene()->task(QStringLiteral("b"))->content().breakpoint,
             std::optional(QStringLiteral("tasks.a.data.n > 3")));
}

void TestBreakpoints::longErrorIsShownWhole()
{
    Desk desk(branching());
    QVERIFY(desk.ready);
    desk.view.editBreakpoint(onTask("b"), desk.view.mapToGlobal(QPoint(50, 50)));
    auto *popup = desk.view.findChild<BreakpointPopup *>();
    QVERIFY(popup && popup->isVisible());
    const int before = popup->height();
    QTest::keyClicks(popup->findChild<QLineEdit *>(),
                     QStringLiteral("average_of_the_last_seven_days_but_not_of_holidays_nor_sundays(input.n)"));
    const auto *label = popup->findChild<InlineMessage *>()->findChild<QLabel *>();
    QVERIFY2(label->text().size() > 60, qPrintable(label->text()));
    QTRY_VERIFY(label->height() >= label->heightForWidth(label->width()));
    QVERIFY(popup->height() > before);
    keepPicture(popup->grab().toImage(), QStringLiteral("breakpoint-error"));
    for (const QPushButton *button : popup->findChildren<QPushButton *>())
        QVERIFY(button->geometry().bottom() < popup->height());
    popup->close();
}

void TestBreakpoints::followsTheFlow()
{
    Desk desk(branching());
    QVERIFY(desk.ready);
    BreakpointList *breakpoints = desk.view.breakpoints();
    breakpoints->set({onTask("b"), onTask("c"), onCondition("after a")});
    QVERIFY(desk.document.renameTask(QStringLiteral("b"), QStringLiteral("renamed")));
    QCOMPARE(breakpoints->all(), (QList<Breakpoint>{onTask("renamed"), onTask("c"), onCondition("after a")}));
    desk.document.select({{QStringLiteral("c")}, {}});
    desk.document.removeSelection();
    QCOMPARE(breakpoints->all(), (QList<Breakpoint>{onTask("renamed"), onCondition("after a")}));
    desk.document.select({{}, {0}});
    desk.document.removeSelection();
    QCOMPARE(breakpoints->all(), QList<Breakpoint>{onTask("renamed")});
}

void TestBreakpoints::whatDoesNotFitIsLeftOut()
{
    Desk desk(branching());
    desk.view.breakpoints()->set({onTask("nope"), onTask("a", "1 +"), onTask("a", "1"), onTask("b")});
    QCOMPARE(desk.view.breakpoints()->all(), QList<Breakpoint>{onTask("b")});
}

/// With an expression it is another sign; a condition's stands on its wires.
void TestBreakpoints::looks()
{
    Desk desk(branching());
    QVERIFY(desk.ready);
    const auto picture = [&] {
        QApplication::processEvents();
        return desk.view.grab().toImage();
    };
    const QImage none = picture();
    desk.view.breakpoints()->put(onTask("b"));
    const QImage plain = picture();
    desk.view.breakpoints()->put(onTask("b", "true"));
    const QImage conditional = picture();
    desk.view.breakpoints()->put(onCondition("after a"));
    const QImage wire = picture();
    QVERIFY(none != plain);
    QVERIFY(plain != conditional);
    QVERIFY(conditional != wire);
    desk.view.breakpoints()->set({});
    QCOMPARE(picture(), none);
}

QTEST_MAIN(TestBreakpoints)
#include "tst_breakpoints.moc"
