// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/issues_told.h"
#include "support/flow_test.h"

#include <QElapsedTimer>
#include <QJsonArray>

using namespace flow;
using test::q;
using test::told;
using test::types;

class TestValidate : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void rules_data();
    void rules();
    void fieldRules_data();
    void fieldRules();
    void settings_data();
    void settings();
    void sentences_data();
    void sentences();
    void errorsComeFirst();
    void examplesHaveNoErrors_data();
    void examplesHaveNoErrors();
    void bigFlowsAreFast_data();
    void bigFlowsAreFast();
};

void TestValidate::rules_data()
{
    QTest::addColumn<QString>("tasks");
    QTest::addColumn<QString>("conditions");
    QTest::addColumn<QString>("start"); // empty: the first task; `-`: none
    QTest::addColumn<QString>("issues");

    const auto row = [](const char *name, const char *tasks, const char *conditions, const char *issues,
                        const char *start = "") {
        QTest::newRow(name) << q(tasks) << q(conditions) << q(start) << q(issues);
    };
    row("one task", "a", "", "");
    row("chain", "a b c", "a success b end; b success c end", "");
    row("any with failure target end, as the reference demands", "a b", "a any b end", "");
    row("any with the same target twice", "a b", "a any b b", "");
    row("switch", "a b c", "a any b - input.x > 1; a any c", "");
    row("success, then failure", "a b c", "a success b; a failure c", "");
    row("failure, then success or end", "a b c", "a failure b; a success c end", "");

    row("empty flow", "", "", "! empty-flow flow.tasks");
    row("start missing", "a", "", "! start-task-missing flow.start_task", "-");
    row("start unknown", "a", "", "! start-task-unknown flow.start_task", "x");
    row("start is the end", "a", "", "! start-task-unknown flow.start_task", "end");
    row("duplicate name", "a b a", "a any b", "! duplicate-task-name task:2.name");
    row("three of a name", "a a a", "", "! duplicate-task-name task:1.name, ! duplicate-task-name task:2.name");
    row("task named end", "a end", "", "! task-named-end task:1.name, ~ unreachable-task task:1");
    row("unknown source", "a", "x any end", "! unknown-source condition:0.source_task");
    row("unknown target", "a", "a any x", "! unknown-target condition:0.target_task_success, ~ no-way-to-end flow");
    row("unknown failure target", "a", "a success end x", "! unknown-target condition:0.target_task_failure");
    row("both targets unknown", "a", "a success x y",
        "! unknown-target condition:0.target_task_success, ! unknown-target condition:0.target_task_failure, ~ "
        "no-way-to-end flow");
    row("bad expression", "a b", "a any b - 1 +", "! bad-expression condition:0.when");
    row("unknown variable", "a b", "a any b - inptu.x", "! bad-expression condition:0.when");
    row("no answer to a question", "a b", "a any b - 1 + 2", "! bad-expression condition:0.when");
    row("a text is no answer", "a b", "a any b - 'x'", "! bad-expression condition:0.when");
    row("what a task returns is not known", "a b", "a any b - tasks.a.data.levl > 1", "");
    row("unknown task in an expression", "a b", "a any b - tasks.nope.data.x > 3", "! bad-expression condition:0.when");
    row("unknown member of a task", "a b", "a any b - tasks.a.result.x > 3", "! bad-expression condition:0.when");
    row("what may be an answer", "a b", "a any b - tasks.a.data.flag", "");
    row("good expressions", "a b", "a any b - tasks.a.data.n > 1 && input.x == 2 && flow.id != '' && execution.id > 0",
        "");

    row("unreachable", "a b", "", "~ unreachable-task task:1");
    row("unreachable pair", "a b c", "b any c", "~ unreachable-task task:1, ~ unreachable-task task:2");
    row("unreachable behind a route that is never taken", "a b", "a any end b",
        "~ unreachable-task task:1, ~ edge-never-taken condition:0.target_task_failure");
    row("failure target of any", "a b c", "a any b c; b any c", "~ edge-never-taken condition:0.target_task_failure");
    row("never decides", "a b c", "a success b c; a failure c", "~ condition-never-decides condition:1");
    row("never decides, behind any", "a b", "a any b; a success b end", "~ condition-never-decides condition:1");
    row("never decides, third", "a b c", "a success b; a failure c; a any end",
        "~ condition-never-decides condition:2");
    row("never matches, but decides", "a b c d", "a success b; a success c d; b any c",
        "~ edge-never-taken condition:1.target_task_success");
    row("always matches", "a b c d", "a failure b; a success c d; b any d",
        "~ edge-never-taken condition:1.target_task_failure");
    row("expression leaves the rest open", "a b c", "a any b - input.x; a any c end", "");
    row("expression never asked", "a b c", "a any b; a any c - input.x; b any c",
        "~ condition-never-decides condition:1");

    row("loop", "a b", "a success b end; b failure a end", "~ cycle task:0");
    row("loop of one", "a", "a failure a end", "~ cycle task:0");
    row("two loops", "a b c d", "a success b end; b failure a c; c failure d end; d any c",
        "~ cycle task:0, ~ cycle task:2");
    row("loop over a route that is never taken", "a b", "a any b; b any end a",
        "~ edge-never-taken condition:1.target_task_failure");
    row("endless", "a b", "a any b end; b any a end", "~ no-way-to-end flow, ~ cycle task:0");
    row("endless branch", "a b c", "a success b end; b any c end; c any b end",
        "~ cycle task:1, ~ no-way-to-end task:1");
    row("endless branch nobody reaches", "a b", "b any b", "~ unreachable-task task:1, ~ cycle task:1");
}

void TestValidate::rules()
{
    QFETCH(QString, tasks);
    QFETCH(QString, conditions);
    QFETCH(QString, start);
    QFETCH(QString, issues);
    Flow flow = test::flow(tasks, conditions);
    if (!start.isEmpty())
        flow.startTask = start == q("-") ? QString() : start;
    const Flow before = flow;
    const QList<Issue> found = validate(flow, types());
    QCOMPARE(told(found), issues);
    QCOMPARE(flow, before);
    QCOMPARE(hasErrors(found), issues.contains(u'!'));
    for (const Issue &issue : found)
        QVERIFY2(issue.text.endsWith(u'.'), qPrintable(issue.text));
}

void TestValidate::fieldRules_data()
{
    QTest::addColumn<Flow>("flow");
    QTest::addColumn<QString>("issues");

    const auto row = [](const char *name, const char *issues, const std::function<void(Flow &)> &change) {
        Flow flow = test::flow(q("a b"), q("a success b end"));
        change(flow);
        QTest::newRow(name) << flow << q(issues);
    };
    row("good", "", [](Flow &) {});
    row("a description of the input", "", [](Flow &flow) { flow.inputs = {{q("required"), QJsonArray{q("n")}}}; });
    row("one that cannot be", "! bad-input-schema flow.inputs.type", [](Flow &flow) {
        flow.inputs = {{q("type"), q("strin")}};
    });
    row("one that is not checked as a whole", "~ unchecked-input-schema flow.inputs.anyOf", [](Flow &flow) {
        flow.inputs = {{q("anyOf"), QJsonArray()}};
    });
    row("longest texts", "", [](Flow &flow) {
        flow.id = QString(100, u'i');
        flow.name = QString(255, u'n');
        flow.description = QString(1000, u'd');
        flow.tasks[0].description = flow.conditions[0].description = QString(500, u'd');
        flow.conditions[0].name = q("\U0001F600").repeated(100);
    });
    row("id empty", "! bad-length flow.id", [](Flow &flow) { flow.id.clear(); });
    row("name too long", "! bad-length flow.name", [](Flow &flow) { flow.name = QString(256, u'n'); });
    row("description too long", "! bad-length flow.description",
        [](Flow &flow) { flow.description = QString(1001, u'n'); });
    row("task name empty", "! bad-length task:0.name", [](Flow &flow) {
        flow.startTask = q("b");
        flow.tasks[0].name.clear();
        flow.conditions.clear();
        flow.startTask = q("b");
    });
    row("task type too long", "! bad-length task:0.type, ! unknown-task-type task:0.type",
        [](Flow &flow) { flow.tasks[0].type = QString(101, u't'); });
    row("task description too long", "! bad-length task:1.description",
        [](Flow &flow) { flow.tasks[1].description = QString(501, u'd'); });
    row("condition name empty", "! bad-length condition:0.name", [](Flow &flow) { flow.conditions[0].name.clear(); });
    row("condition description too long", "! bad-length condition:0.description",
        [](Flow &flow) { flow.conditions[0].description = QString(501, u'd'); });
    row("condition leads nowhere", "! unknown-target condition:0.target_task_success, ~ unreachable-task task:1",
        [](Flow &flow) { flow.conditions[0].targetTaskSuccess.clear(); });
    row("type not registered", "! unknown-task-type task:1.type", [](Flow &flow) { flow.tasks[1].type = q("nope"); });
    row("name is the type", "", [](Flow &flow) { flow.tasks[0].type.clear(); });
    row("name is no type", "! unknown-task-type task:1.type", [](Flow &flow) { flow.tasks[1].type.clear(); });
    row("time limit", "", [](Flow &flow) { flow.tasks[0].timeoutSeconds = 0.001; });
    row("time limit 0", "! out-of-range task:0.timeout_seconds", [](Flow &flow) { flow.tasks[0].timeoutSeconds = 0; });
    row("time limit too large", "! out-of-range task:0.timeout_seconds",
        [](Flow &flow) { flow.tasks[0].timeoutSeconds = 4e7; });
    row("time limit is no number", "! out-of-range task:0.timeout_seconds",
        [](Flow &flow) { flow.tasks[0].timeoutSeconds = qQNaN(); });
    row("retry", "", [](Flow &flow) { flow.tasks[0].retry = RetryPolicy{100, 86'400, 10, 0}; });
    row("attempts 0", "! out-of-range task:0.retry.max_attempts",
        [](Flow &flow) { flow.tasks[0].retry = RetryPolicy{0}; });
    row("jitter", "! out-of-range task:0.retry.jitter", [](Flow &flow) {
        flow.tasks[0].retry = RetryPolicy{3};
        flow.tasks[0].retry->jitter = 1.5;
    });
    row("runs at once", "! out-of-range flow.concurrency.limit", [](Flow &flow) {
        flow.concurrency = Concurrency{0, WhenBusy::Skip};
    });
    row("handlers", "", [](Flow &flow) { flow.failureTask = flow.finalTask = q("b"); });
    row("handlers that are nowhere", "! unknown-handler flow.failure_task, ! unknown-handler flow.final_task",
        [](Flow &flow) {
            flow.failureTask = q("x");
            flow.finalTask = q("y");
        });
    row("a handler reaches what nothing else does", "", [](Flow &flow) {
        flow.conditions.clear();
        flow.failureTask = q("b");
    });
    row("a good sub-flow", "", [](Flow &flow) { flow.flows.insert(q("inner"), test::flow(q("a"), QString())); });
    row("a sub-flow with problems", "! unknown-task-type flow.flows.inner, ~ unreachable-task flow.flows.inner",
        [](Flow &flow) {
            Flow inner = test::flow(q("a b"), QString());
            inner.tasks[0].type = q("nope");
            flow.flows.insert(q("inner"), inner);
        });
    row("a sub-flow of a sub-flow", "! start-task-unknown flow.flows.inner", [](Flow &flow) {
        Flow innermost = test::flow(q("a"), QString());
        innermost.startTask = q("x");
        Flow inner = test::flow(q("a"), QString());
        inner.flows.insert(q("innermost"), innermost);
        flow.flows.insert(q("inner"), inner);
    });
    row("everything of retry",
        "! out-of-range task:0.retry.max_attempts, ! out-of-range task:0.retry.delay_seconds, "
        "! out-of-range task:0.retry.backoff, ! out-of-range task:0.retry.max_delay_seconds",
        [](Flow &flow) {
            flow.tasks[0].retry = RetryPolicy{101, -1, 0.5, 1e9};
        });
}

void TestValidate::fieldRules()
{
    QFETCH(Flow, flow);
    QFETCH(QString, issues);
    const QList<Issue> found = validate(flow, types());
    if (qstrcmp(QTest::currentDataTag(), "task name empty") == 0) { // also its being unreachable is told
        QVERIFY2(told(found).startsWith(issues), qPrintable(told(found)));
        return;
    }
    QCOMPARE(told(found), issues);
}

void TestValidate::settings_data()
{
    QTest::addColumn<QString>("config"); // empty: none
    QTest::addColumn<QString>("issues");
    QTest::addColumn<QString>("sentence"); // of the first Issue

    const auto row = [](const char *name, const char *config, const char *issues, const char *sentence) {
        QTest::newRow(name) << q(config) << q(issues) << q(sentence);
    };
    row("all well", R"({"path": "p", "seconds": 0, "rows": [1, 2]})", "", "");
    row("no settings at all", "", "! bad-setting task:1.config.path", "Settings of task 'b': path: is missing.");
    row("required one missing", "{}", "! bad-setting task:1.config.path", "Settings of task 'b': path: is missing.");
    row("wrong type", R"({"path": 7})", "! bad-setting task:1.config.path",
        "Settings of task 'b': path = 7: must be text.");
    row("out of range", R"({"path": "p", "seconds": -1})", "! bad-setting task:1.config.seconds",
        "Settings of task 'b': seconds = -1: must be at least 0.");
    row("inside a list", R"({"path": "p", "rows": [1, 1.5]})", "! bad-setting task:1.config.rows[1]",
        "Settings of task 'b': rows[1] = 1.5: must be a whole number.");
    row("unknown", R"({"path": "p", "sekonds": 1})", "! bad-setting task:1.config.sekonds",
        "Settings of task 'b': sekonds: is unknown; known: path, rows, seconds.");
    row("expressions", R"({"path": "${input.p}", "seconds": "${input.s}", "rows": ["${tasks.a.data.n}"]})", "", "");
    row("half an expression", R"({"path": "Hello ${input."})", "! bad-setting task:1.config.path",
        "Settings of task 'b': path = \"Hello ${input.\": column 15: ");
    row("unknown variable", R"({"path": "${inptu.p}"})", "! bad-setting task:1.config.path",
        "Settings of task 'b': path = \"${inptu.p}\": column 3: there is no variable inptu; did you mean \"input\"?.");
    row("unknown task", R"({"path": "${tasks.nope.data}"})", "! bad-setting task:1.config.path",
        "Settings of task 'b': path = \"${tasks.nope.data}\": column ");
    row("beside an expression", R"({"path": "${input.p}", "seconds": -1})", "! bad-setting task:1.config.seconds",
        "Settings of task 'b': seconds = -1: must be at least 0.");
    row("unknown, with an expression", R"({"path": "p", "sekonds": "${input.s}"})",
        "! bad-setting task:1.config.sekonds",
        "Settings of task 'b': sekonds: is unknown; known: path, rows, seconds.");
    row("a text whatever comes out", R"({"path": "p", "seconds": "in ${input.s}"})",
        "! bad-setting task:1.config.seconds", "Settings of task 'b': seconds = \"in ${input.s}\": must be ");
    row("no expression", R"({"path": "p", "seconds": "$${input.s}"})", "! bad-setting task:1.config.seconds",
        "Settings of task 'b': seconds = \"$${input.s}\": must be ");
    row("several", R"({"path": "", "seconds": "x"})",
        "! bad-setting task:1.config.path, ! bad-setting task:1.config.seconds",
        "Settings of task 'b': path = \"\": must not be empty.");
}

void TestValidate::settings()
{
    QFETCH(QString, config);
    QFETCH(QString, issues);
    QFETCH(QString, sentence);
    Flow flow = test::flow(q("a b"), q("a any b"));
    flow.tasks[1].type = q("set");
    if (!config.isEmpty())
        flow.tasks[1].config = QJsonDocument::fromJson(config.toUtf8()).object();
    const QList<Issue> found = validate(flow, types());
    QCOMPARE(told(found), issues);
    const QString text = found.isEmpty() ? QString() : found.first().text;
    QVERIFY2(sentence.isEmpty() ? text.isEmpty() : text.startsWith(sentence), qPrintable(text));
    flow.tasks[1].type = q("nope"); // whose settings nobody knows
    QCOMPARE(told(validate(flow, types())), q("! unknown-task-type task:1.type"));
}

void TestValidate::sentences_data()
{
    QTest::addColumn<QString>("tasks");
    QTest::addColumn<QString>("conditions");
    QTest::addColumn<QString>("sentence"); // of the last Issue

    const auto row = [](const char *name, const char *tasks, const char *conditions, const char *sentence) {
        QTest::newRow(name) << q(tasks) << q(conditions) << q(sentence);
    };
    row("unreachable", "a b", "", "Task 'b' never runs: no route leads to it.");
    row("loop", "a b c", "a any b; b any c; c failure a end",
        "These tasks can run again and again: a → b → c → a. The step limit ends a run that does not stop by itself.");
    row("long loop", "a b c d e f g h",
        "a any b; b any c; c any d; d any e; e any f; f any g; g any h; h failure a end",
        "These tasks can run again and again: a → b → c → d → e → f → … → a. The step limit ends a run that does not "
        "stop by itself.");
    row("shortest loop", "a b c", "a any b; b success c; b failure a; c any a",
        "These tasks can run again and again: a → b → a. The step limit ends a run that does not stop by itself.");
    row("never decides", "a b", "a any b; a any end",
        "Condition 'c1' never decides anything: the conditions of 'a' before it always do.");
}

void TestValidate::sentences()
{
    QFETCH(QString, tasks);
    QFETCH(QString, conditions);
    QFETCH(QString, sentence);
    QCOMPARE(validate(test::flow(tasks, conditions), types()).last().text, sentence);
    Flow flow = test::flow(q("a"));
    flow.tasks[0].type = q("nope");
    QCOMPARE(validate(flow, types()).first().text, q("Task 'nope' not found in task registry"));
    flow = test::flow(q("a b"), q("a any b - 1 + true"));
    const QString expression = validate(flow, types()).first().text;
    QVERIFY2(expression.startsWith(q("The expression of condition 'c0' does not work: ")), qPrintable(expression));
    QVERIFY2(expression.contains(q("column")), qPrintable(expression));
}

void TestValidate::errorsComeFirst()
{
    Flow flow = test::flow(q("a b c"), q("a any a; c any x; b failure b end"));
    flow.tasks[2].type = q("nope");
    QCOMPARE(
        told(validate(flow, types())),
        q("! unknown-task-type task:2.type, ! unknown-target condition:1.target_task_success, ~ no-way-to-end flow, "
          "~ cycle task:0, ~ unreachable-task task:1, ~ cycle task:1, ~ unreachable-task task:2"));
}

void TestValidate::examplesHaveNoErrors_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("issues");
    for (const QString &name : test::exampleNames())
        QTest::newRow(qPrintable(name)) << name << (name == q("retry-loop") ? q("~ cycle task:0") : QString());
}

void TestValidate::examplesHaveNoErrors()
{
    QFETCH(QString, name);
    QFETCH(QString, issues);
    const FlowFileReading reading = readFlowFile(test::exampleText(name));
    QVERIFY(reading.ok());
    QCOMPARE(told(validate(reading.file.flow, test::exampleTypes())), issues);
}

void TestValidate::bigFlowsAreFast_data()
{
    QTest::addColumn<Flow>("flow");
    constexpr int count = 100'000;
    Flow chain = test::flow({});
    Flow star = test::flow({});
    for (int i = 0; i < count; ++i) {
        chain.tasks << test::task(QStringLiteral("t%1").arg(i), q("unknown"));
        star.tasks << chain.tasks.last();
        chain.conditions << Condition{.name = q("c"),
                                      .sourceTask = chain.tasks.last().name,
                                      .targetTaskSuccess = QStringLiteral("t%1").arg((i + 1) % count)};
        star.conditions << Condition{
            .name = q("c"), .sourceTask = q("t0"), .when = q("input.x"), .targetTaskSuccess = chain.tasks.last().name};
    }
    chain.startTask = star.startTask = q("t0");
    QTest::newRow("ring") << chain;
    QTest::newRow("star") << star;
    Flow same = chain;
    for (Task &task : same.tasks)
        task.name = q("t0");
    QTest::newRow("all of one name") << same;
}

void TestValidate::bigFlowsAreFast()
{
    QFETCH(Flow, flow);
    QElapsedTimer timer;
    timer.start();
    QVERIFY(validate(flow, types()).size() >= 100'000);
    QVERIFY2(timer.elapsed() < 60'000, qPrintable(QString::number(timer.elapsed()))); // quadratic would be hours
}

QTEST_GUILESS_MAIN(TestValidate)
#include "tst_validate.moc"
