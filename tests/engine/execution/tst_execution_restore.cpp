// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_state.h"
#include "state_words.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"

#include <QJsonDocument>

using namespace flow;
using namespace flow::test;
using namespace std::chrono_literals;

/// Where an execution goes on, by what its journal says and what a person wants of it.
class TestExecutionRestore : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void goesOn_data();
    void goesOn();
    void contextComesBack_data();
    void contextComesBack();
    void beginsElsewhere_data();
    void beginsElsewhere();
    void decidesAfterWhatWasTakenOver_data();
    void decidesAfterWhatWasTakenOver();
    void clockWasSetBack();
    void timeBeforeCounts();
    void limitPassesInAWait();
    void stepsBeforeCount();
    void handlersGoOn_data();
    void handlersGoOn();
};

namespace {

constexpr Timestamp noon{10'000s};

/// a leads to b, b is tried three times with ten seconds in between, c ends the flow.
Flow chain()
{
    return flowOf(QStringLiteral("a b,retry=3,delay=10 c"), QStringLiteral("a any b; b any c"));
}

ExecutionControls controlsOf(const QString &words)
{
    ExecutionControls controls;
    controls.passesFirst = words.contains(u"goes") || words.contains(u"step") || words.contains(u"forced");
    controls.pause = words.contains(u"step") || words.contains(u"pause");
    if (words.contains(u"forced"))
        controls.forced = TaskResult::success(7);
    if (words.contains(u"skip"))
        controls.skipReason = QStringLiteral("too many");
    if (words.contains(u"refused"))
        controls.refusal = QStringLiteral("does not fit");
    return controls;
}

CancelReason reasonOf(const QString &words)
{
    return words.contains(u"cancelled") ? CancelReason::Cancelled
           : words.contains(u"late")    ? CancelReason::FlowTimeLimit
                                        : CancelReason::None;
}

} // namespace

void TestExecutionRestore::goesOn_data()
{
    QTest::addColumn<QString>("attempts");
    QTest::addColumn<QString>("wish");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *attempts, const char *wish, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(attempts) << QString::fromUtf8(wish) << QString::fromUtf8(expected);
    };
    row("begins", "", "", "run 1 a#1");
    row("begins paused", "", "pause", "pause before a: Paused before task 'a'");
    row("goes on from a pause before the first", "", "step", "run 1 a#1");
    row("skipped", "", "skip", "cancelled: too many");
    row("refused", "", "refused", "failure: does not fit");
    row("cancelled before", "", "cancelled", "cancelled: Flow 'Test' was cancelled before it started");
    row("after a", "a#1 success -> b", "", "run 2 b#1");
    row("after a, paused", "a#1 success -> b", "pause", "pause before b: Paused before task 'b'");
    row("after a, step", "a#1 success -> b", "step", "run 2 b#1");
    row("after a, forced", "a#1 success -> b", "forced", "run 2 b#1 forced");
    row("after a, cancelled", "a#1 success -> b", "cancelled",
        "cancelled b: Flow 'Test' was cancelled before task 'b'");
    row("after a, too late", "a#1 success -> b", "late",
        "failure b: Flow 'Test' did not end within its time limit of 3600 s; it had come to task 'b'");
    row("lost", "a#1 success -> b; b#1 interrupted(?)", "", "run 3 b#2");
    row("lost twice", "a#1 interrupted(?); a#2 interrupted(?)", "", "run 3 a#3");
    row("lost, pause", "a#1 interrupted(?)", "pause", "pause before a: Paused before task 'a'");
    row("lost, step", "a#1 interrupted(?)", "step", "run 2 a#2");
    row("re-entered", "a#1 success -> b; b#1 running", "", "run 2 b#1 again");
    row("re-entered although cancelled", "a#1 running", "cancelled", "run 1 a#1 again");
    row("re-entered although paused", "a#1 running", "pause", "run 1 a#1 again");
    row("waits", "a#1 success -> b; b#1 failure(no) retry 10007", "", "wait b until 7");
    row("waited", "a#1 success -> b; b#1 failure(no) retry 9999", "", "run 3 b#2");
    row("waits, pause", "b#1 failure(no) retry 10007", "pause", "pause before b: Paused before task 'b'");
    row("waits, goes on", "b#1 failure(no) retry 10007", "goes", "wait b until 7");
    row("a step does not wait", "b#1 failure(no) retry 10007", "step", "run 2 b#2");
    row("a forced outcome does not wait", "b#1 failure(no) retry 10007", "forced", "run 2 b#2 forced");
    row("waits, cancelled", "b#1 failure(no) retry 10007", "cancelled",
        "cancelled b: Flow 'Test' was cancelled while it waited to try task 'b' again");
    row("at the end", "c#1 success -> end", "", "completed");
    row("at the end, failed", "c#1 failure(no) -> end", "goes", "failure c: no");
    row("at the end, step", "c#1 success -> end", "step", "completed");
    row("at the end, late", "c#1 success -> end", "late", "completed");
    row("at the end, cancelled", "c#1 success -> end", "cancelled",
        "cancelled c: Flow 'Test' was cancelled before its end");
    row("a task that is gone", "a#1 success -> x", "",
        "failure: Flow 'Test' starts with task 'x', which it does not have");
}

void TestExecutionRestore::goesOn()
{
    QFETCH(QString, attempts);
    QFETCH(QString, wish);
    QFETCH(QString, expected);
    const Flow flow = chain();
    ExecutionState state(flow, {}, {}, 1, {.attempts = attemptsOf(attempts)}, controlsOf(wish));
    QCOMPARE(said(state.begin(reasonOf(wish), noon), flow), expected);
}

void TestExecutionRestore::contextComesBack_data()
{
    QTest::addColumn<QString>("attempts");
    QTest::addColumn<QList<ContextEdit>>("edits");
    QTest::addColumn<QByteArray>("context");
    const QList<ContextEdit> none;
    const auto set = [](int after, const char *name, int value) {
        return ContextEdit{after, {{QString::fromUtf8(name), value}}, {}};
    };
    QTest::newRow("results") << QStringLiteral("a#1 success data 1 -> b; b#1 failure(no) retry 1") << none
                             << QByteArrayLiteral(R"({"a":{"data":1,"status":"success"},)"
                                                  R"("b":{"error":"no","status":"failure"},"x":0})");
    QTest::newRow("lost and cancelled ones have none")
        << QStringLiteral("a#1 interrupted(?); a#2 success -> b; b#1 cancelled(c) -> c") << none
        << QByteArrayLiteral(R"({"a":{"status":"success"},"x":0})");
    QTest::newRow("taken over") << QStringLiteral("reused a#1 success data 5 -> b") << none
                                << QByteArrayLiteral(R"({"a":{"data":5,"status":"success"},"x":0})");
    QTest::newRow("edited before the first") << QStringLiteral("a#1 success -> b") << QList{set(0, "x", 9)}
                                             << QByteArrayLiteral(R"({"a":{"status":"success"},"x":9})");
    QTest::newRow("an edit comes after what it changes")
        << QStringLiteral("a#1 success data 1 -> b") << QList{set(1, "a", 9)} << QByteArrayLiteral(R"({"a":9,"x":0})");
    QTest::newRow("and before what follows")
        << QStringLiteral("a#1 success data 1 -> a; a#1 success data 2 -> b") << QList{set(1, "a", 9)}
        << QByteArrayLiteral(R"({"a":{"data":2,"status":"success"},"x":0})");
    QTest::newRow("edits in their order")
        << QStringLiteral("a#1 success -> b")
        << QList{set(1, "x", 1), set(1, "x", 2), ContextEdit{1, {}, {QStringLiteral("a")}}}
        << QByteArrayLiteral(R"({"x":2})");
}

void TestExecutionRestore::contextComesBack()
{
    QFETCH(QString, attempts);
    QFETCH(QList<ContextEdit>, edits);
    QFETCH(QByteArray, context);
    const ExecutionState state(chain(), {{QStringLiteral("x"), 0}}, {}, 1,
                               {.attempts = attemptsOf(attempts), .edits = edits});
    QCOMPARE(QJsonDocument(state.context()).toJson(QJsonDocument::Compact), context);
}

void TestExecutionRestore::beginsElsewhere_data()
{
    QTest::addColumn<QString>("attempts");
    QTest::addColumn<bool>("singleTask");
    QTest::addColumn<QString>("first");
    QTest::addColumn<QString>("second");
    QTest::newRow("at b") << QString() << false << "run 1 b#1"
                          << "run 2 c#1";
    QTest::newRow("b alone") << QString() << true << "run 1 b#1"
                             << "completed";
    QTest::newRow("after taken over ones") << "reused a#1 success -> b" << false << "run 2 b#1"
                                           << "run 3 c#1";
}

void TestExecutionRestore::beginsElsewhere()
{
    QFETCH(QString, attempts);
    QFETCH(bool, singleTask);
    QFETCH(QString, first);
    QFETCH(QString, second);
    Flow flow = chain();
    flow.finalTask = singleTask ? QStringLiteral("a") : QString(); // which one alone does not need
    ExecutionState state(
        flow, {}, {}, 1,
        {.startTask = QStringLiteral("b"), .singleTask = singleTask, .attempts = attemptsOf(attempts)});
    QCOMPARE(said(state.begin(), flow), first);
    QCOMPARE(said(state.attemptEnded({.result = TaskResult::success()}, 1s).next, flow), second);
    QCOMPARE(state.attemptsEnded(), 1);
}

void TestExecutionRestore::decidesAfterWhatWasTakenOver_data()
{
    QTest::addColumn<QString>("attempts");
    QTest::addColumn<QString>("wish");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *attempts, const char *wish, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(attempts) << QString::fromUtf8(wish) << QString::fromUtf8(expected);
    };
    row("its condition had failed", "reused a#1 success data 1", "", "run 2 b#1");
    row("the failure task had run", "reused a#1 success data 1 -> f", "", "run 2 b#1");
    row("by its result", "reused a#1 success data 2", "", "completed");
    row("and pauses before the next", "reused a#1 success data 1", "pause", "pause before b: Paused before task 'b'");
    row("and goes on from there", "reused a#1 success data 1", "goes", "run 2 b#1");
    row("it failed, and is run again", "reused a#1 failure(no)", "", "run 2 a#1");
    row("it had led to itself", "reused a#1 success data 1 -> a", "", "run 2 a#1");
    row("it is run again after another", "reused b#1 success -> a", "", "run 2 a#1");
}

/// It takes up an execution in which a condition or a limit went wrong behind a task that did not.
void TestExecutionRestore::decidesAfterWhatWasTakenOver()
{
    QFETCH(QString, attempts);
    QFETCH(QString, wish);
    QFETCH(QString, expected);
    const Flow flow = flowOf(QStringLiteral("a b f"), QStringLiteral("a success {tasks.a.data == 1} b|end"));
    ExecutionState state(flow, {}, {}, 1, {.startTask = QStringLiteral("a"), .attempts = attemptsOf(attempts)},
                         controlsOf(wish));
    QCOMPARE(said(state.begin(reasonOf(wish), noon), flow), expected);
}

/// It waits as long as it was meant to, not until then by a clock that now shows an earlier time.
void TestExecutionRestore::clockWasSetBack()
{
    QList<AttemptRecord> attempts = attemptsOf(QStringLiteral("b#1 failure(no) retry 10007"));
    attempts.first().completedAt = Timestamp(9997s);
    for (const auto &[now, until] : {std::pair(Timestamp(10'003s), 4), {Timestamp(2'000s), 10}}) {
        const Flow flow = chain();
        ExecutionState state(flow, {}, {}, 1, {.attempts = attempts});
        QCOMPARE(said(state.begin(CancelReason::None, now), flow), QStringLiteral("wait b until %1").arg(until));
    }
}

/// Only the time in which it ran: not that of pauses.
void TestExecutionRestore::timeBeforeCounts()
{
    const Flow flow = chain();
    const ExecutionPosition position{.attempts = attemptsOf(QStringLiteral("a#1 success -> b"))};
    ExecutionState state(flow, {}, {}, 1, position);
    QCOMPARE(said(state.begin(CancelReason::None, noon, 3599s), flow), QStringLiteral("run 2 b#1"));
    QCOMPARE(said(state.attemptEnded({.result = TaskResult::success()}, 3600s).next, flow),
             QStringLiteral("failure c: Flow 'Test' did not end within its time limit of 3600 s; it had come to task "
                            "'c'"));
}

void TestExecutionRestore::limitPassesInAWait()
{
    const Flow flow = chain();
    const auto first = [&](const char *attempts, std::chrono::nanoseconds active) {
        ExecutionState state(flow, {}, {}, 1, {.attempts = attemptsOf(QString::fromLatin1(attempts))});
        return said(state.begin(CancelReason::None, noon, active), flow);
    };
    const char *waiting = "a#1 success -> b; b#1 failure(no) retry 10005";
    QCOMPARE(first(waiting, 3590s), QStringLiteral("wait b until 3595"));
    const QString late = first(waiting, 3600s);
    QVERIFY2(late.startsWith(QStringLiteral("failure b: Flow 'Test' did not end within its time limit of 3600 s")),
             qPrintable(late));
}

void TestExecutionRestore::stepsBeforeCount()
{
    const Flow flow = chain();
    const QString limited =
        QStringLiteral("failure c: Flow 'Test' has reached its step limit of 2; task 'c' would have "
                       "been next. Look for a loop that does not end");
    ExecutionState state(flow, {}, {.steps = 2}, 1,
                         {.attempts = attemptsOf(QStringLiteral("a#1 success -> b; b#1 success -> c"))});
    QCOMPARE(said(state.begin(), flow), limited);
    ExecutionState reused(flow, {}, {.steps = 2}, 1,
                          {.startTask = QStringLiteral("c"),
                           .attempts = attemptsOf(QStringLiteral("reused a#1 success -> b; reused b#1 success -> c"))});
    QCOMPARE(said(reused.begin(), flow), QStringLiteral("run 3 c#1"));
}

void TestExecutionRestore::handlersGoOn_data()
{
    QTest::addColumn<QString>("attempts");
    QTest::addColumn<ExecutionEnding>("ending");
    QTest::addColumn<QString>("wish");
    QTest::addColumn<QString>("expected");
    const ExecutionEnding failure{ExecutionPhase::Failure, ExecutionStatus::Failure, QStringLiteral("no"),
                                  QStringLiteral("a")};
    const ExecutionEnding final{ExecutionPhase::Final, ExecutionStatus::Completed, {}, {}};
    const ExecutionEnding stopped{ExecutionPhase::Final, ExecutionStatus::Cancelled, QStringLiteral("stop"),
                                  QStringLiteral("a")};
    QTest::newRow("failure task next") << "a#1 failure(no) -> f" << failure << "goes"
                                       << "run 2 f#1";
    QTest::newRow("failure task lost") << "a#1 failure(no) -> f; f#1 interrupted(?)" << failure << ""
                                       << "run 3 f#2";
    QTest::newRow("failure task ended") << "a#1 failure(no) -> f; f#1 success -> end" << failure << ""
                                        << "run 3 z#1";
    QTest::newRow("cancelled in there") << "a#1 failure(no) -> f; f#1 success -> g" << failure << "cancelled"
                                        << "run 3 z#1";
    QTest::newRow("final task next") << "a#1 success -> z" << final << "goes"
                                     << "run 2 z#1";
    QTest::newRow("final task ended") << "a#1 success -> z; z#1 success -> end" << final << ""
                                      << "completed";
    QTest::newRow("final task failed") << "a#1 success -> z; z#1 failure(bad) -> end" << final << ""
                                       << "failure z: bad";
    QTest::newRow("paused at the final task and cancelled") << "a#1 success -> z" << final << "cancelled"
                                                            << "cancelled z: Flow 'Test' was cancelled before task 'z'";
    QTest::newRow("what it ended with stays") << "a#1 cancelled(c) -> z; z#1 failure(bad) -> end" << stopped << ""
                                              << "cancelled a: stop";
    QTest::newRow("a cancelled one does not pause any more")
        << "a#1 cancelled(c) -> z; z#1 interrupted(?)" << stopped << "pause"
        << "run 3 z#2";
}

void TestExecutionRestore::handlersGoOn()
{
    QFETCH(QString, attempts);
    QFETCH(ExecutionEnding, ending);
    QFETCH(QString, wish);
    QFETCH(QString, expected);
    Flow flow = flowOf(QStringLiteral("a f g z"), QStringLiteral("f any g"));
    flow.failureTask = QStringLiteral("f");
    flow.finalTask = QStringLiteral("z");
    ExecutionState state(flow, {}, {}, 1, {.attempts = attemptsOf(attempts), .ending = ending}, controlsOf(wish));
    QCOMPARE(said(state.begin(reasonOf(wish), noon), flow), expected);
}

QTEST_GUILESS_MAIN(TestExecutionRestore)
#include "tst_execution_restore.moc"
