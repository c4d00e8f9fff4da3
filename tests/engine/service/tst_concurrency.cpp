// SPDX-License-Identifier: GPL-3.0-or-later
#include "service_fixture.h"
#include "support/flow_test.h"

using namespace flow;

namespace {

/// A flow that waits until it is stopped, with a limit of runs at once.
FlowFile limited(int limit, WhenBusy policy, double seconds = 600)
{
    FlowFile file = waitingFile(QStringLiteral("limited"));
    file.flow.tasks.first().config = QJsonObject{{QStringLiteral("seconds"), seconds}};
    file.flow.concurrency = Concurrency{limit, policy};
    return file;
}

QString status(FlowService &service, ExecutionId id)
{
    return toString(service.execution(id, false)->execution.status);
}

QString statuses(FlowService &service, const QList<ExecutionId> &ids)
{
    QStringList words;
    for (const ExecutionId id : ids)
        words.append(status(service, id));
    return words.join(u' ');
}

} // namespace

class TestConcurrency : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void othersWait();
    void othersAreSkipped();
    void onlyOneOfManyIsNotSkipped();
    void skippedEndsWhileAllThreadsAreBusy();
    void whatHasBegunIsNotSkipped();
    void theOldestIsCancelled();
    void theNewestStay();
    void theFinalTaskOfTheOldestRuns();
    void acceptedPausesAreKept();
    void whatWaitsCanBeCancelled();
    void whatWaitsCanBePaused();
    void whatWaitsTakesNewBreakpoints();
    void programsKeepTheLimitTogether();
    void otherFlowsAreNotConcerned();
};

void TestConcurrency::othersWait()
{
    const ServiceFixture service;
    QList<ExecutionId> ids;
    for (int number = 0; number < 4; ++number)
        ids.append(service->start(RunRequest{limited(2, WhenBusy::Queue), {}}).value());
    QTRY_COMPARE(statuses(*service, ids), QStringLiteral("running running pending pending"));
    QVERIFY(service->cancel(ids[0]).ok());
    QTRY_COMPARE(statuses(*service, ids), QStringLiteral("cancelled running running pending"));
    QVERIFY(service->cancel(ids[2]).ok());
    QTRY_COMPARE(statuses(*service, ids), QStringLiteral("cancelled running cancelled running"));
}

void TestConcurrency::othersAreSkipped()
{
    const ServiceFixture service;
    const ExecutionId first = service->start(RunRequest{limited(1, WhenBusy::Skip), {}}).value();
    QTRY_COMPARE(status(*service, first), QStringLiteral("running"));
    const ExecutionId second = service->start(RunRequest{limited(1, WhenBusy::Skip), {}}).value();
    const ExecutionDetails skipped = service->finished(second).result();
    QCOMPARE(toString(skipped.execution.status), QStringLiteral("cancelled"));
    QCOMPARE(skipped.execution.errorMessage,
             QStringLiteral("Skipped: as many runs of flow 'Test' as it allows at once (1) have not ended"));
    QCOMPARE(skipped.tasks.size(), 0);
    QCOMPARE(status(*service, first), QStringLiteral("running"));
}

void TestConcurrency::theOldestIsCancelled()
{
    const ServiceFixture service;
    QList<ExecutionId> ids;
    for (int number = 0; number < 2; ++number) {
        ids.append(service->start(RunRequest{limited(2, WhenBusy::CancelOldest), {}}).value());
        QTRY_COMPARE(status(*service, ids.last()), QStringLiteral("running"));
    }
    ids.append(service->start(RunRequest{limited(2, WhenBusy::CancelOldest), {}}).value());
    QTRY_COMPARE(statuses(*service, ids), QStringLiteral("cancelled running running"));
}

/// Starts at the same time from several threads: none may slip in while another is being looked at.
void TestConcurrency::onlyOneOfManyIsNotSkipped()
{
    const ServiceFixture service;
    for (int round = 0; round < 10; ++round) {
        QList<QFuture<Result<ExecutionId>>> starts;
        for (int number = 0; number < 4; ++number)
            starts.append(service->async([&] { return service->start(RunRequest{limited(1, WhenBusy::Skip), {}}); }));
        QList<ExecutionId> ids;
        for (QFuture<Result<ExecutionId>> &start : starts)
            ids.append(start.takeResult().value());
        const auto count = [&](const char *word) {
            return statuses(*service, ids).split(u' ').count(QLatin1StringView(word));
        };
        QTRY_COMPARE(count("cancelled"), 3);
        QTRY_COMPARE(count("running"), 1);
        for (const ExecutionId id : ids)
            service->cancel(id).ok(); // those that were skipped are over
        QTRY_COMPARE(count("cancelled"), 4);
    }
}

void TestConcurrency::skippedEndsWhileAllThreadsAreBusy()
{
    const ServiceFixture service; // with four threads
    for (int number = 0; number < 3; ++number)
        QVERIFY(service->start(RunRequest{waitingFile(QStringLiteral("w%1").arg(number)), {}}));
    const ExecutionId first = service->start(RunRequest{limited(1, WhenBusy::Skip), {}}).value();
    QTRY_COMPARE(status(*service, first), QStringLiteral("running"));
    const ExecutionId second = service->start(RunRequest{limited(1, WhenBusy::Skip), {}}).value();
    QTRY_COMPARE(status(*service, second), QStringLiteral("cancelled"));
}

/// A paused one has lost its place, and somebody has let it go on: it waits for the next.
void TestConcurrency::whatHasBegunIsNotSkipped()
{
    const ServiceFixture service;
    RunRequest request{limited(1, WhenBusy::Skip), {}};
    request.options.pause = true;
    const ExecutionId paused = service->start(request).value();
    QTRY_COMPARE(status(*service, paused), QStringLiteral("paused"));
    const ExecutionId second = service->start(RunRequest{limited(1, WhenBusy::Skip), {}}).value();
    QTRY_COMPARE(status(*service, second), QStringLiteral("running"));
    QVERIFY(service->continueExecution(paused));
    const ExecutionId third = service->start(RunRequest{limited(1, WhenBusy::Skip), {}}).value();
    QTRY_COMPARE(statuses(*service, {paused, second, third}), QStringLiteral("pending running cancelled"));
    QVERIFY(service->cancel(second));
    QTRY_COMPARE(status(*service, paused), QStringLiteral("running"));
}

/// Many starts one right after the other: whether those before have begun makes no difference.
void TestConcurrency::theNewestStay()
{
    const ServiceFixture service;
    for (int round = 0; round < 10; ++round) {
        QList<ExecutionId> ids;
        for (int number = 0; number < 4; ++number)
            ids.append(service->start(RunRequest{limited(2, WhenBusy::CancelOldest), {}}).value());
        QTRY_COMPARE(statuses(*service, ids), QStringLiteral("cancelled cancelled running running"));
    }
}

/// However many come while it runs.
void TestConcurrency::theFinalTaskOfTheOldestRuns()
{
    const ServiceFixture service;
    FlowFile file = limited(1, WhenBusy::CancelOldest);
    Task final{.name = QStringLiteral("tidy"), .type = QStringLiteral("delay")};
    final.config = QJsonObject{{QStringLiteral("seconds"), 0.5}};
    file.flow.tasks.append(final);
    file.flow.finalTask = final.name;
    QList<ExecutionId> ids{service->start(RunRequest{file, {}}).value()};
    QTRY_COMPARE(status(*service, ids[0]), QStringLiteral("running"));
    QTRY_COMPARE(service->execution(ids[0], true)->tasks.size(), 1);
    for (int number = 0; number < 2; ++number)
        ids.append(service->start(RunRequest{file, {}}).value());
    QTRY_COMPARE(statuses(*service, ids), QStringLiteral("cancelled cancelled running"));
    const ExecutionDetails first = *service->execution(ids[0], true);
    QCOMPARE(first.tasks.size(), 2);
    QCOMPARE(toString(first.tasks[1].status), QStringLiteral("success"));
    const ExecutionDetails second = *service->execution(ids[1], true);
    QCOMPARE(second.tasks.size(), 0);
    QCOMPARE(second.execution.errorMessage,
             QStringLiteral("Cancelled before it began: newer runs of flow 'Test' have taken the places that it allows "
                            "at once (1)"));
}

/// Also in the moment in which it is given its place.
void TestConcurrency::acceptedPausesAreKept()
{
    const ServiceFixture service;
    for (int round = 0; round < 30; ++round) {
        const ExecutionId id = service->start(RunRequest{limited(1, WhenBusy::Queue), {}}).value();
        QVERIFY(service->pause(id));
        // One that has begun already would pause after its task, which waits.
        const auto isHeld = [&] {
            return status(*service, id) == u"paused" || !service->execution(id, true)->tasks.isEmpty();
        };
        QVERIFY(QTest::qWaitFor(isHeld));
        if (service->execution(id, true)->tasks.isEmpty())
            QCOMPARE(status(*service, id), QStringLiteral("paused"));
        service->cancel(id).ok();
        QTRY_COMPARE(status(*service, id), QStringLiteral("cancelled"));
    }
}

void TestConcurrency::whatWaitsCanBeCancelled()
{
    const ServiceFixture service;
    QList<ExecutionId> ids;
    for (int number = 0; number < 2; ++number)
        ids.append(service->start(RunRequest{limited(1, WhenBusy::Queue), {}}).value());
    QTRY_COMPARE(statuses(*service, ids), QStringLiteral("running pending"));
    QVERIFY(service->cancel(ids[1]).ok());
    QCOMPARE(toString(service->finished(ids[1]).result().execution.status), QStringLiteral("cancelled"));
    QCOMPARE(status(*service, ids[0]), QStringLiteral("running"));
}

void TestConcurrency::whatWaitsCanBePaused()
{
    const ServiceFixture service;
    QList<ExecutionId> ids;
    for (int number = 0; number < 2; ++number)
        ids.append(service->start(RunRequest{limited(1, WhenBusy::Queue), {}}).value());
    QTRY_COMPARE(statuses(*service, ids), QStringLiteral("running pending"));
    QVERIFY(service->pause(ids[1]).ok());
    QVERIFY(service->cancel(ids[0]).ok());
    QTRY_COMPARE(statuses(*service, ids), QStringLiteral("cancelled paused"));
    QCOMPARE(service->execution(ids[1], true)->tasks.size(), 0);
}

void TestConcurrency::whatWaitsTakesNewBreakpoints()
{
    const ServiceFixture service;
    QList<ExecutionId> ids;
    for (int number = 0; number < 2; ++number)
        ids.append(service->start(RunRequest{limited(1, WhenBusy::Queue), {}}).value());
    QTRY_COMPARE(statuses(*service, ids), QStringLiteral("running pending"));
    const QString task = limited(1, WhenBusy::Queue).flow.tasks.first().name;
    QVERIFY(service->setBreakpoints(ids[1], {{.task = task}}).ok());
    QVERIFY(service->cancel(ids[0]).ok());
    QTRY_COMPARE(statuses(*service, ids), QStringLiteral("cancelled paused"));
}

void TestConcurrency::programsKeepTheLimitTogether()
{
    const ServiceFixture one;
    const std::unique_ptr<FlowService> two = one.open();
    QList<ExecutionId> ids;
    for (int number = 0; number < 6; ++number) {
        FlowService &service = number % 2 == 0 ? *one : *two;
        ids.append(service.start(RunRequest{limited(2, WhenBusy::Queue, 0.05), {}}).value());
    }
    int most = 0;
    while (statuses(*one, ids) != QStringLiteral("completed completed completed completed completed completed")) {
        most = std::max<int>(most, int(one->executions({.status = ExecutionStatus::Running})->total));
        if (most > 2)
            break;
    }
    QVERIFY2(most <= 2, qPrintable(QString::number(most)));
}

void TestConcurrency::otherFlowsAreNotConcerned()
{
    const ServiceFixture service;
    const ExecutionId first = service->start(RunRequest{limited(1, WhenBusy::Queue), {}}).value();
    QTRY_COMPARE(status(*service, first), QStringLiteral("running"));
    const ExecutionId other =
        service->start(RunRequest{fileOf(QStringLiteral("other"), QStringLiteral("a")), {}}).value();
    QCOMPARE(toString(service->finished(other).result().execution.status), QStringLiteral("completed"));
}

QTEST_GUILESS_MAIN(TestConcurrency)
#include "tst_concurrency.moc"
