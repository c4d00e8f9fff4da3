// SPDX-License-Identifier: GPL-3.0-or-later
#include "left_behind.h"
#include "shell_fixture.h"

#include "shell/document_tabs.h"
#include "shell/history_controller.h"
#include "shell/open_controller.h"
#include "support/flow_test.h"
#include "ui/look/panel_picture.h"

#include <QDialog>
#include <QPushButton>

using namespace flow;
using namespace flow::test;

/// A flow whose last run ended with its program, and that is to run once more.
class TestInterrupted : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void asksBeforeItDoesTheSameAgain_data();
    void asksBeforeItDoesTheSameAgain();
    void asksBeforeItResumes_data();
    void asksBeforeItResumes();
    void runsAtOnceWhatIsSafeToRepeat();

private:
    /// A folder in which run 1 has been interrupted in the middle of its task `wait`.
    static bool leaveBehind(const QString &folder, bool isSafe)
    {
        const QTemporaryDir alive;
        Shell shell(alive.path());
        if (!shell.open())
            return false;
        FlowFile file = slowFlow(QStringLiteral("pay"), 300);
        file.flow.tasks[0].retrySafe = isSafe;
        shell.window().opener()->show(file, {});
        shell.key(Qt::Key_F5);
        return QTest::qWaitFor([&] {
                   const TaskTrace task = shell.tab()->run().trace.tasks.value(QStringLiteral("wait"));
                   return task.status == TaskStatus::Running;
               }) &&
               copyLeftBehind(alive.path(), folder);
    }
};

void TestInterrupted::asksBeforeItDoesTheSameAgain_data()
{
    QTest::addColumn<QKeyCombination>("begin");
    QTest::addColumn<QString>("answer"); // empty: Escape; Enter: the default
    QTest::addColumn<int>("newRuns");
    QTest::addColumn<QString>("status");
    const QKeyCombination run(Qt::Key_F5);
    QTest::newRow("escape") << run << QString() << 0 << QString();
    QTest::newRow("cancel") << run << QStringLiteral("Cancel") << 0 << QString();
    QTest::newRow("enter resumes") << run << QStringLiteral("Enter") << 1 << QStringLiteral("paused");
    QTest::newRow("resume") << run << QStringLiteral("Resume and pause") << 1 << QStringLiteral("paused");
    QTest::newRow("run anew") << run << QStringLiteral("Run from the start") << 1 << QStringLiteral("running");
    QTest::newRow("step") << QKeyCombination(Qt::Key_F10) << QStringLiteral("Run from the start") << 1
                          << QStringLiteral("paused");
}

void TestInterrupted::asksBeforeItDoesTheSameAgain()
{
    QFETCH(QKeyCombination, begin);
    QFETCH(QString, answer);
    QFETCH(int, newRuns);
    QFETCH(QString, status);
    const QTemporaryDir folder;
    QVERIFY(leaveBehind(folder.path(), false));
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QCOMPARE(shell.service()->interruptedAtStart(), 1);
    shell.window().opener()->openFromLibrary(QStringLiteral("pay"));
    QTRY_VERIFY(shell.tab());

    shell.key(begin.key(), begin.keyboardModifiers());
    const QString question = shell.dialogText();
    QVERIFY2(question.startsWith(QStringLiteral("Run 1 was interrupted while “wait” was at work")),
             qPrintable(question));
    QVERIFY(question.contains(QStringLiteral("not safe to repeat")));
    keepPictures(&shell.look(), shell.dialog(), QStringLiteral("interrupted"));
    if (answer.isEmpty())
        shell.key(Qt::Key_Escape);
    else if (answer == QStringLiteral("Enter"))
        shell.key(Qt::Key_Return);
    else
        QVERIFY(shell.answer(answer));
    QTRY_VERIFY(!shell.dialog());
    if (newRuns > 0)
        QTRY_COMPARE(shell.tab()->run().id == 2 ? toString(shell.tab()->run().trace.status) : QString(), status);
    const Result<Page<Execution>> runs = shell.service()->executions({});
    QVERIFY(runs);
    QCOMPARE(runs->items.size(), 1 + newRuns);
}

void TestInterrupted::asksBeforeItResumes_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<QString>("status"); // of the new run; empty: there is none
    QTest::newRow("cancel") << QStringLiteral("Cancel") << QString();
    QTest::newRow("pause") << QStringLiteral("Resume and pause") << QStringLiteral("paused");
    QTest::newRow("again") << QStringLiteral("Let it run again") << QStringLiteral("running");
}

void TestInterrupted::asksBeforeItResumes()
{
    QFETCH(QString, answer);
    QFETCH(QString, status);
    const QTemporaryDir folder;
    QVERIFY(leaveBehind(folder.path(), false));
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().history()->openExecution(1);
    QTRY_VERIFY(shell.tab() && shell.tab()->pastRun() == 1);
    shell.key(Qt::Key_F5);
    QVERIFY(shell.dialogText().contains(QStringLiteral("not safe to repeat")));
    QVERIFY(shell.answer(answer));
    QTRY_VERIFY(!shell.dialog());
    if (!status.isEmpty())
        QTRY_COMPARE(shell.tab()->run().id == 2 ? toString(shell.tab()->run().trace.status) : QString(), status);
    const Result<Page<Execution>> runs = shell.service()->executions({});
    QVERIFY(runs);
    QCOMPARE(runs->items.size(), status.isEmpty() ? 1 : 2);
}

void TestInterrupted::runsAtOnceWhatIsSafeToRepeat()
{
    const QTemporaryDir folder;
    QVERIFY(leaveBehind(folder.path(), true));
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QCOMPARE(shell.service()->interruptedAtStart(), 1);
    shell.window().opener()->openFromLibrary(QStringLiteral("pay"));
    QTRY_VERIFY(shell.tab());
    shell.key(Qt::Key_F5);
    QTRY_COMPARE(shell.tab()->run().id, 2);
    QVERIFY(!shell.dialog());
}

QTEST_MAIN(TestInterrupted)
#include "tst_interrupted.moc"
