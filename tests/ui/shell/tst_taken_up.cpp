// SPDX-License-Identifier: GPL-3.0-or-later
#include "left_behind.h"
#include "shell_fixture.h"

#include "shell/document_tabs.h"
#include "shell/library_model.h"
#include "shell/open_controller.h"
#include "support/flow_test.h"

#include <QAbstractItemView>
#include <QLabel>
#include <QToolButton>

using namespace flow;
using namespace flow::test;

/// Runs that stand when a window comes to them: those of a dead program, which go on here, and paused ones.
class TestTakenUp : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void isFollowedLikeOneStartedHere_data();
    void isFollowedLikeOneStartedHere();
    void whatAnotherProgramLeavesIsShownWhereItsFlowIsOpen();
    void theEndOfARunOfAnotherProgramIsSeen();
    void aFlowOpensWithItsPausedRun();
    void aNewerRunThatHasEndedComesFirst();

private:
    static bool waitForStatus(Shell &shell, ExecutionId id, ExecutionStatus status)
    {
        return QTest::qWaitFor(
            [&] { return shell.tab() && shell.tab()->run().id == id && shell.tab()->run().trace.status == status; },
            20'000);
    }
    /// Starts a run and stops it.
    static bool runAndStop(Shell &shell, ExecutionId id)
    {
        shell.key(Qt::Key_F5);
        if (!waitForStatus(shell, id, ExecutionStatus::Running))
            return false;
        shell.key(Qt::Key_F5, Qt::ShiftModifier);
        return waitForStatus(shell, id, ExecutionStatus::Cancelled);
    }
    /// A folder in which run 1 was stopped, and run 2 had its program killed in the middle of its task.
    static bool leaveBehind(const QString &folder)
    {
        const QTemporaryDir alive;
        Shell shell(alive.path(), {}, true);
        if (!shell.open())
            return false;
        shell.window().opener()->show(slowFlow(QStringLiteral("pay"), 300), {});
        if (!runAndStop(shell, 1))
            return false;
        shell.key(Qt::Key_F5);
        return QTest::qWaitFor([&] {
                   const TaskTrace task = shell.tab()->run().trace.tasks.value(QStringLiteral("wait"));
                   return shell.tab()->run().id == 2 && task.status == TaskStatus::Running;
               }) &&
               copyLeftBehind(alive.path(), folder);
    }
    /// Of the only flow in the list.
    static QString listedStatus(Shell &shell)
    {
        const auto *list = shell.window().findChild<QAbstractItemView *>(QStringLiteral("library"));
        const QVariant status = list->model()->index(0, 0).data(LibraryModel::StatusRole);
        return status.isValid() ? toString(static_cast<ExecutionStatus>(status.toInt())) : QString();
    }
};

void TestTakenUp::isFollowedLikeOneStartedHere_data()
{
    QTest::addColumn<bool>("opensFirst");
    QTest::newRow("opened before it goes on") << true;
    QTest::newRow("opened while it runs") << false;
}

void TestTakenUp::isFollowedLikeOneStartedHere()
{
    QFETCH(bool, opensFirst);
    const QTemporaryDir folder;
    QVERIFY(leaveBehind(folder.path()));
    Shell shell(folder.path(), {}, true);
    if (opensFirst)
        shell.window().opener()->show(slowFlow(QStringLiteral("pay"), 300), {});
    QVERIFY(shell.open());
    QCOMPARE(shell.service()->releasedAtStart(), 1);
    const auto *status = shell.widget<QLabel>(QStringLiteral("runningStatus"));
    QTRY_COMPARE(status->text(), QStringLiteral("Slow is running, task 1"));
    QTRY_COMPARE(listedStatus(shell), QStringLiteral("running"));
    if (!opensFirst)
        shell.window().opener()->openFromLibrary(QStringLiteral("pay"));
    QVERIFY(waitForStatus(shell, 2, ExecutionStatus::Running));
    QVERIFY(!shell.widget(QStringLiteral("runButton"))->isEnabled());
    QVERIFY(shell.widget(QStringLiteral("stopButton"))->isEnabled());

    shell.key(Qt::Key_F5, Qt::ShiftModifier);
    QVERIFY(waitForStatus(shell, 2, ExecutionStatus::Cancelled));
    QTRY_COMPARE(status->text(), QStringLiteral("Nothing runs"));
    QTRY_COMPARE(listedStatus(shell), toString(ExecutionStatus::Cancelled));
    QVERIFY(shell.widget(QStringLiteral("runButton"))->isEnabled());
}

void TestTakenUp::whatAnotherProgramLeavesIsShownWhereItsFlowIsOpen()
{
    const QTemporaryDir folder;
    Shell shell(folder.path(), {}, true);
    QVERIFY(shell.open());
    const FlowFile file = slowFlow(QStringLiteral("pay"), 300);
    shell.window().opener()->show(file, {});
    QVERIFY(runAndStop(shell, 1));
    {
        ServiceSettings settings;
        settings.dataDir = folder.path();
        settings.stays = true;
        settings.executionThreads = 1;
        const Result<std::unique_ptr<FlowService>> other = FlowService::open(settings);
        QVERIFY(other);
        QVERIFY(other->get()->start({slowFlow(QStringLiteral("busy"), 300), {}}));
        QVERIFY(other->get()->start({file, {}})); // still waits when its program ends, and so is left
    }
    QVERIFY(waitForStatus(shell, 3, ExecutionStatus::Running));
    QVERIFY(shell.widget(QStringLiteral("stopButton"))->isEnabled());
    QTRY_COMPARE(shell.widget<QLabel>(QStringLiteral("runningStatus"))->text(),
                 QStringLiteral("Slow is running, task 1"));
}

/// No event tells of it here.
void TestTakenUp::theEndOfARunOfAnotherProgramIsSeen()
{
    const QTemporaryDir folder;
    ServiceSettings settings;
    settings.dataDir = folder.path();
    const Result<std::unique_ptr<FlowService>> other = FlowService::open(settings);
    QVERIFY(other);
    QVERIFY(other->get()->start({slowFlow(QStringLiteral("pay"), 300), {}}));
    Shell shell(folder.path(), {}, true);
    QVERIFY(shell.open());
    shell.window().opener()->openFromLibrary(QStringLiteral("pay"));
    QVERIFY(waitForStatus(shell, 1, ExecutionStatus::Running));
    QVERIFY(!shell.widget(QStringLiteral("runButton"))->isEnabled());
    shell.key(Qt::Key_F5, Qt::ShiftModifier);
    QVERIFY(waitForStatus(shell, 1, ExecutionStatus::Cancelled));
    QVERIFY(shell.widget(QStringLiteral("runButton"))->isEnabled());
}

void TestTakenUp::aFlowOpensWithItsPausedRun()
{
    const QTemporaryDir folder;
    {
        Shell before(folder.path(), {}, true);
        QVERIFY(before.open());
        before.window().opener()->show(smallFlow(QStringLiteral("s"), QStringLiteral("Steps")), {});
        before.key(Qt::Key_F5);
        QVERIFY(waitForStatus(before, 1, ExecutionStatus::Completed));
        before.key(Qt::Key_F10);
        QVERIFY(waitForStatus(before, 2, ExecutionStatus::Paused));
    }
    Shell shell(folder.path(), {}, true);
    QVERIFY(shell.open());
    shell.window().opener()->openFromLibrary(QStringLiteral("s"));
    QVERIFY(waitForStatus(shell, 2, ExecutionStatus::Paused));
    QTRY_VERIFY(shell.tab()->run().context);
    QCOMPARE(shell.widget<QToolButton>(QStringLiteral("runButton"))->text(), QStringLiteral("Continue  F5"));
    QVERIFY(shell.widget(QStringLiteral("stopButton"))->isEnabled());

    shell.key(Qt::Key_F5);
    QVERIFY(waitForStatus(shell, 2, ExecutionStatus::Completed));
    const Result<Page<Execution>> runs = shell.service()->executions({});
    QVERIFY(runs);
    QCOMPARE(runs->items.size(), 2);
}

void TestTakenUp::aNewerRunThatHasEndedComesFirst()
{
    const QTemporaryDir folder;
    Shell shell(folder.path(), {}, true);
    QVERIFY(shell.open());
    const FlowFile file = smallFlow(QStringLiteral("s"), QStringLiteral("Steps"));
    const Result<ExecutionId> paused = shell.service()->start({file, {}, {.pause = true}});
    QVERIFY(paused);
    QVERIFY(shell.service()->finished(*paused).result().execution.status == ExecutionStatus::Paused);
    const Result<ExecutionId> ended = shell.service()->start({file, {}});
    QVERIFY(ended);
    QVERIFY(shell.service()->finished(*ended).result().execution.status == ExecutionStatus::Completed);
    shell.window().opener()->openFromLibrary(QStringLiteral("s"));
    QVERIFY(waitForStatus(shell, *ended, ExecutionStatus::Completed));
}

QTEST_MAIN(TestTakenUp)
#include "tst_taken_up.moc"
