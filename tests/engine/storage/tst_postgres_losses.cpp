// SPDX-License-Identifier: GPL-3.0-or-later
// What becomes of reads and writes when the connection to a PostgreSQL server breaks.
#include "storage_fixture.h"
#include "support/cutting_proxy.h"
#include "support/flow_test.h"
#include "support/private_server.h"

#include <QRandomGenerator>
#include <QScopeGuard>

#include <thread>

using namespace flow;
using namespace flow::test;

class TestPostgresLosses : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void goesOnAfterRestart_data();
    void goesOnAfterRestart();
    void writeWaitsForTheServer();
    void errorsWhileAway();
    void lostCommit_data();
    void lostCommit();
    void lostBetweenJobs();
    void brokenAtRandom_data();
    void brokenAtRandom();

private:
    std::unique_ptr<PrivateServer> m_server;
};

namespace {

WriteJob insert(int number)
{
    return [number](WriteTransaction &transaction) {
        return Statement(transaction.connection, QStringLiteral("INSERT INTO probe (number) VALUES (?)")).run(number);
    };
}

/// A database with a table that would also take the same number twice.
struct Probe
{
    explicit Probe(const PrivateServer &server, const QString &options = {})
        : database(server.url())
        , location(*DatabaseLocation::fromUrl(database.url() + options))
        , store(*Database::open(location))
    {
        [[maybe_unused]] const Result<void> made = store->writer().run([](WriteTransaction &transaction) {
            return transaction.connection.execute(QStringLiteral("CREATE TABLE probe (number INTEGER)"));
        });
        Q_ASSERT(made);
    }

    Result<QStringList> numbers()
    {
        return store->reader().read([](StorageConnection &connection) {
            return TestDatabase::rowsOf(connection, QStringLiteral("SELECT number FROM probe ORDER BY number"));
        });
    }

    ServerDatabase database;
    DatabaseLocation location;
    std::unique_ptr<Database> store;
};

QStringList allTo(int count)
{
    QStringList numbers;
    for (int number = 1; number <= count; ++number)
        numbers.append(QString::number(number));
    return numbers;
}

} // namespace

void TestPostgresLosses::initTestCase()
{
    m_server = std::make_unique<PrivateServer>();
    QVERIFY(m_server->runs());
}

void TestPostgresLosses::cleanupTestCase()
{
    m_server.reset();
}

void TestPostgresLosses::goesOnAfterRestart_data()
{
    QTest::addColumn<bool>("crash");
    QTest::newRow("restart") << false;
    QTest::newRow("crash") << true;
}

void TestPostgresLosses::goesOnAfterRestart()
{
    QFETCH(bool, crash);
    Probe probe(*m_server);
    for (int round = 0; round < 2; ++round) {
        VERIFY_OK(probe.store->writer().run(insert(2 * round + 1)));
        VERIFY_OK(probe.numbers());
        QVERIFY(crash ? m_server->crash() : m_server->restart());
        const Result<QStringList> read = probe.numbers(); // on the connection from before
        VERIFY_OK(read);
        QCOMPARE(*read, allTo(2 * round + 1));
        VERIFY_OK(probe.store->writer().run(insert(2 * round + 2)));
        QCOMPARE(*probe.numbers(), allTo(2 * round + 2));
    }
}

void TestPostgresLosses::writeWaitsForTheServer()
{
    Probe probe(*m_server);
    QVERIFY(m_server->halt());
    Result<void> written = Error{};
    std::thread writer([&] { written = probe.store->writer().run(insert(1)); });
    const bool back = m_server->resume();
    writer.join();
    QVERIFY(back);
    VERIFY_OK(written);
    QCOMPARE(*probe.numbers(), allTo(1));
}

void TestPostgresLosses::errorsWhileAway()
{
    Probe probe(*m_server);
    VERIFY_OK(probe.numbers());
    auto connection = StorageConnection::open(storageBackend(probe.location), StorageConnection::Mode::ReadWrite);
    VERIFY_OK(connection);
    WriteBatch batch(**connection, std::chrono::milliseconds(200));
    QVERIFY(m_server->halt());
    auto back = qScopeGuard([this] { m_server->resume(); });

    for (int round = 0; round < 2; ++round) {
        std::vector<QueuedWrite> writes{{insert(7), {}}, {insert(8), {}}};
        batch.run(writes);
        for (const QueuedWrite &write : writes) {
            QVERIFY(!write.result.ok());
            QCOMPARE(write.result.error().code, ErrorCode::Io);
            QVERIFY2(write.result.error().reason.startsWith(QStringLiteral("The database server does not answer")),
                     qPrintable(write.result.error().text()));
        }
        const Result<QStringList> read = probe.numbers();
        QVERIFY(!read.ok());
        QCOMPARE(read.error().code, ErrorCode::Io);
    }

    back.dismiss();
    QVERIFY(m_server->resume());
    std::vector<QueuedWrite> writes{{insert(1), {}}, {insert(2), {}}};
    batch.run(writes);
    VERIFY_OK(writes[0].result);
    VERIFY_OK(writes[1].result);
    QCOMPARE(*probe.numbers(), allTo(2));
}

void TestPostgresLosses::lostCommit_data()
{
    QTest::addColumn<CuttingProxy::Cut>("cut");
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<int>("jobs");
    for (const int jobs : {1, 5}) {
        QTest::addRow("%d jobs, commit unheard", jobs)
            << CuttingProxy::Cut::BeforeText << QByteArray("; COMMIT") << jobs;
        QTest::addRow("%d jobs, answer lost", jobs) << CuttingProxy::Cut::AfterAnswer << QByteArray("; COMMIT") << jobs;
        QTest::addRow("%d jobs, insert unheard", jobs)
            << CuttingProxy::Cut::BeforeText << QByteArray("EXECUTE") << jobs;
        QTest::addRow("%d jobs, insert's answer lost", jobs)
            << CuttingProxy::Cut::AfterAnswer << QByteArray("EXECUTE") << jobs;
        QTest::addRow("%d jobs, begin unheard", jobs) << CuttingProxy::Cut::BeforeText << QByteArray("BEGIN") << jobs;
    }
}

void TestPostgresLosses::lostCommit()
{
    QFETCH(CuttingProxy::Cut, cut);
    QFETCH(QByteArray, text);
    QFETCH(int, jobs);
    Probe probe(*m_server);
    CuttingProxy proxy(quint16(probe.location.server->port));
    DatabaseLocation through = probe.location;
    through.server->port = proxy.port();
    auto connection = StorageConnection::open(storageBackend(through), StorageConnection::Mode::ReadWrite);
    VERIFY_OK(connection);
    WriteBatch batch(**connection);
    proxy.cut(text, cut);
    std::vector<QueuedWrite> writes;
    for (int number = 1; number <= jobs; ++number)
        writes.push_back({insert(number), {}});
    batch.run(writes);
    QCOMPARE(proxy.cuts(), 1);
    for (const QueuedWrite &write : writes)
        VERIFY_OK(write.result);
    QCOMPARE(*probe.numbers(), allTo(jobs));
}

/// A job that is refused stays refused, and its neighbours stay, when the commit's answer is lost.
void TestPostgresLosses::lostBetweenJobs()
{
    Probe probe(*m_server);
    CuttingProxy proxy(quint16(probe.location.server->port));
    DatabaseLocation through = probe.location;
    through.server->port = proxy.port();
    auto connection = StorageConnection::open(storageBackend(through), StorageConnection::Mode::ReadWrite);
    VERIFY_OK(connection);
    WriteBatch batch(**connection);
    proxy.cut("; COMMIT", CuttingProxy::Cut::AfterAnswer);
    const WriteJob refused = [](WriteTransaction &transaction) {
        const Result<void> done = insert(99)(transaction);
        return done ? Result<void>(Error{.code = ErrorCode::Conflict, .reason = QStringLiteral("no")}) : done;
    };
    std::vector<QueuedWrite> writes{{insert(1), {}}, {refused, {}}, {insert(2), {}}};
    batch.run(writes);
    VERIFY_OK(writes[0].result);
    QVERIFY(!writes[1].result.ok());
    QCOMPARE(writes[1].result.error().reason, QStringLiteral("no"));
    VERIFY_OK(writes[2].result);
    QCOMPARE(*probe.numbers(), allTo(2));
}

void TestPostgresLosses::brokenAtRandom_data()
{
    QTest::addColumn<int>("threads");
    QTest::newRow("one thread") << 1;
    QTest::newRow("eight threads") << 8;
}

/// Every job that was told to be kept is there once, and no other.
void TestPostgresLosses::brokenAtRandom()
{
    QFETCH(int, threads);
    constexpr int leastJobs = 500;
    constexpr int leastBroken = 20;
    Probe probe(*m_server);
    std::atomic<int> next = 1;
    std::atomic<int> working = threads;
    std::atomic<int> broken = 0;
    std::mutex mutex;
    QList<int> kept;
    std::vector<std::thread> workers;
    for (int i = 0; i < threads; ++i) {
        workers.emplace_back([&] {
            for (int number = next++; number <= leastJobs || broken < leastBroken; number = next++) {
                const Result<void> done = probe.store->writer().run(insert(number));
                const std::lock_guard lock(mutex);
                if (done)
                    kept.append(number);
            }
            --working;
        });
    }
    while (working > 0) {
        // Not while it is being set up: of that Qt complains in the log.
        broken += probe.database.terminate(QStringLiteral("application_name = 'flow-manager'"
                                                          " AND (state <> 'idle' OR random() < 0.3)"));
        QThread::usleep(QRandomGenerator::global()->bounded(3000));
    }
    for (std::thread &worker : workers)
        worker.join();

    std::sort(kept.begin(), kept.end());
    QStringList expected;
    for (const int number : kept)
        expected.append(QString::number(number));
    const Result<QStringList> read = probe.numbers();
    VERIFY_OK(read);
    QCOMPARE(*read, expected);
    QVERIFY(kept.size() >= leastJobs / 2);
    qInfo("%d connections broken, %d of %d jobs kept", broken.load(), int(kept.size()), next.load() - 1 - threads);
}

QTEST_GUILESS_MAIN(TestPostgresLosses)
#include "tst_postgres_losses.moc"
