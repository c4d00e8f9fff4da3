// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage_fixture.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

namespace {

const FlowId a = QStringLiteral("a");

/// Executions in every state, as programs "dead" and "alive" left them.
struct Left
{
    ExecutionId pending = 0;
    ExecutionId running = 0;
    ExecutionId between = 0; ///< running, no attempt at the moment
    ExecutionId completed = 0;
};

Left leave(TestDatabase &database, const QString &owner)
{
    FlowStore flows(*database);
    ExecutionStore store(*database, owner);
    const Result<RevisionId> revision = flows.keepRevision(chain(a));
    const auto create = [&] { return store.create(a, *revision, {})->id; };
    const Left left{create(), create(), create(), create()};
    bool good = true;
    for (const ExecutionId id : {left.running, left.between, left.completed}) {
        good &= store.executionStarted(id, at(0)).ok();
        good &= store.attemptStarted(attemptStart(id, 1, QStringLiteral("step 1"))).ok();
    }
    good &= store.attemptEnded(attemptEnd(left.running, 1, 5), attemptStart(left.running, 2, QStringLiteral("step 2")))
                .ok();
    good &= store.attemptEnded(attemptEnd(left.between, 1, 5), {}).ok();
    good &= store.executionEnded(attemptEnd(left.completed, 1), executionEnd(left.completed)).ok();
    return good ? left : Left();
}

} // namespace

class TestInterruption : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void marksWhatWasUnfinished();
    void leavesExecutionsOfLivingPrograms();
    void nothingToMark();
    void interruptedCannotGoOn();
};

void TestInterruption::marksWhatWasUnfinished()
{
    TestDatabase database;
    VERIFY_OK(FlowStore(*database).create(chain(a)));
    const Left left = leave(database, QStringLiteral("dead"));
    QVERIFY(left.pending > 0);
    const Result<Execution> completed = ExecutionStore(*database).get(left.completed);
    database.reopen();
    ExecutionStore store(*database, QStringLiteral("new"));
    const Result<int> marked = store.markInterrupted();
    VERIFY_OK(marked);
    QCOMPARE(*marked, 3);

    const Result<Execution> pending = store.get(left.pending);
    QCOMPARE(word(pending->status), QStringLiteral("interrupted"));
    QCOMPARE(pending->errorMessage, QStringLiteral("The program ended before this execution began. Start it again."));
    QVERIFY(pending->errorTask.isNull());
    const Result<Execution> running = store.get(left.running);
    QCOMPARE(word(running->status), QStringLiteral("interrupted"));
    QCOMPARE(running->errorMessage,
             QStringLiteral("The program ended while this execution was running. Start it again, or look "
                            "at which task was running."));
    QCOMPARE(running->errorTask, QStringLiteral("step 2"));
    QCOMPARE(running->totalTasksExecuted, 2);
    QVERIFY(running->completedAt);
    QVERIFY(!running->outputData);
    QVERIFY(store.get(left.between)->errorTask.isNull());
    QCOMPARE(word(store.get(left.between)->status), QStringLiteral("interrupted"));

    const Result<QList<TaskExecution>> attempts = store.taskExecutions(left.running);
    QCOMPARE(word(attempts->at(0).status), QStringLiteral("success"));
    QCOMPARE(word(attempts->at(1).status), QStringLiteral("interrupted"));
    QVERIFY(!attempts->at(1).errorMessage.isEmpty());
    QVERIFY(attempts->at(1).completedAt);
    QVERIFY(*store.get(left.completed) == *completed);
    QCOMPARE(store.list({.status = ExecutionStatus::Interrupted})->total, 3);
    QCOMPARE(store.list({.status = ExecutionStatus::Running})->total, 0);
    QCOMPARE(wrongTotals(database), QString());
}

void TestInterruption::leavesExecutionsOfLivingPrograms()
{
    TestDatabase database;
    VERIFY_OK(FlowStore(*database).create(chain(a)));
    const Left dead = leave(database, QStringLiteral("dead"));
    const Left alive = leave(database, QStringLiteral("alive"));
    ExecutionStore store(*database, QStringLiteral("new"));
    QStringList asked;
    const Result<int> marked = store.markInterrupted([&](const QString &owner) {
        asked.append(owner);
        return owner == QStringLiteral("alive");
    });
    VERIFY_OK(marked);
    QCOMPARE(*marked, 3);
    asked.sort();
    QCOMPARE(asked, (QStringList{QStringLiteral("alive"), QStringLiteral("dead")})); // each once
    QCOMPARE(word(store.get(dead.running)->status), QStringLiteral("interrupted"));
    QCOMPARE(word(store.get(alive.running)->status), QStringLiteral("running"));
    QCOMPARE(word(store.get(alive.pending)->status), QStringLiteral("pending"));
    // The living program goes on.
    VERIFY_OK(ExecutionStore(*database, QStringLiteral("alive"))
                  .executionEnded(attemptEnd(alive.running, 2), executionEnd(alive.running)));
    QCOMPARE(wrongTotals(database), QString());
}

void TestInterruption::nothingToMark()
{
    TestDatabase database;
    QCOMPARE(*ExecutionStore(*database).markInterrupted(), 0);
}

void TestInterruption::interruptedCannotGoOn()
{
    TestDatabase database;
    VERIFY_OK(FlowStore(*database).create(chain(a)));
    const Left left = leave(database, QStringLiteral("slow"));
    QCOMPARE(*ExecutionStore(*database).markInterrupted(), 3);
    // The program was only thought dead.
    ExecutionStore slow(*database, QStringLiteral("slow"));
    QCOMPARE(slow.attemptEnded(attemptEnd(left.running, 2), {}).error().code, ErrorCode::Conflict);
    QCOMPARE(slow.executionStarted(left.pending, at(0)).error().code, ErrorCode::Conflict);
}

QTEST_GUILESS_MAIN(TestInterruption)
#include "tst_interruption.moc"
