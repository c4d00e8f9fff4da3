// SPDX-License-Identifier: GPL-3.0-or-later
#include "service_fixture.h"
#include "support/flow_test.h"

using namespace flow;

namespace {

std::unique_ptr<FlowService> program(const QString &folder, bool stays)
{
    ServiceSettings settings;
    settings.dataDir = folder;
    settings.executionThreads = 2;
    settings.stays = stays;
    return FlowService::open(settings).value();
}

FlowFile quick()
{
    return fileOf(QStringLiteral("quick"), QStringLiteral("a b"), QStringLiteral("a any b"));
}

QString status(FlowService &service, ExecutionId id)
{
    return toString(service.execution(id, false)->execution.status);
}

/// Two that keep all threads busy, and three that wait for one; then the program ends in good order.
QList<ExecutionId> leave(const QString &folder, bool stays)
{
    const auto service = program(folder, stays);
    QList<ExecutionId> ids;
    for (int number = 0; number < 2; ++number)
        ids.append(service->start(RunRequest{waitingFile(QStringLiteral("slow")), {}}).value());
    if (!QTest::qWaitFor([&] { return status(*service, ids[1]) == QStringLiteral("running"); }))
        return {};
    for (int number = 0; number < 3; ++number)
        ids.append(service->start(RunRequest{quick(), {}}).value());
    return ids;
}

} // namespace

/// What a program that ends in good order leaves to the next one.
class TestProgramEnd : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void whatWaitsGoesOn();
    void whatWaitsPausesWhenItIsTakenUp();
    void whatBelongsToATerminalEnds();
    void limitsOfFlowsAreKeptAcrossPrograms();
};

void TestProgramEnd::whatWaitsGoesOn()
{
    const QTemporaryDir folder;
    const QList<ExecutionId> ids = leave(folder.path(), true);
    QCOMPARE(ids.size(), 5);
    const auto next = program(folder.path(), true);
    QCOMPARE(next->releasedAtStart(), 3);
    QCOMPARE(next->interruptedAtStart(), 0);
    for (qsizetype i = 0; i < ids.size(); ++i)
        QTRY_COMPARE(status(*next, ids[i]), i < 2 ? QStringLiteral("cancelled") : QStringLiteral("completed"));
}

void TestProgramEnd::whatWaitsPausesWhenItIsTakenUp()
{
    const QTemporaryDir folder;
    const QList<ExecutionId> ids = leave(folder.path(), true);
    QCOMPARE(ids.size(), 5);
    const auto terminal = program(folder.path(), false);
    QCOMPARE(status(*terminal, ids[3]), QStringLiteral("pending"));
    QVERIFY(terminal->pause(ids[3]));
    const auto next = program(folder.path(), true);
    QTRY_COMPARE(status(*next, ids[3]), QStringLiteral("paused"));
    QTRY_COMPARE(status(*next, ids[4]), QStringLiteral("completed"));
}

void TestProgramEnd::whatBelongsToATerminalEnds()
{
    const QTemporaryDir folder;
    const QList<ExecutionId> ids = leave(folder.path(), false);
    QCOMPARE(ids.size(), 5);
    const auto next = program(folder.path(), true);
    QCOMPARE(next->releasedAtStart() + next->interruptedAtStart(), 0);
    for (const ExecutionId id : ids)
        QCOMPARE(status(*next, id), QStringLiteral("cancelled"));
}

void TestProgramEnd::limitsOfFlowsAreKeptAcrossPrograms()
{
    const QTemporaryDir folder;
    FlowFile limited = quick();
    limited.flow.concurrency = Concurrency{1, WhenBusy::Queue};
    FlowFile slow = waitingFile(QStringLiteral("quick"));
    slow.flow.concurrency = limited.flow.concurrency;
    QList<ExecutionId> ids;
    {
        const auto service = program(folder.path(), true);
        ids.append(service->start(RunRequest{slow, {}}).value());
        QTRY_COMPARE(status(*service, ids[0]), QStringLiteral("running"));
        for (int number = 0; number < 3; ++number)
            ids.append(service->start(RunRequest{limited, {}}).value());
        QCOMPARE(status(*service, ids[1]), QStringLiteral("pending"));
    }
    const auto next = program(folder.path(), true);
    for (qsizetype i = 1; i < ids.size(); ++i)
        QTRY_COMPARE(status(*next, ids[i]), QStringLiteral("completed"));
    // One after the other, in the order of their starts.
    for (qsizetype i = 2; i < ids.size(); ++i)
        QVERIFY(*next->execution(ids[i], false)->execution.startedAt >=
                *next->execution(ids[i - 1], false)->execution.completedAt);
}

QTEST_GUILESS_MAIN(TestProgramEnd)
#include "tst_program_end.moc"
