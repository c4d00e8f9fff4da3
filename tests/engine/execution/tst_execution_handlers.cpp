// SPDX-License-Identifier: GPL-3.0-or-later
#include "recording.h"
#include "script.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;
using namespace std::chrono_literals;

/// The failure task and the final task of a flow, however its main part ends, by the engine.
class TestExecutionHandlers : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void run_data();
    void run();
    void loopsLeaveTheFinalTaskItsSteps();
    void forcedFailureIsTheLastWord();
    void reenteredAttemptKeepsItsTime();
    void sleepsAndGoesOn();
    void wishComesWhileItGoesToSleep();
};

namespace {

/// With a cancel that counts: the second ends what runs at the end as well.
struct Bench
{
    FakeClock clock;
    Script script;
    Log log;
    RecordingJournal journal{log};
    TaskRegistry registry;
    CancelSource cancel;
    CancelSource abort;
    std::shared_ptr<ExecutionSteering> steering = std::make_shared<ExecutionSteering>();
    QList<ExecutionEvent> events;

    explicit Bench(const QString &words)
        : script(words, &clock)
        , registry(script.registry())
    {
        script.onCancel = [this] {
            if (cancel.token().isCancelled())
                abort.cancel();
            cancel.cancel();
        };
    }
    ExecutionOutcome run(const Flow &flow, const ExecutionLimits &limits, const ExecutionPosition &position = {},
                         const ExecutionControls &controls = {})
    {
        FlowEngine engine(registry, journal, clock, [this](const ExecutionEvent &event) { events << event; });
        return engine.run({.id = 7,
                           .flow = flow,
                           .limits = limits,
                           .position = position,
                           .controls = controls,
                           .cancel = cancel.token(),
                           .abort = abort.token(),
                           .steering = steering});
    }
};

} // namespace

void TestExecutionHandlers::run_data()
{
    QTest::addColumn<QString>("handlers"); // f: failure task f, z: final task z
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("expected");
    const auto row = [](const char *name, const char *handlers, const char *script, const char *expected) {
        QTest::newRow(name) << QString::fromUtf8(handlers) << QString::fromUtf8(script) << QString::fromUtf8(expected);
    };
    row("all is well", "fz", "", "a#1 success c0+ b; b#1 success - z; z#1 success - end; completed");
    row("failure in main", "fz", "a=fail(no)",
        "a#1 failure(no) - f; f#1 success - g; g#1 success - z; z#1 success - end; failure a: no");
    row("failure task only", "f", "b=fail(no)",
        "a#1 success c0+ b; b#1 failure(no) - f; f#1 success - g; g#1 success - end; failure b: no");
    row("failure in the failure task", "fz", "a=fail(no) f=fail(bad)",
        "a#1 failure(no) - f; f#1 failure(bad) - z; z#1 success - end; failure a: no");
    row("failure in the final task", "fz", "z=fail(bad)",
        "a#1 success c0+ b; b#1 success - z; z#1 failure(bad) - end; failure z: bad");
    row("failure everywhere", "fz", "a=fail(no) f=fail(bad) z=fail(worse)",
        "a#1 failure(no) - f; f#1 failure(bad) - z; z#1 failure(worse) - end; failure a: no");
    row("cancelled", "fz", "a=cancel",
        "a#1 cancelled(Task 'a' was cancelled) - z; z#1 success - end; cancelled a: Flow "
        "'Test' was cancelled while task 'a' was running");
    row("cancelled, no final task", "f", "a=cancel",
        "a#1 cancelled(Task 'a' was cancelled) - ?; cancelled a: Flow 'Test' was cancelled while task 'a' was running");
    row("cancelled twice", "z", "a=cancel z=cancel",
        "a#1 cancelled(Task 'a' was cancelled) - z; z#1 cancelled(Task 'z' was cancelled) - ?; cancelled a: Flow "
        "'Test' "
        "was cancelled while task 'a' was running");
    row("cancelled, then the final task fails", "z", "a=cancel z=fail(bad)",
        "a#1 cancelled(Task 'a' was cancelled) - z; z#1 failure(bad) - end; cancelled a: Flow 'Test' was cancelled "
        "while "
        "task 'a' was running");
    row("cancelled in the failure task", "fz", "a=fail(no) f=cancel",
        "a#1 failure(no) - f; f#1 cancelled(Task 'f' was cancelled) - z; z#1 success - end; failure a: no");
    row("cancelled twice in there", "fz", "a=fail(no) f=cancel z=cancel",
        "a#1 failure(no) - f; f#1 cancelled(Task 'f' was cancelled) - z; z#1 cancelled(Task 'z' was cancelled) - ?; "
        "failure a: no");
    row("cancelled in the final task", "z", "z=cancel",
        "a#1 success c0+ b; b#1 success - z; z#1 success - end; completed");
    row("task's time", "fz", "a=long(400)",
        "a#1 failure(Task 'a' did not end within its time limit of 300 s) - f; f#1 success - g; g#1 success - z; z#1 "
        "success - end; failure a: Task 'a' did not end within its time limit of 300 s");
    row("flow's time", "fz", "a=long(5000)",
        "a#1 failure(Flow 'Test' did not end within its time limit of 3600 s; it had come to task 'a') - f; f#1 "
        "success - "
        "g; g#1 success - z; z#1 success - end; failure a: Flow 'Test' did not end within its time limit of 3600 s; it "
        "had "
        "come to task 'a'");
}

void TestExecutionHandlers::run()
{
    QFETCH(QString, handlers);
    QFETCH(QString, script);
    QFETCH(QString, expected);
    Flow flow = flowOf(QStringLiteral("a b f g z"), QStringLiteral("a success b; f success g"));
    flow.failureTask = handlers.contains(u'f') ? QStringLiteral("f") : QString();
    flow.finalTask = handlers.contains(u'z') ? QStringLiteral("z") : QString();
    Bench bench(script);
    bench.run(flow, {});
    // Which condition was asked in vain is not what this is about.
    QString summary = summaryOf(bench.events);
    summary.replace(QStringLiteral(" c0- "), QStringLiteral(" - "))
        .replace(QStringLiteral(" c1+ "), QStringLiteral(" - "));
    summary.replace(QStringLiteral(" c1- "), QStringLiteral(" - "));
    QCOMPARE(summary, expected);
}

/// A failure task that leads to itself for ever.
void TestExecutionHandlers::loopsLeaveTheFinalTaskItsSteps()
{
    Flow flow = flowOf(QStringLiteral("a f z"), QStringLiteral("f any f"));
    flow.failureTask = QStringLiteral("f");
    flow.finalTask = QStringLiteral("z");
    Bench bench(QStringLiteral("a=fail(no)"));
    const ExecutionOutcome outcome = bench.run(flow, {.steps = 2, .endingSteps = 3});
    QCOMPARE(outcome.totalTasksExecuted, 6); // a, f four times, z
    QCOMPARE(outcome.error, QStringLiteral("no"));
    QCOMPARE(bench.log.lines().filter(QStringLiteral("6 z#1")).size(), 1);
}

/// Another attempt would be a real one, and somebody has just said that there is to be none.
void TestExecutionHandlers::forcedFailureIsTheLastWord()
{
    const Flow flow = flowOf(QStringLiteral("a,retry=3"));
    Bench bench(QString{});
    const ExecutionOutcome outcome =
        bench.run(flow, {}, {}, {.passesFirst = true, .forced = TaskResult::failure(QStringLiteral("said so"))});
    QCOMPARE(outcome.totalTasksExecuted, 1);
    QCOMPARE(outcome.error, QStringLiteral("said so"));
}

/// Its limit and its duration count what it took before the pause, too; the pause itself does not count.
void TestExecutionHandlers::reenteredAttemptKeepsItsTime()
{
    Flow flow = flowOf(QStringLiteral("a b"), QStringLiteral("a success b"));
    flow.tasks[1].timeoutSeconds = 5;
    for (const int seconds : {2, 4}) {
        Bench bench(QStringLiteral("b=long(%1)").arg(seconds));
        ExecutionPosition position{.activeSeconds = 10, .heldSeconds = 12};
        position.attempts = {{.taskName = QStringLiteral("a"), .status = TaskStatus::Success},
                             {.taskName = QStringLiteral("b"), .sequenceNumber = 2}};
        bench.run(flow, {}, position);
        const auto finished = std::find_if(bench.events.begin(), bench.events.end(), [](const ExecutionEvent &event) {
            return std::holds_alternative<TaskFinished>(event.what);
        });
        QVERIFY(finished != bench.events.end());
        const TaskFinished &end = std::get<TaskFinished>(finished->what);
        QCOMPARE(end.durationSeconds, seconds + 2.0);
        QCOMPARE(toString(end.status), seconds == 2 ? QStringLiteral("success") : QStringLiteral("failure"));
    }
}

/// A wait that is longer than a thread is kept for.
void TestExecutionHandlers::sleepsAndGoesOn()
{
    const Flow flow = flowOf(QStringLiteral("a,retry=3,delay=10"));
    const ExecutionLimits limits{.longestWait = 1s};
    Bench bench(QStringLiteral("a=fail(no)"));
    const ExecutionOutcome asleep = bench.run(flow, limits);
    QVERIFY(asleep.suspended == ExecutionOutcome::Suspended::Sleeping);
    QCOMPARE(asleep.wakeAfter, std::chrono::nanoseconds(10s));
    QCOMPARE(bench.log.lines().last(), QStringLiteral("commit 1 failure(no)"));

    AttemptRecord failed{.taskName = QStringLiteral("a"), .status = TaskStatus::Failure, .error = QStringLiteral("no")};
    failed.retryAt = bench.clock.now() + 10s;
    bench.clock.advance(4s); // woken too early, it sleeps for the rest
    const ExecutionOutcome again = bench.run(flow, limits, {.attempts = {failed}});
    QVERIFY(again.suspended == ExecutionOutcome::Suspended::Sleeping);
    QCOMPARE(again.wakeAfter, std::chrono::nanoseconds(6s));
    bench.clock.advance(6s);
    const ExecutionOutcome over = bench.run(flow, limits, {.attempts = {failed}});
    QVERIFY(over.suspended == ExecutionOutcome::Suspended::No);
    QCOMPARE(toString(over.status), QStringLiteral("completed"));
    QCOMPARE(over.totalTasksExecuted, 2);
}

/// A pause that is wanted while the end of an attempt is committed is not lost where it would sleep next.
void TestExecutionHandlers::wishComesWhileItGoesToSleep()
{
    Bench bench(QStringLiteral("a=fail(no)"));
    bench.journal.onCall = [&](int call) {
        if (call == 3) // the first attempt's end
            bench.steering->requestPause();
    };
    const ExecutionOutcome outcome = bench.run(flowOf(QStringLiteral("a,retry=3,delay=10")), {.longestWait = 1s});
    QVERIFY(outcome.suspended == ExecutionOutcome::Suspended::Paused);
    QCOMPARE(bench.log.lines().last(), QStringLiteral("commit paused before a"));
}

QTEST_GUILESS_MAIN(TestExecutionHandlers)
#include "tst_execution_handlers.moc"
