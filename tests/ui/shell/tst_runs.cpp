// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell_fixture.h"

#include "look/elided_label.h"
#include "monitor/history_panel.h"
#include "shell/document_tabs.h"
#include "shell/history_controller.h"
#include "shell/open_controller.h"
#include "shell/window_docks.h"
#include "support/flow_test.h"
#include "ui/look/panel_picture.h"

#include <QAbstractItemView>
#include <QDialog>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStatusBar>
#include <QToolButton>

using namespace flow;
using namespace flow::test;

/// Runs as they are seen in the window.
class TestRuns : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void stopEndsARunningFlow();
    void failureShowsItsError();
    void problemsPreventARun();
    void inputIsAskedForWhereItIsNeeded();
    void badInputIsRefusedInline();
    void pastRunShowsTheRevisionThatRan();
    void stripOfAPastRunTellsAll_data();
    void stripOfAPastRunTellsAll();
    void twoRunsAtOnceKeepApart();
};

void TestRuns::stopEndsARunningFlow()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(slowFlow(QStringLiteral("slow"), 300), {});
    const auto *stop = shell.widget<QToolButton>(QStringLiteral("stopButton"));
    const auto *run = shell.widget<QToolButton>(QStringLiteral("runButton"));
    QVERIFY(!stop->isEnabled());
    QVERIFY(run->isEnabled());

    shell.click(QStringLiteral("runButton"));
    QTRY_COMPARE(toString(shell.tab()->run().trace.tasks.value(QStringLiteral("wait")).status),
                 toString(TaskStatus::Running));
    QVERIFY(stop->isEnabled());
    QVERIFY(!run->isEnabled()); // one run at a time per tab

    shell.key(Qt::Key_F5, Qt::ShiftModifier);
    QVERIFY(shell.waitForRunEnd());
    QCOMPARE(toString(shell.tab()->run().trace.status), toString(ExecutionStatus::Cancelled));
    QCOMPARE(toString(shell.tab()->run().tasks.first().status), toString(TaskStatus::Cancelled));
    QVERIFY(!stop->isEnabled());
    QVERIFY(run->isEnabled());
}

void TestRuns::failureShowsItsError()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(failingFlow(QStringLiteral("bad"), QStringLiteral("The disk of the moon is full")),
                                  {});
    shell.key(Qt::Key_F5);
    QVERIFY(shell.waitForRunEnd());
    const TabRun &run = shell.tab()->run();
    QCOMPARE(toString(run.trace.status), toString(ExecutionStatus::Failure));
    QCOMPARE(run.trace.errorTask, QStringLiteral("break"));
    QCOMPARE(run.trace.tasks.value(QStringLiteral("break")).error, QStringLiteral("The disk of the moon is full"));

    // The log says it as well.
    auto *log = itemView(shell.widget(QStringLiteral("log")));
    QTRY_VERIFY(!log->model()
                     ->match(log->model()->index(0, 0), Qt::DisplayRole, QStringLiteral("The disk of the moon is full"),
                             1, Qt::MatchContains)
                     .isEmpty());
}

void TestRuns::problemsPreventARun()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    FlowFile file = smallFlow(QStringLiteral("odd"), QStringLiteral("Odd"));
    file.flow.tasks[1].type = QStringLiteral("no such type");
    shell.window().opener()->show(file, {});
    shell.key(Qt::Key_F5);
    QTRY_COMPARE(shell.document()->selection().tasks, QStringList{QStringLiteral("second")});
    QCOMPARE(shell.tab()->run().id, 0);
    QVERIFY(!shell.window().findChild<QDockWidget *>(QStringLiteral("problems"))->visibleRegion().isEmpty());
}

void TestRuns::inputIsAskedForWhereItIsNeeded()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    FlowFile file = smallFlow(QStringLiteral("in"), QStringLiteral("With input"));
    file.flow.inputs = QJsonObject{
        {QStringLiteral("type"), QStringLiteral("object")},
        {QStringLiteral("properties"),
         QJsonObject{{QStringLiteral("day"), QJsonObject{{QStringLiteral("type"), QStringLiteral("string")}}}}},
        {QStringLiteral("required"), QJsonArray{QStringLiteral("day")}}};
    shell.window().opener()->show(file, {});

    shell.key(Qt::Key_F5); // cannot run without
    QTRY_VERIFY(shell.dialog());
    auto *run = shell.dialog()->findChild<QPushButton *>(QStringLiteral("runButton"));
    QVERIFY(!run->isEnabled());
    auto *day = shell.dialog()->findChild<QLineEdit *>();
    day->setFocus();
    shell.type(QStringLiteral("2026-11-23"));
    QTRY_VERIFY(run->isEnabled());
    shell.click(run);
    QVERIFY(shell.waitForRunEnd());
    QCOMPARE(shell.tab()->run().execution->inputContext,
             (QJsonObject{{QStringLiteral("day"), QStringLiteral("2026-11-23")}}));

    shell.key(Qt::Key_F5, Qt::ControlModifier); // the last input is remembered
    QTRY_VERIFY(shell.dialog());
    QCOMPARE(shell.dialog()->findChild<QLineEdit *>()->text(), QStringLiteral("2026-11-23"));
    shell.key(Qt::Key_Escape);
    QTRY_VERIFY(!shell.dialog());
}

void TestRuns::badInputIsRefusedInline()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(smallFlow(QStringLiteral("json"), QStringLiteral("JSON")), {});
    shell.key(Qt::Key_F5, Qt::ControlModifier);
    QTRY_VERIFY(shell.dialog());
    auto *text = shell.dialog()->findChild<QPlainTextEdit *>(QStringLiteral("inputJson"));
    auto *run = shell.dialog()->findChild<QPushButton *>(QStringLiteral("runButton"));
    text->setFocus();
    text->selectAll();
    shell.type(QStringLiteral("{\"a\": }"));
    QTRY_VERIFY(!run->isEnabled());
    text->selectAll();
    shell.type(QStringLiteral("{\"a\": 7}"));
    QTRY_VERIFY(run->isEnabled());
    shell.click(run);
    QVERIFY(shell.waitForRunEnd());
    QCOMPARE(shell.tab()->run().execution->inputContext, (QJsonObject{{QStringLiteral("a"), 7}}));
}

void TestRuns::pastRunShowsTheRevisionThatRan()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(smallFlow(QStringLiteral("past"), QStringLiteral("Past")), {});
    shell.key(Qt::Key_F5);
    QVERIFY(shell.waitForRunEnd());
    const ExecutionId id = shell.tab()->run().id;
    QVERIFY(shell.document()->renameTask(QStringLiteral("second"), QStringLiteral("changed")));

    shell.window().docks()->showHistory();
    auto *list = itemView(shell.widget(QStringLiteral("history")));
    QTRY_COMPARE(list->model()->rowCount(), 1);
    const QPoint row = list->visualRect(list->model()->index(0, 0)).center();
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, row);
    QTest::mouseDClick(list->viewport(), Qt::LeftButton, {}, row);

    QTRY_COMPARE(shell.tab()->pastRun(), id);
    QVERIFY(shell.document()->isReadOnly());
    QVERIFY(shell.document()->flow().task(QStringLiteral("second")));
    QVERIFY(!shell.document()->flow().task(QStringLiteral("changed")));
    QCOMPARE(shell.tab()->title(), QStringLiteral("Run %1 · Past").arg(id));
    QCOMPARE(shell.tab()->run().tasks.size(), 2);
    QCOMPARE(toString(shell.tab()->run().trace.tasks.value(QStringLiteral("second")).status),
             toString(TaskStatus::Success));
    QVERIFY(!shell.widget(QStringLiteral("runButton"))->isEnabled());

    // A second time turns to the same tab.
    const qsizetype tabs = shell.window().tabs()->all().size();
    shell.window().history()->openExecution(id);
    QCOMPARE(shell.window().tabs()->all().size(), tabs);
}

void TestRuns::stripOfAPastRunTellsAll_data()
{
    QTest::addColumn<QString>("message");
    QTest::addColumn<bool>("fits");
    QTest::newRow("short") << QStringLiteral("no disk") << true;
    QTest::newRow("long") << QStringLiteral("The disk of the moon is full. ").repeated(12).trimmed() << false;
    QTest::newRow("lines") << QStringLiteral("line of a long <b>trace</b>\n").repeated(20).trimmed() << false;
}

void TestRuns::stripOfAPastRunTellsAll()
{
    QFETCH(QString, message);
    QFETCH(bool, fits);
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(failingFlow(QStringLiteral("bad"), message), {});
    shell.key(Qt::Key_F5);
    QVERIFY(shell.waitForRunEnd());
    shell.window().history()->openExecution(1);
    QTRY_COMPARE(shell.tab()->pastRun(), 1);

    const QWidget *strip = shell.tab()->findChild<QWidget *>(QStringLiteral("runBanner"));
    const auto *detail = strip->findChild<ElidedLabel *>();
    auto *more = strip->findChild<QPushButton *>();
    const auto *whole = strip->findChild<QPlainTextEdit *>();
    QTRY_COMPARE(detail->isElided(), !fits);
    QTRY_COMPARE(more->isVisible(), !fits);
    QCOMPARE(detail->toolTip().isEmpty(), fits);
    QVERIFY(!whole->isVisible());
    if (fits)
        return;
    const int low = strip->height();
    more->setFocus();
    QTest::keyClick(more, Qt::Key_Space);
    QCOMPARE(more->text(), QStringLiteral("Show less"));
    QVERIFY(whole->isVisible());
    QCOMPARE(whole->toPlainText(), QStringLiteral("break: ") + message);
    QVERIFY(!detail->isElided());
    QTRY_VERIFY(strip->height() > low);
    keepPictures(&shell.look(), shell.tab(), QStringLiteral("strip-") + QString::fromLatin1(QTest::currentDataTag()));
    QTest::mouseClick(more, Qt::LeftButton);
    QVERIFY(!whole->isVisible());
    QTRY_COMPARE(strip->height(), low);
}

void TestRuns::twoRunsAtOnceKeepApart()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    FlowTab *slow = shell.window().opener()->show(slowFlow(QStringLiteral("slow"), 300), {});
    shell.key(Qt::Key_F5);
    QTRY_COMPARE(toString(slow->run().trace.status), toString(ExecutionStatus::Running));
    FlowTab *fast = shell.window().opener()->show(smallFlow(QStringLiteral("fast"), QStringLiteral("Fast")), {});
    shell.key(Qt::Key_F5);
    QVERIFY(shell.waitForRunEnd());
    QCOMPARE(fast->run().trace.tasks.size(), 2);
    QCOMPARE(toString(slow->run().trace.status), toString(ExecutionStatus::Running));
    QCOMPARE(slow->run().trace.tasks.size(), 1);
    shell.window().tabs()->activate(slow);
    shell.key(Qt::Key_F5, Qt::ShiftModifier);
    QVERIFY(shell.waitForRunEnd());
}

QTEST_MAIN(TestRuns)
#include "tst_runs.moc"
