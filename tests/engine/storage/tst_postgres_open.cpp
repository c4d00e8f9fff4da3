// SPDX-License-Identifier: GPL-3.0-or-later
// Opening and migrating a database on a PostgreSQL server, and what is said when that does not work.
#include "storage/migrations.h"
#include "storage_fixture.h"
#include "support/flow_test.h"
#include "support/private_server.h"

#include <thread>

using namespace flow;
using namespace flow::test;

class TestPostgresOpen : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void refusals_data();
    void refusals();
    void nobodyListens();
    void opensAgain();
    void severalAtOnce();
    void failedStepLeavesNothing();
    void newerVersionIsLeftAlone();
    void othersTablesAreLeftAlone();
    void otherEncodingIsRefused();
    void needsNoRightToMakeTablesLater();
    void keepsIdsThatWereUsed();
    void idsGoOnInANewTable_data();
    void idsGoOnInANewTable();

private:
    std::unique_ptr<PrivateServer> m_server;
};

namespace {

DatabaseLocation locationOf(const ServerDatabase &database)
{
    return *DatabaseLocation::fromUrl(database.url());
}

Result<std::unique_ptr<StorageConnection>> connectTo(const ServerDatabase &database)
{
    return StorageConnection::open(storageBackend(locationOf(database)), StorageConnection::Mode::ReadWrite);
}

QString tables(StorageConnection &connection)
{
    const Result<QStringList> names =
        TestDatabase::rowsOf(connection, QStringLiteral("SELECT relname FROM pg_class WHERE relkind = 'r' AND"
                                                        " relnamespace = current_schema()::regnamespace"
                                                        " ORDER BY relname"));
    return names ? names->join(u' ') : names.error().text();
}

} // namespace

void TestPostgresOpen::initTestCase()
{
    m_server = std::make_unique<PrivateServer>();
    QVERIFY(m_server->runs());
}

void TestPostgresOpen::cleanupTestCase()
{
    m_server.reset();
}

void TestPostgresOpen::refusals_data()
{
    QTest::addColumn<QString>("user");
    QTest::addColumn<QString>("password");
    QTest::addColumn<QString>("database");
    QTest::addColumn<QString>("reason"); // its beginning
    const QString notLetIn = QStringLiteral("The database server does not let the user in");
    QTest::newRow("wrong password") << QStringLiteral("flow") << QStringLiteral("s3cret") << QStringLiteral("postgres")
                                    << notLetIn;
    QTest::newRow("password with quotes") << QStringLiteral("flow") << QStringLiteral("s3cret' host='elsewhere\\")
                                          << QStringLiteral("postgres") << notLetIn;
    QTest::newRow("unknown user") << QStringLiteral("nobody") << QStringLiteral("s3cret") << QStringLiteral("postgres")
                                  << notLetIn;
    QTest::newRow("unknown database") << QStringLiteral("flow") << QString() << QStringLiteral("no such place")
                                      << QStringLiteral("The server has no such database");
}

void TestPostgresOpen::refusals()
{
    QFETCH(QString, user);
    QFETCH(QString, password);
    QFETCH(QString, database);
    QFETCH(QString, reason);
    DatabaseLocation location = *DatabaseLocation::fromUrl(m_server->url());
    location.server->user = user;
    if (!password.isNull())
        location.server->password = password;
    location.server->database = database;
    const auto opened = Database::open(location);
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().code, ErrorCode::Io);
    QVERIFY2(opened.error().reason.startsWith(reason), qPrintable(opened.error().reason));
    QVERIFY(opened.error().reason.contains(QStringLiteral("DATABASE_URL"))); // what to do
    QVERIFY(!opened.error().text().contains(location.server->password));
}

void TestPostgresOpen::nobodyListens()
{
    const auto opened =
        Database::open(*DatabaseLocation::fromUrl(QStringLiteral("postgresql://me:s3cret@127.0.0.1:1/x")));
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().code, ErrorCode::Io);
    QCOMPARE(opened.error().file, QStringLiteral("postgresql://127.0.0.1:1/x"));
    QVERIFY2(opened.error().reason.startsWith(QStringLiteral("The database server does not answer")),
             qPrintable(opened.error().reason));
    QVERIFY(!opened.error().text().contains(QStringLiteral("s3cret")));
}

void TestPostgresOpen::opensAgain()
{
    const ServerDatabase server(m_server->url());
    for (int round = 1; round <= 3; ++round) {
        const auto database = Database::open(locationOf(server));
        VERIFY_OK(database);
        FlowStore flows(**database);
        VERIFY_OK(flows.create(chain(QString::number(round))));
        QCOMPARE(flows.list({}).value().total, round);
    }
    const auto connection = connectTo(server);
    VERIFY_OK(connection);
    QCOMPARE(checkVersion(**connection, migrations()).value(), migrations().last().version);
}

void TestPostgresOpen::severalAtOnce()
{
    for (int round = 0; round < 3; ++round) {
        const ServerDatabase server(m_server->url());
        constexpr int programs = 6;
        std::atomic<int> opened = 0;
        std::vector<std::thread> threads;
        for (int i = 0; i < programs; ++i)
            threads.emplace_back([&] { opened += Database::open(locationOf(server)).ok() ? 1 : 0; });
        for (std::thread &thread : threads)
            thread.join();
        QCOMPARE(opened.load(), programs);
    }
}

void TestPostgresOpen::failedStepLeavesNothing()
{
    const ServerDatabase server(m_server->url());
    const auto connection = connectTo(server);
    VERIFY_OK(connection);
    VERIFY_OK((*connection)->backend().check(**connection));
    VERIFY_OK(migrate(**connection, migrations()));
    const QString before = tables(**connection);
    const int version = migrations().last().version;
    const QList<Migration> steps =
        migrations() + QList<Migration>{{version + 1,
                                         {QStringLiteral("CREATE TABLE more (id INTEGER)"),
                                          QStringLiteral("CREATE TABLE flows (id INTEGER)")}}};
    QVERIFY(!migrate(**connection, steps).ok());
    QCOMPARE(checkVersion(**connection, steps).value(), version);
    QCOMPARE(tables(**connection), before);
}

void TestPostgresOpen::newerVersionIsLeftAlone()
{
    const ServerDatabase server(m_server->url());
    VERIFY_OK(Database::open(locationOf(server)));
    const auto connection = connectTo(server);
    VERIFY_OK(connection);
    VERIFY_OK((*connection)->backend().setSchemaVersion(**connection, 1000));
    const auto opened = Database::open(locationOf(server));
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().code, ErrorCode::NewerSchema);
}

void TestPostgresOpen::othersTablesAreLeftAlone()
{
    const ServerDatabase server(m_server->url());
    const auto connection = connectTo(server);
    VERIFY_OK(connection);
    VERIFY_OK((*connection)->execute(QStringLiteral("CREATE TABLE flows (water TEXT)")));
    const auto opened = Database::open(locationOf(server));
    QVERIFY(!opened.ok());
    QCOMPARE(opened.error().code, ErrorCode::Corrupt);
    QCOMPARE(tables(**connection), QStringLiteral("flows"));
}

void TestPostgresOpen::otherEncodingIsRefused()
{
    ServerDatabase server(m_server->url());
    server.run(QStringLiteral("CREATE DATABASE latin ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"));
    DatabaseLocation location = locationOf(server);
    location.server->database = QStringLiteral("latin");
    const auto opened = Database::open(location);
    QVERIFY(!opened.ok());
    QVERIFY2(opened.error().reason.contains(QStringLiteral("LATIN1")), qPrintable(opened.error().reason));
    server.run(QStringLiteral("DROP DATABASE latin"));
}

void TestPostgresOpen::needsNoRightToMakeTablesLater()
{
    ServerDatabase server(m_server->url());
    VERIFY_OK(Database::open(locationOf(server)));
    {
        const auto connection = connectTo(server);
        VERIFY_OK(connection);
        VERIFY_OK((*connection)
                      ->execute(QStringLiteral(
                          "CREATE ROLE clerk LOGIN PASSWORD 'p'; REVOKE CREATE ON SCHEMA public FROM PUBLIC;"
                          " GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO clerk;"
                          " GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO clerk")));
    }
    DatabaseLocation location = locationOf(server);
    location.server->user = QStringLiteral("clerk");
    location.server->password = QStringLiteral("p");
    {
        const auto opened = Database::open(location);
        VERIFY_OK(opened);
        VERIFY_OK(FlowStore(**opened).create(chain(QStringLiteral("a"))));
    }
    const auto connection = connectTo(server);
    VERIFY_OK(connection);
    VERIFY_OK((*connection)->execute(QStringLiteral("DROP OWNED BY clerk; DROP ROLE clerk")));
}

/// An id that was told is never told again, whatever was removed.
void TestPostgresOpen::keepsIdsThatWereUsed()
{
    const ServerDatabase server(m_server->url());
    ExecutionId last = 0;
    for (int round = 0; round < 3; ++round) {
        const auto database = Database::open(locationOf(server));
        VERIFY_OK(database);
        FlowStore flows(**database);
        ExecutionStore executions(**database);
        const FlowId id = QStringLiteral("a");
        const RevisionId revision = flows.create(chain(id)).value().revision;
        const Result<Execution> made = executions.create(id, revision, {});
        VERIFY_OK(made);
        QVERIFY(made->id > last);
        last = made->id;
        VERIFY_OK(flows.remove(id));
    }
}

void TestPostgresOpen::idsGoOnInANewTable_data()
{
    QTest::addColumn<int>("rows");
    QTest::newRow("used") << 3;
    QTest::newRow("never used") << 0;
}

/// A step that moves rows to a new table, as SQLite needs it: no id is given away twice, also when its row is gone.
void TestPostgresOpen::idsGoOnInANewTable()
{
    QFETCH(int, rows);
    const ServerDatabase server(m_server->url());
    const auto connection = connectTo(server);
    VERIFY_OK(connection);
    VERIFY_OK((*connection)->backend().check(**connection));
    const QString create = QStringLiteral("CREATE TABLE things (id INTEGER PRIMARY KEY AUTOINCREMENT, what TEXT)");
    const QList<Migration> steps{
        {1, {create}},
        {2,
         {QStringLiteral("ALTER TABLE things RENAME TO things_1"), create,
          QStringLiteral("INSERT INTO things (id, what) SELECT id, what FROM things_1 ORDER BY id"),
          QStringLiteral("DELETE FROM sqlite_sequence WHERE name = 'things'"),
          QStringLiteral("INSERT INTO sqlite_sequence (name, seq) SELECT 'things', seq FROM sqlite_sequence"
                         " WHERE name = 'things_1'"),
          QStringLiteral("DROP TABLE things_1")}}};
    const auto add = [&] { return (*connection)->execute(QStringLiteral("INSERT INTO things (what) VALUES ('x')")); };
    VERIFY_OK(migrate(**connection, steps.mid(0, 1)));
    for (int row = 0; row < rows; ++row)
        VERIFY_OK(add());
    VERIFY_OK((*connection)->execute(QStringLiteral("DELETE FROM things WHERE id = 3")));
    VERIFY_OK(migrate(**connection, steps));
    VERIFY_OK(add());
    const auto last = TestDatabase::rowsOf(**connection, QStringLiteral("SELECT max(id) FROM things"));
    VERIFY_OK(last);
    QCOMPARE(last->first().toInt(), rows + 1);
}

QTEST_GUILESS_MAIN(TestPostgresOpen)
#include "tst_postgres_open.moc"
