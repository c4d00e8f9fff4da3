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

QList<Issue> issuesOf(const Flow &flow, const LibraryFlows *library = nullptr)
{
    static const TaskTypes types = builtInTasks().types();
    return validate(flow, types, library);
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
    void calledFlows_data();
    void calledFlows();
    void calledFlowsAreMended();
    void calledFlowsWithinSubFlows();
    void limitOfRuns();
    void circles_data();
    void circles();
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

void TestValidateSubFlows::calledFlows_data()
{
    QTest::addColumn<QString>("task");
    QTest::addColumn<bool>("isLibraryKnown"); ///< it has orders-import, "Import of orders"
    QTest::addColumn<QString>("told");

    const auto row = [](const char *name, const char *task, bool isLibraryKnown, const char *told = "") {
        QTest::newRow(name) << q(task) << isLibraryKnown << q(told);
    };
    row("of the file", "run_flow {'flow': 'load'}", true);
    row("of the library", "run_flow {'flow': 'orders-import'}", true);
    row("the flow itself", "for_each {'items': '${input.rows}', 'flow': 'own'}", true);
    row("an expression", "run_flow {'flow': '${input.flow}'}", true);
    row("nowhere", "run_flow {'flow': 'elsewhere'}", true,
        "! unknown-flow task:0.config.flow: Task 't' runs the flow 'elsewhere', which is neither in this file nor in "
        "the library.");
    row("like one of the file", "run_flow {'flow': 'laod'}", true,
        "! unknown-flow task:0.config.flow: Task 't' runs the flow 'laod', which is neither in this file nor in the "
        "library. Did you mean 'load'?");
    row("like one of the library", "for_each {'items': [1], 'flow': 'order-import'}", true,
        "! unknown-flow task:0.config.flow: Task 't' runs the flow 'order-import', which is neither in this file nor "
        "in the library. Did you mean 'orders-import'?");
    row("by its name", "run_flow {'flow': 'import of orders'}", true,
        "! unknown-flow task:0.config.flow: Task 't' runs the flow 'import of orders', which is neither in this file "
        "nor in the library. Did you mean 'orders-import'?");
    row("side by side", "parallel {'flows': [{'flow': 'load'}, {'flow': 'laod'}]}", true,
        "! unknown-flow task:0.config.flows[1].flow: Task 't' runs the flow 'laod', which is neither in this file nor "
        "in the library. Did you mean 'load'?");

    row("no library: nowhere", "run_flow {'flow': 'elsewhere'}", false);
    row("no library: like one of the file", "run_flow {'flow': 'laod'}", false,
        "~ unknown-flow task:0.config.flow: Task 't' runs the flow 'laod', which is not in this file. Did you mean "
        "'load'? Only the library can tell whether there is a flow 'laod'.");
}

void TestValidateSubFlows::calledFlows()
{
    QFETCH(QString, task);
    QFETCH(bool, isLibraryKnown);
    const LibraryFlows library{{{q("orders-import"), q("Import of orders")}}};
    Flow flow = running(task);
    flow.id = q("own");
    flow.flows.insert(q("load"), test::flow(q("x")));
    QTEST(toldFully(issuesOf(flow, isLibraryKnown ? &library : nullptr)), "told");
}

void TestValidateSubFlows::calledFlowsAreMended()
{
    const LibraryFlows library;
    Flow flow = running(q("parallel {'flows': [{'flow': 'load'}, {'flow': 'laod', 'input': {'n': 1}}]}"));
    flow.flows.insert(q("load"), test::flow(q("x")));
    const QList<Issue> issues = issuesOf(flow, &library);
    QCOMPARE(issues.size(), 1);
    QVERIFY(issues.first().fix);
    issues.first().fix->apply(flow);
    QCOMPARE(flow.tasks[0],
             task(q("t"), q("parallel {'flows': [{'flow': 'load'}, {'flow': 'load', 'input': {'n': 1}}]}")));
    const Flow mended = flow;
    issues.first().fix->apply(flow); // the Issue is old by now
    QCOMPARE(flow, mended);
}

/// As it sees what stands beside it, so does the check.
void TestValidateSubFlows::calledFlowsWithinSubFlows()
{
    const LibraryFlows library;
    Flow flow = test::flow(q("a"));
    flow.id = q("own");
    flow.flows = {{q("load"), test::flow(q("x"))},
                  {q("good"), running(q("parallel {'flows': [{'flow': 'load'}, {'flow': 'own'}]}"))},
                  {q("bad"), running(q("run_flow {'flow': 'laod'}"))}};
    QCOMPARE(toldFully(issuesOf(flow, &library)),
             q("! unknown-flow flow.flows.bad: In sub-flow 'bad': Task 't' runs the flow 'laod', which is neither in "
               "this file nor in the library. Did you mean 'load'?"));
    QCOMPARE(flowsOfLibrary(flow, builtInTasks().types()), QStringList{q("laod")});
    const LibraryFlows old{{}, true};
    QCOMPARE(toldFully(issuesOf(flow, &old)).section(u':', 0, 0), q("~ unknown-flow flow.flows.bad"));
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

void TestValidateSubFlows::circles_data()
{
    QTest::addColumn<QString>("flows"); ///< `name: tasks | conditions`, one a line; the first is the file's own
    QTest::addColumn<QString>("told");

    const auto row = [](const char *name, const char *flows, const QByteArray &told = {}) {
        QTest::newRow(name) << q(flows) << QString::fromUtf8(told);
    };
    const QString itself =
        q("The flow '%1' runs itself without end: no condition decides whether to go on. Only the limit "
          "of flows within each other stops it.");
    const QString others =
        q("These flows run each other without end: %1. No condition decides whether to go on; only the "
          "limit of flows within each other stops them.");
    const auto told = [](const char *place, const QString &sentence, const char *name) {
        return (q("~ flow-circle ") + q(place) + q(": ") + sentence.arg(q(name))).toUtf8();
    };
    row("none", "v: run>s\ns: noop");
    row("itself", "v: run>v", told("task:0", itself, "v"));
    row("a sub-flow itself", "v: run>s\ns: run>s", told("flow.flows.s", itself, "s"));
    row("one that nobody runs", "v: noop\ns: run>s", told("flow.flows.s", itself, "s"));
    row("the file's own", "v: run>s\ns: run>v", told("task:0", others, "v → s → v"));
    row("two sub-flows", "v: run>s\ns: run>t\nt: run>s", told("flow.flows.s", others, "s → t → s"));
    row("by a later task", "v: noop noop run>v | a any b; b success c c", told("task:2", itself, "v"));
    row("by the final task", "v: noop run>v | final b", told("task:1", itself, "v"));
    row("for each item", "v: each>v", told("task:0", itself, "v"));
    row("for the items of a run", "v: some>v");
    row("side by side", "v: twice>v", told("task:0", itself, "v"));
    row("beside another", "v: beside>v");
    row("a condition decides", "v: noop run>v | a any b - input.more");
    row("it goes on after success", "v: noop run>v | a success b end");
    row("it goes on, or elsewhere", "v: noop run>v noop | a any b c input.more");
    row("by an expression", "v: any>v");
    row("a flow of the library", "v: run>x\ns: run>x");
    row("a loop of tasks", "v: noop noop run>v | a any b; b any a; c any end",
        "~ no-way-to-end flow: No route leads to the end: every run goes on until the step limit stops it.\n"
        "~ cycle task:0: These tasks can run again and again: a → b → a. The step limit ends a run that does not stop "
        "by itself.\n"
        "~ unreachable-task task:2: Task 'c' never runs: no route leads to it.");
}

void TestValidateSubFlows::circles()
{
    QFETCH(QString, flows);
    static const QMap<QString, QString> tasks{{q("run"), q("run_flow {'flow': '%1'}")},
                                              {q("each"), q("for_each {'items': [1], 'flow': '%1'}")},
                                              {q("some"), q("for_each {'items': '${input.rows}', 'flow': '%1'}")},
                                              {q("twice"), q("parallel {'flows': [{'flow': '%1'}, {'flow': '%1'}]}")},
                                              {q("beside"), q("parallel {'flows': [{'flow': '%1'}, {'flow': 'x'}]}")},
                                              {q("any"), q("run_flow {'flow': '${input.%1}'}")}};
    QList<Flow> all;
    for (const QString &line : flows.split(u'\n')) {
        const QString conditions = line.section(q(" | "), 1);
        const QStringList words = line.section(q(": "), 1).section(q(" | "), 0, 0).split(u' ');
        const bool isFinal = conditions.startsWith(q("final "));
        Flow flow = test::flow(q("a b c").left(2 * words.size() - 1), isFinal ? QString() : conditions);
        flow.finalTask = isFinal ? conditions.section(u' ', 1) : QString();
        flow.id = line.section(u':', 0, 0);
        for (qsizetype i = 0; i < words.size(); ++i) {
            if (words[i] != u"noop")
                flow.tasks[i] =
                    task(flow.tasks[i].name, tasks.value(words[i].section(u'>', 0, 0)).arg(words[i].section(u'>', 1)));
        }
        all << flow;
    }
    for (const Flow &inner : all.mid(1))
        all.first().flows.insert(inner.id, inner);
    QTEST(toldFully(issuesOf(all.first())), "told");
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
