// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_stage.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

/// What the cards say once a run is over.
class TestCardStates : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void afterTheRun_data();
    void afterTheRun();
    void looksDifferent();
};

namespace {

const QString why = QStringLiteral("Condition 'c' cannot be decided: column 7: there is no \"nope\"");

/// task1 is done; the run has this status, and failed behind task1 where `errorTask` says so.
ExecutionTrace traceOf(ExecutionStatus status, const QString &errorTask = {})
{
    ExecutionTrace trace;
    trace.executionId = 1;
    trace.status = status;
    trace.error = errorTask.isNull() ? QString() : why;
    trace.errorTask = errorTask;
    trace.tasks.insert(QStringLiteral("task1"), {.status = TaskStatus::Success, .visits = 1, .durationSeconds = 0.25});
    return trace;
}

} // namespace

void TestCardStates::afterTheRun_data()
{
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("errorTask");
    QTest::addColumn<bool>("over");
    QTest::addColumn<QString>("deadEnd"); // of task1
    QTest::newRow("running") << int(ExecutionStatus::Running) << QString() << false << QString();
    QTest::newRow("completed") << int(ExecutionStatus::Completed) << QString() << true << QString();
    QTest::newRow("stopped") << int(ExecutionStatus::Cancelled) << QString() << true << QString();
    QTest::newRow("no way on") << int(ExecutionStatus::Failure) << QStringLiteral("task1") << true << why;
    QTest::newRow("another task failed") << int(ExecutionStatus::Failure) << QStringLiteral("task2") << true
                                         << QString();
}

void TestCardStates::afterTheRun()
{
    QFETCH(int, status);
    QFETCH(QString, errorTask);
    QFETCH(bool, over);
    QFETCH(QString, deadEnd);
    CanvasStage stage(exampleFlow(QStringLiteral("flow123")));
    stage.view->setTrace(traceOf(ExecutionStatus(status), errorTask));
    const TaskItem *done = stage.view->flowScene()->task(QStringLiteral("task1"));
    const TaskItem *notReached = stage.view->flowScene()->task(QStringLiteral("task3"));
    QCOMPARE(done->content().runIsOver, over);
    QCOMPARE(notReached->content().runIsOver, over);
    QCOMPARE(done->content().deadEnd, deadEnd);
    QCOMPARE(done->toolTipAt({20, 20}).contains(why), !deadEnd.isEmpty());
    QCOMPARE(notReached->content().deadEnd, QString());
}

/// "waiting" while it runs, "not reached" afterwards; a dead end is not drawn as done.
void TestCardStates::looksDifferent()
{
    CanvasStage stage(exampleFlow(QStringLiteral("flow123")));
    const auto pictureOf = [&](const char *task) {
        QApplication::processEvents();
        const TaskItem *item = stage.view->flowScene()->task(QString::fromLatin1(task));
        return stage.picture().copy(stage.view->mapFromScene(item->sceneCard()).boundingRect());
    };
    stage.view->setTrace(traceOf(ExecutionStatus::Running));
    const QImage waiting = pictureOf("task3");
    const QImage done = pictureOf("task1");
    stage.view->setTrace(traceOf(ExecutionStatus::Failure, QStringLiteral("task1")));
    stage.keep(QStringLiteral("no-way-on"));
    QVERIFY(pictureOf("task3") != waiting);
    QVERIFY(pictureOf("task1") != done);
}

QTEST_MAIN(TestCardStates)
#include "tst_card_states.moc"
