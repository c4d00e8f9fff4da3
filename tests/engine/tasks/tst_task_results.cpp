// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/validate.h"
#include "run_task.h"
#include "support/flow_test.h"
#include "tasks/child_flows.h"

#include <QJsonDocument>

using namespace flow;

namespace {

QString q(const char *text)
{
    return QString::fromUtf8(text);
}

QJsonObject object(const QString &text)
{
    QJsonParseError error;
    const QJsonObject result = QJsonDocument::fromJson(QString(text).replace(u'\'', u'"').toUtf8(), &error).object();
    if (error.error != QJsonParseError::NoError)
        qFatal("not JSON: %s", qPrintable(text));
    return result;
}

const TaskType &typeOf(const QString &name)
{
    static const TaskTypes types = builtInTasks().types();
    return *types.constFind(name);
}

QJsonObject resultSchema(const QString &type, const QJsonObject &config)
{
    const TaskType &known = typeOf(type);
    return known.resultOf ? known.resultOf(withDefaults(known.configSchema, config)) : known.resultSchema;
}

/// Every flow completes, but the last of several fails.
class OneFails final : public ChildFlows
{
public:
    Result<ChildOutcome> run(const ChildPlan &plan, const TaskRun &) override
    {
        ChildOutcome outcome;
        for (qsizetype i = 0; i < plan.flows.size(); ++i)
            outcome.results.append({ExecutionId(i + 1), ExecutionStatus::Completed, i, {}});
        if (plan.flows.size() > 1)
            outcome.results.last() = {7, ExecutionStatus::Failure, QJsonValue::Null, q("no")};
        return outcome;
    }
};

} // namespace

/// What the types of tasks say of their results, against what they return, and what validation makes of it.
class TestTaskResults : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void fit_data();
    void fit();
    void described_data();
    void described();
    void expressions_data();
    void expressions();
    void settings();
};

void TestTaskResults::fit_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("config");

    const auto row = [](const char *type, const char *config, const char *name = "") {
        QTest::addRow("%s %s", type, name) << q(type) << q(config);
    };
    row("delay", "{'seconds': 0.01}");
    row("log", "{}");
    row("set_variables", "{'values': {'a': 1, 'b': {'c': ['x'], 'd': null}, 'e': true, 'f': 'text'}}");
    row("task1", "{'delay_seconds': 0, 'failure_rate': 0}");
    row("task2", "{'delay_seconds': 0, 'failure_rate': 0}");
    row("task3", "{'delay_seconds': 0, 'failure_rate': 0}");
    row("validate_data", "{'source': 'task2'}");
    row("send_notification", "{}");
    row("run_command", "{'program': 'echo', 'arguments': ['x']}", "text");
    row("run_command", "{'program': 'echo', 'arguments': ['x'], 'output': 'lines'}", "lines");
    row("run_command", "{'program': 'echo', 'arguments': ['[1]'], 'output': 'json'}", "JSON");
    row("run_command", "{'program': 'echo', 'arguments': ['x'], 'output': 'json'}", "no JSON");
    row("run_command", "{'program': 'false'}", "failed");
    row("run_command", "{'program': 'sh', 'arguments': ['-c', 'kill -9 $$']}", "ended by a signal");
    row("run_flow", "{'flow': 'x'}");
    row("for_each", "{'items': [1, 2], 'flow': 'x', 'on_failure': 'go_on'}");
    row("for_each", "{'items': [], 'flow': 'x'}", "of nothing");
    row("parallel", "{'flows': [{'flow': 'x'}, {'flow': 'y'}]}");
}

void TestTaskResults::fit()
{
    QFETCH(QString, type);
    QFETCH(QString, config);
    test::TaskBench bench;
    OneFails flows;
    bench.flows = &flows;
    const QJsonArray records{QJsonObject{{q("id"), 1}, {q("value"), 100}}};
    bench.ran(q("task1"), QJsonObject{{q("records"), records}});
    bench.ran(q("task2"), QJsonObject{{q("processed_records"), records}});
    const QJsonValue data = bench.run(type, object(config)).data;
    QVERIFY(data.isObject());
    const QJsonObject schema = resultSchema(type, object(config));
    QVERIFY(!schema.isEmpty());
    QCOMPARE(text(checkConfig(schema, data.toObject())), QString());
    QCOMPARE(text(checkConfig(typeOf(type).resultSchema, data.toObject())), QString());
}

void TestTaskResults::described_data()
{
    QTest::addColumn<TaskType>("type");
    const TaskTypes types = builtInTasks().types();
    for (const TaskType &type : types)
        QTest::newRow(qPrintable(type.name)) << type;
}

/// What people read, and a description that is right in itself.
void TestTaskResults::described()
{
    QFETCH(TaskType, type);
    const bool returnsNothing = type.name == u"noop" || type.name == u"fail";
    QCOMPARE(type.resultSchema.isEmpty(), returnsNothing);
    const SchemaMistakes mistakes = checkSchema(type.resultSchema);
    QCOMPARE(text(mistakes.errors + mistakes.unchecked), QString());
    const QJsonObject fields = type.resultSchema.value(u"properties").toObject();
    for (const QJsonValue &field : fields)
        QVERIFY(!field.toObject().value(u"description").toString().isEmpty());
    QCOMPARE(fields.isEmpty(), returnsNothing || type.name == u"set_variables");
}

void TestTaskResults::expressions_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("when"); ///< after a task `a` of that type
    QTest::addColumn<QString>("told");

    const auto row = [](const char *type, const char *config, const char *when, const char *told = "") {
        QTest::addRow("%s: %s", type, when) << q(type) << q(config) << q(when) << q(told);
    };
    const auto command = "{'program': 'x'}";
    row("run_command", command, "tasks.a.data.stdout.startsWith('x') && !tasks.a.data.truncated");
    row("run_command", command, "has(tasks.a.data.signal) && tasks.a.data.signal == 9");
    row("run_command", command, "tasks.a.data.exit_code == null || tasks.a.data.exit_code > 2");
    row("run_command", command, "tasks.a.data.sdtout == ''",
        "column 14: there is no \"sdtout\"; did you mean \"stdout\"?.");
    row("run_command", command, "tasks['a'].data['sdtout'] == ''",
        "column 17: there is no \"sdtout\"; did you mean \"stdout\"?.");
    row("run_command", command, "tasks.a.data.exit_code.startsWith('x')",
        "column 24: startsWith() is written string.startsWith(string); here it gets null or int, string.");
    row("run_command", command, "tasks.a.data.stdout > 5", "column 21: > does not work with string and int.");
    row("run_command", "{'program': 'x', 'output': 'lines'}", "tasks.a.data.stdout[0] == 'x'");
    row("run_command", "{'program': 'x', 'output': 'lines'}", "tasks.a.data.stdout.startsWith('x')",
        "column 21: startsWith() is written string.startsWith(string); here it gets list, string.");
    row("run_command", "{'program': 'x', 'output': 'json'}", "tasks.a.data.stdout.rows[0].id == 5");
    row("run_command", "{'program': 'x', 'output': '${input.how}'}", "tasks.a.data.stdout.rows[0].id == 5");

    row("set_variables", "{'values': {'n': 5, 'who': {'name': 'Ada'}}}",
        "tasks.a.data.n / 2 > 0.5 && tasks.a.data.who.name == ''");
    row("set_variables", "{'values': {'count': 5}}", "tasks.a.data.cuont == 5",
        "column 14: there is no \"cuont\"; did you mean \"count\"?.");
    row("set_variables", "{'values': {'who': {'name': 'Ada'}}}", "tasks.a.data.who.nmae == ''",
        "column 18: there is no \"nmae\"; did you mean \"name\"?.");
    row("set_variables", "{'values': {'n': 'five'}}", "tasks.a.data.n > 5",
        "column 16: > does not work with string and int.");
    row("set_variables", "{'values': {'n': 'Hello ${input.who}'}}", "tasks.a.data.n > 5",
        "column 16: > does not work with string and int.");
    row("set_variables", "{'values': {'n': '${input.n}', 'later': null}}",
        "tasks.a.data.n > 5 && tasks.a.data.later.x == 3");
    row("set_variables", "{'values': {'n': '${input.'}}", "tasks.a.data.n > 5",
        "column 9: a name is missing behind the dot.");
    row("set_variables", "{'values': '${input.all}'}", "tasks.a.data.n > 5");
    row("set_variables", "{}", "tasks.a.data.n > 5", "column 14: there is no \"n\".");

    row("run_flow", "{'flow': 'x'}", "tasks.a.data.result.anything[0].at == 'all' && tasks.a.data.status != ''");
    row("run_flow", "{'flow': 'x'}", "tasks.a.data.reslut == 1",
        "column 14: there is no \"reslut\"; did you mean \"result\"?.");
    row("for_each", "{'items': [1], 'flow': 'x'}", "tasks.a.data.errors[0].error == '' && tasks.a.data.failed > 0");
    row("for_each", "{'items': [1], 'flow': 'x'}", "tasks.a.data.result[0] == 1",
        "column 14: there is no \"result\"; did you mean \"results\"?.");
    row("parallel", "{'flows': [{'flow': 'x'}]}", "tasks.a.data.results[0].at == 1 && tasks.a.data.completed == 1");
    row("parallel", "{'flows': [{'flow': 'x'}]}", "tasks.a.data.failed == 1", "column 14: there is no \"failed\".");
    row("task1", "{}", "tasks.a.data.records[0].value == 100 && tasks.a.data.total_count == 3");
    row("task1", "{}", "tasks.a.data.record_count == 3", "column 14: there is no \"record_count\".");
    row("noop", "{}", "tasks.a.data.anything == 3");
    row("log", "{}", "tasks.a.data.text == ''", "column 14: there is no \"text\".");
}

void TestTaskResults::expressions()
{
    QFETCH(QString, type);
    QFETCH(QString, config);
    QFETCH(QString, when);
    Flow flow;
    flow.id = flow.name = flow.startTask = q("a");
    flow.tasks = {{.name = q("a"), .type = type, .config = object(config)}, {.name = q("b"), .type = q("noop")}};
    flow.conditions = {
        {.name = q("c"), .sourceTask = q("a"), .outcome = Outcome::Any, .when = when, .targetTaskSuccess = q("b")}};
    QStringList lines;
    for (const Issue &issue : validate(flow, builtInTasks().types()))
        lines << issue.text.mid(std::max<qsizetype>(0, issue.text.indexOf(q("column "))));
    QTEST(lines.join(q(" | ")), "told");
}

/// A setting knows as much as a condition does.
void TestTaskResults::settings()
{
    Flow flow;
    flow.id = flow.name = flow.startTask = q("a");
    flow.tasks = {{.name = q("a"), .type = q("run_command"), .config = object(q("{'program': 'x'}"))},
                  {.name = q("b"), .type = q("delay"), .config = object(q("{'seconds': '${tasks.a.data.stderr}'}"))}};
    flow.conditions = {{.name = q("c"), .sourceTask = q("a"), .targetTaskSuccess = q("b")}};
    QCOMPARE(validate(flow, builtInTasks().types()).size(), 0); // what it becomes is held against the schema in the run
    flow.tasks[1].config = object(q("{'seconds': '${tasks.a.data.srderr}'}"));
    const QList<Issue> issues = validate(flow, builtInTasks().types());
    QCOMPARE(issues.size(), 1);
    QCOMPARE(issues.first().text,
             q("Settings of task 'b': seconds = \"${tasks.a.data.srderr}\": column 16: there is no "
               "\"srderr\"; did you mean \"stderr\"?."));
}

QTEST_GUILESS_MAIN(TestTaskResults)
#include "tst_task_results.moc"
