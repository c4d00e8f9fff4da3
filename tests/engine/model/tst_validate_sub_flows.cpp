// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/issues_told.h"
#include "support/flow_test.h"
#include "tasks/task_registry.h"

using namespace flow;
using test::q;

namespace {

QJsonObject object(const QString &text)
{
    QJsonParseError error;
    const QJsonObject result = QJsonDocument::fromJson(QString(text).replace(u'\'', u'"').toUtf8(), &error).object();
    if (error.error != QJsonParseError::NoError)
        qFatal("not JSON: %s", qPrintable(text));
    return result;
}

/// `type {config}`
Task task(const QString &name, const QString &text)
{
    return {.name = name, .type = text.section(u' ', 0, 0), .config = object(text.section(u' ', 1))};
}

/// One task of that type and settings.
Flow running(const QString &text)
{
    Flow flow = test::flow(q("t"));
    flow.tasks[0] = task(q("t"), text);
    return flow;
}

QList<Issue> issuesOf(const Flow &flow)
{
    static const TaskTypes types = builtInTasks().types();
    return validate(flow, types);
}

/// Severity, rule, place and sentence of each, one a line.
QString toldFully(const QList<Issue> &issues)
{
    QStringList lines;
    for (const Issue &issue : issues)
        lines << test::told(issue) + q(": ") + issue.text;
    return lines.join(u'\n');
}

} // namespace

/// Tasks that run flows, and the sub-flows of their file.
class TestValidateSubFlows : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void inputs_data();
    void inputs();
    void inputsWithinSubFlows();
    void limitOfRuns();
    void counts_data();
    void counts();
};

void TestValidateSubFlows::inputs_data()
{
    QTest::addColumn<QString>("inputs"); ///< of the sub-flow `s`
    QTest::addColumn<QString>("task");
    QTest::addColumn<QString>("told");

    const auto row = [](const char *name, const char *inputs, const char *task, const char *told = "") {
        QTest::newRow(name) << q(inputs) << q(task) << q(told);
    };
    const auto wants = "{'required': ['must'], 'properties': {'must': {'type': 'integer', 'minimum': 3}}}";
    row("given", wants, "run_flow {'flow': 's', 'input': {'must': 3, 'more': 'x'}}");
    row("missing", wants, "run_flow {'flow': 's', 'input': {}}",
        "! sub-flow-input task:0.config.input.must: Task 't' does not give the sub-flow "
        "'s' the input 'must' that it needs. Add it to the task's input.");
    row("no input at all", wants, "run_flow {'flow': 's'}",
        "! sub-flow-input task:0.config.input.must: Task 't' does not give the sub-flow "
        "'s' the input 'must' that it needs. Add it to the task's input.");
    row("wrong type", wants, "run_flow {'flow': 's', 'input': {'must': 'x'}}",
        "! sub-flow-input task:0.config.input.must: Task 't' gives the sub-flow 's' an input that it does not take: "
        "must "
        "= \"x\": must be a whole number.");
    row("too small", wants, "run_flow {'flow': 's', 'input': {'must': 2}}",
        "! sub-flow-input task:0.config.input.must: Task 't' gives the sub-flow 's' an input that it does not take: "
        "must "
        "= 2: must be at least 3.");
    row("an expression", wants, "run_flow {'flow': 's', 'input': {'must': '${input.n}'}}");
    row("text around an expression", wants, "run_flow {'flow': 's', 'input': {'must': 'no. ${input.n}'}}",
        "! sub-flow-input task:0.config.input.must: Task 't' gives the sub-flow 's' an input that it does not take: "
        "must "
        "= \"no. ${input.n}\": must be a whole number.");
    row("an expression for all", wants, "run_flow {'flow': 's', 'input': '${input.all}'}");
    row("an expression names the flow", wants, "run_flow {'flow': '${input.flow}'}");
    row("a flow of the library", wants, "run_flow {'flow': 'elsewhere'}");
    row("a default", "{'required': ['n'], 'properties': {'n': {'default': 3}}}", "run_flow {'flow': 's'}");
    row("one of some lists", "{'properties': {'l': {'enum': [[1], [2]]}}}",
        "run_flow {'flow': 's', 'input': {'l': ['${input.n}']}}");
    row("a list for a text", "{'properties': {'l': {'type': 'string'}}}",
        "run_flow {'flow': 's', 'input': {'l': ['${input.n}']}}",
        "! sub-flow-input task:0.config.input.l: Task 't' gives the sub-flow 's' an input that it does not take: l = "
        "[\"${input.n}\"]: must be text.");

    row("for each item", wants, "for_each {'items': [1], 'flow': 's'}",
        "! sub-flow-input task:0.config.input.must: Task 't' does not give the sub-flow "
        "'s' the input 'must' that it needs. Add it to the task's input.");
    row("for no item", wants, "for_each {'items': [], 'flow': 's'}");
    row("the item and its number", "{'required': ['item', 'index'], 'properties': {'item': {'type': 'integer'}}}",
        "for_each {'items': '${input.rows}', 'flow': 's'}");
    row("no place for the item", "{'properties': {'index': {}}, 'additionalProperties': false}",
        "for_each {'items': '${input.rows}', 'flow': 's'}",
        "! sub-flow-input task:0.config.input.item: Task 't' gives the sub-flow 's' an input that it does not take: "
        "item: is unknown; known: index.");

    row("side by side", wants,
        "parallel {'flows': [{'flow': 's', 'input': {'must': 3}}, {'flow': 'x'}, {'flow': 's'}, '${input.third}']}",
        "! sub-flow-input task:0.config.flows[2].input.must: Task 't' does not give the sub-flow "
        "'s' the input 'must' that it needs. Add it to the task's input.");
    row("side by side, by an expression", wants, "parallel {'flows': '${input.flows}'}");
}

void TestValidateSubFlows::inputs()
{
    QFETCH(QString, inputs);
    QFETCH(QString, task);
    Flow flow = running(task);
    Flow inner = test::flow(q("x"));
    inner.inputs = object(inputs);
    flow.flows.insert(q("s"), inner);
    QTEST(toldFully(issuesOf(flow)), "told");
}

/// A sub-flow sees what stands beside it, and its own before that.
void TestValidateSubFlows::inputsWithinSubFlows()
{
    Flow wanting = test::flow(q("x"));
    wanting.inputs = object(q("{'required': ['must']}"));
    Flow flow = test::flow(q("a"));
    flow.flows = {{q("s"), wanting}, {q("caller"), running(q("run_flow {'flow': 's'}"))}};
    QCOMPARE(toldFully(issuesOf(flow)),
             q("! sub-flow-input flow.flows.caller: In sub-flow 'caller': Task 't' does not give the sub-flow "
               "'s' the input 'must' that it needs. Add it to the task's input."));
    flow.flows[q("caller")].flows.insert(q("s"), test::flow(q("x")));
    QCOMPARE(toldFully(issuesOf(flow)), QString());
}

/// It counts for what people start, and nobody but a task starts a sub-flow.
void TestValidateSubFlows::limitOfRuns()
{
    Flow inner = test::flow(q("x"));
    inner.concurrency = Concurrency{};
    QCOMPARE(toldFully(issuesOf(inner)), QString());
    Flow flow = test::flow(q("x"));
    flow.flows.insert(q("s"), inner);
    QCOMPARE(
        toldFully(issuesOf(flow)),
        q("~ idle-concurrency flow.flows.s: In sub-flow 's': The limit of its runs at once has no effect: runs that "
          "tasks start are not counted. Remove 'concurrency' here; a 'for_each' has a 'concurrency' of its own."));
}

void TestValidateSubFlows::counts_data()
{
    QTest::addColumn<QString>("task");
    QTest::addColumn<QString>("told");

    const auto row = [](const char *name, const char *task, const char *told = "") {
        QTest::newRow(name) << q(task) << q(told);
    };
    row("as many as there are", "parallel {'flows': [{'flow': 'x'}], 'wait_for': 'count', 'count': 1}");
    row("more than there are", "parallel {'flows': [{'flow': 'x'}], 'wait_for': 'count', 'count': 5}",
        "! bad-setting task:0.config.count: Settings of task 't': count: 5 flows have to complete, but there are only "
        "1.");
    row("the usual count of none", "parallel {'flows': [], 'wait_for': 'count'}",
        "! bad-setting task:0.config.count: Settings of task 't': count: 1 flows have to complete, but there are only "
        "0.");
    row("a count that does not matter", "parallel {'flows': [{'flow': 'x'}], 'count': 5}");
    row("any of none", "parallel {'flows': [], 'wait_for': 'any'}");
    row("an expression for the list", "parallel {'flows': '${input.flows}', 'wait_for': 'count', 'count': 5}");
    row("an expression for one", "parallel {'flows': ['${input.one}'], 'wait_for': 'count', 'count': 2}",
        "! bad-setting task:0.config.count: Settings of task 't': count: 2 flows have to complete, but there are only "
        "1.");
    row("an expression for the count", "parallel {'flows': [{'flow': 'x'}], 'wait_for': 'count', 'count': '${1 + 1}'}");
    row("an expression for what to wait for",
        "parallel {'flows': [{'flow': 'x'}], 'wait_for': '${input.w}', 'count': 5}");
    const QString many = QStringList(65, q("{'flow': 'x'}")).join(q(", "));
    QTest::newRow("too many")
        << QStringLiteral("parallel {'flows': [%1]}").arg(many)
        << q("! bad-setting task:0.config.flows: Settings of task 't': flows: There are 65 flows; "
             "a task runs at most 64 at the same time.");
}

void TestValidateSubFlows::counts()
{
    QFETCH(QString, task);
    QTEST(toldFully(issuesOf(running(task))), "told");
}

QTEST_GUILESS_MAIN(TestValidateSubFlows)
#include "tst_validate_sub_flows.moc"
