// SPDX-License-Identifier: GPL-3.0-or-later
#include "recipe.h"

#include "support/flow_builder.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

/// What the engine adds to the rules: the order of commits, effects and events, and what happens when the journal
/// fails.
class TestFlowEngine : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void orderOfCommits();
    void orderWithRetries();
    void journalFails_data();
    void journalFails();
    void journalFailsForGood();
    void cancelledAtEveryCommit();
    void cancelledInEveryEffect();
    void cancelledBeforeItStarts();
    void stampsAndDurations();
    void contextOfTheOutcome();
    void engineRunsAgain();
};

namespace {

const QString threeTasks = QStringLiteral("a b,retry=2 c");
const QString inARow = QStringLiteral("a success b|end; b success c|end");

QStringList text(std::initializer_list<const char *> lines)
{
    QStringList list;
    for (const char *line : lines)
        list << QString::fromUtf8(line);
    return list;
}

/// The task that every execution of these tests ends with.
ExecutionOrder orderOf(const QString &tasks, const QString &conditions, const CancelToken &cancel = {})
{
    return {.id = 7, .flow = flowOf(tasks, conditions), .revision = QStringLiteral("r1"), .cancel = cancel};
}

} // namespace

void TestFlowEngine::orderOfCommits()
{
    const Ran ran = runRecipe({QStringLiteral("a b"), QStringLiteral("a success b|end"), {}, {}, {}});
    QCOMPARE(ran.log, text({"commit started", "tell started", "commit 1 a#1", "tell 1 a#1", "run a#1",
                            "commit 1 success c0 -> b; 2 b#1", "tell 1 a#1 success c0+ b", "tell 2 b#1", "run b#1",
                            "commit 2 success -> end; completed", "tell 2 b#1 success - end", "tell completed"}));
}

void TestFlowEngine::orderWithRetries()
{
    const Ran ran =
        runRecipe({QStringLiteral("a,retry=3,delay=0.002,max=0.002"), {}, QStringLiteral("a=fail"), {}, {}});
    QCOMPARE(ran.log,
             text({"commit started", "tell started", "commit 1 a#1", "tell 1 a#1", "run a#1",
                   "commit 1 failure(a broke)", "tell 1 a#1 failure(a broke) - ?", "commit 2 a#2", "tell 2 a#2",
                   "run a#2", "commit 2 success -> end; completed", "tell 2 a#2 success - end", "tell completed"}));
}

void TestFlowEngine::journalFails_data()
{
    QTest::addColumn<int>("call");
    QTest::addColumn<QStringList>("log");
    QTest::newRow("the execution's start")
        << 1
        << text({"refuse started", "commit failure: The execution could not be stored: disk is full",
                 "tell failure: The execution could not be stored: disk is full"});
    QTest::newRow("the first attempt's start")
        << 2
        << text({"commit started", "tell started", "refuse 1 a#1",
                 "commit failure a: The execution could not be stored: disk is full",
                 "tell failure a: The execution could not be stored: disk is full"});
    QTest::newRow("the first attempt's end")
        << 3
        << text({"commit started", "tell started", "commit 1 a#1", "tell 1 a#1", "run a#1",
                 "refuse 1 success c0 -> b; 2 b#1",
                 "commit 1 success c0; failure a: The execution could not be stored: disk is full",
                 "tell 1 a#1 success c0+ ?", "tell failure a: The execution could not be stored: disk is full"});
    QTest::newRow("the execution's end")
        << 4
        << text({"commit started", "tell started", "commit 1 a#1", "tell 1 a#1", "run a#1",
                 "commit 1 success c0 -> b; 2 b#1", "tell 1 a#1 success c0+ b", "tell 2 b#1", "run b#1",
                 "refuse 2 success -> end; completed",
                 "commit 2 success; failure b: The execution could not be stored: disk is full",
                 "tell 2 b#1 success - ?", "tell failure b: The execution could not be stored: disk is full"});
}

void TestFlowEngine::journalFails()
{
    QFETCH(int, call);
    QFETCH(QStringList, log);
    FakeClock clock;
    Script script;
    Log lines;
    RecordingJournal journal(lines);
    journal.failFrom = journal.failTo = call;
    script.onRun = [&](const QString &task, int attempt) {
        lines.add(QStringLiteral("run %1#%2").arg(task).arg(attempt));
    };
    const TaskRegistry registry = script.registry();
    FlowEngine engine(registry, journal, clock, [&](const ExecutionEvent &event) { lines.add(lineOf(event)); });
    const ExecutionOutcome outcome = engine.run(orderOf(QStringLiteral("a b"), QStringLiteral("a success b|end")));
    QCOMPARE(lines.lines(), log);
    QCOMPARE(toString(outcome.status), toString(ExecutionStatus::Failure));
    QCOMPARE(outcome.error, QStringLiteral("The execution could not be stored: disk is full"));
}

/// Nothing can be stored any more from some call on: the execution ends, says why, and no effect happens after that.
void TestFlowEngine::journalFailsForGood()
{
    for (int from = 1; from <= 6; ++from) {
        FakeClock clock;
        Script script(QStringLiteral("b=fail"));
        Log lines;
        RecordingJournal journal(lines);
        journal.failFrom = from;
        journal.failTo = 1000;
        const TaskRegistry registry = script.registry();
        QList<ExecutionEvent> events;
        script.onRun = [&](const QString &, int) { QVERIFY(journal.calls() < from); };
        FlowEngine engine(registry, journal, clock, [&](const ExecutionEvent &event) { events << event; });
        const ExecutionOutcome outcome = engine.run(orderOf(threeTasks, inARow));
        QCOMPARE(toString(outcome.status), toString(ExecutionStatus::Failure));
        QCOMPARE(outcome.error, QStringLiteral("The execution could not be stored: disk is full"));
        QCOMPARE(journal.calls(), from + 1);
        QVERIFY(std::holds_alternative<ExecutionFinished>(events.last().what));
    }
}

void TestFlowEngine::cancelledAtEveryCommit()
{
    // Calls: 1 started, 2 a, 3 a -> b, 4 b again, 5 b -> c, 6 c -> end.
    for (int call = 1; call <= 6; ++call) {
        FakeClock clock;
        Script script(QStringLiteral("b=fail"));
        Log lines;
        RecordingJournal journal(lines);
        CancelSource cancel;
        int effects = 0;
        script.onRun = [&](const QString &, int) { ++effects; };
        journal.onCall = [&](int number) {
            if (number == call)
                cancel.cancel();
        };
        const TaskRegistry registry = script.registry();
        FlowEngine engine(registry, journal, clock, [&](const ExecutionEvent &event) { lines.add(lineOf(event)); });
        const ExecutionOutcome outcome = engine.run(orderOf(threeTasks, inARow, cancel.token()));
        // The last call commits the end: too late to cancel. Before it, no effect may follow.
        QCOMPARE(toString(outcome.status),
                 toString(call == 6 ? ExecutionStatus::Completed : ExecutionStatus::Cancelled));
        QCOMPARE(effects, std::max(call - 2, 0));
        QCOMPARE(journal.calls(), call == 6 ? 6 : std::max(call, 2) + 1);
        QVERIFY2(orderProblem(lines.lines()).isNull(), qPrintable(orderProblem(lines.lines())));
        if (call < 6) {
            const QString task = text({"a", "a", "b", "b", "c"}).at(call - 1);
            QCOMPARE(outcome.error, QStringLiteral("Flow 'Test' was cancelled while task '%1' was running").arg(task));
            QCOMPARE(outcome.errorTask, task);
        }
    }
}

void TestFlowEngine::cancelledInEveryEffect()
{
    for (int at = 1; at <= 4; ++at) {
        FakeClock clock;
        Script script(QStringLiteral("b=fail"));
        Log lines;
        RecordingJournal journal(lines);
        CancelSource cancel;
        int effects = 0;
        script.onRun = [&](const QString &, int) {
            if (++effects == at)
                cancel.cancel();
        };
        const TaskRegistry registry = script.registry();
        FlowEngine engine(registry, journal, clock, [&](const ExecutionEvent &event) { lines.add(lineOf(event)); });
        const ExecutionOutcome outcome = engine.run(orderOf(threeTasks, inARow, cancel.token()));
        QCOMPARE(toString(outcome.status), toString(ExecutionStatus::Cancelled));
        QCOMPARE(effects, at);
        QCOMPARE(outcome.totalTasksExecuted, at);
        QVERIFY2(orderProblem(lines.lines()).isNull(), qPrintable(orderProblem(lines.lines())));
        const QString task = text({"a", "b", "b", "c"}).at(at - 1);
        QCOMPARE(lines.lines().last(),
                 QStringLiteral("tell cancelled %1: Flow 'Test' was cancelled while task '%1' was running").arg(task));
    }
}

void TestFlowEngine::cancelledBeforeItStarts()
{
    FakeClock clock;
    Script script;
    Log lines;
    RecordingJournal journal(lines);
    CancelSource cancel;
    cancel.cancel();
    const TaskRegistry registry = script.registry();
    FlowEngine engine(registry, journal, clock, [&](const ExecutionEvent &event) { lines.add(lineOf(event)); });
    const ExecutionOutcome outcome = engine.run(orderOf(threeTasks, inARow, cancel.token()));
    QCOMPARE(lines.lines(), text({"commit cancelled: Flow 'Test' was cancelled before it started",
                                  "tell cancelled: Flow 'Test' was cancelled before it started"}));
    QCOMPARE(toString(outcome.status), toString(ExecutionStatus::Cancelled));
    QCOMPARE(outcome.totalTasksExecuted, 0);
}

void TestFlowEngine::stampsAndDurations()
{
    const Ran ran =
        runRecipe({QStringLiteral("a b"), QStringLiteral("a any b"), QStringLiteral("a=long(1.5) b=long(2)"), {}, {}});
    QStringList stamps;
    QList<double> durations;
    for (const ExecutionEvent &event : ran.events) {
        QCOMPARE(event.executionId, 7);
        stamps << toIso(event.at).mid(17);
        if (const auto *finished = std::get_if<TaskFinished>(&event.what))
            durations << finished->durationSeconds;
        else if (const auto *over = std::get_if<ExecutionFinished>(&event.what))
            durations << over->durationSeconds;
    }
    QCOMPARE(stamps, text({"30.000000", "30.000000", "31.500000", "31.500000", "33.500000", "33.500000"}));
    QCOMPARE(durations, (QList<double>{1.5, 2, 3.5}));
    QCOMPARE(ran.outcome.durationSeconds, 3.5);
}

void TestFlowEngine::contextOfTheOutcome()
{
    const Ran ran = runRecipe({QStringLiteral("a b c"),
                               QStringLiteral("a any b; b any c"),
                               QStringLiteral("a=data(2) b=both(3)"),
                               QJsonObject{{QStringLiteral("x"), 1}},
                               {}});
    const auto status = [](const char *word) { return QJsonValue(QString::fromUtf8(word)); };
    QCOMPARE(ran.outcome.context,
             (QJsonObject{{QStringLiteral("x"), 1},
                          {QStringLiteral("a"),
                           QJsonObject{{QStringLiteral("status"), status("success")}, {QStringLiteral("data"), 2}}},
                          {QStringLiteral("b"), QJsonObject{{QStringLiteral("status"), status("failure")},
                                                            {QStringLiteral("data"), 3},
                                                            {QStringLiteral("error"), QStringLiteral("partly")}}},
                          {QStringLiteral("c"), QJsonObject{{QStringLiteral("status"), status("success")}}}}));
    QCOMPARE(ran.outcome.totalTasksExecuted, 3);
}

void TestFlowEngine::engineRunsAgain()
{
    FakeClock clock;
    Script script(QStringLiteral("a=fail"));
    Log lines;
    RecordingJournal journal(lines);
    const TaskRegistry registry = script.registry();
    FlowEngine engine(registry, journal, clock, {});
    QCOMPARE(toString(engine.run(orderOf(QStringLiteral("a"), {})).status), toString(ExecutionStatus::Failure));
    QCOMPARE(toString(engine.run(orderOf(QStringLiteral("a"), {})).status), toString(ExecutionStatus::Completed));
}

QTEST_GUILESS_MAIN(TestFlowEngine)
#include "tst_flow_engine.moc"
