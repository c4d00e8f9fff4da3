// SPDX-License-Identifier: GPL-3.0-or-later
#include "service_fixture.h"
#include "support/flow_test.h"

#include <QSemaphore>
#include <QSignalSpy>

#include <algorithm>

using namespace flow;

/// What happens between start() and the end of an execution.
class TestServiceExecutions : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void runsAFlowOfTheLibrary();
    void refusesToStart_data();
    void refusesToStart();
    void runsExactlyWhatIsGiven();
    void newIdIsAddedOtherContentIsLeft();
    void eventsComeAfterTheCommit();
    void finishedLateIsReadyAtOnce();
    void finishedOfNobodyTellsSo();
    void cancel();
    void cancelsWhatWaits();
    void cancelRefuses();
    void stopComesThrough_data();
    void stopComesThrough();
    void limitsOfTheSettingsHold();
    void logIsInOrder();
    void closingEndsWhatRuns();
    void closingLetsFinalTasksRun_data();
    void closingLetsFinalTasksRun();
    void manyAtOnce();
};

void TestServiceExecutions::runsAFlowOfTheLibrary()
{
    const ServiceFixture service;
    QVERIFY(service->createFlow(fileOf(QStringLiteral("x"), QStringLiteral("a b"), QStringLiteral("a success b|end"))));
    const ExecutionId id = service->start(QStringLiteral("x"), {{QStringLiteral("day"), 7}}).value();
    const ExecutionDetails details = service->finished(id).result();
    QCOMPARE(toString(details.execution.status), QStringLiteral("completed"));
    QCOMPARE(details.execution.inputContext, (QJsonObject{{QStringLiteral("day"), 7}}));
    QCOMPARE(details.execution.revision, service->flow(QStringLiteral("x"))->revision);
    QCOMPARE(details.execution.totalTasksExecuted, 2);
    QCOMPARE(details.tasks.size(), 2);
    QCOMPARE(details.tasks[0].nextTask, QStringLiteral("b"));
    QCOMPARE(service->runningExecutions(), 0);
    QVERIFY(service->flow(QStringLiteral("x"))->lastStatus == ExecutionStatus::Completed);
}

void TestServiceExecutions::refusesToStart_data()
{
    QTest::addColumn<QString>("id");
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("reason");

    QTest::newRow("unknown") << QStringLiteral("none") << ErrorCode::NotFound
                             << QStringLiteral("Flow 'none' not found");
    QTest::newRow("switched off") << QStringLiteral("off") << ErrorCode::NotAllowed
                                  << QStringLiteral("Flow 'off' is not active");
    QTest::newRow("unknown type") << QStringLiteral("draft") << ErrorCode::InvalidFlow
                                  << QStringLiteral("Task 'magic' not found in task registry");
}

void TestServiceExecutions::refusesToStart()
{
    QFETCH(QString, id);
    QFETCH(ErrorCode, code);
    QFETCH(QString, reason);
    const ServiceFixture service;
    QVERIFY(service->saveFlow(fileOf(QStringLiteral("draft"), QStringLiteral("a,type=magic"))));
    QVERIFY(service->createFlow(fileOf(QStringLiteral("off"), QStringLiteral("a"))));
    QVERIFY(service->updateFlow(QStringLiteral("off"), [](StoredFlow &flow) -> Result<void> {
        flow.isActive = false;
        return {};
    }));
    const Result<ExecutionId> started = service->start(id, {});
    QVERIFY(!started);
    QVERIFY(started.error().code == code);
    QCOMPARE(started.error().reason, reason);
    QCOMPARE(service->executions({}).value().total, 0);
}

void TestServiceExecutions::runsExactlyWhatIsGiven()
{
    const ServiceFixture service;
    QVERIFY(service->createFlow(fileOf(QStringLiteral("x"), QStringLiteral("a"))));
    const FlowFile onCanvas = fileOf(QStringLiteral("x"), QStringLiteral("other"));
    const ExecutionId id = service->start(RunRequest{onCanvas, {}}).value();
    const ExecutionDetails details = service->finished(id).result();
    QCOMPARE(details.tasks.first().taskName, QStringLiteral("other"));
    QCOMPARE(service->revision(details.execution.revision).value(), onCanvas);

    FlowFile wrong = onCanvas;
    wrong.flow.startTask = QStringLiteral("nowhere");
    QVERIFY(service->start(RunRequest{wrong, {}}).error().code == ErrorCode::InvalidFlow);
}

void TestServiceExecutions::newIdIsAddedOtherContentIsLeft()
{
    const ServiceFixture service;
    const QSignalSpy saved(&*service, &FlowService::flowSaved);
    const FlowFile first = fileOf(QStringLiteral("x"), QStringLiteral("a"));
    service->finished(service->start(RunRequest{first, {}}).value()).waitForFinished();
    QCOMPARE(saved.size(), 1);
    QVERIFY(service->flow(QStringLiteral("x"))->file == first);

    service->finished(service->start(RunRequest{fileOf(QStringLiteral("x"), QStringLiteral("b")), {}}).value())
        .waitForFinished();
    QCOMPARE(saved.size(), 1);
    QVERIFY(service->flow(QStringLiteral("x"))->file == first);
    QCOMPARE(service->flow(QStringLiteral("x"))->version, 1);
    QCOMPARE(service->executionCount(QStringLiteral("x")).value(), 2);
}

void TestServiceExecutions::eventsComeAfterTheCommit()
{
    const ServiceFixture service;
    QStringList seen;
    std::atomic<bool> stored = true;
    QObject context;
    // Direct: on the thread that emits, at the moment of emitting.
    connect(
        &*service, &FlowService::executionEvent, &context,
        [&](const ExecutionEvent &event) {
            const Result<ExecutionDetails> details = service->execution(event.executionId, true);
            const qsizetype tasks = details ? details->tasks.size() : -1;
            if (const auto *started = std::get_if<TaskStarted>(&event.what))
                stored = stored && tasks == started->sequenceNumber;
            if (std::holds_alternative<ExecutionFinished>(event.what))
                stored = stored && details && isFinished(details->execution.status);
        },
        Qt::DirectConnection);
    connect(&*service, &FlowService::executionEvent, &context,
            [&](const ExecutionEvent &event) { seen << QString::number(event.what.index()); });
    const ExecutionId id =
        service->start(RunRequest{fileOf(QStringLiteral("x"), QStringLiteral("a b"), QStringLiteral("a any b")), {}})
            .value();
    service->finished(id).waitForFinished();
    // queued, started, task started, finished, started, finished, finished
    QTRY_COMPARE(seen.join(u' '), QStringLiteral("0 1 2 5 2 5 7"));
    QVERIFY(stored);
}

void TestServiceExecutions::finishedLateIsReadyAtOnce()
{
    const ServiceFixture service;
    const ExecutionId id = service->start(RunRequest{fileOf(QStringLiteral("x"), QStringLiteral("a")), {}}).value();
    service->finished(id).waitForFinished();
    QCOMPARE(toString(service->finished(id).result().execution.status), QStringLiteral("completed"));
}

void TestServiceExecutions::finishedOfNobodyTellsSo()
{
    const ServiceFixture service;
    QCOMPARE(service->finished(99).result().execution.errorMessage, QStringLiteral("Execution 99 not found"));
}

void TestServiceExecutions::cancel()
{
    const ServiceFixture service;
    const ExecutionId id = service->start(RunRequest{waitingFile(QStringLiteral("x")), {}}).value();
    QTRY_COMPARE(service->execution(id, true).value().tasks.size(), 1);
    QVERIFY(service->cancel(id));
    const ExecutionDetails details = service->finished(id).result();
    QCOMPARE(toString(details.execution.status), QStringLiteral("cancelled"));
    QCOMPARE(toString(details.tasks.first().status), QStringLiteral("cancelled"));
}

void TestServiceExecutions::cancelsWhatWaits()
{
    const ServiceFixture service;
    QVERIFY(service->createFlow(waitingFile(QStringLiteral("x"))));
    for (int thread = 0; thread < 4; ++thread)
        QVERIFY(service->start(QStringLiteral("x"), {}));
    const ExecutionId waiting = service->start(QStringLiteral("x"), {}).value();
    QCOMPARE(service->runningExecutions(), 5);
    QVERIFY(service->cancel(waiting));
    const ExecutionDetails details = service->finished(waiting).result();
    QCOMPARE(toString(details.execution.status), QStringLiteral("cancelled"));
    QVERIFY(details.tasks.isEmpty());
    QVERIFY(!details.execution.startedAt);
}

void TestServiceExecutions::cancelRefuses()
{
    const ServiceFixture service;
    QVERIFY(service->cancel(99).error().code == ErrorCode::NotFound);
    const ExecutionId id = service->start(RunRequest{fileOf(QStringLiteral("x"), QStringLiteral("a")), {}}).value();
    service->finished(id).waitForFinished();
    const Result<void> cancelled = service->cancel(id);
    QVERIFY(!cancelled);
    QVERIFY(cancelled.error().code == ErrorCode::NotAllowed);
    QCOMPARE(cancelled.error().reason, QStringLiteral("Execution %1 has already ended (completed)").arg(id));
}

void TestServiceExecutions::stopComesThrough_data()
{
    using Workers = FlowService::Workers;
    QTest::addColumn<QList<Workers>>("busy");
    QTest::addColumn<Workers>("stops");
    QTest::newRow("the server is busy") << QList{Workers::Server} << Workers::Person;
    QTest::newRow("everybody is busy") << QList{Workers::Server, Workers::Person} << Workers::Urgent;
}

void TestServiceExecutions::stopComesThrough()
{
    QFETCH(QList<FlowService::Workers>, busy);
    QFETCH(FlowService::Workers, stops);
    const ServiceFixture service;
    const ExecutionId id = service->start(RunRequest{waitingFile(QStringLiteral("x")), {}}).value();
    const QFuture<ExecutionDetails> end = service->finished(id);
    QSemaphore blocked;
    QList<QFuture<void>> works;
    for (const FlowService::Workers workers : busy) {
        for (int number = 0; number < 20; ++number)
            works << service->async([&blocked] { blocked.acquire(); }, workers);
    }
    const QFuture<Result<void>> stopped = service->async([&] { return service->cancel(id); }, stops);
    const bool through = QTest::qWaitFor([&] { return end.isFinished() && stopped.isFinished(); });
    const auto ended =
        std::count_if(works.begin(), works.end(), [](const QFuture<void> &work) { return work.isFinished(); });
    blocked.release(int(works.size()));
    QVERIFY(through);
    QVERIFY(stopped.result());
    QCOMPARE(toString(end.result().execution.status), QStringLiteral("cancelled"));
    QCOMPARE(ended, 0);
    for (QFuture<void> &work : works)
        work.waitForFinished();
}

void TestServiceExecutions::limitsOfTheSettingsHold()
{
    const QTemporaryDir folder;
    ServiceSettings settings;
    settings.dataDir = folder.path();
    settings.stepLimit = 3;
    settings.taskTimeLimit = std::chrono::milliseconds(50);
    const auto service = FlowService::open(settings).value();
    const FlowFile circle = fileOf(QStringLiteral("circle"), QStringLiteral("a"), QStringLiteral("a any a"));
    const ExecutionDetails endless = service->finished(service->start(RunRequest{circle, {}}).value()).result();
    QCOMPARE(toString(endless.execution.status), QStringLiteral("failure"));
    QCOMPARE(endless.tasks.size(), 3);
    const ExecutionDetails slow =
        service->finished(service->start(RunRequest{waitingFile(QStringLiteral("slow")), {}}).value()).result();
    QCOMPARE(toString(slow.execution.status), QStringLiteral("failure"));
    QCOMPARE(slow.execution.errorTask, QStringLiteral("wait"));
}

void TestServiceExecutions::logIsInOrder()
{
    const ServiceFixture service;
    FlowFile file =
        fileOf(QStringLiteral("x"), QStringLiteral("a,type=log b,type=log"), QStringLiteral("a success b|end"));
    file.flow.tasks[0].config = QJsonObject{{QStringLiteral("message"), QStringLiteral("first")}};
    file.flow.tasks[1].config = QJsonObject{{QStringLiteral("message"), QStringLiteral("second")}};
    const ExecutionId id = service->start(RunRequest{file, {}}).value();
    service->finished(id).waitForFinished();
    QStringList told;
    const Result<QList<ExecutionEvent>> log = service->executionLog(id);
    QVERIFY2(log, log ? "" : qPrintable(log.error().text()));
    for (const ExecutionEvent &event : *log) {
        QCOMPARE(event.executionId, id);
        if (const auto *line = std::get_if<TaskLogged>(&event.what))
            told << line->text;
        else if (const auto *started = std::get_if<TaskStarted>(&event.what))
            told << started->taskName + u'>';
        else if (const auto *ended = std::get_if<TaskFinished>(&event.what))
            told << u'<' + ended->taskName + QStringLiteral(" c%1 to %2").arg(ended->condition).arg(ended->nextTask);
    }
    QCOMPARE(told.join(u", "), QStringLiteral("a>, first, <a c0 to b, b>, second, <b c-1 to end"));
    QVERIFY(service->executionLog(99).error().code == ErrorCode::NotFound);
}

void TestServiceExecutions::closingEndsWhatRuns()
{
    ServiceFixture service;
    QVERIFY(service->createFlow(waitingFile(QStringLiteral("x"))));
    QList<ExecutionId> ids;
    for (int number = 0; number < 6; ++number)
        ids << service->start(QStringLiteral("x"), {}).value();
    service.reopen();
    QCOMPARE(service->interruptedAtStart(), 0);
    for (const ExecutionId id : ids) {
        const Execution execution = service->execution(id, false)->execution;
        QCOMPARE(toString(execution.status), QStringLiteral("cancelled"));
        QVERIFY2(execution.errorMessage.endsWith(QStringLiteral(", because the program ended")),
                 qPrintable(execution.errorMessage));
    }
}

void TestServiceExecutions::closingLetsFinalTasksRun_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("tidied");
    QTest::newRow("in time") << 0.3 << QStringLiteral("success");
    QTest::newRow("too long") << 600.0 << QStringLiteral("cancelled");
}

void TestServiceExecutions::closingLetsFinalTasksRun()
{
    QFETCH(double, seconds);
    ServiceFixture service;
    FlowFile file = waitingFile(QStringLiteral("x"));
    file.flow.tasks.append({.name = QStringLiteral("tidy"), .type = QStringLiteral("delay")});
    file.flow.tasks.last().config = QJsonObject{{QStringLiteral("seconds"), seconds}};
    file.flow.finalTask = QStringLiteral("tidy");
    const ExecutionId id = service->start(RunRequest{file, {}}).value();
    QTRY_COMPARE(service->execution(id, true)->tasks.size(), 1);
    service.reopen();
    const ExecutionDetails details = service->execution(id, true).value();
    QCOMPARE(toString(details.execution.status), QStringLiteral("cancelled"));
    QCOMPARE(details.tasks.size(), 2);
    QTEST(toString(details.tasks[1].status), "tidied");
}

void TestServiceExecutions::manyAtOnce()
{
    const ServiceFixture service;
    QVERIFY(service->createFlow(fileOf(QStringLiteral("x"), QStringLiteral("a b"), QStringLiteral("a any b"))));
    QList<QFuture<ExecutionDetails>> ends;
    for (int number = 0; number < 200; ++number)
        ends << service->finished(service->start(QStringLiteral("x"), {{QStringLiteral("n"), number}}).value());
    for (int number = 0; number < 200; ++number) {
        const ExecutionDetails details = ends[number].result();
        QCOMPARE(details.execution.inputContext.value(QStringLiteral("n")).toInt(), number);
        QCOMPARE(details.tasks.size(), 2);
    }
    QCOMPARE(service->executions({.status = ExecutionStatus::Completed}).value().total, 200);
}

QTEST_GUILESS_MAIN(TestServiceExecutions)
#include "tst_service_executions.moc"
