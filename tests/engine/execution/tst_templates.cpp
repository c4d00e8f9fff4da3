// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/flow_engine.h"
#include "recording.h"
#include "support/fake_clock.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"
#include "tasks/built_in_tasks.h"
#include "tasks/task_registry.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace flow;
using namespace flow::test;

/// Expressions in the settings of tasks, through the whole engine.
class TestTemplates : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void values_data();
    void values();
    void errors_data();
    void errors();
    void eachAttemptSeesTheResultsSoFar();
    void aRetrySeesTheFailureBeforeIt();
};

namespace {

QJsonObject parse(const QString &text)
{
    const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
    if (!document.isObject())
        qFatal("no object: %s", qPrintable(text));
    return document.object();
}

/// `a` gives values, `b` has the settings under test; both are built-in tasks.
Flow flowWith(const QString &typeOfB, const QJsonObject &configOfB)
{
    Flow flow = flowOf(QStringLiteral("a,type=set_variables b"), QStringLiteral("a success b|end"));
    flow.id = QStringLiteral("f");
    flow.name = QStringLiteral("Orders");
    flow.tasks[0].config =
        parse(QStringLiteral(R"({"values": {"count": 3, "evil": "$${input.day}", "rows": [4, 8]}})"));
    flow.tasks[1].type = typeOfB;
    flow.tasks[1].config = configOfB;
    return flow;
}

ExecutionOutcome run(const Flow &flow)
{
    const TaskRegistry registry = builtInTasks();
    FakeClock clock;
    Log log;
    RecordingJournal journal(log);
    FlowEngine engine(registry, journal, clock, [](const ExecutionEvent &) {});
    return engine.run(
        {.id = 7, .flow = flow, .input = parse(QStringLiteral(R"({"day": "monday", "n": 2, "seconds": 0})"))});
}

} // namespace

void TestTemplates::values_data()
{
    QTest::addColumn<QString>("values");
    QTest::addColumn<QString>("data");
    const auto row = [](const char *name, const char *values, const char *data) {
        QTest::newRow(name) << QString::fromUtf8(values) << QString::fromUtf8(data);
    };
    row("plain", R"({"x": "monday"})", R"({"x": "monday"})");
    row("text", R"({"x": "Hello ${input.day}!"})", R"({"x": "Hello monday!"})");
    row("keeps the type of a number", R"({"x": "${input.n + 1}"})", R"({"x": 3})");
    row("keeps the type of a list", R"({"x": "${tasks.a.data.rows}"})", R"({"x": [4, 8]})");
    row("keeps null", R"({"x": "${tasks.a.error}"})", R"({"x": null})");
    row("several", R"({"x": "${input.n} of ${tasks.a.data.count}"})", R"({"x": "2 of 3"})");
    row("inside objects and lists", R"({"x": {"y": [1, {"z": "${input.n}"}]}})", R"({"x": {"y": [1, {"z": 2}]}})");
    row("names stay", R"({"${input.day}": 1})", R"({"${input.day}": 1})");
    row("escaped", R"({"x": "$${input.day}"})", R"({"x": "${input.day}"})");
    row("data is not looked at again", R"({"x": "${tasks.a.data.evil}"})", R"({"x": "${input.day}"})");
    row("flow and execution", R"({"x": "${flow.id} ${flow.name} ${execution.id}"})", R"({"x": "f Orders 7"})");
}

void TestTemplates::values()
{
    QFETCH(QString, values);
    QFETCH(QString, data);
    const ExecutionOutcome outcome =
        run(flowWith(QStringLiteral("set_variables"), {{QStringLiteral("values"), parse(values)}}));
    QCOMPARE(outcome.error, QString());
    QCOMPARE(outcome.context.value(u"b").toObject().value(u"data").toObject(), parse(data));
}

void TestTemplates::errors_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("error"); // null: none
    const auto row = [](const char *name, const char *type, const char *config, const char *error) {
        QTest::newRow(name) << QString::fromUtf8(type) << QString::fromUtf8(config) << QString::fromUtf8(error);
    };
    row("a number from an expression", "delay", R"({"seconds": "${input.seconds}"})", nullptr);
    row("wrong type after expanding", "delay", R"({"seconds": "${input.day}"})",
        R"(Task 'b' has wrong settings: config.seconds = "monday": must be a number)");
    row("out of range after expanding", "delay", R"({"seconds": "${0 - input.n}"})",
        "Task 'b' has wrong settings: config.seconds = -2: must be from 0 to 86400");
    row("unknown field", "log", R"({"message": "${input.dya}"})",
        R"x(Task 'b' has wrong settings: config.message = "${input.dya}": column 9: there is no "dya"; did you mean "day"?)x");
    row("does not parse", "log", R"({"message": "Hello ${input."})",
        R"(Task 'b' has wrong settings: config.message = "Hello ${input.":)");
}

void TestTemplates::errors()
{
    QFETCH(QString, type);
    QFETCH(QString, config);
    QFETCH(QString, error);
    Flow flow = flowWith(type, parse(config));
    flow.tasks[1].retry = RetryPolicy{.maxAttempts = 5}; // would fail again in the same way
    const ExecutionOutcome outcome = run(flow);
    QVERIFY2(outcome.error.startsWith(error), qPrintable(outcome.error));
    QCOMPARE(outcome.error.isNull(), error.isNull());
    QCOMPARE(outcome.totalTasksExecuted, 2);
}

void TestTemplates::eachAttemptSeesTheResultsSoFar()
{
    Flow flow = flowOf(QStringLiteral("a,type=set_variables"), QStringLiteral("a success {tasks.a.data.n < 4} a|end"));
    flow.tasks[0].config = parse(QStringLiteral(R"x({"values": {"n": "${has(tasks.a) ? tasks.a.data.n + 1 : 1}"}})x"));
    const ExecutionOutcome outcome = run(flow);
    QCOMPARE(outcome.error, QString());
    QCOMPARE(outcome.context.value(u"a").toObject().value(u"data").toObject(), parse(QStringLiteral(R"({"n": 4})")));
    QCOMPARE(outcome.totalTasksExecuted, 4);
}

void TestTemplates::aRetrySeesTheFailureBeforeIt()
{
    Flow flow = flowWith(QStringLiteral("fail"),
                         parse(QStringLiteral(R"x({"message": "${has(tasks.b) ? tasks.b.error + '!' : 'first'}"})x")));
    flow.tasks[1].retry = RetryPolicy{.maxAttempts = 3, .delaySeconds = 0};
    const ExecutionOutcome outcome = run(flow);
    QCOMPARE(outcome.error, QStringLiteral("first!!"));
    QCOMPARE(outcome.totalTasksExecuted, 4);
}

QTEST_GUILESS_MAIN(TestTemplates)
#include "tst_templates.moc"
