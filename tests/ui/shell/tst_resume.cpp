// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell_fixture.h"

#include "editor/canvas/flow_scene.h"
#include "editor/canvas_view.h"
#include "monitor/history_panel.h"
#include "shell/document_tabs.h"
#include "shell/history_controller.h"
#include "shell/open_controller.h"
#include "shell/window_docks.h"
#include "support/flow_test.h"

#include <QAbstractItemView>
#include <QContextMenuEvent>
#include <QDialog>
#include <QMenu>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QToolButton>

using namespace flow;
using namespace flow::test;

/// Runs that begin where others ended, or in the middle.
class TestResume : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void resumesAFailedRun();
    void resumesFromAnEarlierTask();
    void resumesWithTheSavedFlow();
    void runsFromATaskOn();
    void runsOneTaskAlone();
    void pinsARun();

private:
    /// first, then second, which fails.
    static FlowFile failingSecond()
    {
        FlowFile file = smallFlow(QStringLiteral("res"), QStringLiteral("Resumes"));
        file.flow.tasks[1].type = QStringLiteral("fail");
        file.flow.tasks[1].config = QJsonObject{{QStringLiteral("message"), QStringLiteral("broken")}};
        return file;
    }
    static QMenu *menuOf(QWidget *view, QPoint place, QObject *owner, const char *name)
    {
        QContextMenuEvent event(QContextMenuEvent::Mouse, place, view->mapToGlobal(place));
        QApplication::sendEvent(view, &event);
        return owner->findChild<QMenu *>(QString::fromLatin1(name));
    }
    static QMenu *taskMenu(Shell &shell, const char *task)
    {
        CanvasView *canvas = shell.tab()->canvas();
        canvas->fit();
        const QPointF card = canvas->flowScene()->task(QString::fromLatin1(task))->sceneCard().center();
        return menuOf(canvas->viewport(), canvas->mapFromScene(card), canvas, "canvasMenu");
    }
    static QMenu *historyMenu(Shell &shell, int row)
    {
        shell.window().docks()->showHistory();
        auto *list = itemView(shell.widget(QStringLiteral("history")));
        if (!QTest::qWaitFor([&] { return list->model()->rowCount() > row; }))
            return nullptr;
        const QPoint place = list->visualRect(list->model()->index(row, 1)).center();
        return menuOf(list->viewport(), place, shell.window().docks()->panels().history, "historyMenu");
    }
    static bool choose(QMenu *menu, const QString &text)
    {
        for (QAction *action : menu ? menu->actions() : QList<QAction *>()) {
            if (action->text() != text || !action->isEnabled())
                continue;
            menu->setActiveAction(action);
            QTest::keyClick(menu, Qt::Key_Return);
            return true;
        }
        return false;
    }
    static bool waitForRun(Shell &shell, ExecutionId id)
    {
        return QTest::qWaitFor(
            [&] {
                return shell.tab()->run().id == id && !shell.tab()->run().isActive() && shell.tab()->run().execution &&
                       isFinished(shell.tab()->run().execution->status);
            },
            20'000);
    }
    static QStringList origins(Shell &shell)
    {
        QStringList list;
        for (const TaskExecution &task : shell.tab()->run().tasks)
            list << task.taskName + u' ' + toString(task.origin);
        return list;
    }
};

void TestResume::resumesAFailedRun()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(failingSecond(), {});
    shell.key(Qt::Key_F5);
    QVERIFY(waitForRun(shell, 1));
    shell.window().history()->openExecution(1);
    QTRY_COMPARE(shell.tab()->pastRun(), 1);
    auto *run = shell.widget<QToolButton>(QStringLiteral("runButton"));
    QCOMPARE(run->text(), QStringLiteral("Resume  F5"));
    shell.key(Qt::Key_F5);
    QVERIFY(waitForRun(shell, 2)); // in a tab of its own
    QCOMPARE(shell.tab()->pastRun(), 2);
    QCOMPARE(shell.tab()->run().execution->resumedFrom, std::optional<ExecutionId>(1));
    QCOMPARE(origins(shell), (QStringList{QStringLiteral("first reused"), QStringLiteral("second run")}));
    QCOMPARE(toString(shell.tab()->run().trace.status), toString(ExecutionStatus::Failure));
}

void TestResume::resumesFromAnEarlierTask()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(failingSecond(), {});
    shell.key(Qt::Key_F5);
    QVERIFY(waitForRun(shell, 1));
    QVERIFY(choose(taskMenu(shell, "first"), QStringLiteral("Resume run 1 from here")));
    QVERIFY(waitForRun(shell, 2));
    QCOMPARE(origins(shell), (QStringList{QStringLiteral("first run"), QStringLiteral("second run")}));
}

void TestResume::resumesWithTheSavedFlow()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    FlowFile file = failingSecond();
    QVERIFY(shell.service()->createFlow(file));
    QVERIFY(shell.service()->start(file.flow.id, {}));
    shell.window().docks()->showHistory();
    auto *list = itemView(shell.widget(QStringLiteral("history")));
    QTRY_VERIFY(list->model()->rowCount() == 1 && list->model()->index(0, 0).data() == QStringLiteral("failed"));
    file.flow.tasks[1].type = QStringLiteral("noop"); // mended
    file.flow.tasks[1].config = {};
    QVERIFY(shell.service()->saveFlow(file));
    QVERIFY(choose(historyMenu(shell, 0), QStringLiteral("Resume with the flow as saved now")));
    QTRY_VERIFY(shell.tab() && shell.tab()->run().id == 2);
    QVERIFY(waitForRun(shell, 2));
    QCOMPARE(toString(shell.tab()->run().trace.status), toString(ExecutionStatus::Completed));
    QCOMPARE(origins(shell), (QStringList{QStringLiteral("first reused"), QStringLiteral("second run")}));
}

void TestResume::runsFromATaskOn()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    FlowFile file = smallFlow(QStringLiteral("from"), QStringLiteral("From"));
    // What a flow takes as its input is not asked for in the middle, where a whole context is given.
    file.flow.inputs = QJsonObject{{QStringLiteral("additionalProperties"), false}};
    shell.window().opener()->show(file, {});
    shell.key(Qt::Key_F5);
    QVERIFY(waitForRun(shell, 1));
    QVERIFY(choose(taskMenu(shell, "second"), QStringLiteral("Run from here…")));
    QTRY_VERIFY(shell.dialog());
    // With what it saw the last time.
    const auto *text = shell.dialog()->findChild<QPlainTextEdit *>(QStringLiteral("inputJson"));
    QVERIFY(text->toPlainText().contains(QStringLiteral("\"first\"")));
    shell.click(shell.dialog()->findChild<QPushButton *>(QStringLiteral("runButton")));
    QVERIFY(waitForRun(shell, 2));
    QCOMPARE(origins(shell), QStringList{QStringLiteral("second run")});
    QCOMPARE(shell.tab()->run().execution->startTask, QStringLiteral("second"));
}

void TestResume::runsOneTaskAlone()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(smallFlow(QStringLiteral("one"), QStringLiteral("One")), {});
    QVERIFY(choose(taskMenu(shell, "first"), QStringLiteral("Run this task alone…")));
    QVERIFY(shell.answer(QStringLiteral("Run")));
    QVERIFY(waitForRun(shell, 1));
    QCOMPARE(origins(shell), QStringList{QStringLiteral("first run")});
    QVERIFY(shell.tab()->run().execution->singleTask);
}

void TestResume::pinsARun()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(smallFlow(QStringLiteral("pin"), QStringLiteral("Pin")), {});
    shell.key(Qt::Key_F5);
    QVERIFY(waitForRun(shell, 1));
    QVERIFY(choose(historyMenu(shell, 0), QStringLiteral("Pin, so that it is kept")));
    const auto pinned = [&] {
        const Result<ExecutionDetails> details = shell.service()->execution(1, false);
        return details && details->execution.pinned;
    };
    QTRY_VERIFY(pinned());
    QTRY_VERIFY(!shell.window().docks()->panels().history->findChild<QMenu *>());
    // The sign beside the number.
    const auto *list = itemView(shell.widget(QStringLiteral("history")))->model();
    QTRY_COMPARE(list->index(0, 2).data(Qt::UserRole).toString(), QStringLiteral("pin"));
    QVERIFY(choose(historyMenu(shell, 0), QStringLiteral("Unpin")));
    QTRY_VERIFY(!pinned());
}

QTEST_MAIN(TestResume)
#include "tst_resume.moc"
