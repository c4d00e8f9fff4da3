// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell_fixture.h"

#include "document/breakpoint_list.h"
#include "editor/canvas/flow_scene.h"
#include "editor/canvas_view.h"
#include "look/small_widgets.h"
#include "model/validate.h"
#include "shell/document_tabs.h"
#include "shell/history_controller.h"
#include "shell/open_controller.h"
#include "shell/run_banner.h"
#include "shell/window_docks.h"

#include "support/flow_test.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QLabel>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QToolButton>

using namespace flow;
using namespace flow::test;

/// Pausing, stepping and going on as they are seen in the window.
class TestSteering : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void stepsFromTaskToTask();
    void pauseWaitsForTheRunningTask();
    void aPausedRunGoesOnAfterARestart();
    void aSecondStopEndsTheFinalTask();
    void breakpointsStopARun();
    void theContextCanBeChanged();
    void theNextResultCanBeForced();
    void breakpointsAreChangedWhileItRuns();

private:
    static bool waitForPause(Shell &shell)
    {
        return QTest::qWaitFor([&] { return shell.tab()->run().isPaused(); }, 20'000);
    }
    static QStringList texts(QAbstractItemView *view, int column)
    {
        QStringList list;
        for (int row = 0; row < view->model()->rowCount(); ++row)
            list << view->model()->index(row, column).data().toString();
        return list;
    }
};

void TestSteering::stepsFromTaskToTask()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(smallFlow(QStringLiteral("s"), QStringLiteral("Steps")), {});
    auto *run = shell.widget<QToolButton>(QStringLiteral("runButton"));
    auto *banner = shell.tab()->findChild<RunBanner *>();
    QVERIFY(banner->isHidden());
    QVERIFY(!shell.widget(QStringLiteral("pauseButton"))->isEnabled());

    shell.key(Qt::Key_F10); // starts, and waits before the first task
    QVERIFY(waitForPause(shell));
    const FlowScene *scene = shell.tab()->canvas()->flowScene();
    QVERIFY(scene->task(QStringLiteral("first"))->content().isNext);
    QVERIFY(!scene->task(QStringLiteral("second"))->content().isNext);
    QCOMPARE(run->text(), QStringLiteral("Continue  F5"));
    QVERIFY(!shell.widget(QStringLiteral("pauseButton"))->isEnabled());
    QVERIFY(banner->isVisible());
    QTRY_COMPARE(shell.widget<QLabel>(QStringLiteral("runningStatus"))->text(),
                 QStringLiteral("Steps: Paused before task 'first'"));

    shell.click(QStringLiteral("stepButton"));
    QTRY_VERIFY(scene->task(QStringLiteral("second"))->content().isNext);
    QVERIFY(!scene->task(QStringLiteral("first"))->content().isNext);
    QCOMPARE(toString(shell.tab()->run().trace.tasks.value(QStringLiteral("first")).status),
             toString(TaskStatus::Success));
    shell.window().docks()->showHistory();
    auto *history = itemView(shell.widget(QStringLiteral("history")));
    QTRY_COMPARE(texts(history, 6), QStringList{QStringLiteral("Paused before task 'second'")});
    auto *log = itemView(shell.widget(QStringLiteral("log")));
    QTRY_VERIFY(texts(log, 0).join(u'|').contains(QStringLiteral("Run goes on")));
    QVERIFY(texts(log, 0).join(u'|').contains(QStringLiteral("Paused before task 'second'")));
    QCOMPARE(texts(log, 0).filter(QStringLiteral("Waits for a free place")).size(), 1);

    shell.key(Qt::Key_F5);
    QTRY_VERIFY(shell.tab()->run().id && !shell.tab()->run().isActive());
    QCOMPARE(toString(shell.tab()->run().trace.status), toString(ExecutionStatus::Completed));
    QVERIFY(banner->isHidden());
    QCOMPARE(run->text(), QStringLiteral("Run  F5"));
    QTRY_COMPARE(texts(history, 0), QStringList{QStringLiteral("completed")});
    QCOMPARE(texts(history, 5), QStringList{QStringLiteral("2")});
}

void TestSteering::pauseWaitsForTheRunningTask()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    FlowFile file = smallFlow(QStringLiteral("p"), QStringLiteral("Pauses"));
    file.flow.tasks[0].type = QStringLiteral("delay");
    file.flow.tasks[0].config = QJsonObject{{QStringLiteral("seconds"), 1}};
    shell.window().opener()->show(file, {});
    shell.key(Qt::Key_F5);
    QTRY_COMPARE(toString(shell.tab()->run().trace.tasks.value(QStringLiteral("first")).status),
                 toString(TaskStatus::Running));
    QVERIFY(shell.widget(QStringLiteral("pauseButton"))->isEnabled());
    shell.key(Qt::Key_F6);
    QVERIFY(!shell.widget(QStringLiteral("pauseButton"))->isEnabled()); // asked once is enough
    QVERIFY(waitForPause(shell));
    QCOMPARE(shell.tab()->run().trace.nextTask, QStringLiteral("second"));
    QCOMPARE(toString(shell.tab()->run().trace.tasks.value(QStringLiteral("first")).status),
             toString(TaskStatus::Success));
    QTRY_COMPARE(shell.tab()->run().tasks.size(), 1); // what is done so far can be looked at

    shell.key(Qt::Key_F5, Qt::ShiftModifier);
    QTRY_COMPARE(toString(shell.tab()->run().trace.status), toString(ExecutionStatus::Cancelled));
    QVERIFY(!shell.tab()->canvas()->flowScene()->task(QStringLiteral("second"))->content().isNext);
}

void TestSteering::aPausedRunGoesOnAfterARestart()
{
    const QTemporaryDir folder;
    {
        Shell shell(folder.path());
        QVERIFY(shell.open());
        shell.window().opener()->show(smallFlow(QStringLiteral("r"), QStringLiteral("Restarts")), {});
        shell.key(Qt::Key_F10);
        QVERIFY(waitForPause(shell));
    }
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().history()->openExecution(1);
    QTRY_VERIFY(shell.tab() && shell.tab()->pastRun() == 1);
    QVERIFY(shell.tab()->run().isPaused());
    QVERIFY(shell.tab()->canvas()->flowScene()->task(QStringLiteral("first"))->content().isNext);
    QTRY_VERIFY(shell.widget(QStringLiteral("runButton"))->isEnabled());
    shell.click(QStringLiteral("runButton"));
    QTRY_COMPARE(toString(shell.tab()->run().trace.status), toString(ExecutionStatus::Completed));
    QVERIFY(!shell.widget(QStringLiteral("runButton"))->isEnabled()); // a past run can only be looked at
}

void TestSteering::aSecondStopEndsTheFinalTask()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    FlowFile file = slowFlow(QStringLiteral("f"), 300);
    file.flow.tasks.append({.name = QStringLiteral("tidy"),
                            .type = QStringLiteral("delay"),
                            .config = QJsonObject{{QStringLiteral("seconds"), 300}}});
    file.flow.finalTask = QStringLiteral("tidy");
    shell.window().opener()->show(file, {});
    shell.key(Qt::Key_F5);
    const auto stateOf = [&](const char *task) {
        return toString(shell.tab()->run().trace.tasks.value(QString::fromLatin1(task)).status);
    };
    QTRY_COMPARE(stateOf("wait"), toString(TaskStatus::Running));
    auto *stop = shell.widget<QToolButton>(QStringLiteral("stopButton"));
    QCOMPARE(stop->text(), QStringLiteral("Stop"));
    shell.click(stop);
    QTRY_COMPARE(stateOf("tidy"), toString(TaskStatus::Running));
    QCOMPARE(stop->text(), QStringLiteral("Stop at once"));
    shell.click(stop);
    QTRY_COMPARE(toString(shell.tab()->run().trace.status), toString(ExecutionStatus::Cancelled));
    QCOMPARE(stateOf("tidy"), toString(TaskStatus::Cancelled));
    QCOMPARE(stop->text(), QStringLiteral("Stop"));
}

/// And survive the end of the program.
void TestSteering::breakpointsStopARun()
{
    const QTemporaryDir folder;
    const Breakpoint second{.task = QStringLiteral("second"), .condition = {}, .when = {}};
    {
        Shell shell(folder.path());
        QVERIFY(shell.open());
        shell.window().opener()->show(smallFlow(QStringLiteral("b"), QStringLiteral("Breaks")), {});
        shell.document()->select({{QStringLiteral("second")}, {}});
        shell.tab()->canvas()->setFocus();
        shell.key(Qt::Key_F9);
        QCOMPARE(shell.tab()->canvas()->breakpoints()->all(), QList<Breakpoint>{second});
        shell.key(Qt::Key_F5);
        QVERIFY(waitForPause(shell));
        QCOMPARE(shell.tab()->run().trace.pausedBecause, QStringLiteral("Breakpoint before task 'second'"));
        shell.key(Qt::Key_F5);
        QTRY_COMPARE(toString(shell.tab()->run().trace.status), toString(ExecutionStatus::Completed));
    }
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(smallFlow(QStringLiteral("b"), QStringLiteral("Breaks")), {});
    QCOMPARE(shell.tab()->canvas()->breakpoints()->all(), QList<Breakpoint>{second});
    shell.key(Qt::Key_F9, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(shell.tab()->canvas()->breakpoints()->all().isEmpty());
    shell.window().opener()->show(smallFlow(QStringLiteral("b"), QStringLiteral("Breaks")), {});
    QVERIFY(shell.tab()->canvas()->breakpoints()->all().isEmpty());
}

void TestSteering::breakpointsAreChangedWhileItRuns()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    FlowFile file = smallFlow(QStringLiteral("live"), QStringLiteral("Live"));
    file.flow.tasks[0].type = QStringLiteral("delay");
    file.flow.tasks[0].config = QJsonObject{{QStringLiteral("seconds"), 1}};
    shell.window().opener()->show(file, {});
    shell.key(Qt::Key_F5);
    QTRY_COMPARE(toString(shell.tab()->run().trace.tasks.value(QStringLiteral("first")).status),
                 toString(TaskStatus::Running));
    shell.document()->select({{}, {0}}); // the condition
    shell.tab()->canvas()->setFocus();
    shell.key(Qt::Key_F9);
    QVERIFY(waitForPause(shell));
    QCOMPARE(shell.tab()->run().trace.pausedBecause, QStringLiteral("Breakpoint on condition 'go on'"));
    QCOMPARE(shell.tab()->run().trace.nextTask, QStringLiteral("second"));
}

void TestSteering::theContextCanBeChanged()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    FlowFile file = smallFlow(QStringLiteral("c"), QStringLiteral("Context"));
    file.flow.tasks[1].type = QStringLiteral("set_variables");
    file.flow.tasks[1].config =
        QJsonObject{{QStringLiteral("values"), QJsonObject{{QStringLiteral("n"), QStringLiteral("${input.n}")}}}};
    shell.window().opener()->show(file, {});
    QVERIFY(!hasErrors(shell.document()->issues()));
    shell.document()->select({{QStringLiteral("second")}, {}});
    shell.tab()->canvas()->setFocus();
    shell.key(Qt::Key_F9);
    shell.key(Qt::Key_F5);
    QVERIFY(waitForPause(shell));
    auto *data = shell.widget(QStringLiteral("data"));
    auto *edit = data->findChild<QPushButton *>(QStringLiteral("editContext"));
    QTRY_VERIFY(edit->isVisibleTo(data)); // the panel turns to what comes next
    QCOMPARE(data->findChild<QComboBox *>()->currentText(), QStringLiteral("Next: second"));

    edit->click();
    QTRY_VERIFY(shell.dialog());
    auto *text = shell.dialog()->findChild<QPlainTextEdit *>(QStringLiteral("contextJson"));
    auto *take = shell.dialog()->findChild<QPushButton *>(QStringLiteral("takeButton"));
    QVERIFY(!take->isEnabled()); // nothing has changed yet
    shell.activate();
    text->setFocus();
    text->selectAll();
    QTest::keyClicks(text, QStringLiteral("[1]"));
    QVERIFY(!take->isEnabled());
    // What a task came to has a status: it is not taken, and what was typed stays.
    text->selectAll();
    QTest::keyClicks(text, QStringLiteral("{\"first\": 5}"));
    shell.click(take);
    QTRY_VERIFY(take->isEnabled());
    QCOMPARE(text->toPlainText(), QStringLiteral("{\"first\": 5}"));
    const auto *message = shell.dialog()->findChild<InlineMessage *>();
    QVERIFY(message && message->isVisibleTo(shell.dialog()));
    text->selectAll();
    QTest::keyClicks(text, QStringLiteral("{\"n\": 7}")); // also takes away what "first" came to
    QVERIFY(take->isEnabled());
    shell.click(take);
    QTRY_COMPARE(shell.tab()->run().context, std::optional(QJsonObject{{QStringLiteral("n"), 7}}));

    shell.key(Qt::Key_F5);
    QTRY_COMPARE(toString(shell.tab()->run().trace.status), toString(ExecutionStatus::Completed));
    QVERIFY(!shell.tab()->run().context);
    QTRY_COMPARE(shell.tab()->run().tasks.size(), 2);
    QCOMPARE(shell.tab()->run().tasks[1].outputData, QJsonValue(QJsonObject{{QStringLiteral("n"), 7}}));
    QVERIFY(!edit->isVisibleTo(data));
}

void TestSteering::theNextResultCanBeForced()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(smallFlow(QStringLiteral("x"), QStringLiteral("Forced")), {});
    shell.key(Qt::Key_F10);
    QVERIFY(waitForPause(shell));
    shell.key(Qt::Key_F10, Qt::ShiftModifier);
    QTRY_VERIFY(shell.dialog());
    auto *take = shell.dialog()->findChild<QPushButton *>(QStringLiteral("takeButton"));
    QVERIFY(take->isEnabled());
    auto *data = shell.dialog()->findChild<QPlainTextEdit *>(QStringLiteral("data"));
    shell.activate();
    data->setFocus();
    shell.type(QStringLiteral("{"));
    QVERIFY(!take->isEnabled());
    data->selectAll();
    shell.type(QStringLiteral("{\"n\": 1}"));
    shell.dialog()->findChild<QRadioButton *>(QStringLiteral("fails"))->click();
    QVERIFY(!take->isEnabled()); // a failure says why
    shell.dialog()->findChild<QLineEdit *>(QStringLiteral("error"))->setFocus();
    shell.type(QStringLiteral("as if"));
    shell.dialog()->findChild<QCheckBox *>()->setChecked(false);
    shell.click(take);
    QTRY_VERIFY(shell.tab()->run().id && !shell.tab()->run().isActive());
    QTRY_COMPARE(shell.tab()->run().tasks.size(), 1); // on failure the flow ends
    const TaskExecution forced = shell.tab()->run().tasks.first();
    QCOMPARE(toString(forced.origin), toString(AttemptOrigin::Forced));
    QCOMPARE(forced.errorMessage, QStringLiteral("as if"));
    QCOMPARE(forced.outputData, QJsonValue(QJsonObject{{QStringLiteral("n"), 1}}));
}

QTEST_MAIN(TestSteering)
#include "tst_steering.moc"
