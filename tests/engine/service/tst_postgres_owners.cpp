// SPDX-License-Identifier: GPL-3.0-or-later
// How programs on one PostgreSQL database know of each other, and what becomes of one that was taken for dead.
#include "engine/storage/storage_fixture.h"
#include "service/postgres_owners.h"
#include "service_fixture.h"
#include "support/flow_test.h"
#include "support/private_server.h"

#include <QElapsedTimer>
#include <QScopeGuard>
#include <QUuid>

using namespace flow;
using namespace flow::test;

class TestPostgresOwners : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void knowsTheLiving();
    void unknownOwnersAreDead();
    void manyDeadTakeNoLongerThanOne();
    void whoAsksAgainDoesNotWait();
    void carriesRequests();
    void tellsOfDeletions();
    void comesBackAfterItsConnectionBroke();
    void comesBackAfterRestart();
    void whatWasTakenAwayEndsWithoutWriting();
    void whatWasTakenAwayIsStopped();
    void serviceGoesOnAfterRestart();
    void serviceSaysSoWhileTheServerIsAway();

private:
    std::unique_ptr<PrivateServer> m_server;
};

namespace {

const FlowId x = QStringLiteral("x");

/// A program on a database: its own connections, its own lock.
struct Program
{
    explicit Program(const QString &url)
        : database(std::move(Database::open(*DatabaseLocation::fromUrl(url))).value())
        , owners(std::move(PostgresOwners::join(*database)).value())
    {
    }

    std::unique_ptr<Database> database;
    std::unique_ptr<PostgresOwners> owners;
};

ExecutionId newExecution(const Program &program)
{
    FlowStore flows(*program.database);
    ExecutionStore executions(*program.database, program.owners->self());
    const Result<StoredFlow> known = flows.get(x);
    const RevisionId revision = known ? known->revision : flows.create(chain(x)).value().revision;
    return executions.create(x, revision, {}).value().id;
}

/// Another program goes on with all that runs.
Result<void> takeAway(Database &database)
{
    return database.writer().run([](WriteTransaction &transaction) {
        return transaction.connection.execute(
            QStringLiteral("UPDATE flow_executions SET owner = 'another' WHERE completed_at IS NULL"));
    });
}

} // namespace

void TestPostgresOwners::initTestCase()
{
    m_server = std::make_unique<PrivateServer>();
    QVERIFY(m_server->runs());
}

void TestPostgresOwners::cleanupTestCase()
{
    m_server.reset();
}

void TestPostgresOwners::knowsTheLiving()
{
    const ServerDatabase server(m_server->url());
    const Program one(server.url());
    const QString self = one.owners->self();
    QString id;
    {
        const Program other(server.url());
        id = other.owners->self();
        QVERIFY(self != id);
        QVERIFY(one.owners->isAlive(self));
        QVERIFY(one.owners->isAlive(id));
        QVERIFY(other.owners->isAlive(self));
    }
    QTRY_VERIFY(!one.owners->isAlive(id));
}

void TestPostgresOwners::unknownOwnersAreDead()
{
    const ServerDatabase server(m_server->url());
    const Program one(server.url());
    QVERIFY(!one.owners->isAlive(QString()));
    QVERIFY(!one.owners->isAlive(QStringLiteral("4f0c1c1e-0000-0000-0000-000000000000")));
    const ServerDatabase elsewhere(m_server->url());
    const Program stranger(elsewhere.url());
    QVERIFY(!one.owners->isAlive(stranger.owners->self())); // of another database
}

/// Each may only have lost its connection, and is waited for; but not one after the other.
void TestPostgresOwners::manyDeadTakeNoLongerThanOne()
{
    const ServerDatabase database(m_server->url());
    const Program one(database.url());
    const auto timeFor = [&one](const QStringList &dead) {
        const QStringList asked = QStringList{one.owners->self()} + dead;
        QElapsedTimer time;
        time.start();
        return one.owners->deadOf(asked) == dead ? time.nsecsElapsed() : std::numeric_limits<qint64>::max();
    };
    QStringList many;
    for (int number = 0; number < 8; ++number)
        many << QUuid::createUuid().toString(QUuid::WithoutBraces);
    const qint64 single = timeFor({QStringLiteral("4f0c1c1e-0000-0000-0000-000000000001")});
    const qint64 together = timeFor(many);
    QVERIFY2(together < 3 * single, qPrintable(QStringLiteral("%1, %2").arg(single).arg(together)));
}

/// A thread on which others depend.
void TestPostgresOwners::whoAsksAgainDoesNotWait()
{
    const ServerDatabase database(m_server->url());
    const Program one(database.url());
    const QString dead = QStringLiteral("4f0c1c1e-0000-0000-0000-000000000002");
    {
        const Owners::AtOnce atOnce;
        QVERIFY(one.owners->isAlive(dead)); // as far as is known
        QCOMPARE(one.owners->deadOf({dead, QString()}), QStringList{QString()});
        QTRY_VERIFY_WITH_TIMEOUT(!one.owners->isAlive(dead), 20'000);
    }
    QVERIFY(!one.owners->isAlive(QStringLiteral("4f0c1c1e-0000-0000-0000-000000000003")));
    // One that deletes a flow is waited for: whoever starts it would be refused for good.
    const Owners::AtOnce atOnce;
    const Program other(database.url());
    QVERIFY(other.database->writer().run([](WriteTransaction &transaction) {
        return transaction.connection.execute(
            QStringLiteral("INSERT INTO flow_deletions (flow_id, owner) VALUES ('x', 'nobody')"));
    }));
    QVERIFY(!one.owners->isBeingDeleted(x));
}

void TestPostgresOwners::carriesRequests()
{
    const ServerDatabase server(m_server->url());
    const Program one(server.url());
    const Program other(server.url());
    const ExecutionId first = newExecution(one);
    const ExecutionId second = newExecution(one);
    const OwnerRequest cancelFirst{first, OwnerRequest::What::Cancel};
    const OwnerRequest pauseFirst{first, OwnerRequest::What::Pause};
    const OwnerRequest pauseSecond{second, OwnerRequest::What::Pause};
    QVERIFY(one.owners->requests().isEmpty());
    QVERIFY(other.owners->request(cancelFirst));
    QVERIFY(other.owners->request(cancelFirst)); // twice is once
    QVERIFY(other.owners->request(pauseFirst));
    QVERIFY(other.owners->request(pauseSecond));
    QCOMPARE(one.owners->requests().size(), 3);
    one.owners->dropRequest(cancelFirst);
    QVERIFY(!one.owners->requests().contains(cancelFirst));
    QVERIFY(one.owners->requests().contains(pauseFirst));
    QVERIFY(other.owners->request(cancelFirst));
    QCOMPARE(one.owners->requests().size(), 3);
    one.owners->dropRequests(first);
    QCOMPARE(one.owners->requests(), QList<OwnerRequest>{pauseSecond});

    // What has ended is forgotten with the next request.
    VERIFY_OK(ExecutionStore(*one.database, one.owners->self())
                  .executionEnded({}, executionEnd(second, ExecutionStatus::Cancelled, 0)));
    QVERIFY(other.owners->request(cancelFirst));
    QCOMPARE(one.owners->requests(), QList<OwnerRequest>{cancelFirst});
}

void TestPostgresOwners::tellsOfDeletions()
{
    const ServerDatabase server(m_server->url());
    const FlowId flow = QStringLiteral("it's a 'flow'");
    const Program one(server.url());
    std::optional<Program> other(server.url());
    QVERIFY(!one.owners->isBeingDeleted(flow));
    QVERIFY(other->owners->announceDeletion(flow));
    QVERIFY(!one.owners->announceDeletion(flow)); // one is enough
    QVERIFY(one.owners->isBeingDeleted(flow));
    QVERIFY(other->owners->isBeingDeleted(flow));
    QVERIFY(!one.owners->isBeingDeleted(x));
    one.owners->withdrawDeletion(flow); // not his to withdraw
    QVERIFY(one.owners->isBeingDeleted(flow));
    other->owners->withdrawDeletion(flow);
    QVERIFY(!one.owners->isBeingDeleted(flow));

    QVERIFY(other->owners->announceDeletion(flow));
    const QString dead = other->owners->self();
    other.reset(); // died in the middle of it
    QTRY_VERIFY(!one.owners->isAlive(dead));
    QVERIFY(one.owners->announceDeletion(flow));
    QVERIFY(one.owners->isBeingDeleted(flow));
    one.owners->withdrawDeletion(flow);
    QVERIFY(!one.owners->isBeingDeleted(flow));
}

void TestPostgresOwners::comesBackAfterItsConnectionBroke()
{
    ServerDatabase server(m_server->url());
    const Program one(server.url());
    const Program other(server.url());
    QCOMPARE(server.terminate(QStringLiteral("pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')")), 2);
    QTRY_COMPARE(server.programs(), 0);
    QTRY_COMPARE(server.programs(), 2);
    QVERIFY(one.owners->isAlive(other.owners->self()));
    QVERIFY(other.owners->isAlive(one.owners->self()));
}

/// Right after a restart nobody has his lock yet; whoever asks then waits for them.
void TestPostgresOwners::comesBackAfterRestart()
{
    const ServerDatabase server(m_server->url());
    const Program one(server.url());
    const Program other(server.url());
    QVERIFY(m_server->restart());
    QVERIFY(one.owners->isAlive(other.owners->self()));
    QVERIFY(other.owners->isAlive(one.owners->self()));
}

/// Somebody took this program for dead and goes on with its execution: it ends here, too, and changes nothing of the
/// record.
void TestPostgresOwners::whatWasTakenAwayEndsWithoutWriting()
{
    ServiceFixture service(m_server->url());
    FlowFile file = fileOf(x, QStringLiteral("wait,type=delay then"), QStringLiteral("wait any then"));
    file.flow.tasks.first().config = QJsonObject{{QStringLiteral("seconds"), 1}};
    const ExecutionId id = service->start(RunRequest{file, {}}).value();
    QTRY_COMPARE(service->execution(id, true)->tasks.size(), 1);

    const auto database = Database::open(*DatabaseLocation::fromUrl(service.databaseUrl()));
    VERIFY_OK(database);
    VERIFY_OK(takeAway(**database));
    const ExecutionStore other(**database);
    const Execution taken = other.get(id).value();

    QTRY_COMPARE(service->runningExecutions(), 0);
    QVERIFY(other.get(id).value() == taken);
    const QList<TaskExecution> tasks = other.taskExecutions(id).value();
    QCOMPARE(tasks.size(), 1); // the second was never begun
    QCOMPARE(word(tasks.first().status), QStringLiteral("running"));
}

/// It does not wait for the next step: a program that comes back looks what is still its own.
void TestPostgresOwners::whatWasTakenAwayIsStopped()
{
    ServiceFixture service(m_server->url());
    const ExecutionId taken = service->start(RunRequest{waitingFile(x), {}}).value();
    QTRY_COMPARE(service->execution(taken, true)->tasks.size(), 1);
    const auto database = Database::open(*DatabaseLocation::fromUrl(service.databaseUrl()));
    VERIFY_OK(database);
    VERIFY_OK(takeAway(**database));
    const ExecutionStore other(**database);
    const Execution marked = other.get(taken).value();
    const ExecutionId own = service->start(RunRequest{waitingFile(x), {}}).value();
    QTRY_COMPARE(service->execution(own, true)->tasks.size(), 1);

    QCOMPARE(
        service.server().terminate(QStringLiteral("pid IN (SELECT pid FROM pg_locks WHERE locktype = 'advisory')")), 1);
    QTRY_COMPARE(service->runningExecutions(), 1);
    QVERIFY(other.get(taken).value() == marked);
    QCOMPARE(word(service->execution(own, false)->execution.status), QStringLiteral("running"));
    QVERIFY(service->cancel(own));
}

void TestPostgresOwners::serviceGoesOnAfterRestart()
{
    ServiceFixture service(m_server->url());
    FlowFile file = fileOf(x, QStringLiteral("wait,type=delay then"), QStringLiteral("wait any then"));
    file.flow.tasks.first().config = QJsonObject{{QStringLiteral("seconds"), 2}};
    const ExecutionId id = service->start(RunRequest{file, {}}).value();
    QTRY_COMPARE(service->execution(id, true)->tasks.size(), 1);
    QVERIFY(m_server->restart());
    const ExecutionDetails ended = service->finished(id).result();
    QCOMPARE(word(ended.execution.status), QStringLiteral("completed"));
    QCOMPARE(ended.tasks.size(), 2);
    QCOMPARE(service.open()->interruptedAtStart(), 0);
}

/// Longer than anybody waits for it. What ran has ended, which is stored when the server is back; nothing is to be
/// started again for that.
void TestPostgresOwners::serviceSaysSoWhileTheServerIsAway()
{
    ServiceFixture service(m_server->url());
    FlowFile file = fileOf(x, QStringLiteral("wait,type=delay then"), QStringLiteral("wait any then"));
    file.flow.tasks.first().config = QJsonObject{{QStringLiteral("seconds"), 1}};
    const ExecutionId id = service->start(RunRequest{file, {}}).value();
    QTRY_COMPARE(service->execution(id, true)->tasks.size(), 1);
    QVERIFY(m_server->halt());
    auto resume = qScopeGuard([this] { m_server->resume(); });

    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("^The end of execution .* cannot be saved")));
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(QStringLiteral("^Log lines or progress could not be saved")));
    QTRY_COMPARE_WITH_TIMEOUT(service->runningExecutions(), 0, 30'000);
    for (const Error &error : {service->execution(id, false).error(), service->start(x, {}).error(),
                               service->createFlow(fileOf(QStringLiteral("y"), QStringLiteral("a"))).error()}) {
        QCOMPARE(error.code, ErrorCode::Io);
        QVERIFY2(error.reason.startsWith(QStringLiteral("The database server does not answer")),
                 qPrintable(error.reason));
    }

    resume.dismiss();
    QVERIFY(m_server->resume());
    QTRY_COMPARE_WITH_TIMEOUT(word(service->execution(id, false)->execution.status), QStringLiteral("failure"), 20'000);
    const auto other = service.open();
    QTRY_COMPARE_WITH_TIMEOUT(word(other->execution(id, false)->execution.status), QStringLiteral("failure"), 20'000);
    QVERIFY(service->createFlow(fileOf(QStringLiteral("y"), QStringLiteral("a"))));
    QVERIFY(service->start(x, {}));
}

QTEST_GUILESS_MAIN(TestPostgresOwners)
#include "tst_postgres_owners.moc"
