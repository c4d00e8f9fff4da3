// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage_fixture.h"
#include "support/flow_test.h"

#include <QThread>

#include <atomic>
#include <latch>
#include <thread>
#include <vector>

using namespace flow;
using namespace flow::test;

class TestStorageReader : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void oneConnectionForEachThread();
    void closesWithTheDatabase();
    void showsOneState();
    void cannotWrite();
    void manyThreadsWhileWriting();
};

void TestStorageReader::oneConnectionForEachThread()
{
    TestDatabase database;
    StorageReader &reader = database->reader();
    QCOMPARE(reader.connections(), 0);
    database.one(QStringLiteral("SELECT 1"));
    database.one(QStringLiteral("SELECT 2"));
    QCOMPARE(reader.connections(), 1);
    std::latch read(3);
    std::latch leave(1);
    std::vector<std::thread> threads;
    for (int number = 0; number < 2; ++number) {
        threads.emplace_back([&] {
            database.one(QStringLiteral("SELECT 1"));
            read.count_down();
            leave.wait();
        });
    }
    const std::unique_ptr<QThread> qtThread(QThread::create([&] {
        database.one(QStringLiteral("SELECT 1"));
        read.count_down();
        leave.wait();
    }));
    qtThread->start();
    read.wait();
    QCOMPARE(reader.connections(), 4);
    leave.count_down();
    for (std::thread &thread : threads)
        thread.join();
    QVERIFY(qtThread->wait());
    // A QThread counts as finished a moment before what belongs to its thread is gone.
    QTRY_COMPARE(reader.connections(), 1);
}

void TestStorageReader::closesWithTheDatabase()
{
    TestDatabase database;
    std::latch read(1);
    std::latch leave(1);
    QString afterwards;
    std::thread thread([&] {
        database.one(QStringLiteral("SELECT 1"));
        read.count_down();
        leave.wait();
        afterwards = database.one(QStringLiteral("SELECT 'again'")); // of the database that was opened meanwhile
    });
    read.wait();
    database.reopen();
    leave.count_down();
    thread.join();
    QCOMPARE(afterwards, QStringLiteral("again"));
    QCOMPARE(database->reader().connections(), 0);
}

void TestStorageReader::showsOneState()
{
    TestDatabase database;
    FlowStore flows(*database);
    VERIFY_OK(flows.create(chain(QStringLiteral("a"))));
    const QString count = QStringLiteral("SELECT count(*) FROM flows");
    const Result<QStringList> seen = database->reader().read([&](StorageConnection &connection) -> Result<QStringList> {
        const Result<QStringList> before = TestDatabase::rowsOf(connection, count);
        if (const Result<StoredFlow> made = flows.create(chain(QStringLiteral("b"))); !made)
            return made.error();
        const Result<QStringList> after = TestDatabase::rowsOf(connection, count);
        return *before + *after;
    });
    VERIFY_OK(seen);
    QCOMPARE(*seen, (QStringList{QStringLiteral("1"), QStringLiteral("1")}));
    QCOMPARE(database.one(count), QStringLiteral("2"));
}

void TestStorageReader::cannotWrite()
{
    TestDatabase database;
    const Result<void> done = database->reader().read(
        [](StorageConnection &connection) { return connection.execute(QStringLiteral("DELETE FROM flows")); });
    QVERIFY(!done.ok());
    QCOMPARE(done.error().code, ErrorCode::Io);
}

void TestStorageReader::manyThreadsWhileWriting()
{
    TestDatabase database;
    FlowStore flows(*database);
    std::atomic<bool> stop = false;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> readers;
    for (int number = 0; number < 8; ++number) {
        readers.emplace_back([&] {
            while (!stop) {
                const Result<Page<StoredFlow>> page = flows.list({.page = 1, .perPage = 1000});
                wrong += !page || page->total != page->items.size();
            }
        });
    }
    for (int number = 0; number < 200; ++number)
        VERIFY_OK(flows.create(chain(QStringLiteral("flow-%1").arg(number))));
    stop = true;
    for (std::thread &reader : readers)
        reader.join();
    QCOMPARE(wrong.load(), 0);
}

QTEST_GUILESS_MAIN(TestStorageReader)
#include "tst_storage_reader.moc"
