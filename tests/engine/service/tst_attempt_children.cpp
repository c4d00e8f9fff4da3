// SPDX-License-Identifier: GPL-3.0-or-later
#include "nested_flows.h"
#include "service/attempt_children.h"
#include "storage/database.h"
#include "storage/storage_writer.h"
#include "support/flow_test.h"

#include <QTemporaryDir>

using namespace flow;
using namespace flow::test;

namespace {

/// An attempt that runs one flow, whose execution ends as soon as it is submitted.
struct Attempt
{
    QTemporaryDir folder;
    std::unique_ptr<Database> database =
        Database::open(DatabaseLocation{folder.filePath(QStringLiteral("flows.db"))}).value();
    FlowStore flows{*database};
    ExecutionStore executions{*database, QStringLiteral("here")};
    TaskTypes types = builtInTasks().types();
    ChildFamilies families;
    ChildPlan plan{.flows = {{QStringLiteral("sub"), {}}}};
    TaskRun run;
    ChildCalls calls;
    ExecutionId child = 0;

    Attempt()
    {
        const FlowFile flow = file(QStringLiteral("main"),
                                   QStringLiteral("[{'name': 't', 'type': 'run_flow', 'config': {'flow': 'sub'}}]"),
                                   QStringLiteral("{'sub': [{'name': 'x', 'type': 'noop'}]}"));
        flows.create(flow).ok();
        run.executionId = executions.create(QStringLiteral("main"), flows.keepRevision(flow).value(), {})->id;
        executions.executionStarted(run.executionId, {}).ok();
        calls.record = [this](ExecutionId id) { return executions.get(id); };
        calls.submit = [this](const ExecutionOrder &order) { end(order.id); };
        calls.help = [this](ExecutionId, const std::function<bool()> &) { families.tell(child); };
        calls.wakeHelpers = [] {};
    }
    void end(ExecutionId id)
    {
        child = id;
        ExecutionEnd end;
        end.executionId = id;
        end.status = ExecutionStatus::Completed;
        QVERIFY(executions.executionStarted(id, {}).ok());
        QVERIFY(executions.executionEnded({}, end).ok());
    }
    Result<ChildOutcome> outcome()
    {
        const ChildStarter::Stores stores{executions, flows, types};
        return std::make_shared<AttemptChildren>(stores, calls, families, plan, run)->run();
    }
};

} // namespace

/// The children of one attempt without the service around it: who runs them is what a test says.
class TestAttemptChildren : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void endThatCannotBeRead_data();
    void endThatCannotBeRead();
    void pauseWhileOneStarts_data();
    void pauseWhileOneStarts();
    void continuedWhileItCannotBeRead_data();
    void continuedWhileItCannotBeRead();
    void leftBehindByACancelledOne();
    void takenAwayMeanwhile_data();
    void takenAwayMeanwhile();
};

void TestAttemptChildren::endThatCannotBeRead_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<int>("times"); ///< that its record cannot be read
    QTest::addColumn<QString>("status");
    QTest::addColumn<int>("looks");
    QTest::newRow("the database is away for a moment") << ErrorCode::Io << 1 << "completed" << 2;
    QTest::newRow("the disk is full for a while") << ErrorCode::Full << 3 << "completed" << 4;
    QTest::newRow("its flow was deleted") << ErrorCode::NotFound << 1 << "failure" << 1;
}

/// What only the database can say is waited for, and does not count as failed.
void TestAttemptChildren::endThatCannotBeRead()
{
    QFETCH(ErrorCode, code);
    QFETCH(int, times);
    QFETCH(QString, status);
    QFETCH(int, looks);
    Attempt attempt;
    int looked = 0;
    int waits = 0;
    attempt.calls.record = [&](ExecutionId id) -> Result<Execution> {
        if (looked++ < times)
            return Error{.code = code, .reason = QStringLiteral("away")};
        return attempt.executions.get(id);
    };
    attempt.calls.help = [&](ExecutionId, const std::function<bool()> &) {
        QVERIFY(++waits < 10);
        if (waits == 1)
            attempt.families.tell(attempt.child);
        else
            attempt.families.tellWatched();
    };
    const Result<ChildOutcome> outcome = attempt.outcome();
    QVERIFY(outcome.ok());
    QCOMPARE(toString(outcome->results.first().status), status);
    QCOMPARE(looked, looks);
    QVERIFY(attempt.families.children(attempt.run.executionId).isEmpty());
}

void TestAttemptChildren::pauseWhileOneStarts_data()
{
    QTest::addColumn<QString>("moment");
    QTest::addColumn<bool>("isInOrder");
    QTest::addColumn<bool>("isToldAfterwards");
    QTest::newRow("not at all") << "never" << false << false;
    QTest::newRow("when it is there and nobody runs it") << "made" << true << false;
    QTest::newRow("when it is just given to who runs it") << "submitted" << false << true;
}

/// Nobody else knows of it yet, so the attempt has to see to it that it pauses.
void TestAttemptChildren::pauseWhileOneStarts()
{
    QFETCH(QString, moment);
    QFETCH(bool, isInOrder);
    QFETCH(bool, isToldAfterwards);
    Attempt attempt;
    bool isWanted = false;
    bool wasInOrder = false;
    ExecutionId told = 0;
    attempt.run.isPauseWanted = [&] { return isWanted; };
    attempt.run.log = [&](LogLevel, const QString &) { isWanted = moment == u"made"; };
    attempt.calls.submit = [&](const ExecutionOrder &order) {
        wasInOrder = order.controls.pause;
        isWanted = isWanted || moment == u"submitted";
        attempt.end(order.id);
    };
    attempt.calls.pause = [&](ExecutionId id) { told = id; };
    QVERIFY(attempt.outcome().ok());
    QCOMPARE(wasInOrder, isInOrder);
    QCOMPARE(told, isToldAfterwards ? attempt.child : ExecutionId(0));
}

void TestAttemptChildren::continuedWhileItCannotBeRead_data()
{
    QTest::addColumn<ErrorCode>("code");
    QTest::addColumn<QString>("becomes");
    QTest::newRow("the database is away") << ErrorCode::Io << "runs later, forced to: said";
    QTest::newRow("it is damaged") << ErrorCode::Corrupt << "is given up: gone wrong";
}

/// A person has said what comes of its next task, and was told that this will be so.
void TestAttemptChildren::continuedWhileItCannotBeRead()
{
    QFETCH(ErrorCode, code);
    Attempt attempt;
    QString became;
    attempt.calls.submit = [&](const ExecutionOrder &order) {
        attempt.child = order.id;
        QVERIFY(attempt.executions.executionStarted(order.id, {}).ok());
        ExecutionHold pause;
        pause.executionId = order.id;
        pause.nextTask = QStringLiteral("x");
        QVERIFY(attempt.executions.executionHeld({}, pause).ok());
    };
    attempt.calls.order = [&](ExecutionId) { return Error{.code = code, .reason = QStringLiteral("gone wrong")}; };
    attempt.calls.submitLater = [&](ExecutionId id, const std::optional<ContinueWish> &wish) {
        const bool isForced = wish && wish->options.forced;
        became =
            QStringLiteral("runs later, forced to: ") + (isForced ? wish->options.forced->data.toString() : QString());
        attempt.end(id);
    };
    attempt.calls.giveUp = [&](ExecutionId id, const Error &error) {
        became = QStringLiteral("is given up: ") + error.text();
        attempt.end(id);
    };
    int waits = 0;
    attempt.calls.help = [&](ExecutionId parent, const std::function<bool()> &) {
        QVERIFY(++waits < 10);
        if (waits > 1) {
            attempt.families.tell(attempt.child);
            return;
        }
        attempt.families.setWish(parent, attempt.child, {{.forced = TaskResult::success(QStringLiteral("said"))}});
        const std::optional<Result<bool>> goesOn = attempt.families.goOn(attempt.child);
        QVERIFY(goesOn);
        QCOMPARE(*goesOn ? QString() : goesOn->error().text(), QString());
        QVERIFY(goesOn->value());
    };
    QVERIFY(attempt.outcome().ok());
    QTEST(became, "becomes");
}

/// Its program died after a person had cancelled it: what waits of its children does not even begin.
void TestAttemptChildren::leftBehindByACancelledOne()
{
    Attempt attempt;
    const Execution parent = attempt.executions.get(attempt.run.executionId).value();
    Execution waiting{.flowId = parent.flowId, .revision = parent.revision};
    waiting.parent = ExecutionParent{.id = parent.id, .sequenceNumber = attempt.run.sequenceNumber, .index = 0};
    attempt.child = attempt.executions.create(waiting, {})->id;
    QVERIFY(attempt.executions.giveBack(attempt.child, ExecutionStatus::Pending).ok());
    CancelSource cancel;
    cancel.cancel();
    attempt.run.cancel = cancel.token();
    QStringList told;
    attempt.calls.order = [&](ExecutionId id) {
        told << QStringLiteral("runs");
        ExecutionOrder order;
        order.id = id;
        return order;
    };
    attempt.calls.submit = [](const ExecutionOrder &) {};
    attempt.calls.place = [](ExecutionId) { return ChildCalls::Place::Nowhere; };
    attempt.calls.cancelRunning = [](ExecutionId, CancelReach) {};
    attempt.calls.cancel = [&](ExecutionId id, CancelReach) {
        told << QStringLiteral("is stopped");
        attempt.executions.claim(id, ExecutionStatus::Pending).ok();
        attempt.end(id);
        return true;
    };
    QVERIFY(attempt.outcome().ok());
    QCOMPARE(told, QStringList{QStringLiteral("is stopped")});
}

void TestAttemptChildren::takenAwayMeanwhile_data()
{
    QTest::addColumn<QString>("change"); ///< of the attempt's execution, once the first child is there
    QTest::newRow("another program runs it") << "owner = 'other'";
    QTest::newRow("it waits for any program") << "owner = '', status = 'pending'";
    QTest::newRow("it waits for a person") << "status = 'interrupted'";
}

/// Others took this program for dead: it starts nothing more, and leaves what it has started to them.
void TestAttemptChildren::takenAwayMeanwhile()
{
    QFETCH(QString, change);
    Attempt attempt;
    attempt.plan.flows.append({QStringLiteral("sub"), {}});
    attempt.plan.atOnce = 2;
    QList<ExecutionId> submitted;
    QList<ExecutionId> stoppedHere;
    attempt.calls.submit = [&](const ExecutionOrder &order) {
        submitted.append(order.id);
        QVERIFY(attempt.database->writer()
                    .run([&](WriteTransaction &transaction) {
                        return transaction.connection.execute(
                            QStringLiteral("UPDATE flow_executions SET %1 WHERE parent_id IS NULL").arg(change));
                    })
                    .ok());
    };
    attempt.calls.cancelRunning = [&](ExecutionId id, CancelReach) { stoppedHere.append(id); };
    attempt.calls.cancel = [](ExecutionId id, CancelReach) {
        qWarning("asked whoever runs it to stop %lld", static_cast<long long>(id));
        return true;
    };
    const Result<ChildOutcome> outcome = attempt.outcome();
    QVERIFY(!outcome);
    QVERIFY(outcome.error().code == ErrorCode::Conflict);
    QCOMPARE(submitted.size(), 1);
    QCOMPARE(stoppedHere, submitted);
}

QTEST_GUILESS_MAIN(TestAttemptChildren)
#include "tst_attempt_children.moc"
