// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/retry_delay.h"
#include "state_words.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;
using namespace std::chrono_literals;

/// Where an execution pauses, and how a person goes on from there.
class TestExecutionBreakpoints : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void pausesAt_data();
    void pausesAt();
    void stepStopsAtTheLastCondition();
    void pauseBeforeRetry();
    void retryDelayStaysInItsBounds_data();
    void retryDelayStaysInItsBounds();
    void forcedOutcomeRoutes();
    void forcedOutcomeOfNoHandler();
    void cancelDoesNotPause();
};

namespace {

AttemptReport reportOf(const QString &word)
{
    if (word == u"cancel")
        return {.stopped = CancelReason::Cancelled};
    if (word == u"late")
        return {.stopped = CancelReason::FlowTimeLimit};
    return {.result = word == u"ok" ? TaskResult::success(5) : TaskResult::failure(QStringLiteral("no"))};
}

Breakpoint breakpointOf(const QString &words)
{
    const QString name = words.section(u' ', 0, 0);
    const bool isCondition = name.startsWith(u'c') && name.size() == 2;
    return {.task = isCondition ? QString() : name,
            .condition = isCondition ? name : QString(),
            .when = words.section(u' ', 1)};
}

} // namespace

void TestExecutionBreakpoints::pausesAt_data()
{
    QTest::addColumn<QString>("breakpoint");
    QTest::addColumn<QString>("results"); // of the attempts, in order
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *breakpoint, const char *results, const char *expected) {
        QTest::addRow("%s after %s", breakpoint, results)
            << QString::fromUtf8(breakpoint) << QString::fromUtf8(results) << QString::fromUtf8(expected);
    };
    // a: c0 leads to b when all is well, c1 to the end otherwise; b: c2 to a while input.more, otherwise to the end.
    row("a", "", "pause before a: Breakpoint before task 'a'");
    row("b", "", "run 1 a#1");
    row("b", "ok", "pause before b: Breakpoint before task 'b'");
    row("b", "fail", "run 2 f#1");
    row("b input.more", "ok", "pause before b: Breakpoint before task 'b'");
    row("b !input.more", "ok", "run 2 b#1");
    row("b tasks.a.data == 5", "ok", "pause before b: Breakpoint before task 'b'");
    row("b tasks.a.data == 6", "ok", "run 2 b#1");
    row("c0", "ok", "pause before b: Breakpoint on condition 'c0'");
    row("c0", "fail", "run 2 f#1");
    row("c1", "fail", "pause before end: Breakpoint on condition 'c1'");
    row("c1", "ok", "run 2 b#1");
    row("c2", "ok ok", "pause before a: Breakpoint on condition 'c2'");
    row("c2 tasks.b.status == 'failure'", "ok ok", "run 3 a#1");
    row("f execution.error == 'no'", "fail", "pause before f: Breakpoint before task 'f'");
    row("f", "late", "pause before f: Breakpoint before task 'f'");
    row("z", "fail ok", "pause before z: Breakpoint before task 'z'");
    row("z", "cancel", "run 2 z#1");
    row("x", "ok", "run 2 b#1");
}

void TestExecutionBreakpoints::pausesAt()
{
    QFETCH(QString, breakpoint);
    QFETCH(QString, results);
    QFETCH(QString, expected);
    Flow flow =
        flowOf(QStringLiteral("a b f z"), QStringLiteral("a success b; a failure end; b any {input.more} a|end"));
    flow.failureTask = QStringLiteral("f");
    flow.finalTask = QStringLiteral("z");
    ExecutionState state(flow, {{QStringLiteral("more"), true}}, {}, 1, {},
                         {.breakpoints = {breakpointOf(breakpoint)}});
    ExecutionState::Next next = state.begin();
    for (const QString &result : results.split(u' ', Qt::SkipEmptyParts)) {
        QVERIFY(std::holds_alternative<NextAttempt>(next));
        next = state.attemptEnded(reportOf(result), 1s).next;
    }
    QCOMPARE(said(next, flow), expected);
}

/// A single step has nothing left to stop there, the breakpoint has.
void TestExecutionBreakpoints::stepStopsAtTheLastCondition()
{
    const Flow flow = flowOf(QStringLiteral("a"), QStringLiteral("a any end"));
    for (const QString &name : {QStringLiteral("c0"), QStringLiteral("c1")}) {
        ExecutionState state(flow, {}, {}, 1, {},
                             {.breakpoints = {breakpointOf(name)}, .pause = true, .passesFirst = true});
        QCOMPARE(said(state.begin(), flow), QStringLiteral("run 1 a#1"));
        QCOMPARE(said(state.attemptEnded(reportOf(QStringLiteral("ok")), 1s).next, flow),
                 name == u"c0" ? QStringLiteral("pause before end: Breakpoint on condition 'c0'")
                               : QStringLiteral("completed"));
    }
}

/// A wish to pause does not wait for the end of a delay, and the delay is not forgotten.
void TestExecutionBreakpoints::pauseBeforeRetry()
{
    const Flow flow = flowOf(QStringLiteral("a,retry=3,delay=10"));
    ExecutionState state(flow, {}, {}, 1);
    QCOMPARE(said(state.begin(), flow), QStringLiteral("run 1 a#1"));
    state.setPause(true);
    const ExecutionStep step = state.attemptEnded(reportOf(QStringLiteral("fail")), 2s);
    QCOMPARE(said(step.next, flow), QStringLiteral("pause before a: Paused before task 'a'"));
    QCOMPARE(step.retryAt, std::optional<std::chrono::nanoseconds>(12s));
    QVERIFY(step.nextTask.isNull());
}

void TestExecutionBreakpoints::retryDelayStaysInItsBounds_data()
{
    QTest::addColumn<double>("jitter");
    QTest::addColumn<double>("maximum");
    QTest::addColumn<QList<double>>("middle"); // of the delay before each further attempt
    QTest::newRow("none") << 0.0 << 1000.0 << QList<double>{4, 8, 16, 32};
    QTest::newRow("a quarter") << 0.25 << 1000.0 << QList<double>{4, 8, 16, 32};
    QTest::newRow("all of it") << 1.0 << 1000.0 << QList<double>{4, 8, 16, 32};
    QTest::newRow("of the longest") << 0.5 << 10.0 << QList<double>{4, 8, 10, 10};
}

void TestExecutionBreakpoints::retryDelayStaysInItsBounds()
{
    QFETCH(double, jitter);
    QFETCH(double, maximum);
    QFETCH(QList<double>, middle);
    const RetryPolicy retry{
        .maxAttempts = 5, .delaySeconds = 4, .backoff = 2, .maxDelaySeconds = maximum, .jitter = jitter};
    for (int attempt = 1; attempt <= middle.size(); ++attempt) {
        const double centre = middle[attempt - 1];
        const double longest = std::min(centre * (1 + jitter), maximum);
        double least = 1e9;
        double most = 0;
        for (ExecutionId id = 1; id <= 1000; ++id) {
            const std::chrono::nanoseconds delay = retryDelay(retry, attempt, id);
            QCOMPARE(retryDelay(retry, attempt, id), delay); // whoever asks, also after a restart
            const double seconds = std::chrono::duration<double>(delay).count();
            least = std::min(least, seconds);
            most = std::max(most, seconds);
        }
        QVERIFY2(least >= centre * (1 - jitter) - 1e-6 && most <= longest + 1e-6,
                 qPrintable(QStringLiteral("%1 to %2").arg(least).arg(most)));
        // The whole range is used.
        QVERIFY(least <= centre * (1 - jitter) + 0.01 * centre);
        QVERIFY(most >= longest - 0.01 * centre);
    }
}

void TestExecutionBreakpoints::forcedOutcomeRoutes()
{
    const Flow flow = flowOf(QStringLiteral("a b c"), QStringLiteral("a success b; a failure c"));
    for (const bool good : {true, false}) {
        const TaskResult result = good ? TaskResult::success(5) : TaskResult::failure(QStringLiteral("said so"));
        ExecutionState state(flow, {}, {}, 1, {}, {.passesFirst = true, .forced = result});
        const ExecutionState::Next first = state.begin();
        QCOMPARE(said(first, flow), QStringLiteral("run 1 a#1 forced"));
        const ExecutionStep step = state.attemptEnded({.result = *std::get<NextAttempt>(first).forced}, 1s);
        QCOMPARE(said(step.next, flow), good ? QStringLiteral("run 2 b#1") : QStringLiteral("run 2 c#1"));
    }
}

/// What is said of a task that a limit keeps from running does not count for the one that runs instead.
void TestExecutionBreakpoints::forcedOutcomeOfNoHandler()
{
    Flow flow = flowOf(QStringLiteral("a b f"), QStringLiteral("a any b"));
    flow.failureTask = QStringLiteral("f");
    ExecutionState state(flow, {}, {.steps = 1}, 1, {.attempts = attemptsOf(QStringLiteral("a#1 success -> b"))},
                         {.passesFirst = true, .forced = TaskResult::success(5)});
    QCOMPARE(said(state.begin(), flow), QStringLiteral("run 2 f#1"));
}

/// The final task of one that was cancelled runs through, whatever pauses and breakpoints there are.
void TestExecutionBreakpoints::cancelDoesNotPause()
{
    Flow flow = flowOf(QStringLiteral("a z,retry=2,delay=5 y"), QStringLiteral("z any y"));
    flow.finalTask = QStringLiteral("z");
    ExecutionState state(flow, {}, {}, 1, {}, {.breakpoints = {breakpointOf(QStringLiteral("y"))}});
    state.begin();
    state.setPause(true);
    QCOMPARE(said(state.attemptEnded(reportOf(QStringLiteral("cancel")), 1s).next, flow), QStringLiteral("run 2 z#1"));
    QCOMPARE(said(state.attemptEnded(reportOf(QStringLiteral("fail")), 2s).next, flow),
             QStringLiteral("wait z until 7"));
    QCOMPARE(said(state.pauseEnded(7s), flow), QStringLiteral("run 3 z#2"));
    QCOMPARE(said(state.attemptEnded(reportOf(QStringLiteral("ok")), 8s).next, flow), QStringLiteral("run 4 y#1"));
    QCOMPARE(said(state.attemptEnded(reportOf(QStringLiteral("ok")), 9s).next, flow),
             QStringLiteral("cancelled a: Flow 'Test' was cancelled while task 'a' was running"));
}

QTEST_GUILESS_MAIN(TestExecutionBreakpoints)
#include "tst_execution_breakpoints.moc"
