// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/flow_test.h"
#include "ui/editor/inspector_stage.h"

#include <QComboBox>
#include <QTabWidget>

using namespace flow;

/// What the inspector says of how a flow ends, how many of its runs go on at once, and of repeating a task.
class TestInspectorLimits : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { m_look.applyTo(qApp); }
    void handlers_data();
    void handlers();
    void handlersFollowTheTask();
    void runsAtOnce();
    void waitsByChance();
    void safeToRepeat();
    void tellsWhereAResultComesFrom_data();
    void tellsWhereAResultComesFrom();

private:
    Look m_look;
};

void TestInspectorLimits::handlers_data()
{
    QTest::addColumn<QString>("key");
    QTest::newRow("failure") << QStringLiteral("failure_task");
    QTest::newRow("final") << QStringLiteral("final_task");
}

void TestInspectorLimits::handlers()
{
    QFETCH(QString, key);
    InspectorStage stage(&m_look);
    const auto now = [&] {
        const Flow &flow = stage.document.flow();
        return key == QStringLiteral("final_task") ? flow.finalTask : flow.failureTask;
    };
    auto *box = stage.panel.findChild<QComboBox *>(key);
    QCOMPARE(box->currentText(), QStringLiteral("Nothing more"));
    QTest::keyClick(box, Qt::Key_Down);
    stage.settle();
    QCOMPARE(now(), QStringLiteral("Read orders"));
    QCOMPARE(box->currentText(), QStringLiteral("Read orders"));
    stage.document.undoStack()->undo();
    stage.settle();
    QCOMPARE(now(), QString());
    QCOMPARE(box->currentText(), QStringLiteral("Nothing more"));
    QTest::keyClick(box, Qt::Key_Down);
    QTest::keyClick(box, Qt::Key_Up);
    QCOMPARE(now(), QString());
}

void TestInspectorLimits::handlersFollowTheTask()
{
    InspectorStage stage(&m_look);
    Flow flow = stage.document.flow();
    flow.failureTask = flow.finalTask = QStringLiteral("Write report");
    stage.document.changeFlow(flow, QStringLiteral("final_task"));
    QVERIFY(stage.document.renameTask(QStringLiteral("Write report"), QStringLiteral("Report")));
    stage.settle();
    QCOMPARE(stage.panel.findChild<QComboBox *>(QStringLiteral("final_task"))->currentText(), QStringLiteral("Report"));
    QCOMPARE(stage.document.flow().failureTask, QStringLiteral("Report"));
    stage.document.select({{QStringLiteral("Report")}, {}});
    stage.document.removeSelection();
    QCOMPARE(stage.document.flow().failureTask, QString());
    QCOMPARE(stage.document.flow().finalTask, QString());
}

void TestInspectorLimits::runsAtOnce()
{
    InspectorStage stage(&m_look);
    const QString limit = QStringLiteral("concurrency.limit");
    stage.type(limit, QStringLiteral("2"));
    QCOMPARE(stage.document.flow().concurrency, std::optional(Concurrency{2, WhenBusy::Queue}));
    auto *way = qobject_cast<QComboBox *>(stage.field(QStringLiteral("concurrency.when_busy"))->control());
    QVERIFY(way);
    way->setFocus();
    QTest::keyClick(way, Qt::Key_Down);
    stage.settle();
    QCOMPARE(way->currentText(), QStringLiteral("A further run is skipped"));
    QCOMPARE(stage.document.flow().concurrency, std::optional(Concurrency{2, WhenBusy::Skip}));
    stage.type(limit, QStringLiteral("0"));
    QVERIFY(!stage.field(limit)->message().isEmpty());
    stage.type(limit, QString());
    QVERIFY(!stage.document.flow().concurrency);
    stage.document.undoStack()->undo();
    QVERIFY(stage.document.flow().concurrency);
}

void TestInspectorLimits::waitsByChance()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    stage.type(QStringLiteral("retry.jitter"), QStringLiteral("0.5"));
    QCOMPARE(stage.document.flow().task(QStringLiteral("Fetch prices"))->retry->jitter, 0.5);
    stage.type(QStringLiteral("retry.jitter"), QStringLiteral("2"));
    QVERIFY(!stage.field(QStringLiteral("retry.jitter"))->message().isEmpty());
}

void TestInspectorLimits::safeToRepeat()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Read orders"));
    auto *box = qobject_cast<QComboBox *>(stage.field(QStringLiteral("retry_safe"))->control());
    QVERIFY(box);
    const auto now = [&] { return stage.document.flow().task(QStringLiteral("Read orders"))->retrySafe; };
    QCOMPARE(box->currentText(), QStringLiteral("As its kind of task"));
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(now(), std::optional(true));
    QTest::keyClick(box, Qt::Key_Down);
    QCOMPARE(now(), std::optional(false));
    QTest::keyClick(box, Qt::Key_Home);
    QCOMPARE(now(), std::optional<bool>());
}

void TestInspectorLimits::tellsWhereAResultComesFrom_data()
{
    QTest::addColumn<int>("origin");
    QTest::addColumn<bool>("again");
    QTest::addColumn<QString>("said");
    QTest::newRow("reused") << int(AttemptOrigin::Reused) << false << QStringLiteral("taken over from run 12");
    QTest::newRow("forced") << int(AttemptOrigin::Forced) << false
                            << QStringLiteral("given by a person, the task did not run");
    QTest::newRow("again") << int(AttemptOrigin::Run) << true << QStringLiteral("tries again at 00:00:10");
}

void TestInspectorLimits::tellsWhereAResultComesFrom()
{
    QFETCH(int, origin);
    QFETCH(bool, again);
    QFETCH(QString, said);
    qputenv("TZ", "UTC");
    InspectorStage stage(&m_look);
    TaskExecution record;
    record.taskName = QStringLiteral("Read orders");
    record.status = TaskStatus::Failure;
    record.origin = AttemptOrigin(origin);
    if (again)
        record.retryAt = Timestamp(std::chrono::seconds(10));
    ExecutionTrace trace;
    trace.executionId = 13;
    stage.panel.setExecution(trace, {record}, 12);
    stage.selectTask(QStringLiteral("Read orders"));
    stage.panel.findChild<QTabWidget *>()->setCurrentIndex(2); // last run
    stage.settle();
    QVERIFY(stage.says(said));
}

QTEST_MAIN(TestInspectorLimits)
#include "tst_inspector_limits.moc"
