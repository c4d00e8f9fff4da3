// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage_fixture.h"
#include "support/flow_test.h"

#include <QElapsedTimer>

#include <array>
#include <atomic>
#include <latch>
#include <thread>
#include <vector>

using namespace flow;
using namespace flow::test;

namespace {

Error refusal()
{
    return {.code = ErrorCode::NotAllowed, .reason = QStringLiteral("no")};
}

WriteJob insert(int number)
{
    return [number](WriteTransaction &transaction) {
        return Statement(transaction.connection, QStringLiteral("INSERT INTO probe (number) VALUES (?)")).run(number);
    };
}

void makeProbe(TestDatabase &database)
{
    VERIFY_OK(database.execute(QStringLiteral("CREATE TABLE probe (number INTEGER PRIMARY KEY)")));
}

QString numbers(TestDatabase &database)
{
    return database.one(QStringLiteral("SELECT number FROM probe ORDER BY number"));
}

/// Holds the writer inside a job until released, so that what is queued meanwhile goes together.
class Held
{
public:
    explicit Held(Database &database)
        : m_thread([this, &database] {
            [[maybe_unused]] const Result<void> done = database.writer().run([this](WriteTransaction &) {
                m_inside.count_down();
                m_release.wait();
                return Result<void>();
            });
        })
    {
        m_inside.wait();
    }
    void release()
    {
        m_release.count_down();
        m_thread.join();
    }

private:
    std::latch m_inside{1};
    std::latch m_release{1};
    std::thread m_thread;
};

} // namespace

class TestStorageWriter : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void failedJobLeavesNothing();
    void failingJobsDoNotTakeOthersDown();
    void manyThreads();
    void totalsOfFailedJobsAreForgotten();
    void totalsSurviveAFailedJobThatReadsThem();
    void readsAfterCommit();
    void postedJobsKeepOrder();
    void postedFailureIsLogged();
    void closingCommitsWhatIsQueued();
    void lockedByAnother();
    void lockedByAnotherForAll();
    void lockedByAnotherInBetween();
};

void TestStorageWriter::failedJobLeavesNothing()
{
    TestDatabase database;
    makeProbe(database);
    const Result<void> done = database->writer().run([](WriteTransaction &transaction) -> Result<void> {
        if (Result<void> inserted = insert(1)(transaction); !inserted)
            return inserted;
        return refusal();
    });
    QVERIFY(!done.ok());
    QCOMPARE(done.error(), refusal());
    QCOMPARE(numbers(database), QString());
}

void TestStorageWriter::failingJobsDoNotTakeOthersDown()
{
    TestDatabase database;
    makeProbe(database);
    Held held(*database);
    std::array<Result<void>, 5> results;
    std::vector<std::thread> callers;
    const std::array<WriteJob, 5> jobs{
        insert(1),
        [](WriteTransaction &transaction) -> Result<void> {
            [[maybe_unused]] const Result<void> inserted = insert(2)(transaction);
            return refusal();
        },
        insert(3),
        [](WriteTransaction &transaction) { return transaction.connection.execute(QStringLiteral("NOT SQL")); },
        insert(5),
    };
    for (size_t i = 0; i < jobs.size(); ++i)
        callers.emplace_back([&, i] { results[i] = database->writer().run(jobs[i]); });
    while (database->writer().queued() < jobs.size()) // all in one transaction
        std::this_thread::yield();
    held.release();
    for (std::thread &caller : callers)
        caller.join();
    QVERIFY(results[0].ok() && results[2].ok() && results[4].ok());
    QCOMPARE(results[1].error(), refusal());
    QCOMPARE(results[3].error().code, ErrorCode::Internal);
    QCOMPARE(numbers(database), QStringLiteral("1, 3, 5"));
}

void TestStorageWriter::manyThreads()
{
    TestDatabase database;
    makeProbe(database);
    constexpr int threads = 16;
    constexpr int rounds = 100;
    std::atomic<int> wrong = 0;
    std::vector<std::thread> callers;
    for (int thread = 0; thread < threads; ++thread) {
        callers.emplace_back([&, thread] {
            for (int round = 0; round < rounds; ++round) {
                const int number = thread * rounds + round;
                const bool shallFail = number % 7 == 3;
                const Result<void> done = database->writer().run(
                    [&](WriteTransaction &transaction) -> Result<void> {
                        const Result<void> inserted = insert(number)(transaction);
                        return shallFail ? Result<void>(refusal()) : inserted;
                    },
                    {.durable = number % 50 == 0});
                wrong += done.ok() == shallFail;
            }
        });
    }
    for (std::thread &caller : callers)
        caller.join();
    QCOMPARE(wrong.load(), 0);
    int expected = 0;
    for (int number = 0; number < threads * rounds; ++number)
        expected += number % 7 != 3;
    QCOMPARE(database.one(QStringLiteral("SELECT count(*) FROM probe")), QString::number(expected));
    QCOMPARE(database.one(QStringLiteral("SELECT count(*) FROM probe WHERE number % 7 = 3")), QStringLiteral("0"));
}

void TestStorageWriter::totalsOfFailedJobsAreForgotten()
{
    TestDatabase database;
    Held held(*database);
    const auto add = [](int count, bool fail) {
        return [count, fail](WriteTransaction &transaction) -> Result<void> {
            transaction.counts.add(QStringLiteral("a"), ExecutionStatus::Pending, count);
            return fail ? Result<void>(refusal()) : Result<void>();
        };
    };
    database->writer().post(add(1, false));
    std::thread failing([&] { QVERIFY(!database->writer().run(add(10, true)).ok()); });
    database->writer().post(add(100, false));
    while (database->writer().queued() < 3)
        std::this_thread::yield();
    held.release();
    failing.join();
    database->writer().settle();
    QCOMPARE(
        database.one(QStringLiteral("SELECT flow_id || status || executions FROM execution_counts ORDER BY flow_id")),
        QStringLiteral("pending101, apending101"));
}

void TestStorageWriter::totalsSurviveAFailedJobThatReadsThem()
{
    TestDatabase database;
    Held held(*database);
    database->writer().post([](WriteTransaction &transaction) {
        transaction.counts.add(QStringLiteral("a"), ExecutionStatus::Pending, 5);
        return Result<void>();
    });
    std::thread failing([&] {
        const Result<void> done =
            database->writer().run([](WriteTransaction &) { return Result<void>(refusal()); }, {.readsCounts = true});
        QVERIFY(!done.ok());
    });
    while (database->writer().queued() < 2)
        std::this_thread::yield();
    held.release();
    failing.join();
    QCOMPARE(database.one(QStringLiteral("SELECT executions FROM execution_counts WHERE flow_id = 'a'")),
             QStringLiteral("5"));
}

void TestStorageWriter::readsAfterCommit()
{
    TestDatabase database;
    makeProbe(database);
    for (int number = 1; number <= 100; ++number) {
        VERIFY_OK(database->writer().run(insert(number)));
        QCOMPARE(database.one(QStringLiteral("SELECT max(number) FROM probe")), QString::number(number));
    }
}

void TestStorageWriter::postedJobsKeepOrder()
{
    TestDatabase database;
    VERIFY_OK(database.execute(database.backend()->schemaStatement(
        QStringLiteral("CREATE TABLE sequence (id INTEGER PRIMARY KEY AUTOINCREMENT, number INTEGER)"))));
    constexpr int count = 5000; // more than may be queued at once
    for (int number = 0; number < count; ++number) {
        database->writer().post([number](WriteTransaction &transaction) {
            return Statement(transaction.connection, QStringLiteral("INSERT INTO sequence (number) VALUES (?)"))
                .run(number);
        });
    }
    database->writer().settle();
    QCOMPARE(database.one(QStringLiteral("SELECT count(*) FROM sequence WHERE number = id - 1")),
             QString::number(count));
}

void TestStorageWriter::postedFailureIsLogged()
{
    TestDatabase database;
    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("Log lines or progress could not be saved: no")));
    for (int round = 0; round < 3; ++round) // once, not three times
        database->writer().post([](WriteTransaction &) { return Result<void>(refusal()); });
    database->writer().settle();
}

void TestStorageWriter::closingCommitsWhatIsQueued()
{
    TestDatabase database;
    makeProbe(database);
    Held held(*database);
    for (int number = 1; number <= 300; ++number)
        database->writer().post(insert(number));
    held.release();
    database.reopen();
    QCOMPARE(database.one(QStringLiteral("SELECT count(*) FROM probe")), QStringLiteral("300"));
}

void TestStorageWriter::lockedByAnother()
{
    TestDatabase database;
    makeProbe(database);
    Result<std::unique_ptr<StorageConnection>> other =
        StorageConnection::open(database.backend(), StorageConnection::Mode::ReadWrite);
    VERIFY_OK(other);
    VERIFY_OK(database.backend()->beginWriting(**other));
    const Result<void> refused = database->writer().run(insert(1));
    QVERIFY(!refused.ok());
    QCOMPARE(refused.error().code, ErrorCode::Io);
    QVERIFY2(refused.error().reason.contains(QStringLiteral("busy")), qPrintable(refused.error().text()));
    VERIFY_OK((*other)->execute(QStringLiteral("COMMIT")));
    VERIFY_OK(database->writer().run(insert(2)));
    QCOMPARE(numbers(database), QStringLiteral("2"));
}

/// Those who wait together wait once.
void TestStorageWriter::lockedByAnotherForAll()
{
    TestDatabase database;
    makeProbe(database);
    auto other = StorageConnection::open(database.backend(), StorageConnection::Mode::ReadWrite);
    auto own = StorageConnection::open(database.backend(), StorageConnection::Mode::ReadWrite);
    VERIFY_OK(other);
    VERIFY_OK(own);
    VERIFY_OK(database.backend()->beginWriting(**other));
    std::vector<QueuedWrite> writes{{insert(1), {}}, {insert(2), {}}, {insert(3), {}}};
    QElapsedTimer timer;
    timer.start();
    WriteBatch(**own).run(writes);
    QVERIFY2(timer.elapsed() < 10'000, qPrintable(QString::number(timer.elapsed()))); // once is five seconds
    for (const QueuedWrite &write : writes) {
        QVERIFY(!write.result.ok());
        QVERIFY2(write.result.error().reason.contains(QStringLiteral("busy")), qPrintable(write.result.error().text()));
    }
    database.backend()->rollback(**other);
}

/// Also where each tries by itself, because the transaction that they shared was lost.
void TestStorageWriter::lockedByAnotherInBetween()
{
    TestDatabase database;
    if (onServer())
        QSKIP("about files");
    makeProbe(database);
    auto other = StorageConnection::open(database.backend(), StorageConnection::Mode::ReadWrite);
    auto own = StorageConnection::open(database.backend(), StorageConnection::Mode::ReadWrite);
    VERIFY_OK(other);
    VERIFY_OK(own);
    VERIFY_OK((*own)->execute(QStringLiteral("PRAGMA busy_timeout = 500")));
    int times = 0;
    const WriteJob losesAll = [&](WriteTransaction &transaction) -> Result<void> {
        if (++times == 2) { // the first time it is only taken back
            database.backend()->rollback(transaction.connection);
            if (Result<void> locked = database.backend()->beginWriting(**other); !locked)
                return locked;
        }
        return refusal();
    };
    std::vector<QueuedWrite> writes(10, QueuedWrite{insert(1), {}});
    writes.front().job = losesAll;
    QElapsedTimer timer;
    timer.start();
    WriteBatch(**own).run(writes);
    QVERIFY2(timer.elapsed() < 2500, qPrintable(QString::number(timer.elapsed()))); // once is half a second
    QCOMPARE(times, 2);
    for (const QueuedWrite &write : writes) {
        QVERIFY(!write.result.ok());
        QVERIFY2(write.result.error().reason.contains(QStringLiteral("busy")), qPrintable(write.result.error().text()));
    }
    database.backend()->rollback(**other);
    VERIFY_OK(database->writer().run(insert(2)));
    QCOMPARE(numbers(database), QStringLiteral("2"));
}

QTEST_GUILESS_MAIN(TestStorageWriter)
#include "tst_storage_writer.moc"
