// SPDX-License-Identifier: GPL-3.0-or-later
// Two programs run flows on one PostgreSQL database while connections break all the time.
#include "engine/storage/storage_fixture.h"
#include "service_fixture.h"
#include "support/flow_test.h"
#include "support/private_server.h"

#include <QRandomGenerator>

#include <thread>

using namespace flow;
using namespace flow::test;

class TestPostgresStorm : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void nothingIsLostOrDoubled_data();
    void nothingIsLostOrDoubled();

private:
    std::unique_ptr<PrivateServer> m_server;
};

namespace {

const FlowId x = QStringLiteral("x");
constexpr int perProgram = 150;

FlowFile threeTasks()
{
    FlowFile file = fileOf(x, QStringLiteral("a,type=delay b,type=delay c"), QStringLiteral("a any b; b any c"));
    for (int task : {0, 1})
        file.flow.tasks[task].config = QJsonObject{{QStringLiteral("seconds"), 0.02}};
    return file;
}

/// Breaks connections until it goes. Only those that are set up: of the others Qt complains in the log.
class Storm
{
public:
    explicit Storm(ServerDatabase &server, double share)
        : m_thread([this, &server, share] {
            while (!m_over) { // it is the weather, at random moments: nothing waits for it
                m_broken +=
                    server.terminate(QStringLiteral("application_name = 'flow-manager' AND random() < %1").arg(share));
                QThread::msleep(QRandomGenerator::global()->bounded(50));
            }
        })
    {
    }
    int end()
    {
        m_over = true;
        if (m_thread.joinable())
            m_thread.join();
        return m_broken;
    }
    ~Storm() { end(); }
    Q_DISABLE_COPY_MOVE(Storm)

private:
    std::atomic<bool> m_over = false;
    std::atomic<int> m_broken = 0;
    std::thread m_thread;
};

/// Spread over the storm, however fast the machine is.
QList<ExecutionId> startMany(FlowService &service)
{
    QList<ExecutionId> ids;
    for (int number = 0; number < perProgram; ++number) {
        if (const Result<ExecutionId> id = service.start(x, {}))
            ids.append(*id);
        QThread::msleep(20);
    }
    return ids;
}

/// Goes on with all that runs, as if their programs were dead; how many it took.
Result<int> takeAway(Database &database)
{
    return database.writer().runFor<int>([](WriteTransaction &transaction) -> Result<int> {
        Statement statement(transaction.connection,
                            QStringLiteral("UPDATE flow_executions SET owner = 'judge' WHERE completed_at IS NULL"
                                           " AND owner <> 'judge'"));
        if (Result<void> done = statement.run(); !done)
            return done.error();
        return statement.changedRows();
    });
}

} // namespace

void TestPostgresStorm::initTestCase()
{
    m_server = std::make_unique<PrivateServer>();
    QVERIFY(m_server->runs());
}

void TestPostgresStorm::cleanupTestCase()
{
    m_server.reset();
}

void TestPostgresStorm::nothingIsLostOrDoubled_data()
{
    QTest::addColumn<bool>("wrongJudge");
    QTest::newRow("two programs") << false;
    QTest::newRow("two programs and one that takes them for dead") << true;
}

void TestPostgresStorm::nothingIsLostOrDoubled()
{
    QFETCH(bool, wrongJudge);
    ServiceFixture one(m_server->url());
    const std::unique_ptr<FlowService> other = one.open();
    QVERIFY(one->createFlow(threeTasks()));

    TestDatabase database(std::move(Database::open(*DatabaseLocation::fromUrl(one.databaseUrl()))).value());
    QList<ExecutionId> told;
    int broken = 0;
    int taken = 0;
    {
        Storm storm(one.server(), 0.25);
        QList<ExecutionId> here;
        QList<ExecutionId> there;
        std::atomic<int> working = 2;
        std::thread first([&] { here = startMany(*one), --working; });
        std::thread second([&] { there = startMany(*other), --working; });
        while (working > 0) {
            if (wrongJudge) {
                const Result<int> more = takeAway(*database);
                taken += more ? *more : 0;
            }
            QThread::msleep(100);
        }
        first.join();
        second.join();
        told = here + there;
        QTRY_COMPARE_WITH_TIMEOUT(one->runningExecutions() + other->runningExecutions(), 0, 60'000);
        broken = storm.end();
    }
    qInfo("%d connections broken, %d executions taken away", broken, taken);
    QVERIFY(broken >= 20);

    // Each that was told is there, once, and no other.
    std::sort(told.begin(), told.end());
    QStringList expected;
    for (const ExecutionId id : told)
        expected.append(QString::number(id));
    QCOMPARE(database.rows(QStringLiteral("SELECT id FROM flow_executions ORDER BY id")), expected);
    QVERIFY2(told.size() > 2 * perProgram * 0.9, qPrintable(QString::number(told.size()))); // hardly one was refused

    // Each that nobody took away ran to its end.
    QCOMPARE(database.one(QStringLiteral("SELECT count(*) FROM flow_executions WHERE owner <> 'judge'"
                                         " AND status <> 'completed'")),
             QStringLiteral("0"));
    QCOMPARE(database.one(QStringLiteral("SELECT count(*) FROM flow_executions WHERE owner = 'judge'")),
             QString::number(taken));
    QCOMPARE(database.one(QStringLiteral("SELECT count(*) FROM flow_executions WHERE owner = 'judge'"
                                         " AND completed_at IS NOT NULL")),
             QStringLiteral("0"));
    QCOMPARE(taken > 0, wrongJudge);
    QCOMPARE(database.one(QStringLiteral("SELECT count(*) FROM flow_executions e WHERE status = 'completed' AND 3 <>"
                                         " (SELECT count(*) FROM task_executions t WHERE t.flow_execution_id = e.id"
                                         " AND t.status = 'success')")),
             QStringLiteral("0"));
    QCOMPARE(wrongTotals(database), QString());
}

QTEST_GUILESS_MAIN(TestPostgresStorm)
#include "tst_postgres_storm.moc"
