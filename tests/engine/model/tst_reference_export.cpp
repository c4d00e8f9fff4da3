// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/flows.h"
#include "support/flow_test.h"

using namespace flow;
using test::q;

class TestReferenceExport : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void conditions_data();
    void conditions();
    void dropsAdditionsAndSaysSo();
    void leavesReferenceFlowsAlone();
    void resultIsAlwaysAReferenceFlow();
};

namespace {

/// `name source outcome success failure`, one per condition.
QString told(const Flow &flow)
{
    QStringList lines;
    for (const Condition &c : flow.conditions)
        lines << QStringList{c.name, c.sourceTask, toString(c.outcome), c.targetTaskSuccess, c.targetTaskFailure}.join(
            u' ');
    return lines.join(q("; "));
}

Flow exported(const Flow &flow)
{
    return readFlowFile(exportForReference(flow).json).file.flow;
}

} // namespace

void TestReferenceExport::conditions_data()
{
    QTest::addColumn<QString>("conditions");
    QTest::addColumn<QString>("exported");
    QTest::addColumn<QString>("dropped");

    const auto row = [](const char *name, const char *conditions, const char *exported, const char *dropped) {
        QTest::newRow(name) << q(conditions) << q(exported) << q(dropped);
    };
    row("none", "", "", "");
    row("as in the reference", "a success b end; b failure a end", "c0 a success b end; c1 b failure a end", "");
    row("no failure target", "a success b", "c0 a success b end", "");
    row("failure, no failure target", "a failure b", "c0 a failure b end", "");
    row("any", "a any b", "c0 a any b end", "");
    row("success and failure", "a success b; a failure c", "c0 a success b c",
        "Task 'a': its conditions were joined into 'c0', which says the same.");
    row("failure and any", "a failure c; b any c; a any b", "c0 a success b c; c1 b any c end",
        "Task 'a': its conditions were joined into 'c0', which says the same.");
    row("success twice", "a success b; a success c", "c0 a success b end",
        "Task 'a': its conditions were joined into 'c0', which says the same.");
    row("joined up to a decision", "a success b; a success c b; a any c", "c0 a success b b",
        "Task 'a': its conditions were joined into 'c0', which says the same.");
    row("behind a decision", "a success b end; a any c", "c0 a success b end; c1 a any c end", "");
    row("expression", "a any b - x", "c0 a any b end",
        "Condition 'c0': the expression 'x' was left out; only the outcome counts.");
    row("switch", "a any b - x; a any c", "c0 a any b end; c1 a any c end",
        "Condition 'c0': the expression 'x' was left out; only the outcome counts.\n"
        "Task 'a': the reference will ask only the first of its conditions.");
}

void TestReferenceExport::conditions()
{
    QFETCH(QString, conditions);
    QFETCH(QString, exported);
    QFETCH(QString, dropped);
    Flow flow = test::flow(q("a b c"), conditions);
    for (Task &task : flow.tasks)
        task.type.clear();
    QCOMPARE(told(::exported(flow)), exported);
    QCOMPARE(exportForReference(flow).dropped.join(u'\n'), dropped);
}

void TestReferenceExport::dropsAdditionsAndSaysSo()
{
    Flow flow = test::flow(q("a b"), q("a success b end"));
    flow.tasks[0] = Task{.name = q("a"),
                         .type = q("delay"),
                         .config = QJsonObject{{q("seconds"), 1}},
                         .timeoutSeconds = 5,
                         .retry = RetryPolicy{3}};
    flow.tasks[1].type = q("b");
    flow.inputs = QJsonObject();
    const Flow inner = flow; // a map that held itself would never be freed
    flow.flows.insert(q("s"), inner);
    const ReferenceExport result = exportForReference(flow);
    QCOMPARE(result.dropped,
             (QStringList{
                 q("The description of the inputs was left out."),
                 q("The sub-flows were left out."),
                 q("Task 'a': the type 'delay' was left out; the reference will look for a task called 'a'."),
                 q("Task 'a': the time limit was left out."),
                 q("Task 'a': the retries were left out."),
             }));
    for (const char *field : {"\"type\"", "timeout_seconds", "retry", "inputs", "flows", "layout"})
        QVERIFY2(!result.json.contains(field), field);
    QVERIFY(result.json.contains("\"seconds\": 1"));
}

void TestReferenceExport::leavesReferenceFlowsAlone()
{
    const Flow flow = readFlowFile(test::exampleText(q("flow123"))).file.flow;
    const ReferenceExport result = exportForReference(flow);
    QCOMPARE(result.dropped, QStringList());
    QCOMPARE(result.json, writeFlowFile({flow, {}}));
}

/// For flows without expressions the export also does the same: after each result of each task it goes to the same
/// place.
void TestReferenceExport::resultIsAlwaysAReferenceFlow()
{
    for (quint32 seed = 1; seed <= 300; ++seed) {
        Flow flow = test::randomFlow(seed, 8);
        const bool plain = seed % 2 == 0;
        for (Condition &condition : flow.conditions) {
            if (plain)
                condition.when.clear();
        }
        const Flow result = exported(flow);
        QCOMPARE(text(flowFromJson(toJson(result)).errors), QString());
        const auto next = [](const Flow &in, const QString &task, Outcome outcome, bool onlyFirst) {
            for (const qsizetype i : in.conditionsOf(task)) {
                const Condition &condition = in.conditions[i];
                if (condition.outcome == Outcome::Any || condition.outcome == outcome)
                    return condition.targetTaskSuccess;
                if (!condition.targetTaskFailure.isEmpty() || onlyFirst)
                    return condition.targetTaskFailure;
            }
            return endTarget;
        };
        for (const Condition &condition : result.conditions)
            QVERIFY(!condition.targetTaskFailure.isEmpty() && condition.when.isEmpty());
        for (const Task &task : plain ? flow.tasks : QList<Task>()) {
            for (const Outcome outcome : {Outcome::Success, Outcome::Failure})
                QCOMPARE(next(result, task.name, outcome, true), next(flow, task.name, outcome, false));
        }
    }
}

QTEST_GUILESS_MAIN(TestReferenceExport)
#include "tst_reference_export.moc"
