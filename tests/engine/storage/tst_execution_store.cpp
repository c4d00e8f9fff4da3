// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution_fixture.h"
#include "storage/database_inspection.h"
#include "support/flow_test.h"

#include <functional>

using namespace flow;
using namespace flow::test;

namespace {

std::optional<Error> errorOf(const Result<void> &result)
{
    return result ? std::nullopt : std::optional(result.error());
}

using Step = std::function<std::optional<Error>(ExecutionStore &, ExecutionId)>;

} // namespace

class TestExecutionStore : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void create();
    void createNeedsFlowAndRevision();
    void journal();
    void failedExecution();
    void cancelledWhilePending();
    void refusedSteps_data();
    void refusedSteps();
    void refusedStepLeavesNothing();
    void endsAfterWhatWasKept_data();
    void endsAfterWhatWasKept();
    void otherOwner();
    void deletedWhileItRuns();
    void idsAreNotUsedAgain();
    void resumesNothingThatIsGone();
    void startsForAnother_data();
    void startsForAnother();
};

void TestExecutionStore::create()
{
    Fixture f;
    const QJsonObject input{{QStringLiteral("n"), 1}};
    const Result<Execution> made = f.store.create(a, f.revision, input);
    VERIFY_OK(made);
    Execution expected;
    expected.id = made->id;
    expected.flowId = a;
    expected.revision = f.revision;
    expected.inputContext = input;
    QVERIFY(made->id > 0);
    QVERIFY(*made == expected);
    QVERIFY(*f.store.get(made->id) == expected);
    QCOMPARE(*f.store.owner(made->id), QStringLiteral("me"));
    QCOMPARE(*ExecutionStore(*f.database).owner(made->id), QStringLiteral("me"));
    QVERIFY(f.store.taskExecutions(made->id)->isEmpty());
    QCOMPARE(f.store.get(7).error().text(), QStringLiteral("Execution 7 not found"));
    QCOMPARE(f.store.owner(7).error().text(), QStringLiteral("Execution 7 not found"));
    QCOMPARE(f.store.taskExecutions(7).error().text(), QStringLiteral("Execution 7 not found"));
}

void TestExecutionStore::createNeedsFlowAndRevision()
{
    Fixture f;
    const Result<Execution> noFlow = f.store.create(QStringLiteral("x"), f.revision, {});
    QCOMPARE(noFlow.error().code, ErrorCode::NotFound);
    const Result<Execution> noRevision = f.store.create(a, QStringLiteral("beef"), {});
    QCOMPARE(noRevision.error().code, ErrorCode::NotFound);
    // A state that was kept for a flow that is not in the library.
    const Result<RevisionId> kept = f.flows.keepRevision(chain(QStringLiteral("x")));
    VERIFY_OK(kept);
    const Result<Execution> noLibraryFlow = f.store.create(QStringLiteral("x"), *kept, {});
    QCOMPARE(noLibraryFlow.error().text(), QStringLiteral("Flow 'x' not found"));
    QCOMPARE(f.store.list({})->total, 0);
}

void TestExecutionStore::journal()
{
    Fixture f;
    const QJsonObject input{{QStringLiteral("in"), 1}};
    const ExecutionId id = f.running(input);
    AttemptStart first = attemptStart(id, 1, step1);
    first.taskDescription = QStringLiteral("First");
    VERIFY_OK(f.store.attemptStarted(first));
    QCOMPARE(word(f.store.get(id)->status), word(ExecutionStatus::Running));
    QCOMPARE(word(f.store.taskExecutions(id)->first().status), word(TaskStatus::Running));

    AttemptEnd failed = attemptEnd(id, 1);
    failed.status = TaskStatus::Failure;
    failed.error = QStringLiteral("broke");
    AttemptStart second = attemptStart(id, 2, step1);
    second.attempt = 2;
    VERIFY_OK(f.store.attemptEnded(failed, second));
    AttemptEnd good = attemptEnd(id, 2, QJsonObject{{QStringLiteral("rows"), 3}});
    good.decidedBy = QStringLiteral("c");
    good.nextTask = step2;
    VERIFY_OK(f.store.attemptEnded(good, attemptStart(id, 3, step2, true)));
    AttemptEnd last = attemptEnd(id, 3, QJsonValue::Null);
    last.nextTask = endTarget;
    VERIFY_OK(f.store.executionEnded(last, executionEnd(id, ExecutionStatus::Completed, 3)));

    const QJsonObject broken{{QStringLiteral("status"), QStringLiteral("failure")},
                             {QStringLiteral("error"), QStringLiteral("broke")}};
    const QJsonObject fine{{QStringLiteral("status"), QStringLiteral("success")},
                           {QStringLiteral("data"), QJsonObject{{QStringLiteral("rows"), 3}}}};
    const Result<QList<TaskExecution>> tasks = f.store.taskExecutions(id);
    VERIFY_OK(tasks);
    QCOMPARE(tasks->size(), 3);
    const TaskExecution &one = tasks->at(0);
    QCOMPARE(one.executionId, id);
    QCOMPARE(one.taskName, step1);
    QCOMPARE(one.taskDescription, QStringLiteral("First"));
    QCOMPARE(one.sequenceNumber, 1);
    QCOMPARE(one.attempt, 1);
    QCOMPARE(word(one.status), word(TaskStatus::Failure));
    QCOMPARE(one.inputData, input);
    QCOMPARE(one.outputData, QJsonValue(QJsonValue::Null));
    QCOMPARE(one.errorMessage, QStringLiteral("broke"));
    QVERIFY(one.decidedBy.isNull());
    QVERIFY(one.nextTask.isNull());
    QCOMPARE(one.startedAt, at(10));
    QCOMPARE(one.completedAt, at(15));
    QCOMPARE(one.durationSeconds, 0.5);
    const TaskExecution &two = tasks->at(1);
    QCOMPARE(two.attempt, 2);
    QCOMPARE(two.inputData, (QJsonObject{{QStringLiteral("in"), 1}, {step1, broken}}));
    QCOMPARE(two.outputData, fine.value(QStringLiteral("data")));
    QVERIFY(two.errorMessage.isNull());
    QCOMPARE(two.decidedBy, QStringLiteral("c"));
    QCOMPARE(two.nextTask, step2);
    const TaskExecution &three = tasks->at(2);
    QCOMPARE(three.taskName, step2);
    QCOMPARE(three.inputData, (QJsonObject{{QStringLiteral("in"), 1}, {step1, fine}}));
    QCOMPARE(three.nextTask, QStringLiteral("end"));

    const Result<Execution> ended = f.store.get(id);
    VERIFY_OK(ended);
    QCOMPARE(word(ended->status), word(ExecutionStatus::Completed));
    QCOMPARE(ended->totalTasksExecuted, 3);
    QCOMPARE(ended->startedAt, at(0));
    QCOMPARE(ended->completedAt, at(1000));
    QCOMPARE(ended->durationSeconds, 1.5);
    QVERIFY(ended->errorMessage.isNull() && ended->errorTask.isNull());
    const QJsonObject nothing{{QStringLiteral("status"), QStringLiteral("success")},
                              {QStringLiteral("data"), QJsonValue::Null}};
    QCOMPARE(ended->outputData, (QJsonObject{{QStringLiteral("in"), 1}, {step1, fine}, {step2, nothing}}));
    QVERIFY(f.store.list({})->items.first() == *ended);
    QCOMPARE(wrongTotals(f.database), QString());
}

void TestExecutionStore::failedExecution()
{
    Fixture f;
    const ExecutionId id = f.running();
    VERIFY_OK(f.store.attemptStarted(attemptStart(id, 1, step1)));
    AttemptEnd last = attemptEnd(id, 1, QJsonObject());
    last.status = TaskStatus::Failure;
    last.error = QStringLiteral("");
    ExecutionEnd end = executionEnd(id, ExecutionStatus::Failure);
    end.error = QStringLiteral("broke");
    end.errorTask = step1;
    VERIFY_OK(f.store.executionEnded(last, end));
    const Result<Execution> read = f.store.get(id);
    QCOMPARE(word(read->status), word(ExecutionStatus::Failure));
    QCOMPARE(read->outputData, std::nullopt);
    QCOMPARE(read->errorMessage, QStringLiteral("broke"));
    QCOMPARE(read->errorTask, step1);
    QVERIFY(!f.store.taskExecutions(id)->first().errorMessage.isNull()); // "" is not the same as none
}

void TestExecutionStore::cancelledWhilePending()
{
    Fixture f;
    const ExecutionId id = f.create();
    VERIFY_OK(f.store.executionEnded({}, executionEnd(id, ExecutionStatus::Cancelled, 0)));
    QCOMPARE(word(f.store.get(id)->status), word(ExecutionStatus::Cancelled));
    QCOMPARE(f.store.list({.status = ExecutionStatus::Pending})->total, 0);
    QCOMPARE(f.store.list({.status = ExecutionStatus::Cancelled})->total, 1);
    QCOMPARE(wrongTotals(f.database), QString());
}

void TestExecutionStore::refusedSteps_data()
{
    QTest::addColumn<Step>("before");
    QTest::addColumn<Step>("step");
    QTest::addColumn<QString>("message"); // %1: the execution's id
    const Step none = [](ExecutionStore &, ExecutionId) { return std::optional<Error>(); };
    const Step start = [](ExecutionStore &store, ExecutionId id) { return errorOf(store.executionStarted(id, at(0))); };
    const Step end = [](ExecutionStore &store, ExecutionId id) {
        return errorOf(store.executionEnded({}, executionEnd(id)));
    };
    const Step startAttempt = [](ExecutionStore &store, ExecutionId id) {
        return errorOf(store.attemptStarted(attemptStart(id, 1, step1)));
    };
    const Step endAttempt = [](ExecutionStore &store, ExecutionId id) {
        return errorOf(store.attemptEnded(attemptEnd(id, 1), {}));
    };
    const auto all = [](const QList<Step> &steps) {
        return Step([steps](ExecutionStore &store, ExecutionId id) {
            std::optional<Error> error;
            for (const Step &step : steps) {
                if (!error)
                    error = step(store, id);
            }
            return error;
        });
    };
    const auto other = [](const Step &step) {
        return Step([step](ExecutionStore &store, ExecutionId) { return step(store, 99); });
    };

    QTest::newRow("started after its end")
        << all({start, end}) << start << QStringLiteral("Execution %1 is completed, so this step cannot be saved");
    QTest::newRow("ended twice") << all({start, end}) << end
                                 << QStringLiteral("Execution %1 is completed, so this step cannot be saved");
    QTest::newRow("attempt before the start")
        << none << startAttempt << QStringLiteral("Execution %1 is pending, so this step cannot be saved");
    QTest::newRow("attempt after the end") << all({start, end}) << startAttempt
                                           << QStringLiteral("Execution %1 is completed, so this step cannot be saved");
    QTest::newRow("attempt twice") << all({start, startAttempt}) << startAttempt
                                   << QStringLiteral("Execution %1 has an attempt 1 already");
    QTest::newRow("end without start") << start << endAttempt
                                       << QStringLiteral("Execution %1 has no running attempt 1");
    QTest::newRow("attempt ended twice") << all({start, startAttempt, endAttempt}) << endAttempt
                                         << QStringLiteral("Execution %1 has no running attempt 1");
    QTest::newRow("attempt ended after the execution")
        << all({start, startAttempt, end}) << endAttempt
        << QStringLiteral("Execution %1 is completed, so this step cannot be saved");
    QTest::newRow("unknown: start") << none << other(start) << QStringLiteral("Execution 99 not found");
    QTest::newRow("unknown: attempt") << none << other(startAttempt) << QStringLiteral("Execution 99 not found");
    QTest::newRow("unknown: attempt's end") << none << other(endAttempt) << QStringLiteral("Execution 99 not found");
    QTest::newRow("unknown: end") << none << other(end) << QStringLiteral("Execution 99 not found");
}

void TestExecutionStore::refusedSteps()
{
    QFETCH(Step, before);
    QFETCH(Step, step);
    QFETCH(QString, message);
    Fixture f;
    const ExecutionId id = f.create();
    QVERIFY(!before(f.store, id));
    const Result<Execution> unchanged = f.store.get(id);
    const std::optional<Error> error = step(f.store, id);
    QVERIFY(error);
    QCOMPARE(error->text(), message.contains(u'%') ? message.arg(id) : message);
    QVERIFY(error->code == ErrorCode::Conflict || error->code == ErrorCode::NotFound);
    QVERIFY(*f.store.get(id) == *unchanged);
    QCOMPARE(wrongTotals(f.database), QString());
}

void TestExecutionStore::refusedStepLeavesNothing()
{
    Fixture f;
    const ExecutionId id = f.running();
    VERIFY_OK(f.store.attemptStarted(attemptStart(id, 1, step1)));
    // The end alone would do; the next attempt has a number that is taken.
    QVERIFY(!f.store.attemptEnded(attemptEnd(id, 1), attemptStart(id, 1, step2)).ok());
    QCOMPARE(word(f.store.taskExecutions(id)->first().status), word(TaskStatus::Running));
    // The execution's end alone would do; the attempt is unknown.
    QVERIFY(!f.store.executionEnded(attemptEnd(id, 2), executionEnd(id)).ok());
    QCOMPARE(word(f.store.get(id)->status), word(ExecutionStatus::Running));
}

void TestExecutionStore::endsAfterWhatWasKept_data()
{
    QTest::addColumn<int>("kept");
    QTest::addColumn<int>("last");
    QTest::addColumn<QString>("attempts");
    const QString both = QStringLiteral("success, cancelled: The execution ended before this task did.");
    QTest::newRow("the end of the last one, and the next") << 2 << 1 << both;
    QTest::newRow("the same, for who does not know either") << 2 << 0 << both;
    QTest::newRow("the end of the last one alone") << 1 << 1 << QStringLiteral("success");
    QTest::newRow("the start of the last one alone")
        << 0 << 0 << QStringLiteral("cancelled: The execution ended before this task did.");
}

/// Who was told that nobody knows whether a step was saved ends the execution with what he knows: it must not go on for
/// ever where the step was saved.
void TestExecutionStore::endsAfterWhatWasKept()
{
    QFETCH(int, kept);
    QFETCH(int, last);
    QFETCH(QString, attempts);
    Fixture f;
    const ExecutionId id = f.running();
    VERIFY_OK(f.store.attemptStarted(attemptStart(id, 1, step1)));
    if (kept > 0)
        VERIFY_OK(f.store.attemptEnded(attemptEnd(id, 1, 7),
                                       kept > 1 ? std::optional(attemptStart(id, 2, step2)) : std::nullopt));
    AttemptEnd unsure = attemptEnd(id, 1);
    unsure.status = TaskStatus::Failure;
    VERIFY_OK(f.store.executionEnded(last > 0 ? std::optional(unsure) : std::nullopt,
                                     executionEnd(id, ExecutionStatus::Failure)));
    QCOMPARE(word(f.store.get(id)->status), word(ExecutionStatus::Failure));
    QStringList found;
    const QList<TaskExecution> tasks = f.store.taskExecutions(id).value();
    for (const TaskExecution &attempt : tasks) {
        found << word(attempt.status) +
                     (attempt.errorMessage.isEmpty() ? QString() : QStringLiteral(": ") + attempt.errorMessage);
        QVERIFY(attempt.completedAt);
    }
    QCOMPARE(found.join(QStringLiteral(", ")), attempts);
    QCOMPARE(inspect(*f.database).value(), QStringList());
}

void TestExecutionStore::otherOwner()
{
    Fixture f;
    ExecutionStore other(*f.database, QStringLiteral("other"));
    const ExecutionId id = f.create();
    const QString message = QStringLiteral("Execution %1 is run by another program").arg(id);
    QCOMPARE(other.executionStarted(id, at(0)).error().text(), message);
    VERIFY_OK(f.store.executionStarted(id, at(0)));
    QCOMPARE(other.attemptStarted(attemptStart(id, 1, step1)).error().text(), message);
    VERIFY_OK(f.store.attemptStarted(attemptStart(id, 1, step1)));
    QCOMPARE(other.attemptEnded(attemptEnd(id, 1), {}).error().text(), message);
    QCOMPARE(other.executionEnded({}, executionEnd(id)).error().code, ErrorCode::Conflict);
    VERIFY_OK(other.get(id));
    VERIFY_OK(f.store.executionEnded(attemptEnd(id, 1), executionEnd(id)));
}

void TestExecutionStore::deletedWhileItRuns()
{
    Fixture f;
    const ExecutionId id = f.running();
    VERIFY_OK(f.store.attemptStarted(attemptStart(id, 1, step1, true)));
    VERIFY_OK(f.flows.remove(a));
    const QString message = QStringLiteral("Execution %1 not found").arg(id);
    QCOMPARE(f.store.attemptEnded(attemptEnd(id, 1), attemptStart(id, 2, step2)).error().text(), message);
    QCOMPARE(f.store.executionEnded(attemptEnd(id, 1), executionEnd(id)).error().text(), message);
    f.store.appendLog({{id, at(1), TaskLogged{step1, LogLevel::Info, QStringLiteral("late")}}});
    QCOMPARE(f.store.log(id).error().text(), message);
    QCOMPARE(f.database.one(QStringLiteral("SELECT count(*) FROM execution_logs")), QStringLiteral("0"));
    QCOMPARE(wrongTotals(f.database), QString());
}

void TestExecutionStore::idsAreNotUsedAgain()
{
    Fixture f;
    const ExecutionId before = f.create();
    VERIFY_OK(f.flows.remove(a));
    VERIFY_OK(f.flows.create(chain(a)));
    QVERIFY(f.create() > before);
}

void TestExecutionStore::resumesNothingThatIsGone()
{
    Fixture f;
    const ExecutionId old = f.running();
    VERIFY_OK(f.store.attemptStarted(attemptStart(old, 1, step1)));
    VERIFY_OK(f.store.executionEnded(attemptEnd(old, 1), executionEnd(old)));
    Execution resumed;
    resumed.flowId = a;
    resumed.revision = f.revision;
    resumed.resumedFrom = old;
    const Result<Execution> made = f.store.create(resumed, {.reusedUpTo = 1});
    VERIFY_OK(made);
    QCOMPARE(f.store.taskExecutions(made->id)->size(), 1);
    VERIFY_OK(f.database.execute(QStringLiteral("DELETE FROM flow_executions WHERE id = %1").arg(old)));
    const Result<Execution> late = f.store.create(resumed, {.reusedUpTo = 1});
    QVERIFY(!late);
    QCOMPARE(late.error().text(), QStringLiteral("Execution %1 not found").arg(old));
    QCOMPARE(f.database.one(QStringLiteral("SELECT count(*) FROM flow_executions")), QStringLiteral("1"));
}

void TestExecutionStore::startsForAnother_data()
{
    QTest::addColumn<QString>("owner");
    QTest::addColumn<QString>("status");
    QTest::addColumn<QString>("refusal"); ///< empty: it starts
    const QString others = QStringLiteral("Execution 1 is run by another program");
    const QString stands = QStringLiteral("Execution 1 is %1, so this step cannot be saved");
    QTest::newRow("it runs") << "me"
                             << "running"
                             << "";
    QTest::newRow("it runs in another program") << "other"
                                                << "running" << others;
    QTest::newRow("it was left and waits for a program") << ""
                                                         << "pending" << others;
    QTest::newRow("it is paused") << ""
                                  << "paused" << others;
    for (const char *status : {"pending", "completed", "failure", "cancelled", "interrupted"})
        QTest::newRow(status) << "me" << status << stands.arg(QLatin1StringView(status));
    QTest::newRow("it is gone") << ""
                                << "" << QStringLiteral("Execution 1 not found");
}

/// Only who owns an execution that runs may start others for it.
void TestExecutionStore::startsForAnother()
{
    QFETCH(QString, owner);
    QFETCH(QString, status);
    QFETCH(QString, refusal);
    Fixture f;
    QCOMPARE(f.running(), ExecutionId(1));
    VERIFY_OK(f.database.execute(
        status.isEmpty()
            ? QStringLiteral("DELETE FROM flow_executions")
            : QStringLiteral("UPDATE flow_executions SET owner = '%1', status = '%2'").arg(owner, status)));
    Execution child{.flowId = a, .revision = f.revision, .inputContext = {}};
    child.parent = ExecutionParent{1, 1, 0};
    const Result<Execution> made = f.store.create(child, {});
    QCOMPARE(made ? QString() : made.error().text(), refusal);
    const QString children = QStringLiteral("SELECT count(*) FROM flow_executions WHERE parent_id = 1");
    QCOMPARE(f.database.one(children), QString::number(refusal.isEmpty() ? 1 : 0));
    if (!refusal.isEmpty())
        QVERIFY(made.error().code == (status.isEmpty() ? ErrorCode::NotFound : ErrorCode::Conflict));
}

QTEST_GUILESS_MAIN(TestExecutionStore)
#include "tst_execution_store.moc"
