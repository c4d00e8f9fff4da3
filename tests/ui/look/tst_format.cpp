// SPDX-License-Identifier: GPL-3.0-or-later
#include "look/format.h"

#include "support/flow_test.h"

#include <QLocale>
#include <QTimeZone>

using namespace flow;
using namespace std::chrono_literals;

class TestFormat : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void duration_data();
    void duration();
    void number_data();
    void number();
    void when_data();
    void when();
    void exact();
    void everyStateHasItsOwnSign();
};

void TestFormat::initTestCase()
{
    qputenv("TZ", "UTC");
    tzset();
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void TestFormat::duration_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("text");
    const auto row = [](double seconds, const char *text) {
        QTest::newRow(text) << seconds << QString::fromUtf8(text);
    };
    row(0, "0 ms");
    row(0.0004, "0 ms");
    row(0.012, "12 ms");
    row(0.0994, "99 ms");
    row(0.0996, "0.10 s");
    row(0.84, "0.84 s");
    row(0.994, "0.99 s");
    row(0.996, "1.0 s");
    row(4.1, "4.1 s");
    row(42.26, "42.3 s");
    row(59.94, "59.9 s");
    row(59.96, "1 min 00 s");
    row(245, "4 min 05 s");
    row(3599.4, "59 min 59 s");
    row(3599.6, "1 h 00 min");
    row(7980, "2 h 13 min");
    row(86399, "23 h 59 min");
    row(86400, "1 d 00 h");
    row(273600, "3 d 04 h");
    QTest::newRow("negative counts as none") << -1.0 << QStringLiteral("0 ms");
}

void TestFormat::duration()
{
    QFETCH(double, seconds);
    QFETCH(QString, text);
    QCOMPARE(formatDuration(seconds), text);
}

void TestFormat::number_data()
{
    QTest::addColumn<qint64>("value");
    QTest::addColumn<QString>("locale");
    QTest::addColumn<QString>("text");
    QTest::newRow("small") << qint64(7) << QStringLiteral("en_US") << QStringLiteral("7");
    QTest::newRow("thousands") << qint64(182440) << QStringLiteral("en_US") << QStringLiteral("182,440");
    QTest::newRow("negative") << qint64(-1285) << QStringLiteral("en_US") << QStringLiteral("-1,285");
    QTest::newRow("german") << qint64(182440) << QStringLiteral("de_DE") << QStringLiteral("182.440");
}

void TestFormat::number()
{
    QFETCH(qint64, value);
    QFETCH(QString, locale);
    QFETCH(QString, text);
    const QLocale before;
    QLocale::setDefault(QLocale(locale));
    const QString found = formatNumber(value);
    QLocale::setDefault(before);
    QCOMPARE(found, text);
}

void TestFormat::when_data()
{
    QTest::addColumn<QString>("time");
    QTest::addColumn<QString>("text");
    QTest::newRow("now") << QStringLiteral("2026-01-12T12:00:00") << QStringLiteral("just now");
    QTest::newRow("under a minute") << QStringLiteral("2026-01-12T11:59:01") << QStringLiteral("just now");
    QTest::newRow("clock ahead") << QStringLiteral("2026-01-12T12:00:30") << QStringLiteral("just now");
    QTest::newRow("one minute") << QStringLiteral("2026-01-12T11:59:00") << QStringLiteral("1 min ago");
    QTest::newRow("minutes") << QStringLiteral("2026-01-12T11:54:59") << QStringLiteral("5 min ago");
    QTest::newRow("an hour") << QStringLiteral("2026-01-12T11:00:00") << QStringLiteral("11:00");
    QTest::newRow("this morning") << QStringLiteral("2026-01-12T08:00:00") << QStringLiteral("08:00");
    QTest::newRow("yesterday") << QStringLiteral("2026-01-11T23:59:00") << QStringLiteral("yesterday");
    QTest::newRow("before") << QStringLiteral("2026-01-10T08:00:00") << QStringLiteral("10 Jan");
    QTest::newRow("last year") << QStringLiteral("2025-12-30T08:00:00") << QStringLiteral("30 Dec 2025");
}

void TestFormat::when()
{
    QFETCH(QString, time);
    QFETCH(QString, text);
    const Timestamp now = *timestampFromIso(QStringLiteral("2026-01-12T12:00:00"));
    QCOMPARE(formatWhen(*timestampFromIso(time), now), text);
}

void TestFormat::exact()
{
    QCOMPARE(formatExact(*timestampFromIso(QStringLiteral("2026-01-10T15:55:30.251170"))),
             QStringLiteral("10 January 2026, 15:55:30"));
}

void TestFormat::everyStateHasItsOwnSign()
{
    QSet<QString> taskSigns;
    for (const TaskStatus status : {TaskStatus::Pending, TaskStatus::Running, TaskStatus::Success, TaskStatus::Failure,
                                    TaskStatus::Cancelled, TaskStatus::Interrupted})
        taskSigns.insert(look(status).icon + look(status).word);
    QCOMPARE(taskSigns.size(), 6);
    QSet<QString> runSigns;
    for (const ExecutionStatus status :
         {ExecutionStatus::Pending, ExecutionStatus::Running, ExecutionStatus::Completed, ExecutionStatus::Failure,
          ExecutionStatus::Cancelled, ExecutionStatus::Interrupted})
        runSigns.insert(look(status).icon + look(status).word);
    QCOMPARE(runSigns.size(), 6);
    QCOMPARE(look(TaskStatus::Success).word, QStringLiteral("done"));
    QCOMPARE(look(TaskStatus::Failure).role, Role::Failure);
}

QTEST_GUILESS_MAIN(TestFormat)
#include "tst_format.moc"
