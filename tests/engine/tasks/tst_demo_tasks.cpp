// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_task.h"

#include "support/flow_test.h"

#include <QElapsedTimer>
#include <QJsonArray>
#include <QJsonDocument>

#include <thread>

using namespace flow;
using namespace flow::test;

class TestDemoTasks : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void reference_data();
    void reference();
    void standards_data();
    void standards();
    void failsByChance_data();
    void failsByChance();
    void seedDecides();
    void rateHolds();
    void withoutSeedItVaries();
    void missingData_data();
    void missingData();
    void validates_data();
    void validates();
    void newestSource();
    void notifies();
    void stops_data();
    void stops();
};

namespace {

QJsonValue parse(const char *text)
{
    return QJsonDocument::fromJson(QByteArrayLiteral("[") + text + "]").array().first();
}

const QJsonObject sure{{QStringLiteral("delay_seconds"), 0}, {QStringLiteral("failure_rate"), 0}};

constexpr const char *fetched =
    R"({"records": [{"id": 1, "value": 100}, {"id": 2, "value": 200}, {"id": 3, "value": 300}],
    "total_count": 3, "fetch_timestamp": "2026-01-10T15:55:30.000000"})";
constexpr const char *processed = R"({"processed_records": [
    {"id": 1, "value": 100, "doubled_value": 200, "category": "low"}, {"id": 2, "value": 200, "doubled_value": 400, "category": "high"},
    {"id": 3, "value": 300, "doubled_value": 600, "category": "high"}], "record_count": 3, "total_value": 600, "average_value": 200})";

} // namespace

void TestDemoTasks::reference_data()
{
    QTest::addColumn<QString>("task");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QJsonValue>("input");
    QTest::addColumn<QJsonValue>("expected");
    QTest::newRow("task1") << QStringLiteral("task1") << QString() << QJsonValue() << parse(fetched);
    QTest::newRow("task2") << QStringLiteral("task2") << QStringLiteral("task1") << parse(fetched) << parse(processed);
    QTest::newRow("task2, 150 is low")
        << QStringLiteral("task2") << QStringLiteral("task1")
        << parse(R"({"records": [{"value": 150}, {"value": 150.5}]})")
        << parse(R"({"processed_records": [{"value": 150, "doubled_value": 300, "category": "low"},
                     {"value": 150.5, "doubled_value": 301, "category": "high"}],
                     "record_count": 2, "total_value": 300.5, "average_value": 150.25})");
    QTest::newRow("task2, no records")
        << QStringLiteral("task2") << QStringLiteral("task1") << parse(R"({"records": []})")
        << parse(R"({"processed_records": [], "record_count": 0, "total_value": 0, "average_value": 0})");
    QTest::newRow("task3") << QStringLiteral("task3") << QStringLiteral("task2") << parse(processed)
                           << parse(R"({"storage_id": "store_1768060530", "records_stored": 3,
                                "storage_location": "/data/processed/output.json",
                                "storage_timestamp": "2026-01-10T15:55:30.000000"})");
}

void TestDemoTasks::reference()
{
    QFETCH(QString, task);
    QFETCH(QString, source);
    QFETCH(QJsonValue, input);
    QFETCH(QJsonValue, expected);
    TaskBench bench;
    if (!source.isEmpty())
        bench.ran(source, input);
    const TaskResult result = bench.run(task, sure);
    QCOMPARE(result.error, QString());
    QCOMPARE(toString(result.status), toString(TaskStatus::Success));
    QCOMPARE(result.data, expected);
}

void TestDemoTasks::standards_data()
{
    QTest::addColumn<QString>("task");
    QTest::addColumn<double>("delay");
    QTest::addColumn<double>("rate");
    QTest::newRow("task1") << QStringLiteral("task1") << 0.5 << 0.1;
    QTest::newRow("task2") << QStringLiteral("task2") << 0.3 << 0.05;
    QTest::newRow("task3") << QStringLiteral("task3") << 0.2 << 0.0;
    QTest::newRow("validate_data") << QStringLiteral("validate_data") << 0.0 << 0.0;
    QTest::newRow("send_notification") << QStringLiteral("send_notification") << 0.0 << 0.0;
}

void TestDemoTasks::standards()
{
    QFETCH(QString, task);
    QFETCH(double, delay);
    QFETCH(double, rate);
    const QJsonObject config = withDefaults(builtInTasks().types().value(task).configSchema, {});
    QCOMPARE(config.value(u"delay_seconds").toDouble(-1), delay);
    QCOMPARE(config.value(u"failure_rate").toDouble(-1), rate);
    QVERIFY(!config.contains(QStringLiteral("seed")));
}

void TestDemoTasks::failsByChance_data()
{
    QTest::addColumn<QString>("task");
    QTest::addColumn<QString>("error");
    QTest::newRow("task1") << QStringLiteral("task1") << QStringLiteral("Failed to connect to data source");
    QTest::newRow("task2") << QStringLiteral("task2") << QStringLiteral("Data processing failed due to invalid format");
    QTest::newRow("task3") << QStringLiteral("task3") << QStringLiteral("Failed to store processed data");
    QTest::newRow("validate_data") << QStringLiteral("validate_data") << QStringLiteral("Data validation failed");
    QTest::newRow("send_notification") << QStringLiteral("send_notification")
                                       << QStringLiteral("Failed to send the notification");
}

void TestDemoTasks::failsByChance()
{
    QFETCH(QString, task);
    QFETCH(QString, error);
    TaskBench bench;
    bench.ran(QStringLiteral("task1"), parse(fetched));
    bench.ran(QStringLiteral("task2"), parse(processed));
    const TaskResult result =
        bench.run(task, {{QStringLiteral("delay_seconds"), 0}, {QStringLiteral("failure_rate"), 1}});
    QCOMPARE(result, TaskResult::failure(error));
}

void TestDemoTasks::seedDecides()
{
    QList<bool> first;
    QList<bool> again;
    QList<bool> laterAttempts;
    for (QList<bool> *results : {&first, &again, &laterAttempts}) {
        for (int seed = 0; seed < 200; ++seed) {
            TaskBench bench;
            bench.attempt = results == &laterAttempts ? 2 : 1;
            const QJsonObject config{{QStringLiteral("delay_seconds"), 0},
                                     {QStringLiteral("failure_rate"), 0.5},
                                     {QStringLiteral("seed"), seed}};
            *results << (bench.run(QStringLiteral("task1"), config).status == TaskStatus::Success);
        }
    }
    QCOMPARE(first, again);
    QVERIFY(first.contains(true) && first.contains(false));
    QVERIFY(first != laterAttempts);
}

void TestDemoTasks::rateHolds()
{
    int failures = 0;
    for (int seed = 0; seed < 2000; ++seed) {
        TaskBench bench;
        const QJsonObject config{{QStringLiteral("delay_seconds"), 0}, {QStringLiteral("seed"), seed}};
        failures += bench.run(QStringLiteral("task1"), config).status == TaskStatus::Failure;
    }
    QVERIFY2(failures > 150 && failures < 250, qPrintable(QString::number(failures)));
}

void TestDemoTasks::withoutSeedItVaries()
{
    int failures = 0;
    for (int count = 0; count < 200; ++count) {
        TaskBench bench;
        const QJsonObject config{{QStringLiteral("delay_seconds"), 0}, {QStringLiteral("failure_rate"), 0.5}};
        failures += bench.run(QStringLiteral("task1"), config).status == TaskStatus::Failure;
    }
    QVERIFY(failures > 0 && failures < 200); // wrong once in 2^199 runs
}

void TestDemoTasks::missingData_data()
{
    QTest::addColumn<QString>("task");
    QTest::addColumn<QString>("source");
    QTest::addColumn<QJsonValue>("input");
    QTest::addColumn<QString>("error");
    const QString two = QStringLiteral("task2");
    const QString three = QStringLiteral("task3");
    const QString noFetched = QStringLiteral("No data from task1 to process");
    const QString noProcessed = QStringLiteral("No processed data from task2 to store");
    QTest::newRow("task2 alone") << two << QStringLiteral("other") << QJsonValue(1) << noFetched;
    QTest::newRow("task2 after null") << two << QStringLiteral("task1") << QJsonValue() << noFetched;
    QTest::newRow("task2 after {}") << two << QStringLiteral("task1") << parse("{}") << noFetched;
    QTest::newRow("task2 without records") << two << QStringLiteral("task1") << parse(R"({"a": 1})")
                                           << QStringLiteral("The data from task1 has no list 'records'");
    QTest::newRow("task2 with odd records")
        << two << QStringLiteral("task1") << parse(R"({"records": [{"value": 1}, {"value": "2"}]})")
        << QStringLiteral("Record 2 of the data from task1 has no number 'value'");
    QTest::newRow("task3 alone") << three << QStringLiteral("task1") << parse(fetched) << noProcessed;
    QTest::newRow("task3 after null") << three << QStringLiteral("task2") << QJsonValue() << noProcessed;
    QTest::newRow("task3 without records") << three << QStringLiteral("task2") << parse(R"({"a": 1})")
                                           << QStringLiteral("The data from task2 has no list 'processed_records'");
}

void TestDemoTasks::missingData()
{
    QFETCH(QString, task);
    QFETCH(QString, source);
    QFETCH(QJsonValue, input);
    QFETCH(QString, error);
    TaskBench bench;
    bench.ran(source, input);
    // The reason counts even where chance would fail it anyway.
    QCOMPARE(bench.run(task, {{QStringLiteral("delay_seconds"), 0}, {QStringLiteral("failure_rate"), 1}}),
             TaskResult::failure(error));
}

void TestDemoTasks::validates_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QJsonValue>("data");
    QTest::addColumn<QString>("error");
    QTest::addColumn<int>("count");
    const auto row = [](const char *name, const char *source, const char *data, const char *error, int count = -1) {
        QTest::newRow(name) << QString::fromUtf8(source) << parse(data) << QString::fromUtf8(error) << count;
    };
    row("records", "", fetched, "", 3);
    row("processed records", "", processed, "", 3);
    row("a list", "", R"([{"a": 1}, {}])", "", 2);
    row("named source", "load", fetched, "", 3);
    row("other data", "load", "5", "", 0);
    row("other object", "", R"({"a": 1})", "", 0);
    row("nothing before", "", "null", "No earlier task has returned data to validate");
    row("source has no data", "load", "null", "Task 'load' has returned no data to validate");
    row("source has empty data", "load", "{}", "Task 'load' has returned no data to validate");
    row("source has empty text", "load", "\"\"", "Task 'load' has returned no data to validate");
    row("source has not run", "lode", fetched, "Task 'lode' has not run, so there is no data to validate");
    row("records are no list", "", R"({"records": 3})", "The records of task 'load' are not a list");
    row("records are empty", "", R"({"records": []})", "The list of records of task 'load' is empty");
    row("a record is no object", "", R"({"records": [{}, 7]})", "Record 2 of task 'load' is not an object");
    row("the count is wrong", "", R"({"records": [{}], "total_count": 2})",
        "Task 'load' says in total_count that it has 2 records, but there are 1");
    row("the other count is wrong", "", R"({"processed_records": [{}], "record_count": 0})",
        "Task 'load' says in record_count that it has 0 records, but there are 1");
}

void TestDemoTasks::validates()
{
    QFETCH(QString, config);
    QFETCH(QJsonValue, data);
    QFETCH(QString, error);
    QFETCH(int, count);
    TaskBench bench;
    bench.ran(QStringLiteral("load"), data);
    const TaskResult result = bench.run(QStringLiteral("validate_data"), {{QStringLiteral("source"), config}});
    QCOMPARE(result.error, error);
    if (error.isEmpty()) {
        QCOMPARE(result.data,
                 (QJsonObject{{QStringLiteral("source"), QStringLiteral("load")},
                              {QStringLiteral("valid"), true},
                              {QStringLiteral("record_count"), count},
                              {QStringLiteral("validation_timestamp"), QStringLiteral("2026-01-10T15:55:30.000000")}}));
    }
}

void TestDemoTasks::newestSource()
{
    TaskBench bench;
    const auto source = [&bench] {
        return bench.run(QStringLiteral("validate_data")).data[QStringLiteral("source")].toString();
    };
    bench.ran(QStringLiteral("z first"), parse(R"({"a": 1})"));
    QCOMPARE(source(), QStringLiteral("z first"));
    bench.ran(QStringLiteral("m records"), parse(fetched));
    QCOMPARE(source(), QStringLiteral("m records"));
    bench.ran(QStringLiteral("a plain"), parse("7"));
    QCOMPARE(source(), QStringLiteral("m records"));
    bench.ran(QStringLiteral("b records"), parse(processed));
    QCOMPARE(source(), QStringLiteral("b records"));
}

void TestDemoTasks::notifies()
{
    TaskBench bench;
    const QJsonObject config{{QStringLiteral("channel"), QStringLiteral("sms")},
                             {QStringLiteral("recipient"), QStringLiteral("Ada")},
                             {QStringLiteral("message"), QStringLiteral("Done")}};
    const TaskResult result = bench.run(QStringLiteral("send_notification"), config);
    QJsonObject expected = config;
    expected.insert(QStringLiteral("sent_timestamp"), QStringLiteral("2026-01-10T15:55:30.000000"));
    QCOMPARE(result, TaskResult::success(expected));
    QCOMPARE(bench.log, QStringList{QStringLiteral("info: Notification to Ada (sms): Done")});
    QVERIFY(builtInTasks()
                .types()
                .value(QStringLiteral("send_notification"))
                .help.contains(QStringLiteral("nothing leaves")));
}

void TestDemoTasks::stops_data()
{
    QTest::addColumn<QString>("task");
    for (const char *name : {"task1", "task2", "task3", "validate_data", "send_notification"})
        QTest::newRow(name) << QString::fromLatin1(name);
}

void TestDemoTasks::stops()
{
    QFETCH(QString, task);
    TaskBench bench;
    bench.ran(QStringLiteral("task1"), parse(fetched));
    bench.ran(QStringLiteral("task2"), parse(processed));
    QElapsedTimer sinceCancel;
    std::thread canceller([&] {
        sinceCancel.start();
        bench.cancel.cancel();
    });
    const TaskResult result =
        bench.run(task, {{QStringLiteral("delay_seconds"), 3600}, {QStringLiteral("failure_rate"), 0}});
    canceller.join();
    QVERIFY(sinceCancel.elapsed() < 5'000); // of hours; a busy machine may take its time
    QCOMPARE(toString(result.status), toString(TaskStatus::Failure));
}

QTEST_GUILESS_MAIN(TestDemoTasks)
#include "tst_demo_tasks.moc"
