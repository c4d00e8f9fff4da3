// SPDX-License-Identifier: GPL-3.0-or-later
#include "service_fixture.h"
#include "support/flow_test.h"

using namespace flow;

namespace {

/// Longer than an execution keeps its thread while it waits for its next attempt.
constexpr double farAway = 1.1;

std::unique_ptr<FlowService> program(const QString &folder, std::chrono::nanoseconds limit = std::chrono::hours(1))
{
    ServiceSettings settings;
    settings.dataDir = folder;
    settings.executionThreads = 1;
    settings.stays = true;
    settings.flowTimeLimit = limit;
    return FlowService::open(settings).value();
}

FlowFile failing(const QString &id, double delay)
{
    return fileOf(id, QStringLiteral("a,type=fail,retry=2,delay=%1").arg(delay));
}

QString status(FlowService &service, ExecutionId id)
{
    return toString(service.execution(id, false)->execution.status);
}

qsizetype attempts(FlowService &service, ExecutionId id)
{
    return service.execution(id, true)->tasks.size();
}

/// Waits until the first attempt is over.
bool isAsleep(FlowService &service, ExecutionId id)
{
    return QTest::qWaitFor([&] {
        const auto details = service.execution(id, true);
        return details->tasks.size() == 1 && details->tasks.first().retryAt;
    });
}

} // namespace

/// Waits between two attempts that are long enough for others to have the thread.
class TestRetryWaits : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void end_data();
    void end();
    void timeLimitEndsAWait();
    void anEarlierOneComesFirst();
    void othersHaveTheThread();
    void endInTheNextProgram_data();
    void endInTheNextProgram();
};

void TestRetryWaits::end_data()
{
    QTest::addColumn<double>("delay");
    QTest::newRow("on the thread") << 0.05;
    QTest::newRow("without a thread") << farAway;
}

void TestRetryWaits::end()
{
    QFETCH(double, delay);
    const QTemporaryDir folder;
    const auto service = program(folder.path());
    const ExecutionId id = service->start(RunRequest{failing(QStringLiteral("retry"), delay), {}}).value();
    QTRY_COMPARE(status(*service, id), QStringLiteral("failure"));
    const QList<TaskExecution> tasks = service->execution(id, true)->tasks;
    QCOMPARE(tasks.size(), 2);
    QVERIFY(*tasks[1].startedAt - *tasks[0].completedAt >= std::chrono::duration<double>(delay * 0.99));
    // The wait is part of its time.
    QVERIFY(*service->execution(id, false)->execution.durationSeconds >= delay * 0.99);
}

void TestRetryWaits::timeLimitEndsAWait()
{
    const QTemporaryDir folder;
    const auto service = program(folder.path(), std::chrono::milliseconds(1300));
    const ExecutionId id = service->start(RunRequest{failing(QStringLiteral("retry"), 600), {}}).value();
    QVERIFY(isAsleep(*service, id));
    QTRY_COMPARE(status(*service, id), QStringLiteral("failure"));
    const Execution execution = service->execution(id, false)->execution;
    QVERIFY2(execution.errorMessage.startsWith(
                 QStringLiteral("Flow 'Test' did not end within its time limit of 1.3 s; it had come to task 'a'")),
             qPrintable(execution.errorMessage));
    QVERIFY(*execution.durationSeconds >= 1.3);
    QCOMPARE(attempts(*service, id), 1);
}

void TestRetryWaits::anEarlierOneComesFirst()
{
    const QTemporaryDir folder;
    const auto service = program(folder.path());
    const ExecutionId late = service->start(RunRequest{failing(QStringLiteral("late"), 600), {}}).value();
    QVERIFY(isAsleep(*service, late));
    const ExecutionId early = service->start(RunRequest{failing(QStringLiteral("early"), farAway), {}}).value();
    QTRY_COMPARE(status(*service, early), QStringLiteral("failure"));
    QCOMPARE(attempts(*service, late), 1);
    QVERIFY(service->cancel(late));
    QTRY_COMPARE(status(*service, late), QStringLiteral("cancelled"));
}

void TestRetryWaits::othersHaveTheThread()
{
    const QTemporaryDir folder;
    const auto service = program(folder.path());
    const ExecutionId waiting = service->start(RunRequest{failing(QStringLiteral("waits"), 600), {}}).value();
    QVERIFY(isAsleep(*service, waiting));
    const ExecutionId other = service->start(RunRequest{failing(QStringLiteral("other"), 0), {}}).value();
    QTRY_COMPARE(status(*service, other), QStringLiteral("failure"));
    QCOMPARE(status(*service, waiting), QStringLiteral("running"));
}

void TestRetryWaits::endInTheNextProgram_data()
{
    QTest::addColumn<bool>("isDue");
    QTest::newRow("that is there before the time") << false;
    QTest::newRow("that comes after the time") << true;
}

void TestRetryWaits::endInTheNextProgram()
{
    QFETCH(bool, isDue);
    const QTemporaryDir folder;
    ExecutionId id = 0;
    Timestamp due;
    {
        const auto service = program(folder.path());
        id = service->start(RunRequest{failing(QStringLiteral("retry"), farAway), {}}).value();
        QVERIFY(isAsleep(*service, id));
        due = *service->execution(id, true)->tasks.first().retryAt;
    }
    if (isDue)
        QVERIFY(QTest::qWaitFor([&] { return systemClock().now() > due; }));
    const auto next = program(folder.path());
    QTRY_COMPARE(status(*next, id), QStringLiteral("failure"));
    QCOMPARE(attempts(*next, id), 2);
    QVERIFY(*next->execution(id, true)->tasks[1].startedAt >= due);
}

QTEST_GUILESS_MAIN(TestRetryWaits)
#include "tst_retry_waits.moc"
