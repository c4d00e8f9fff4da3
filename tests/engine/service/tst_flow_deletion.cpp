// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/storage/storage_fixture.h"
#include "nested_flows.h"
#include "service/owners.h"
#include "service_fixture.h"
#include "support/flow_test.h"

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

using namespace flow;

namespace {

const FlowId x = QStringLiteral("x");

/// A program on the same database that holds an execution and does not listen.
class DeafProgram
{
public:
    explicit DeafProgram(const ServiceFixture &service)
        : m_database(std::move(Database::open(locationOf(service))).value())
        , m_owner(std::move(Owners::join(*m_database)).value())
        , m_executions(*m_database, m_owner->self())
        , m_id(m_executions.create(x, service->flow(x)->revision, {}).value().id)
    {
    }

    ExecutionId id() const { return m_id; }
    /// As a program leaves it that died before it was begun.
    Result<void> release() { return m_executions.giveBack(m_id, ExecutionStatus::Pending); }
    Result<void> end()
    {
        return m_executions.executionEnded({}, test::executionEnd(m_id, ExecutionStatus::Cancelled, 0));
    }

private:
    static DatabaseLocation locationOf(const ServiceFixture &service)
    {
        const QString url = service.databaseUrl();
        return url.isEmpty() ? DatabaseLocation{service.dataDir() + QStringLiteral("/flows.db")}
                             : *DatabaseLocation::fromUrl(url);
    }

    std::unique_ptr<Database> m_database;
    std::unique_ptr<Owners> m_owner;
    ExecutionStore m_executions;
    ExecutionId m_id;
};

} // namespace

/// A flow that is deleted while it runs, here and elsewhere.
class TestFlowDeletion : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void takesMoreThanAThousand();
    void startsAtOnceAreStoppedOrRefused();
    void reachesOtherPrograms();
    void givesUpOnTheDeaf();
    void startsAreRefusedMeanwhile();
    void closingDoesNotWaitForTheDeaf();
    void endsWhatNobodyRuns_data();
    void endsWhatNobodyRuns();
    void stopsWhatItStartedOfOtherFlows();
    void leavesWhatIsPinned();
    void leavesNoSpaceBehind();
};

void TestFlowDeletion::takesMoreThanAThousand()
{
    const ServiceFixture service;
    QVERIFY(service->createFlow(waitingFile(x)));
    constexpr int count = 1'100;
    std::vector<std::thread> starters;
    for (int thread = 0; thread < 4; ++thread) {
        starters.emplace_back([&] {
            for (int number = 0; number < count / 4; ++number)
                (void)service->start(x, {}).ok();
        });
    }
    for (std::thread &starter : starters)
        starter.join();
    QCOMPARE(service->runningExecutions(), count);
    const Result<void> deleted = service->deleteFlow(x);
    QVERIFY2(deleted, deleted ? "" : qPrintable(deleted.error().text()));
    QCOMPARE(service->runningExecutions(), 0);
    QCOMPARE(service->executions({}).value().total, 0);
}

void TestFlowDeletion::startsAtOnceAreStoppedOrRefused()
{
    const ServiceFixture service;
    const std::unique_ptr<FlowService> other = service.open();
    QVERIFY(service->createFlow(waitingFile(x)));
    std::atomic<int> wrong = 0;
    std::atomic<int> begun = 0;
    std::vector<std::thread> starters;
    for (FlowService *program : {&*service, &*service, other.get()}) {
        starters.emplace_back([&, program] {
            for (;;) {
                const Result<ExecutionId> started = program->start(x, {});
                if (started) {
                    ++begun;
                    program->finished(*started).waitForFinished(); // it ends, because the flow is deleted
                    continue;
                }
                wrong += started.error().code != ErrorCode::NotFound && started.error().code != ErrorCode::Conflict;
                if (started.error().code != ErrorCode::Conflict)
                    return;
            }
        });
    }
    QTRY_COMPARE(begun.load(), 3);
    const Result<void> deleted = service->deleteFlow(x);
    for (std::thread &starter : starters)
        starter.join();
    QVERIFY2(deleted, deleted ? "" : qPrintable(deleted.error().text()));
    QCOMPARE(wrong.load(), 0);
    QCOMPARE(service->executions({}).value().total, 0);
    QCOMPARE(service->runningExecutions() + other->runningExecutions(), 0);
}

void TestFlowDeletion::reachesOtherPrograms()
{
    const ServiceFixture service;
    const std::unique_ptr<FlowService> other = service.open();
    QVERIFY(service->createFlow(waitingFile(x)));
    QList<QFuture<ExecutionDetails>> ends;
    for (int number = 0; number < 6; ++number) // two of them wait for a thread
        ends << other->finished(other->start(x, {}).value());
    const Result<void> deleted = service->deleteFlow(x);
    QVERIFY2(deleted, deleted ? "" : qPrintable(deleted.error().text()));
    for (const QFuture<ExecutionDetails> &end : ends)
        QTRY_VERIFY(end.isFinished());
    QTRY_COMPARE(other->runningExecutions(), 0);
    QCOMPARE(other->executions({}).value().total, 0);
}

void TestFlowDeletion::givesUpOnTheDeaf()
{
    const ServiceFixture service;
    QVERIFY(service->createFlow(waitingFile(x)));
    DeafProgram deaf(service);
    ServiceSettings settings = service->settings();
    settings.stopPatience = std::chrono::milliseconds(300);
    const auto hasty = FlowService::open(settings).value();
    const Result<void> deleted = hasty->deleteFlow(x);
    QVERIFY(!deleted);
    QVERIFY(deleted.error().code == ErrorCode::Conflict);
    QCOMPARE(deleted.error().text(),
             QStringLiteral(
                 "Flow 'x' was not deleted: execution %1, which another program runs, was told to stop and goes on. "
                 "Close that program, then delete the flow again")
                 .arg(deaf.id()));
    QVERIFY(hasty->flow(x));
    const Result<ExecutionId> started = hasty->start(x, {}); // as before
    QVERIFY(started);
    QVERIFY(deaf.end());
    QVERIFY(hasty->deleteFlow(x));
}

void TestFlowDeletion::startsAreRefusedMeanwhile()
{
    const ServiceFixture service;
    QVERIFY(service->createFlow(waitingFile(x)));
    DeafProgram deaf(service);
    const QFuture<Result<void>> deletion = service->async([&service] { return service->deleteFlow(x); });
    const auto refusal = [&](const Result<ExecutionId> &started) {
        return started ? QString() : started.error().text();
    };
    const QString refused = QStringLiteral("Flow 'x' is being deleted");
    QTRY_COMPARE(refusal(service->start(x, {})), refused);
    QCOMPARE(refusal(service->start(RunRequest{waitingFile(x), {}})), refused);
    QVERIFY(!deletion.isFinished());
    QVERIFY(deaf.end());
    QTRY_VERIFY(deletion.isFinished());
    QVERIFY(deletion.result());
    QCOMPARE(service->start(x, {}).error().code, ErrorCode::NotFound);
    QVERIFY(service->start(RunRequest{waitingFile(x), {}})); // a new flow
}

void TestFlowDeletion::closingDoesNotWaitForTheDeaf()
{
    ServiceFixture service;
    QVERIFY(service->createFlow(waitingFile(x)));
    DeafProgram deaf(service);
    const QFuture<Result<void>> deletion = service->async([&service] { return service->deleteFlow(x); });
    QTRY_VERIFY(!service->start(x, {}));
    service.close();
    QVERIFY(deletion.isFinished());
    QCOMPARE(deletion.result().error().text(), QStringLiteral("The program is shutting down"));
    service.reopen();
    QVERIFY(service->flow(x));
}

void TestFlowDeletion::endsWhatNobodyRuns_data()
{
    QTest::addColumn<QString>("how");
    QTest::newRow("paused") << QStringLiteral("paused");
    QTest::newRow("left by a program that died") << QStringLiteral("released");
    QTest::newRow("of a program that has just died") << QStringLiteral("dead");
}

void TestFlowDeletion::endsWhatNobodyRuns()
{
    QFETCH(QString, how);
    const ServiceFixture service;
    QVERIFY(service->createFlow(waitingFile(x)));
    std::optional<DeafProgram> other;
    if (how == QStringLiteral("paused")) {
        const ExecutionId id = service->start(x, {}, {.pause = true}).value();
        QCOMPARE(toString(service->finished(id).result().execution.status), QStringLiteral("paused"));
    } else {
        other.emplace(service);
        if (how == QStringLiteral("released"))
            QVERIFY(other->release());
        else
            other.reset();
    }
    const Result<void> deleted = service->deleteFlow(x);
    QVERIFY2(deleted, deleted ? "" : qPrintable(deleted.error().text()));
    QCOMPARE(service->flow(x).error().code, ErrorCode::NotFound);
    QCOMPARE(service->executions({}).value().total, 0);
}

void TestFlowDeletion::stopsWhatItStartedOfOtherFlows()
{
    const ServiceFixture service;
    const std::unique_ptr<FlowService> other = service.open();
    QVERIFY(service->createFlow(waitingFile(QStringLiteral("b"))));
    QVERIFY(service->createFlow(
        test::file(QStringLiteral("a"),
                   QStringLiteral("[{'name': 'call', 'type': 'run_flow', 'config': {'flow': 'b', 'input': {}}}]"))));
    const ExecutionId parent = other->start(QStringLiteral("a"), {}).value();
    const auto child = [&] { return service->executions({.parent = parent}).value().items; };
    QTRY_COMPARE(child().size(), 1);
    QTRY_COMPARE(toString(child().first().status), QStringLiteral("running"));
    const ExecutionId bystander = service->start(QStringLiteral("b"), {}).value();
    const Result<void> deleted = service->deleteFlow(QStringLiteral("a"));
    QVERIFY2(deleted, deleted ? "" : qPrintable(deleted.error().text()));
    QCOMPARE(service->executions({}).value().total, 1);
    QVERIFY(!isFinished(service->execution(bystander, false)->execution.status));
    QCOMPARE(service->checkDatabase().value(), QStringList());
}

void TestFlowDeletion::leavesWhatIsPinned()
{
    const ServiceFixture service;
    QVERIFY(service->createFlow(fileOf(QStringLiteral("b"), QStringLiteral("one"))));
    QVERIFY(service->createFlow(
        test::file(QStringLiteral("a"),
                   QStringLiteral("[{'name': 'call', 'type': 'run_flow', 'config': {'flow': 'b', 'input': {}}}]"))));
    const ExecutionId parent = service->start(QStringLiteral("a"), {}).value();
    QCOMPARE(toString(service->finished(parent).result().execution.status), QStringLiteral("completed"));
    const ExecutionId child = service->executions({.parent = parent}).value().items.first().id;
    QVERIFY(service->setPinned(child, true));
    const ExecutionId paused = service->start(QStringLiteral("a"), {}, {.pause = true}).value();
    service->finished(paused).waitForFinished();
    QCOMPARE(service->deleteFlow(QStringLiteral("a")).error().code, ErrorCode::Conflict);
    QCOMPARE(toString(service->execution(paused, false)->execution.status),
             QStringLiteral("paused")); // all is as it was
    QVERIFY(service->setPinned(child, false));
    QVERIFY(service->deleteFlow(QStringLiteral("a")));
    QCOMPARE(service->executions({}).value().total, 0);
    QCOMPARE(service->checkDatabase().value(), QStringList());
}

/// A program that ends with its command: nobody may come after it who gives the space back.
void TestFlowDeletion::leavesNoSpaceBehind()
{
    if (test::onServer())
        QSKIP("a server looks after its files itself");
    const ServiceFixture service;
    QVERIFY(service->createFlow(fileOf(x, QStringLiteral("one"))));
    const QJsonObject input{{QStringLiteral("text"), QString(1'000'000, u'x')}};
    service->finished(service->start(x, input).value()).waitForFinished();
    QVERIFY(service->databaseStats()->bytes > 1'000'000);
    QVERIFY(service->deleteFlow(x));
    QCOMPARE(service->databaseStats()->freeBytes, 0);
    QVERIFY(service->databaseStats()->bytes < 500'000);
}

QTEST_GUILESS_MAIN(TestFlowDeletion)
#include "tst_flow_deletion.moc"
