// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/flows.h"
#include "model/execution_trace.h"
#include "support/flow_test.h"

using namespace flow;
using test::q;

class TestExecutionTrace : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void toldAgainCountsOnce();
    void folds_data();
    void folds();
    void followsProgress();
    void eventsAndRecordsAgree();
    void waitsForItsNextAttempt();
    void words();
};

namespace {

Timestamp at(int second)
{
    return Timestamp(std::chrono::seconds(second));
}

/// What happens in an execution, told once, as events and as records.
class Story
{
public:
    Story()
    {
        execution.id = 7;
        execution.flowId = q("f");
        tell(ExecutionQueued{q("f"), q("r")});
    }

    void start()
    {
        execution.status = ExecutionStatus::Running;
        execution.startedAt = at(++m_second);
        tell(ExecutionStarted{q("f"), q("r")});
    }

    void taskStarts(const QString &name, int attempt = 1)
    {
        TaskExecution record;
        record.executionId = 7;
        record.taskName = name;
        record.sequenceNumber = int(records.size()) + 1;
        record.attempt = attempt;
        record.status = TaskStatus::Running;
        record.startedAt = at(++m_second);
        records << record;
        tell(TaskStarted{name, record.sequenceNumber, attempt});
    }

    void taskEnds(TaskStatus status, const QString &next, const QString &error = {},
                  std::optional<Timestamp> retryAt = {})
    {
        TaskExecution &record = records.last();
        record.status = status;
        record.errorMessage = error;
        record.nextTask = next;
        record.retryAt = retryAt;
        record.durationSeconds = 0.5 * record.sequenceNumber;
        ++m_second;
        tell(TaskFinished{.taskName = record.taskName,
                          .sequenceNumber = record.sequenceNumber,
                          .attempt = record.attempt,
                          .status = status,
                          .error = error,
                          .durationSeconds = *record.durationSeconds,
                          .nextTask = next,
                          .retryAt = retryAt});
    }

    void end(ExecutionStatus status, const QString &error = {}, const QString &errorTask = {})
    {
        execution.status = status;
        execution.errorMessage = error;
        execution.errorTask = errorTask;
        execution.durationSeconds = ++m_second;
        tell(ExecutionFinished{status, error, errorTask, int(records.size()), double(m_second)});
    }

    void tell(const ExecutionEvent::What &what) { events << ExecutionEvent{7, at(m_second), what}; }

    ExecutionTrace folded() const
    {
        ExecutionTrace trace;
        for (const ExecutionEvent &event : events)
            trace.apply(event);
        return trace;
    }

    Execution execution;
    QList<TaskExecution> records;
    QList<ExecutionEvent> events;

private:
    int m_second = 0;
};

QString told(const ExecutionTrace &trace)
{
    QStringList parts{toString(trace.status)};
    for (auto it = trace.tasks.begin(); it != trace.tasks.end(); ++it)
        parts << QStringLiteral("%1 %2 x%3.%4").arg(it.key(), toString(it->status)).arg(it->visits).arg(it->attempt);
    for (auto it = trace.taken.begin(); it != trace.taken.end(); ++it)
        parts << QStringLiteral("%1>%2 x%3").arg(it.key().first, it.key().second).arg(it.value());
    return parts.join(q("; "));
}

} // namespace

void TestExecutionTrace::folds_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("trace");

    // One word per step: `.` execution starts, `a` task starts, `a*` another attempt, `+b` it succeeds and goes to b,
    // `-b` it fails and goes to b, `-` it fails and nothing follows, `c`/`i` after `!`: cancelled, interrupted; `=x`
    // the end.
    const auto row = [](const char *name, const char *script, const char *trace) {
        QTest::newRow(name) << q(script) << q(trace);
    };
    row("queued", "", "pending");
    row("started", ".", "running");
    row("first task runs", ". a", "running; a running x1.1; >a x1");
    row("one task", ". a +end =completed", "completed; a success x1.1; >a x1; a>end x1");
    row("two tasks", ". a +b b +end =completed", "completed; a success x1.1; b success x1.1; >a x1; a>b x1; b>end x1");
    row("failure", ". a -end =failure", "failure; a failure x1.1; >a x1; a>end x1");
    row("second attempt", ". a - a*2 +end =completed", "completed; a success x1.2; >a x1; a>end x1");
    row("waits for its second attempt", ". a -", "running; a failure x1.1; >a x1");
    row("loop", ". a +b b +a a +b b +end =completed",
        "completed; a success x2.1; b success x2.1; >a x1; a>b x2; b>a x1; b>end x1");
    row("loop with attempts", ". a - a*2 - a*3 +a a +end =completed",
        "completed; a success x2.1; >a x1; a>a x1; a>end x1");
    row("cancelled", ". a !cancelled =cancelled", "cancelled; a cancelled x1.1; >a x1");
    row("cancelled while queued", "=cancelled", "cancelled");
    row("interrupted", ". a +b b !interrupted =interrupted",
        "interrupted; a success x1.1; b interrupted x1.1; >a x1; a>b x1");
    row("step limit", ". a +a a +a a =failure", "failure; a running x3.1; >a x1; a>a x2");
}

void TestExecutionTrace::folds()
{
    QFETCH(QString, script);
    QFETCH(QString, trace);
    Story story;
    for (const QString &word : script.split(u' ', Qt::SkipEmptyParts)) {
        const QString rest = word.mid(1);
        switch (word.front().unicode()) {
        case u'.':
            story.start();
            break;
        case u'+':
            story.taskEnds(TaskStatus::Success, rest);
            break;
        case u'-':
            story.taskEnds(TaskStatus::Failure, rest.isEmpty() ? QString() : rest, q("no"));
            break;
        case u'!':
            story.taskEnds(taskStatusFromString(rest).value(), QString(), q("stopped"));
            break;
        case u'=':
            story.end(executionStatusFromString(rest).value(), q("why"), q("a"));
            break;
        default:
            story.taskStarts(word.left(1), rest.isEmpty() ? 1 : rest.mid(1).toInt());
        }
    }
    QCOMPARE(told(story.folded()), trace);
    const ExecutionTrace fromRecords = ExecutionTrace::fromRecords(story.execution, story.records);
    QCOMPARE(told(fromRecords), trace);
    QVERIFY(fromRecords == story.folded());
}

void TestExecutionTrace::followsProgress()
{
    Story story;
    story.start();
    story.taskStarts(q("a"));
    story.tell(TaskProgressed{q("a"), 0.25, q("a quarter")});
    story.tell(TaskLogged{q("a"), LogLevel::Info, q("hello")});
    QCOMPARE(story.folded().tasks[q("a")].progress, 0.25);
    QCOMPARE(story.folded().tasks[q("a")].progressText, q("a quarter"));
    QCOMPARE(story.folded().tasks[q("a")].startedAt, at(2));
    story.taskEnds(TaskStatus::Failure, q("end"), q("broken"));
    story.tell(TaskProgressed{q("a"), 0.5, q("late")}); // overtaken by the end
    const TaskTrace task = story.folded().tasks[q("a")];
    QCOMPARE(task.progress, -1.0);
    QVERIFY(task.progressText.isEmpty());
    QCOMPARE(task.error, q("broken"));
    QCOMPARE(task.durationSeconds, 0.5);
    story.taskStarts(q("a"));
    QVERIFY(story.folded().tasks[q("a")].error.isEmpty());
    QCOMPARE(story.folded().tasks[q("a")].durationSeconds, 0.0);
}

/// Random executions, watched at every moment: both ways to a trace give the same.
void TestExecutionTrace::eventsAndRecordsAgree()
{
    const QStringList names{q("a"), q("b"), q("c")};
    for (quint32 seed = 1; seed <= 500; ++seed) {
        QRandomGenerator random(seed);
        Story story;
        const auto check = [&] {
            QList<TaskExecution> shuffled = story.records;
            std::shuffle(shuffled.begin(), shuffled.end(), random);
            QVERIFY2(ExecutionTrace::fromRecords(story.execution, shuffled) == story.folded(),
                     qPrintable(QString::number(seed)));
        };
        check();
        story.start();
        QString next = names[random.bounded(3)];
        int attempt = 1;
        while (next != endTarget && story.records.size() < 20) {
            story.taskStarts(next, attempt);
            check();
            if (random.bounded(4) == 0) {
                story.taskEnds(TaskStatus::Failure, QString(), q("again"), at(99));
                ++attempt;
            } else {
                const QString name = next;
                next = random.bounded(6) == 0 ? endTarget : names[random.bounded(3)];
                story.taskEnds(random.bounded(2) == 0 ? TaskStatus::Success : TaskStatus::Failure, next, q("x"));
                attempt = 1;
            }
            check();
        }
        story.end(ExecutionStatus::Failure, q("limit"), next);
        check();
    }
}

void TestExecutionTrace::waitsForItsNextAttempt()
{
    Story story;
    story.start();
    story.taskStarts(q("a"));
    story.taskEnds(TaskStatus::Failure, QString(), q("no"), at(60));
    const auto retryAt = [&] { return story.folded().tasks.value(q("a")).retryAt; };
    QVERIFY(retryAt() == at(60));
    Story again = story;
    again.taskStarts(q("a"), 2);
    QVERIFY(!again.folded().tasks.value(q("a")).retryAt);
    story.end(ExecutionStatus::Cancelled);
    QVERIFY(!retryAt());
}

void TestExecutionTrace::words()
{
    const QStringList executions{q("pending"), q("running"),   q("paused"),     q("completed"),
                                 q("failure"), q("cancelled"), q("interrupted")};
    const QStringList tasks{q("pending"), q("running"), q("success"), q("failure"), q("cancelled"), q("interrupted")};
    for (int i = 0; i < executions.size(); ++i) {
        QCOMPARE(toString(ExecutionStatus(i)), executions[i]);
        QVERIFY(executionStatusFromString(executions[i]) == ExecutionStatus(i));
        QCOMPARE(isFinished(ExecutionStatus(i)), i >= 3);
    }
    for (int i = 0; i < tasks.size(); ++i) {
        QCOMPARE(toString(TaskStatus(i)), tasks[i]);
        QVERIFY(taskStatusFromString(tasks[i]) == TaskStatus(i));
    }
    QVERIFY(!executionStatusFromString(q("success")));
    QVERIFY(!taskStatusFromString(q("completed")));
    QVERIFY(!executionStatusFromString(q("Running")));
    QCOMPARE(toString(LogLevel::Debug), q("debug"));
    QCOMPARE(toString(LogLevel::Info), q("info"));
    QCOMPARE(toString(LogLevel::Warning), q("warning"));
    QCOMPARE(toString(LogLevel::Error), q("error"));
}

/// Events that come after the records have told the same, and an attempt that goes on after a pause.
void TestExecutionTrace::toldAgainCountsOnce()
{
    Story story;
    story.start();
    story.taskStarts(q("a"));
    story.taskEnds(TaskStatus::Success, q("b"));
    story.taskStarts(q("b"));
    const ExecutionTrace records = ExecutionTrace::fromRecords(story.execution, story.records);
    ExecutionTrace trace = records;
    for (const ExecutionEvent &event : story.events.sliced(1))
        trace.apply(event);
    QCOMPARE(trace.tasks[q("a")].visits, 1);
    QCOMPARE(toString(trace.tasks[q("a")].status), q("success"));
    QCOMPARE(trace.tasks[q("b")].visits, 1);
    QCOMPARE(trace.taken, records.taken);
}

QTEST_GUILESS_MAIN(TestExecutionTrace)
#include "tst_execution_trace.moc"
