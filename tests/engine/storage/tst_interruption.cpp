// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage_fixture.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

namespace {

const FlowId a = QStringLiteral("a");
const QString dead = QStringLiteral("dead");
const QString alive = QStringLiteral("alive");

/// Brings an execution, which is pending, to where its program died.
using Story = std::function<bool(ExecutionStore &store, ExecutionId id)>;

bool start(ExecutionStore &store, ExecutionId id, OnLoss onLoss, int number = 1,
           ExecutionPhase phase = ExecutionPhase::Main)
{
    AttemptStart record = attemptStart(id, number, QStringLiteral("step 1"));
    record.onLoss = onLoss;
    if (phase != ExecutionPhase::Main)
        record.ending = ExecutionEnding{.phase = phase, .status = ExecutionStatus::Cancelled};
    return store.executionStarted(id, at(0)).ok() && store.attemptStarted(record).ok();
}

Story running(OnLoss onLoss)
{
    return [onLoss](ExecutionStore &store, ExecutionId id) { return start(store, id, onLoss); };
}

bool between(ExecutionStore &store, ExecutionId id)
{
    return start(store, id, OnLoss::Ask) && store.attemptEnded(attemptEnd(id, 1, 5), {}).ok();
}

/// A person lets it go on after a pause, and perhaps says what its next task comes to; it has not begun.
Story continued(bool begun, OnLoss onLoss = OnLoss::Ask)
{
    return [begun, onLoss](ExecutionStore &store, ExecutionId id) {
        bool good = onLoss == OnLoss::Reenter ? start(store, id, onLoss) : between(store, id);
        good = good && store.executionHeld({}, {id, QStringLiteral("step 2"), QStringLiteral("person"), 0, {}}).ok() &&
               store.claim(id, ExecutionStatus::Paused).value() && store.admit(id, 1).value();
        return good && (!begun || store.executionStarted(id, at(9)).ok());
    };
}

/// A person cancels it before its program dies.
Story cancelled(const Story &story)
{
    return [story](ExecutionStore &store, ExecutionId id) {
        return (!story || story(store, id)) && store.noteCancel(id).ok();
    };
}

/// Programs take it over and die in the same attempt, so often.
Story takenOver(int times, ExecutionPhase phase = ExecutionPhase::Main)
{
    return [times, phase](ExecutionStore &store, ExecutionId id) {
        bool good = start(store, id, OnLoss::Repeat, 1, phase);
        for (int number = 2; good && number <= times + 1; ++number) {
            good = store.releaseLeftBehind()->released == 1 && store.claim(id, ExecutionStatus::Pending).value() &&
                   start(store, id, OnLoss::Repeat, number);
        }
        return good;
    };
}

ExecutionId left(TestDatabase &database, const QString &owner, const Story &story, bool recoverable = true)
{
    FlowStore flows(*database);
    ExecutionStore store(*database, owner);
    Execution execution;
    execution.flowId = a;
    execution.revision = flows.keepRevision(chain(a)).value();
    const ExecutionId id = store.create(execution, {.recoverable = recoverable})->id;
    return !story || story(store, id) ? id : 0;
}

} // namespace

Q_DECLARE_METATYPE(Story)

class TestInterruption : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void whatBecomesOfIt_data();
    void whatBecomesOfIt();
    void leavesExecutionsOfLivingPrograms();
    void anyNumberOfTimes();
    void nothingLeft();
    void whoWasOnlyThoughtDead();
    void oneTakesIt();
    void givenBack();
    void childrenAreLeftToTheirParents();
};

void TestInterruption::whatBecomesOfIt_data()
{
    QTest::addColumn<Story>("story");
    QTest::addColumn<bool>("recoverable");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("attempts"); // statuses
    QTest::addColumn<QString>("error");    // how it begins
    const QString pending = QStringLiteral("pending");
    const QString interrupted = QStringLiteral("interrupted");

    QTest::newRow("had not begun") << Story() << true << pending << QString() << QString();
    QTest::newRow("between two tasks") << Story(between) << true << pending << QStringLiteral("success") << QString();
    QTest::newRow("in a task that is safe to repeat")
        << running(OnLoss::Repeat) << true << pending << interrupted << QString();
    QTest::newRow("in a task that waits for others")
        << running(OnLoss::Reenter) << true << pending << QStringLiteral("running") << QString();
    QTest::newRow("in a task that is not safe")
        << running(OnLoss::Ask) << true << interrupted << interrupted
        << QStringLiteral("The program ended while task 'step 1' was running, and nobody knows");
    QTest::newRow("lost twice") << takenOver(1) << true << pending << QStringLiteral("interrupted interrupted")
                                << QString();
    QTest::newRow("lost three times") << takenOver(2) << true << interrupted
                                      << QStringLiteral("interrupted interrupted interrupted")
                                      << QStringLiteral("The program ended 3 times while task 'step 1' was running.");
    const QString paused = QStringLiteral("paused");
    QTest::newRow("continued, not begun")
        << continued(false) << true << paused << QStringLiteral("success") << QString();
    QTest::newRow("continued, waits for others, not begun")
        << continued(false, OnLoss::Reenter) << true << paused << QStringLiteral("running") << QString();
    QTest::newRow("continued and begun") << continued(true) << true << pending << QStringLiteral("success")
                                         << QString();
    QTest::newRow("continued at a terminal, not begun")
        << continued(false) << false << paused << QStringLiteral("success") << QString();
    QTest::newRow("cancelled, not begun") << cancelled({}) << true << pending << QString() << QString();
    QTest::newRow("cancelled after a pause, not begun")
        << cancelled(continued(false)) << true << pending << QStringLiteral("success") << QString();
    QTest::newRow("cancelled in a task that waits for others")
        << cancelled(running(OnLoss::Reenter)) << true << pending << QStringLiteral("running") << QString();
    QTest::newRow("cancelled in a task that is not safe")
        << cancelled(running(OnLoss::Ask)) << true << interrupted << interrupted
        << QStringLiteral("The program ended while task 'step 1' was running, and nobody knows");
    QTest::newRow("cancelled, lost three times") << cancelled(takenOver(2)) << true << pending
                                                 << QStringLiteral("interrupted interrupted interrupted") << QString();
    QTest::newRow("cancelled, lost three times in its final task")
        << cancelled(takenOver(2, ExecutionPhase::Final)) << true << interrupted
        << QStringLiteral("interrupted interrupted interrupted")
        << QStringLiteral("The program ended 3 times while task 'step 1' was running.");
    QTest::newRow("cancelled at a terminal after a pause, not begun")
        << cancelled(continued(false)) << false << interrupted << QStringLiteral("success")
        << QStringLiteral("The program that ran this execution at a terminal was ended.");
    QTest::newRow("at a terminal, not begun") << Story() << false << interrupted << QString()
                                              << QStringLiteral("The program ended before this execution began.");
    QTest::newRow("at a terminal, between two tasks")
        << Story(between) << false << interrupted << QStringLiteral("success")
        << QStringLiteral("The program that ran this execution at a terminal was ended.");
    QTest::newRow("at a terminal, in a task that is safe")
        << running(OnLoss::Repeat) << false << interrupted << interrupted
        << QStringLiteral("The program that ran this execution at a terminal was ended.");
}

void TestInterruption::whatBecomesOfIt()
{
    QFETCH(Story, story);
    QFETCH(bool, recoverable);
    QFETCH(QString, status);
    QFETCH(QString, attempts);
    QFETCH(QString, error);
    TestDatabase database;
    VERIFY_OK(FlowStore(*database).create(chain(a)));
    const ExecutionId id = left(database, dead, story, recoverable);
    QVERIFY(id > 0);
    database.reopen();
    ExecutionStore store(*database, QStringLiteral("new"));
    const Result<LeftBehind> found = store.releaseLeftBehind();
    VERIFY_OK(found);
    const bool waits = status == QStringLiteral("interrupted");
    QCOMPARE(found->interrupted, waits ? 1 : 0);
    const bool isPaused = status == QStringLiteral("paused");
    const QByteArray name = QTest::currentDataTag();
    QCOMPARE(store.standing(id)->position.cancelWanted, name.startsWith("cancelled"));

    QCOMPARE(found->paused, isPaused ? 1 : 0);
    QCOMPARE(found->released, waits || isPaused ? 0 : 1);

    const Result<Execution> execution = store.get(id);
    QCOMPARE(word(execution->status), status);
    QCOMPARE(store.owner(id).value(), waits ? dead : QString());
    QCOMPARE(execution->completedAt.has_value(), waits);
    QCOMPARE(execution->nextTask, isPaused || name.contains("after a pause") ? QStringLiteral("step 2") : QString());
    QVERIFY2(execution->errorMessage.startsWith(error), qPrintable(execution->errorMessage));
    QCOMPARE(execution->errorMessage.isEmpty(), error.isEmpty());
    QStringList words;
    const Result<QList<TaskExecution>> rows = store.taskExecutions(id);
    VERIFY_OK(rows);
    for (const TaskExecution &attempt : *rows) {
        words.append(word(attempt.status));
        const bool isLost = attempt.status == TaskStatus::Interrupted;
        QCOMPARE(isLost, attempt.errorMessage.contains(QStringLiteral("unknown")));
    }
    QCOMPARE(words.join(u' '), attempts);
    if (waits) {
        const bool wasRunning = attempts.contains(QStringLiteral("interrupted"));
        QCOMPARE(execution->errorTask, wasRunning ? QStringLiteral("step 1") : QString());
        QCOMPARE(execution->totalTasksExecuted, words.size());
    }
    QCOMPARE(store.list({.status = ExecutionStatus::Running})->total, 0);
    QCOMPARE(wrongTotals(database), QString());
}

void TestInterruption::leavesExecutionsOfLivingPrograms()
{
    TestDatabase database;
    VERIFY_OK(FlowStore(*database).create(chain(a)));
    const ExecutionId lost = left(database, dead, running(OnLoss::Ask));
    const ExecutionId ended = left(database, dead, between);
    const ExecutionId kept = left(database, alive, running(OnLoss::Ask));
    const ExecutionId waiting = left(database, alive, {});
    VERIFY_OK(ExecutionStore(*database, dead).executionEnded({}, executionEnd(ended)));
    const Result<Execution> completed = ExecutionStore(*database).get(ended);
    ExecutionStore store(*database, QStringLiteral("new"));
    QStringList asked;
    const Result<LeftBehind> found = store.releaseLeftBehind([&](const QStringList &owners) {
        asked = owners;
        return QStringList{dead};
    });
    VERIFY_OK(found);
    QCOMPARE(found->interrupted, 1);
    QCOMPARE(found->released, 0);
    asked.sort();
    QCOMPARE(asked, (QStringList{alive, dead})); // each once
    QCOMPARE(word(store.get(lost)->status), QStringLiteral("interrupted"));
    QCOMPARE(word(store.get(kept)->status), QStringLiteral("running"));
    QCOMPARE(word(store.get(waiting)->status), QStringLiteral("pending"));
    QVERIFY(*store.get(ended) == *completed);
    // The living program goes on.
    VERIFY_OK(ExecutionStore(*database, alive).executionEnded(attemptEnd(kept, 1), executionEnd(kept)));
    QCOMPARE(wrongTotals(database), QString());
}

void TestInterruption::anyNumberOfTimes()
{
    TestDatabase database;
    VERIFY_OK(FlowStore(*database).create(chain(a)));
    const ExecutionId released = left(database, dead, running(OnLoss::Repeat));
    const ExecutionId lost = left(database, dead, running(OnLoss::Ask));
    ExecutionStore store(*database, QStringLiteral("new"));
    QCOMPARE(store.releaseLeftBehind()->released, 1);
    const Execution first = store.get(released).value();
    const Execution second = store.get(lost).value();
    for (int time = 0; time < 5; ++time) {
        const Result<LeftBehind> again = store.releaseLeftBehind();
        QCOMPARE(again->released + again->interrupted, 0);
        QVERIFY(store.get(released).value() == first);
        QVERIFY(store.get(lost).value() == second);
    }
}

void TestInterruption::nothingLeft()
{
    TestDatabase database;
    const Result<LeftBehind> found = ExecutionStore(*database).releaseLeftBehind();
    QCOMPARE(found->interrupted + found->released, 0);
}

void TestInterruption::whoWasOnlyThoughtDead()
{
    TestDatabase database;
    VERIFY_OK(FlowStore(*database).create(chain(a)));
    const ExecutionId lost = left(database, QStringLiteral("slow"), running(OnLoss::Ask));
    const ExecutionId released = left(database, QStringLiteral("slow"), running(OnLoss::Repeat));
    const ExecutionId taken = left(database, QStringLiteral("slow"), running(OnLoss::Repeat));
    ExecutionStore fast(*database, QStringLiteral("fast"));
    QCOMPARE(fast.releaseLeftBehind()->released, 2);
    QVERIFY(fast.claim(taken, ExecutionStatus::Pending).value());
    VERIFY_OK(fast.executionStarted(taken, at(50)));

    ExecutionStore slow(*database, QStringLiteral("slow"));
    for (const ExecutionId id : {lost, released, taken}) {
        QCOMPARE(slow.attemptEnded(attemptEnd(id, 1), {}).error().code, ErrorCode::Conflict);
        QCOMPARE(slow.executionStarted(id, at(0)).error().code, ErrorCode::Conflict);
        QCOMPARE(slow.executionEnded({}, executionEnd(id)).error().code, ErrorCode::Conflict);
        QCOMPARE(slow.executionHeld({}, {.executionId = id, .nextTask = a, .reason = a}).error().code,
                 ErrorCode::Conflict);
    }
}

void TestInterruption::oneTakesIt()
{
    TestDatabase database;
    VERIFY_OK(FlowStore(*database).create(chain(a)));
    QList<ExecutionId> ids;
    for (int number = 0; number < 5; ++number)
        ids.append(left(database, dead, between));
    ExecutionStore one(*database, QStringLiteral("one"));
    ExecutionStore two(*database, QStringLiteral("two"));
    QCOMPARE(one.releaseLeftBehind()->released, 5);
    QCOMPARE(one.claimReleased(2).value(), ids.mid(0, 2)); // the oldest
    QVERIFY(two.claim(ids[3], ExecutionStatus::Pending).value());
    QVERIFY(!one.claim(ids[3], ExecutionStatus::Pending).value());
    QVERIFY(!two.claim(ids[0], ExecutionStatus::Pending).value());
    QVERIFY(!two.claim(ids[4], ExecutionStatus::Paused).value()); // it is not
    QCOMPARE(two.claimReleased(9).value(), (QList<ExecutionId>{ids[2], ids[4]}));
    QCOMPARE(one.claimReleased(9).value(), QList<ExecutionId>());
    QCOMPARE(one.owner(ids[0]).value(), QStringLiteral("one"));
    QCOMPARE(one.owner(ids[4]).value(), QStringLiteral("two"));
    QCOMPARE(wrongTotals(database), QString());
}

void TestInterruption::givenBack()
{
    TestDatabase database;
    VERIFY_OK(FlowStore(*database).create(chain(a)));
    const ExecutionId id = left(database, dead, between);
    ExecutionStore one(*database, QStringLiteral("one"));
    ExecutionStore two(*database, QStringLiteral("two"));
    QCOMPARE(one.releaseLeftBehind()->released, 1);
    QVERIFY(one.claim(id, ExecutionStatus::Pending).value());
    VERIFY_OK(two.giveBack(id, ExecutionStatus::Pending)); // it is not his
    QCOMPARE(one.owner(id).value(), QStringLiteral("one"));
    VERIFY_OK(one.giveBack(id, ExecutionStatus::Pending));
    QVERIFY(two.claim(id, ExecutionStatus::Pending).value());
    VERIFY_OK(two.giveBack(id, ExecutionStatus::Paused));
    QCOMPARE(word(one.get(id)->status), QStringLiteral("paused"));
    QCOMPARE(wrongTotals(database), QString());
    QVERIFY(one.claim(id, ExecutionStatus::Paused).value());
    VERIFY_OK(one.executionStarted(id, at(0)));
    VERIFY_OK(one.giveBack(id, ExecutionStatus::Paused)); // it has begun
    QCOMPARE(word(one.get(id)->status), QStringLiteral("running"));
}

void TestInterruption::childrenAreLeftToTheirParents()
{
    TestDatabase database;
    VERIFY_OK(FlowStore(*database).create(chain(a)));
    const ExecutionId parent = left(database, dead, running(OnLoss::Reenter));
    ExecutionStore store(*database, dead);
    Execution child;
    child.flowId = a;
    child.revision = store.get(parent)->revision;
    child.parent = ExecutionParent{parent, 1, 0};
    child.depth = 1;
    const ExecutionId id = store.create(child, {})->id;
    ExecutionStore other(*database, QStringLiteral("other"));
    QCOMPARE(other.releaseLeftBehind()->released, 2);
    QCOMPARE(other.claimReleased(9).value(), QList<ExecutionId>{parent});
    QVERIFY(other.claim(id, ExecutionStatus::Pending).value()); // who runs the parent asks for it by id
    QCOMPARE(other.children(parent, 1)->size(), 1);
}

QTEST_GUILESS_MAIN(TestInterruption)
#include "tst_interruption.moc"
