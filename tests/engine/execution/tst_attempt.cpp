// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/flow_engine.h"
#include "recording.h"
#include "support/fake_clock.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

/// What a task is given for one attempt, and what of it the journal and the listener see.
class TestAttempt : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void settingsAreChecked();
    void defaultsAreFilledIn();
    void logAndProgress();
    void describesAndTouches();
};

namespace {

/// Hands what a task was given to the test.
class SeeingTask final : public BaseTask
{
public:
    explicit SeeingTask(std::function<TaskResult(TaskRun &)> see)
        : m_see(std::move(see))
    {
    }
    TaskResult execute(TaskRun &run) override { return m_see(run); }

private:
    std::function<TaskResult(TaskRun &)> m_see;
};

struct Seen
{
    ExecutionOutcome outcome;
    QList<ExecutionEvent> events;
    QList<AttemptStart> starts;
};

class KeepingJournal final : public ExecutionJournal
{
public:
    QList<AttemptStart> starts;

    Result<void> executionStarted(ExecutionId, Timestamp) override { return {}; }
    Result<void> attemptStarted(const AttemptStart &start) override
    {
        starts << start;
        return {};
    }
    Result<void> attemptEnded(const AttemptEnd &, const std::optional<AttemptStart> &next) override
    {
        if (next)
            starts << *next;
        return {};
    }
    Result<void> executionHeld(const std::optional<AttemptEnd> &, const ExecutionHold &) override { return {}; }
    Result<void> executionEnded(const std::optional<AttemptEnd> &, const ExecutionEnd &) override { return {}; }
};

Seen runSeeing(const TaskType &type, const Task &task, const std::function<TaskResult(TaskRun &)> &see)
{
    TaskRegistry registry;
    const Result<void> added = registry.add(type, [see] { return std::make_unique<SeeingTask>(see); });
    if (!added)
        qFatal("%s", qPrintable(added.error().text()));
    Flow flow = flowOf(QStringLiteral("a"));
    flow.tasks = {task};
    flow.startTask = task.name;
    FakeClock clock;
    KeepingJournal journal;
    Seen seen;
    FlowEngine engine(registry, journal, clock, [&](const ExecutionEvent &event) { seen.events << event; });
    seen.outcome = engine.run({.id = 1, .flow = flow});
    seen.starts = journal.starts;
    return seen;
}

TaskType strictType()
{
    return {
        .name = QStringLiteral("strict"),
        .description = QStringLiteral("Strict task"),
        .configSchema = {
            {QStringLiteral("type"), QStringLiteral("object")},
            {QStringLiteral("additionalProperties"), false},
            {QStringLiteral("properties"),
             QJsonObject{{QStringLiteral("n"), QJsonObject{{QStringLiteral("type"), QStringLiteral("integer")},
                                                           {QStringLiteral("default"), 4}}},
                         {QStringLiteral("word"), QJsonObject{{QStringLiteral("type"), QStringLiteral("string")}}}}}}};
}

} // namespace

void TestAttempt::settingsAreChecked()
{
    Task task{.name = QStringLiteral("a"), .type = QStringLiteral("strict"), .retry = RetryPolicy{.maxAttempts = 3}};
    task.config = QJsonObject{{QStringLiteral("n"), QStringLiteral("x")}, {QStringLiteral("wrod"), 1}};
    const Seen seen = runSeeing(strictType(), task, [](TaskRun &) {
        QTest::qFail("a task with wrong settings has run", __FILE__, __LINE__);
        return TaskResult::success();
    });
    QCOMPARE(seen.outcome.error,
             QStringLiteral("Task 'a' has wrong settings: config.n = \"x\": must be a whole number\n"
                            "config.wrod: is unknown; known: n, word"));
    QCOMPARE(seen.outcome.errorTask, QStringLiteral("a"));
    QCOMPARE(seen.outcome.totalTasksExecuted, 1);
}

void TestAttempt::defaultsAreFilledIn()
{
    QJsonObject config;
    Task task{.name = QStringLiteral("a"), .type = QStringLiteral("strict")};
    task.config = QJsonObject{{QStringLiteral("word"), QStringLiteral("w")}};
    const Seen seen = runSeeing(strictType(), task, [&](TaskRun &run) {
        config = run.config;
        return TaskResult::success();
    });
    QCOMPARE(config, (QJsonObject{{QStringLiteral("n"), 4}, {QStringLiteral("word"), QStringLiteral("w")}}));
    QCOMPARE(toString(seen.outcome.status), toString(ExecutionStatus::Completed));
}

void TestAttempt::logAndProgress()
{
    const Seen seen = runSeeing({.name = QStringLiteral("talks")}, {.name = QStringLiteral("talks")}, [](TaskRun &run) {
        run.log(LogLevel::Warning, QStringLiteral("hm"));
        run.progress(0.5, QStringLiteral("half"));
        run.progress(7, {});
        run.progress(-1, {});
        run.progress(qQNaN(), {});
        return TaskResult::success();
    });
    QStringList lines;
    for (const ExecutionEvent &event : seen.events)
        lines << lineOf(event);
    QCOMPARE(lines.join(u'\n'),
             QStringLiteral(
                 "tell started\ntell 1 talks#1\ntell talks warning: hm\ntell talks at 0.5 half\ntell talks at 1 \n"
                 "tell talks at 0 \ntell talks at 0 \ntell 1 talks#1 success - end\ntell completed"));
}

void TestAttempt::describesAndTouches()
{
    const auto ok = [](TaskRun &) { return TaskResult::success(); };
    TaskType type = strictType();
    Task task{.name = QStringLiteral("a"), .type = QStringLiteral("strict")};
    Seen seen = runSeeing(type, task, ok);
    QCOMPARE(seen.starts.first().taskDescription, QStringLiteral("Strict task"));
    QVERIFY(!seen.starts.first().touchesWorld);
    task.description = QStringLiteral("Mine");
    type.touches = Touch::Network;
    seen = runSeeing(type, task, ok);
    QCOMPARE(seen.starts.first().taskDescription, QStringLiteral("Mine"));
    QVERIFY(seen.starts.first().touchesWorld);
}

QTEST_GUILESS_MAIN(TestAttempt)
#include "tst_attempt.moc"
