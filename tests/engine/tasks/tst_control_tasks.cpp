// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_task.h"

#include "support/flow_test.h"

#include <QElapsedTimer>

#include <thread>

using namespace flow;
using namespace flow::test;

class TestControlTasks : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void results_data();
    void results();
    void logs_data();
    void logs();
    void delayTakesItsTime();
    void delayTellsProgress();
    void delayStops();
    void wrongSettings_data();
    void wrongSettings();
};

void TestControlTasks::results_data()
{
    QTest::addColumn<QString>("task");
    QTest::addColumn<QJsonObject>("config");
    QTest::addColumn<TaskResult>("expected");
    const QJsonObject values{{QStringLiteral("a"), 1},
                             {QStringLiteral("b"), QJsonObject{{QStringLiteral("c"), QJsonValue()}}}};
    QTest::newRow("noop") << QStringLiteral("noop") << QJsonObject() << TaskResult::success();
    QTest::newRow("set_variables") << QStringLiteral("set_variables") << QJsonObject{{QStringLiteral("values"), values}}
                                   << TaskResult::success(values);
    QTest::newRow("set_variables, none") << QStringLiteral("set_variables") << QJsonObject()
                                         << TaskResult::success(QJsonObject());
    QTest::newRow("fail") << QStringLiteral("fail") << QJsonObject()
                          << TaskResult::failure(QStringLiteral("Failed on purpose"));
    QTest::newRow("fail with message") << QStringLiteral("fail")
                                       << QJsonObject{{QStringLiteral("message"), QStringLiteral("no")}}
                                       << TaskResult::failure(QStringLiteral("no"));
    QTest::newRow("delay of nothing") << QStringLiteral("delay") << QJsonObject{{QStringLiteral("seconds"), 0}}
                                      << TaskResult::success(QJsonObject{{QStringLiteral("seconds"), 0}});
}

void TestControlTasks::results()
{
    QFETCH(QString, task);
    QFETCH(QJsonObject, config);
    QFETCH(TaskResult, expected);
    TaskBench bench;
    QCOMPARE(bench.run(task, config), expected);
    QCOMPARE(bench.log, QStringList());
}

void TestControlTasks::logs_data()
{
    QTest::addColumn<QString>("level");
    for (const char *level : {"debug", "info", "warning", "error"})
        QTest::newRow(level) << QString::fromLatin1(level);
}

void TestControlTasks::logs()
{
    QFETCH(QString, level);
    TaskBench bench;
    const QJsonObject config{{QStringLiteral("level"), level}, {QStringLiteral("message"), QStringLiteral("so far")}};
    QCOMPARE(bench.run(QStringLiteral("log"), config), TaskResult::success(config));
    QCOMPARE(bench.log, QStringList{level + QStringLiteral(": so far")});
}

void TestControlTasks::delayTakesItsTime()
{
    TaskBench bench;
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(toString(bench.run(QStringLiteral("delay"), {{QStringLiteral("seconds"), 0.05}}).status),
             toString(TaskStatus::Success));
    QVERIFY(timer.elapsed() >= 49);
    QCOMPARE(bench.progress, QList<double>());
}

void TestControlTasks::delayTellsProgress()
{
    TaskBench bench;
    QCOMPARE(toString(bench.run(QStringLiteral("delay"), {{QStringLiteral("seconds"), 0.3}}).status),
             toString(TaskStatus::Success));
    QCOMPARE(bench.progress, (QList<double>{0.5, 1}));
}

void TestControlTasks::delayStops()
{
    TaskBench bench;
    QElapsedTimer sinceCancel;
    std::thread canceller([&] {
        sinceCancel.start();
        bench.cancel.cancel();
    });
    const TaskResult result = bench.run(QStringLiteral("delay"), {{QStringLiteral("seconds"), 86'400}});
    canceller.join();
    QVERIFY(sinceCancel.elapsed() < 5'000); // of hours; a busy machine may take its time
    QCOMPARE(toString(result.status), toString(TaskStatus::Failure));
}

void TestControlTasks::wrongSettings_data()
{
    QTest::addColumn<QString>("task");
    QTest::addColumn<QJsonObject>("config");
    QTest::addColumn<QString>("error");
    QTest::newRow("noop takes none") << QStringLiteral("noop") << QJsonObject{{QStringLiteral("a"), 1}}
                                     << QStringLiteral("a: is unknown: there is nothing to set here");
    QTest::newRow("delay below 0") << QStringLiteral("delay") << QJsonObject{{QStringLiteral("seconds"), -1}}
                                   << QStringLiteral("seconds = -1: must be from 0 to 86400");
    QTest::newRow("log level") << QStringLiteral("log")
                               << QJsonObject{{QStringLiteral("level"), QStringLiteral("loud")}}
                               << QStringLiteral("level = \"loud\": must be one of: debug, info, warning, error");
    QTest::newRow("fail without words") << QStringLiteral("fail") << QJsonObject{{QStringLiteral("message"), QString()}}
                                        << QStringLiteral("message = \"\": must not be empty");
    QTest::newRow("values as a list") << QStringLiteral("set_variables")
                                      << QJsonObject{{QStringLiteral("values"), QStringLiteral("x")}}
                                      << QStringLiteral("values = \"x\": must be an object");
    QTest::newRow("failure rate above 1")
        << QStringLiteral("task1") << QJsonObject{{QStringLiteral("failure_rate"), 10}}
        << QStringLiteral("failure_rate = 10: must be from 0 to 1");
    QTest::newRow("seed with a fraction") << QStringLiteral("task1") << QJsonObject{{QStringLiteral("seed"), 0.5}}
                                          << QStringLiteral("seed = 0.5: must be a whole number");
}

void TestControlTasks::wrongSettings()
{
    QFETCH(QString, task);
    QFETCH(QJsonObject, config);
    QFETCH(QString, error);
    QCOMPARE(text(checkConfig(builtInTasks().types().value(task).configSchema, config)), error);
}

QTEST_GUILESS_MAIN(TestControlTasks)
#include "tst_control_tasks.moc"
