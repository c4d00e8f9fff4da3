// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/issues_told.h"
#include "support/flow_test.h"

using namespace flow;
using test::q;
using test::told;
using test::types;

/// What the program offers to repair by itself.
class TestValidateFixes : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void fixes_data();
    void fixes();
    void fixesOfOldIssuesDoNothing();
    void whatFixesLeaveIsReadable();
};

void TestValidateFixes::fixes_data()
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

void TestValidateFixes::fixes()
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
void TestValidateFixes::fixesOfOldIssuesDoNothing()
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

/// Whatever is wrong, applying every fix leaves a flow that validates no worse and can be written and read.
void TestValidateFixes::whatFixesLeaveIsReadable()
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

QTEST_GUILESS_MAIN(TestValidateFixes)
#include "tst_validate_fixes.moc"
