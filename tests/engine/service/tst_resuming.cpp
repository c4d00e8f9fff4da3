// SPDX-License-Identifier: GPL-3.0-or-later
#include "service_fixture.h"
#include "support/flow_test.h"

using namespace flow;

namespace {

/// a, b, and z at the end; the conditions lead from each to the next.
FlowFile fileWith(const QString &tasks)
{
    FlowFile file = fileOf(QStringLiteral("f"), tasks, QStringLiteral("a success b|end; b success end"));
    file.flow.finalTask = QStringLiteral("z");
    return file;
}

QString status(FlowService &service, ExecutionId id)
{
    return toString(service.execution(id, false)->execution.status);
}

/// `a b(reused) z`: what ran, in order, and where its result comes from.
QString ran(FlowService &service, ExecutionId id)
{
    QStringList words;
    const auto details = service.execution(id, true);
    for (const TaskExecution &task : details->tasks)
        words.append(task.origin == AttemptOrigin::Run
                         ? task.taskName
                         : QStringLiteral("%1(%2)").arg(task.taskName, toString(task.origin)));
    return words.join(u' ');
}

} // namespace

/// Executions that take up others, as a whole; where each begins is told by tst_resume_plan.
class TestResuming : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void completed_data();
    void completed();
    void finalTaskAlone();
    void cancelledBetweenTwo();
    void whatHandlersLedToIsNoMainPart();
    void conditionThatFailedIsAskedAgain();
    void newerFlowMayAskForOtherInput();
};

void TestResuming::completed_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("answer");
    QTest::newRow("nowhere named") << QString()
                                   << QStringLiteral("Execution 1 has completed, and nothing of it is left to do. Name "
                                                     "one of its tasks to run that one and what follows again");
    QTest::newRow("the final task") << QStringLiteral("z")
                                    << QStringLiteral("Task 'z' did not run in the main part of execution 1 but at its "
                                                      "end, as it does by itself in each execution. Name a task of the "
                                                      "main part, or none");
    QTest::newRow("the first task") << QStringLiteral("a") << QStringLiteral("a b z");
    QTest::newRow("the second task") << QStringLiteral("b") << QStringLiteral("a(reused) b z");
}

void TestResuming::completed()
{
    QFETCH(QString, from);
    QFETCH(QString, answer);
    ServiceFixture service;
    const ExecutionId id = service->start(RunRequest{fileWith(QStringLiteral("a b z")), {}}).value();
    QTRY_COMPARE(status(*service, id), QStringLiteral("completed"));
    const Result<ExecutionId> again = service->resume(id, {.fromTask = from});
    if (!again) {
        QCOMPARE(again.error().text(), answer);
        return;
    }
    QTRY_COMPARE(status(*service, *again), QStringLiteral("completed"));
    QCOMPARE(ran(*service, *again), answer);
}

void TestResuming::finalTaskAlone()
{
    ServiceFixture service;
    const ExecutionId id = service->start(RunRequest{fileWith(QStringLiteral("a b z,type=fail")), {}}).value();
    QTRY_COMPARE(status(*service, id), QStringLiteral("failure"));
    QCOMPARE(ran(*service, id), QStringLiteral("a b z"));
    const ExecutionId again = service->resume(id).value();
    QTRY_COMPARE(status(*service, again), QStringLiteral("failure"));
    QCOMPARE(ran(*service, again), QStringLiteral("a(reused) b(reused) z"));
    const ExecutionId third = service->resume(again).value();
    QTRY_COMPARE(status(*service, third), QStringLiteral("failure"));
    QCOMPARE(ran(*service, third), QStringLiteral("a(reused) b(reused) z"));
}

void TestResuming::cancelledBetweenTwo()
{
    ServiceFixture service;
    RunRequest request{fileWith(QStringLiteral("a b z")), {}};
    request.options.breakpoints = {{QStringLiteral("b"), {}, {}}};
    const ExecutionId id = service->start(request).value();
    QTRY_COMPARE(status(*service, id), QStringLiteral("paused"));
    QVERIFY(service->cancel(id));
    QTRY_COMPARE(status(*service, id), QStringLiteral("cancelled"));
    QCOMPARE(ran(*service, id), QStringLiteral("a z"));
    const ExecutionId again = service->resume(id).value();
    QTRY_COMPARE(status(*service, again), QStringLiteral("completed"));
    QCOMPARE(ran(*service, again), QStringLiteral("a(reused) b z"));
}

/// The task that failed is what is run again, not the one to which the failure task had led.
void TestResuming::whatHandlersLedToIsNoMainPart()
{
    ServiceFixture service;
    FlowFile file = fileOf(QStringLiteral("f"), QStringLiteral("a,type=fail h n"), QStringLiteral("h success n"));
    file.flow.failureTask = QStringLiteral("h");
    const ExecutionId id = service->start(RunRequest{file, {}}).value();
    QTRY_COMPARE(status(*service, id), QStringLiteral("failure"));
    QCOMPARE(ran(*service, id), QStringLiteral("a h n"));
    const ExecutionId again = service->resume(id).value();
    QTRY_COMPARE(status(*service, again), QStringLiteral("failure"));
    QCOMPARE(ran(*service, again), QStringLiteral("a h n"));
}

/// With the flow as it was it fails again; once it is mended it goes on. Neither runs the task a second time.
void TestResuming::conditionThatFailedIsAskedAgain()
{
    ServiceFixture service;
    FlowFile file = fileWith(QStringLiteral("a b z"));
    file.flow.conditions.first().when = QStringLiteral("input.missing > 1");
    QVERIFY(service->createFlow(file));
    const ExecutionId id = service->start(QStringLiteral("f"), {}).value();
    QTRY_COMPARE(status(*service, id), QStringLiteral("failure"));
    const ExecutionId same = service->resume(id).value();
    QTRY_COMPARE(status(*service, same), QStringLiteral("failure"));
    QCOMPARE(ran(*service, same), QStringLiteral("a(reused) z"));
    file.flow.conditions.first().when = QStringLiteral("true");
    QVERIFY(service->saveFlow(file));
    const ExecutionId mended = service->resume(same, {.newestRevision = true}).value();
    QTRY_COMPARE(status(*service, mended), QStringLiteral("completed"));
    QCOMPARE(ran(*service, mended), QStringLiteral("a(reused) b z"));
}

void TestResuming::newerFlowMayAskForOtherInput()
{
    ServiceFixture service;
    FlowFile file = fileOf(QStringLiteral("f"), QStringLiteral("a,type=fail"));
    QVERIFY(service->createFlow(file));
    const ExecutionId id = service->start(QStringLiteral("f"), {}).value();
    QTRY_COMPARE(status(*service, id), QStringLiteral("failure"));
    file.flow.inputs = QJsonObject{{QStringLiteral("required"), QJsonArray{QStringLiteral("day")}}};
    QVERIFY(service->saveFlow(file));
    QVERIFY(service->resume(id)); // as it ran
    const Result<ExecutionId> newest = service->resume(id, {.newestRevision = true});
    QVERIFY(!newest);
    QCOMPARE(newest.error().text(), QStringLiteral("input.day: is missing"));
}

QTEST_GUILESS_MAIN(TestResuming)
#include "tst_resuming.moc"
