// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell_fixture.h"

#include "shell/document_tabs.h"
#include "shell/library_panel.h"
#include "support/flow_test.h"

#include <QDialog>
#include <QLineEdit>
#include <QListView>

using namespace flow;
using namespace flow::test;

/// What the program is for, by mouse and keys: draw a flow from nothing, run it, see it completed, save it, find it
/// again.
class TestMainJob : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void drawRunSaveReopen();

private:
    void draw(Shell &shell);
    void run(Shell &shell);
    void save(Shell &shell);
};

void TestMainJob::draw(Shell &shell)
{
    shell.click(QStringLiteral("startNew"));
    QVERIFY(shell.tab());
    QVERIFY(shell.addTask(QStringLiteral("Do nothing")));
    QVERIFY(shell.addTask(QStringLiteral("Write to log")));
    const QList<Task> tasks = shell.document()->flow().tasks;
    QCOMPARE(tasks.size(), 2);
    QCOMPARE(shell.document()->flow().startTask, tasks[0].name);

    QVERIFY(shell.drag(tasks[0].name, 0, tasks[1].name));
    QTRY_COMPARE(shell.document()->flow().conditions.size(), 1);
    const Condition condition = shell.document()->flow().conditions.first();
    QCOMPARE(condition.sourceTask, tasks[0].name);
    QCOMPARE(toString(condition.outcome), toString(Outcome::Success));
    QCOMPARE(condition.targetTaskSuccess, tasks[1].name);
    QVERIFY(shell.tab()->title().endsWith(u'●'));
}

void TestMainJob::run(Shell &shell)
{
    shell.key(Qt::Key_F5);
    QVERIFY(shell.waitForRunEnd());
    const TabRun &run = shell.tab()->run();
    QCOMPARE(toString(run.trace.status), toString(ExecutionStatus::Completed));
    QCOMPARE(run.tasks.size(), 2);
    QCOMPARE(run.trace.tasks.size(), 2);
    for (const TaskTrace &task : run.trace.tasks)
        QCOMPARE(toString(task.status), toString(TaskStatus::Success));
}

void TestMainJob::save(Shell &shell)
{
    shell.key(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(shell.dialog());
    auto *name = shell.dialog()->findChild<QLineEdit *>();
    QTRY_VERIFY(name->hasFocus());
    shell.type(QStringLiteral("My first flow"));
    shell.key(Qt::Key_Return);
    QTRY_COMPARE(shell.document()->home().kind, DocumentHome::Kind::Library);
    QVERIFY(!shell.document()->isModified());
    QCOMPARE(shell.tab()->title(), QStringLiteral("My first flow"));
}

void TestMainJob::drawRunSaveReopen()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    draw(shell);
    if (QTest::currentTestFailed())
        return;
    run(shell);
    save(shell);
    if (QTest::currentTestFailed())
        return;
    const QByteArray saved = shell.document()->bytes();

    shell.key(Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(!shell.tab());

    auto *library = shell.widget<QListView>(QStringLiteral("library"));
    QTRY_COMPARE(library->model()->rowCount(), 1);
    QTRY_COMPARE(library->model()->index(0, 0).data().toString(), QStringLiteral("My first flow"));
    QTRY_VERIFY(library->isVisible());
    const QPoint row = library->visualRect(library->model()->index(0, 0)).center();
    QTest::mouseClick(library->viewport(), Qt::LeftButton, {}, row);
    QTest::mouseDClick(library->viewport(), Qt::LeftButton, {}, row);
    QTRY_VERIFY(shell.tab());
    QCOMPARE(shell.document()->bytes(), saved);
    QVERIFY(!shell.document()->isModified());
}

QTEST_MAIN(TestMainJob)
#include "tst_main_job.moc"
