// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/unstored_ends.h"

#include "engine/storage/storage_fixture.h"
#include "service_fixture.h"
#include "support/flow_test.h"

#include <QJsonArray>

using namespace flow;
using namespace flow::test;

namespace {

const FlowId a = QStringLiteral("a");
const QString me = QStringLiteral("me");

/// Keeps the file from growing by more than some pages; a negative number frees it.
Result<void> allowPages(TestDatabase &database, int more)
{
    return database->writer().run([more](WriteTransaction &transaction) -> Result<void> {
        const Result<QStringList> now =
            TestDatabase::rowsOf(transaction.connection, QStringLiteral("PRAGMA page_count"));
        if (!now)
            return now.error();
        const qint64 most = more < 0 ? 1'000'000'000 : now->first().toLongLong() + more;
        return transaction.connection.execute(QStringLiteral("PRAGMA max_page_count = %1").arg(most));
    });
}

/// A running execution in the store, with a running attempt.
ExecutionId runningExecution(TestDatabase &database, ExecutionStore &store)
{
    FlowStore flows(*database);
    const RevisionId revision = flows.save(chain(a))->revision;
    const ExecutionId id = store.create(a, revision, {}).value().id;
    if (!store.executionStarted(id, at(1)) || !store.attemptStarted(attemptStart(id, 1, QStringLiteral("step 1"))))
        qFatal("no execution");
    return id;
}

/// The attempt's data does not fit onto a disk that is full.
AttemptEnd largeEnd(ExecutionId id)
{
    return attemptEnd(id, 1, QString(200'000, u'x'));
}

ExecutionEnd failedEnd(ExecutionId id)
{
    ExecutionEnd end = executionEnd(id, ExecutionStatus::Failure);
    end.error = QStringLiteral("not stored");
    return end;
}

void expectKept(ExecutionId id)
{
    QTest::ignoreMessage(QtWarningMsg,
                         qPrintable(QStringLiteral("The end of execution %1 cannot be saved yet; it is tried again "
                                                   "until it can")
                                        .arg(id)));
}

QString status(const ExecutionStore &store, ExecutionId id)
{
    return toString(store.get(id)->status);
}

constexpr UnstoredEnds::Pauses quick{std::chrono::milliseconds(5), std::chrono::milliseconds(20)};
constexpr UnstoredEnds::Pauses once{std::chrono::milliseconds(50), std::chrono::hours(1)};
constexpr UnstoredEnds::Pauses never{std::chrono::hours(1), std::chrono::hours(1)};

} // namespace

class TestUnstoredEnds : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void storedOnceTheDiskIsFree();
    void readersSeeTheEnd();
    void theLastWordCounts();
    void anotherWriteIsASign();
    void triedOnceMoreAtTheEnd();
    void saysWhatIsLost();
    void whatIsGoneIsForgotten();
    void whatHasEndedIsNotKept();
    void whatWasKeptUnknownStands();
    void dataThatNeverFitsIsLeftOut();
    void serviceStoresItLater();
};

void TestUnstoredEnds::storedOnceTheDiskIsFree()
{
    TestDatabase database;
    ExecutionStore store(*database, me);
    const ExecutionId id = runningExecution(database, store);
    UnstoredEnds ends(store, quick);
    VERIFY_OK(allowPages(database, 0));
    QCOMPARE(ends.executionEnded(largeEnd(id), failedEnd(id)).error().code, ErrorCode::Full);
    expectKept(id);
    ends.executionOver(id);
    QTest::ignoreMessage(QtInfoMsg, qPrintable(QStringLiteral("The end of execution %1 is saved now").arg(id)));
    QCOMPARE(status(store, id), QStringLiteral("running"));

    VERIFY_OK(allowPages(database, -1));
    QTRY_COMPARE(status(store, id), QStringLiteral("failure"));
    QTRY_VERIFY(!ends.find(id));
    QCOMPARE(store.get(id)->errorMessage, QStringLiteral("not stored"));
    QCOMPARE(store.taskExecutions(id)->first().outputData.toString().size(), 200'000);
    QCOMPARE(wrongTotals(database), QString());
}

void TestUnstoredEnds::readersSeeTheEnd()
{
    TestDatabase database;
    ExecutionStore store(*database, me);
    const ExecutionId id = runningExecution(database, store);
    UnstoredEnds ends(store, never);
    VERIFY_OK(allowPages(database, 0));
    QVERIFY(!ends.executionEnded(largeEnd(id), failedEnd(id)));
    QVERIFY(!ends.find(id)); // the engine may still say something else
    expectKept(id);
    ends.executionOver(id);
    const std::optional<UnstoredEnd> end = ends.find(id);
    QVERIFY(end);
    QCOMPARE(ends.all().size(), size_t(1));

    Execution execution = *store.get(id);
    QList<TaskExecution> tasks = *store.taskExecutions(id);
    end->applyTo(execution);
    end->applyTo(tasks);
    VERIFY_OK(allowPages(database, -1));
    VERIFY_OK(store.executionEnded(largeEnd(id), failedEnd(id)));
    QVERIFY(execution == *store.get(id)); // exactly what the record will say
    QVERIFY(tasks == *store.taskExecutions(id));
    end->applyTo(execution);
    QVERIFY(execution == *store.get(id));
}

void TestUnstoredEnds::theLastWordCounts()
{
    TestDatabase database;
    ExecutionStore store(*database, me);
    const ExecutionId id = runningExecution(database, store);
    UnstoredEnds ends(store, quick);
    VERIFY_OK(allowPages(database, 0));
    QVERIFY(!ends.executionEnded(largeEnd(id), executionEnd(id)));
    VERIFY_OK(allowPages(database, -1));
    VERIFY_OK(ends.executionEnded(largeEnd(id), failedEnd(id)));
    ends.executionOver(id);
    QVERIFY(!ends.find(id));
    QCOMPARE(status(store, id), QStringLiteral("failure"));
}

void TestUnstoredEnds::anotherWriteIsASign()
{
    TestDatabase database;
    ExecutionStore store(*database, me);
    const ExecutionId id = runningExecution(database, store);
    const ExecutionId other = runningExecution(database, store);
    UnstoredEnds ends(store, once);
    VERIFY_OK(allowPages(database, 0));
    QVERIFY(!ends.executionEnded(largeEnd(id), failedEnd(id)));
    expectKept(id);
    ends.executionOver(id);
    VERIFY_OK(allowPages(database, -1));
    VERIFY_OK(ends.executionEnded(attemptEnd(other, 1), executionEnd(other)));
    QTRY_COMPARE(status(store, id), QStringLiteral("failure"));
}

void TestUnstoredEnds::triedOnceMoreAtTheEnd()
{
    TestDatabase database;
    ExecutionStore store(*database, me);
    const ExecutionId id = runningExecution(database, store);
    {
        UnstoredEnds ends(store, never);
        VERIFY_OK(allowPages(database, 0));
        QVERIFY(!ends.executionEnded(largeEnd(id), failedEnd(id)));
        expectKept(id);
        ends.executionOver(id);
        VERIFY_OK(allowPages(database, -1));
    }
    QCOMPARE(status(store, id), QStringLiteral("failure"));
}

void TestUnstoredEnds::saysWhatIsLost()
{
    TestDatabase database;
    ExecutionStore store(*database, me);
    const ExecutionId id = runningExecution(database, store);
    VERIFY_OK(allowPages(database, 0));
    {
        UnstoredEnds ends(store, quick);
        QVERIFY(!ends.executionEnded(largeEnd(id), failedEnd(id)));
        expectKept(id);
        ends.executionOver(id);
        QTest::ignoreMessage(QtWarningMsg,
                             "The end of 1 executions could not be saved; they will be marked as interrupted at the "
                             "next start");
    }
    QCOMPARE(store.releaseLeftBehind()->interrupted, 1);
}

void TestUnstoredEnds::whatIsGoneIsForgotten()
{
    TestDatabase database;
    ExecutionStore store(*database, me);
    const ExecutionId id = runningExecution(database, store);
    UnstoredEnds ends(store, quick);
    VERIFY_OK(allowPages(database, 0));
    QVERIFY(!ends.executionEnded(largeEnd(id), failedEnd(id)));
    VERIFY_OK(FlowStore(*database).remove(a));
    expectKept(id);
    ends.executionOver(id);
    QTRY_VERIFY(ends.all().empty());
}

void TestUnstoredEnds::whatHasEndedIsNotKept()
{
    TestDatabase database;
    ExecutionStore store(*database, me);
    const ExecutionId id = runningExecution(database, store);
    UnstoredEnds ends(store, quick);
    QCOMPARE(store.releaseLeftBehind()->interrupted, 1); // by a program that took this one for dead
    QCOMPARE(ends.executionEnded(attemptEnd(id, 1), executionEnd(id)).error().code, ErrorCode::Conflict);
    ends.executionOver(id); // without a word
    QVERIFY(!ends.find(id));
    QCOMPARE(status(store, id), QStringLiteral("interrupted"));
}

/// The COMMIT of a step got lost on its way back, and then that of the end that follows from it.
void TestUnstoredEnds::whatWasKeptUnknownStands()
{
    TestDatabase database;
    ExecutionStore store(*database, me);
    const ExecutionId id = runningExecution(database, store);
    UnstoredEnds ends(store, quick);
    VERIFY_OK(store.attemptEnded(attemptEnd(id, 1), attemptStart(id, 2, QStringLiteral("step 2"))));
    VERIFY_OK(allowPages(database, 0));
    ExecutionEnd large = failedEnd(id);
    large.error = QString(200'000, u'x');
    QCOMPARE(ends.executionEnded(attemptEnd(id, 1), large).error().code, ErrorCode::Full);
    expectKept(id);
    ends.executionOver(id);
    QTest::ignoreMessage(QtInfoMsg, qPrintable(QStringLiteral("The end of execution %1 is saved now").arg(id)));
    VERIFY_OK(allowPages(database, -1));
    QTRY_COMPARE(status(store, id), QStringLiteral("failure"));
    QTRY_VERIFY(!ends.find(id));
    QCOMPARE(wrongTotals(database), QString());
}

void TestUnstoredEnds::dataThatNeverFitsIsLeftOut()
{
    TestDatabase database;
    ExecutionStore store(*database, me);
    const ExecutionId id = runningExecution(database, store);
    UnstoredEnds ends(store, quick);
    QJsonValue deep = 1;
    for (int level = 0; level < 2000; ++level)
        deep = QJsonArray{deep};
    QCOMPARE(ends.executionEnded(attemptEnd(id, 1, deep), failedEnd(id)).error().code, ErrorCode::TooDeep);
    expectKept(id);
    ends.executionOver(id);
    QTRY_COMPARE(status(store, id), QStringLiteral("failure"));
    QVERIFY(store.taskExecutions(id)->first().outputData.isNull());
    QCOMPARE(word(store.taskExecutions(id)->first().status), QStringLiteral("success"));
}

void TestUnstoredEnds::serviceStoresItLater()
{
    const ServiceFixture service;
    // Another connection to the same file makes the database refuse every end.
    const Result<std::unique_ptr<StorageConnection>> saboteur =
        StorageConnection::open(service.dataDir() + QStringLiteral("/flows.db"), StorageConnection::Mode::ReadWrite);
    VERIFY_OK(saboteur);
    VERIFY_OK((*saboteur)->execute(
        QStringLiteral("CREATE TRIGGER no_ends BEFORE UPDATE ON flow_executions WHEN NEW.completed_at IS NOT NULL"
                       " BEGIN SELECT RAISE(ABORT, 'no ends today'); END")));

    QTest::ignoreMessage(QtWarningMsg,
                         QRegularExpression(QStringLiteral("^The end of execution .* cannot be saved yet")));
    const ExecutionId id = service->start(RunRequest{fileOf(a, QStringLiteral("one")), {}}).value();
    const QFuture<ExecutionDetails> finished = service->finished(id);
    QTRY_VERIFY(finished.isFinished()); // nobody waits for the disk
    const Execution ended = finished.result().execution;
    QCOMPARE(toString(ended.status), QStringLiteral("failure"));
    QVERIFY2(ended.errorMessage.contains(QStringLiteral("no ends today")), qPrintable(ended.errorMessage));
    QVERIFY(service->execution(id, false)->execution == ended);
    QVERIFY(service->executions({}).value().items.first() == ended);
    QCOMPARE(toString(service->finished(id).result().execution.status), QStringLiteral("failure"));
    QCOMPARE(toString(finished.result().tasks.first().status), QStringLiteral("success"));
    QCOMPARE(service->cancel(id).error().code, ErrorCode::NotAllowed);
    const std::unique_ptr<FlowService> other = service.open();
    QCOMPARE(toString(other->execution(id, false)->execution.status), QStringLiteral("running"));

    VERIFY_OK((*saboteur)->execute(QStringLiteral("DROP TRIGGER no_ends")));
    QTRY_COMPARE_WITH_TIMEOUT(toString(other->execution(id, false)->execution.status), QStringLiteral("failure"),
                              20'000);
    QVERIFY(service->execution(id, true)->execution == ended);
    QVERIFY(other->execution(id, true)->execution == ended);
}

QTEST_GUILESS_MAIN(TestUnstoredEnds)
#include "tst_unstored_ends.moc"
