// SPDX-License-Identifier: GPL-3.0-or-later
#include "random_flow.h"
#include "routing_model.h"

#include "execution/flow_engine.h"
#include "execution/watchdog.h"
#include "recording.h"
#include "support/fake_clock.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

/// 10,000 random flows by the engine and by a simple model of the rules that shares no code with it.
class TestRandomFlows : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void engineAgreesWithModel();
    void flowsAreVaried();
};

void TestRandomFlows::engineAgreesWithModel()
{
    Watchdog watchdog;
    for (quint32 seed = 1; seed <= 10'000; ++seed) {
        const RandomFlow random(seed);
        const ModelRun expected = runModel(random);

        FakeClock clock;
        Log log;
        RecordingJournal journal(log);
        const RandomResults results(random);
        const TaskRegistry registry = results.registry();
        QList<ExecutionEvent> events;
        FlowEngine engine(
            registry, journal, clock, [&](const ExecutionEvent &event) { events << event; }, &watchdog);
        const ExecutionOutcome outcome =
            engine.run({.id = seed, .flow = random.flow, .input = random.input, .limits = {.steps = random.steps}});

        const QByteArray where = QByteArrayLiteral("seed ") + QByteArray::number(seed);
        QVERIFY2(summaryOf(events) == expected.summary,
                 qPrintable(QString::fromLatin1(where) + u'\n' + summaryOf(events) + u'\n' + expected.summary));
        QVERIFY2(outcome.context == expected.context, where.constData());
        QVERIFY2(outcome.totalTasksExecuted == expected.attempts, where.constData());
        QVERIFY2(results.contextsWereRight(), where.constData());
    }
}

/// Guards the generator: a test of 10,000 flows that all end at once would prove nothing.
void TestRandomFlows::flowsAreVaried()
{
    int completed = 0;
    int failed = 0;
    int limited = 0;
    int retried = 0;
    int longRuns = 0;
    int asked = 0;
    for (quint32 seed = 1; seed <= 2'000; ++seed) {
        const RandomFlow random(seed);
        const ModelRun run = runModel(random);
        completed += run.summary.endsWith(u"completed");
        failed += run.summary.contains(u"; failure t");
        limited += run.summary.contains(u"step limit");
        retried += run.summary.contains(u"#2 ");
        longRuns += run.attempts > 8;
        for (const Condition &condition : random.flow.conditions)
            asked += !condition.when.isEmpty();
    }
    for (const int count : {completed, failed, limited, retried, longRuns, asked})
        QVERIFY2(count > 100, qPrintable(QString::number(count)));
}

QTEST_GUILESS_MAIN(TestRandomFlows)
#include "tst_random_flows.moc"
