// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/flows.h"
#include "model/validate.h"
#include "support/flow_test.h"

#include <QElapsedTimer>

using namespace flow;
using test::q;

class TestValidate : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void rules_data();
    void rules();
    void fieldRules_data();
    void fieldRules();
    void sentences_data();
    void sentences();
    void fixes_data();
    void fixes();
    void fixesOfOldIssuesDoNothing();
    void errorsComeFirst();
    void examplesHaveNoErrors_data();
    void examplesHaveNoErrors();
    void whatFixesLeaveIsReadable();
    void bigFlowsAreFast_data();
    void bigFlowsAreFast();
};

namespace {

TaskTypes types()
{
    TaskTypes types = test::exampleTypes();
    types.insert(q("a"), TaskType{.name = q("a")});
    return types;
}

/// `! rule task:1.name`: severity, rule, place.
QString told(const Issue &issue)
{
    QString text = (issue.severity == Severity::Error ? q("! ") : q("~ ")) + issue.rule + u' ';
    const char *const kinds[] = {"flow", "task", "condition"};
    text += q(kinds[int(issue.place.kind)]);
    if (issue.place.index >= 0)
        text += u':' + QString::number(issue.place.index);
    return issue.place.field.isEmpty() ? text : text + u'.' + issue.place.field;
}

QString told(const QList<Issue> &issues)
{
    QStringList lines;
    for (const Issue &issue : issues)
        lines << told(issue);
    return lines.join(q(", "));
}

} // namespace

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

void TestValidate::fixes_data()
{
    QTest::addColumn<Flow>("flow");
    QTest::addColumn<QString>("rule");
    QTest::addColumn<QString>("label");
    QTest::addColumn<Flow>("fixed");

    const auto changed = [](Flow flow, const std::function<void(Flow &)> &change) {
        change(flow);
        return flow;
    };
    const Flow noStart = changed(test::flow(q("a b"), q("a any b")), [](Flow &flow) { flow.startTask.clear(); });
    QTest::newRow("start missing") << noStart << q("start-task-missing") << q("Start with 'a'")
                                   << test::flow(q("a b"), q("a any b"));
    const Flow badStart = changed(noStart, [](Flow &flow) { flow.startTask = q("x"); });
    QTest::newRow("start unknown") << badStart << q("start-task-unknown") << q("Start with 'a'")
                                   << test::flow(q("a b"), q("a any b"));
    const Flow twice = test::flow(q("a a"), q("a any end"));
    QTest::newRow("duplicate name") << twice << q("duplicate-task-name") << q("Rename this task")
                                    << changed(twice, [](Flow &flow) { flow.tasks[1].name = q("a_2"); });
    const Flow taken = test::flow(q("a a a_2"));
    QTest::newRow("duplicate name, next one taken")
        << taken << q("duplicate-task-name") << q("Rename this task")
        << changed(taken, [](Flow &flow) { flow.tasks[1].name = q("a_3"); });
    const Flow named = test::flow(q("end b"), q("end success b end"));
    QTest::newRow("task named end") << named << q("task-named-end") << q("Rename this task")
                                    << changed(named, [](Flow &flow) {
                                           flow.tasks[0].name = flow.startTask = flow.conditions[0].sourceTask =
                                               q("end_2");
                                       });
    const Flow source = test::flow(q("a b"), q("x any a; a any b"));
    QTest::newRow("unknown source") << source << q("unknown-source") << q("Remove this condition")
                                    << changed(source, [](Flow &flow) { flow.conditions.removeFirst(); });
    const Flow target = test::flow(q("a"), q("a any x"));
    QTest::newRow("unknown target") << target << q("unknown-target") << q("Lead to the end instead")
                                    << changed(target,
                                               [](Flow &flow) { flow.conditions[0].targetTaskSuccess = endTarget; });
    const Flow failureTarget = test::flow(q("a"), q("a success end x"));
    QTest::newRow("unknown failure target")
        << failureTarget << q("unknown-target") << q("Clear that target")
        << changed(failureTarget, [](Flow &flow) { flow.conditions[0].targetTaskFailure.clear(); });
    const Flow misspelt = changed(test::flow(q("a")), [](Flow &flow) { flow.tasks[0].type = q("dealy"); });
    QTest::newRow("type misspelt") << misspelt << q("unknown-task-type") << q("Use 'delay'")
                                   << changed(misspelt, [](Flow &flow) { flow.tasks[0].type = q("delay"); });
    const Flow second = test::flow(q("a b"), q("a any b; a any end"));
    QTest::newRow("never decides") << second << q("condition-never-decides") << q("Remove this condition")
                                   << test::flow(q("a b"), q("a any b"));
    const Flow never = test::flow(q("a b c"), q("a any b c; b any c"));
    QTest::newRow("never goes there") << never << q("edge-never-taken") << q("Clear that target")
                                      << test::flow(q("a b c"), q("a any b; b any c"));
    const Flow lonely = test::flow(q("a b c"), q("a any c; b any a; c success end b"));
    const Flow unreachable = changed(lonely, [](Flow &flow) { flow.conditions[2].targetTaskFailure = q("end"); });
    QTest::newRow("unreachable") << unreachable << q("unreachable-task") << q("Remove this task")
                                 << changed(unreachable, [](Flow &flow) {
                                        flow.tasks.removeAt(1);
                                        flow.conditions.removeAt(1);
                                    });
}

void TestValidate::fixes()
{
    QFETCH(Flow, flow);
    QFETCH(QString, rule);
    QFETCH(QString, label);
    QFETCH(Flow, fixed);
    const QList<Issue> issues = validate(flow, types());
    const auto found =
        std::find_if(issues.begin(), issues.end(), [&](const Issue &issue) { return issue.rule == rule; });
    QVERIFY2(found != issues.end(), qPrintable(told(issues)));
    QVERIFY(found->fix.has_value());
    QCOMPARE(found->fix->label, label);
    const QString place = told(*found);
    found->fix->apply(flow);
    QCOMPARE(canonicalJson(flow), canonicalJson(fixed));
    for (const Issue &issue : validate(flow, types()))
        QVERIFY(told(issue) != place);
}

/// The flow has changed since the Issue was found: the fix must not touch what it does not know.
void TestValidate::fixesOfOldIssuesDoNothing()
{
    for (const char *conditions :
         {"x any a", "a any x", "a success end x", "a any b; a any end", "a any b c; b any c"}) {
        Flow flow = test::flow(q("a b c a end"), q(conditions));
        flow.tasks[1].type = q("dealy");
        const QList<Issue> issues = validate(flow, types());
        Flow other = test::flow(q("z"), q("z any end"));
        for (const Issue &issue : issues) {
            if (issue.fix)
                issue.fix->apply(other);
        }
        QCOMPARE(other, test::flow(q("z"), q("z any end")));
    }
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

/// Whatever is wrong, applying every fix leaves a flow that validates no worse and can be written and read.
void TestValidate::whatFixesLeaveIsReadable()
{
    for (quint32 seed = 1; seed <= 200; ++seed) {
        Flow flow = test::randomFlow(seed, 6);
        QRandomGenerator random(seed);
        flow.tasks[random.bounded(6)].name = random.bounded(2) == 0 ? q("end") : q("t1");
        flow.conditions[random.bounded(flow.conditions.size())].targetTaskSuccess = q("gone");
        for (int round = 0; round < 40; ++round) {
            const QList<Issue> issues = validate(flow, types());
            const auto found =
                std::find_if(issues.begin(), issues.end(), [](const Issue &issue) { return issue.fix.has_value(); });
            if (found == issues.end())
                break;
            const Flow before = flow;
            found->fix->apply(flow);
            QVERIFY2(flow != before, qPrintable(found->text)); // every offered fix does something
        }
        QVERIFY2(!hasErrors(validate(flow, types())), qPrintable(told(validate(flow, types()))));
        QCOMPARE(text(flowFromJson(toJson(flow)).errors), QString());
    }
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
