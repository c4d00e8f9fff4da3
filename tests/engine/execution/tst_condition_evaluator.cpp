// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/condition_evaluator.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

class TestConditionEvaluator : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void decides_data();
    void decides();
    void badExpression_data();
    void badExpression();
    void moves();
    void readsScope();
};

namespace {

DecisionScope scope()
{
    return {{{QStringLiteral("n"), 3}},
            {{QStringLiteral("a"), QJsonObject{{QStringLiteral("status"), QStringLiteral("success")},
                                               {QStringLiteral("data"), 10},
                                               {QStringLiteral("error"), QJsonValue::Null}}}},
            12};
}

} // namespace

void TestConditionEvaluator::decides_data()
{
    QTest::addColumn<QString>("conditions");
    QTest::addColumn<TaskStatus>("status");
    QTest::addColumn<Decision>("expected");
    const auto row = [](const char *name, const char *conditions, TaskStatus status, const char *next,
                        qsizetype condition, bool matched) {
        QTest::newRow(name) << QString::fromUtf8(conditions) << status
                            << Decision{QString::fromUtf8(next), condition, matched};
    };
    constexpr TaskStatus ok = TaskStatus::Success;
    constexpr TaskStatus no = TaskStatus::Failure;
    row("success, succeeded", "a success s|f", ok, "s", 0, true);
    row("success, failed", "a success s|f", no, "f", 0, false);
    row("failure, succeeded", "a failure s|f", ok, "f", 0, false);
    row("failure, failed", "a failure s|f", no, "s", 0, true);
    row("any, succeeded", "a any s|f", ok, "s", 0, true);
    row("any, failed", "a any s|f", no, "s", 0, true);
    row("none", "", ok, "end", -1, false);
    row("only of other tasks", "b any s|f", no, "end", -1, false);
    row("index counts all conditions", "b any s; b any s; a any s", ok, "s", 2, true);
    row("the first decides", "a success s|f; a failure s|f", no, "f", 0, false);
    row("left out: the next decides", "a success s; a any f", no, "f", 1, true);
    row("left out: none decides", "a success s; a success f", no, "end", -1, false);
    row("when true", "a any {input.n == 3} s|f", ok, "s", 0, true);
    row("when false", "a any {input.n > 3} s|f", ok, "f", 0, false);
    row("outcome does not fit, when true", "a failure {input.n == 3} s|f", ok, "f", 0, false);
    row("tasks", "a any {tasks.a.data == 10 && tasks['a'].status == 'success'} s|f", ok, "s", 0, true);
    row("flow and execution", "a any {flow.name + flow.id == 'Testtest' && execution.id == 12} s|f", ok, "s", 0, true);
}

void TestConditionEvaluator::decides()
{
    QFETCH(QString, conditions);
    QFETCH(TaskStatus, status);
    QFETCH(Decision, expected);
    const ConditionEvaluator evaluator(flowOf(QStringLiteral("a b s f"), conditions));
    const Result<Decision> decision = evaluator.decide(QStringLiteral("a"), status, scope());
    QVERIFY2(decision.ok(), decision.ok() ? "" : qPrintable(decision.error().text()));
    QCOMPARE(decision->next, expected.next);
    QCOMPARE(decision->condition, expected.condition);
    QCOMPARE(decision->matched, expected.matched);
}

void TestConditionEvaluator::badExpression_data()
{
    QTest::addColumn<QString>("when");
    QTest::newRow("does not parse") << QStringLiteral("1 +");
    QTest::newRow("unknown variable") << QStringLiteral("inputs.n == 3");
    QTest::newRow("unknown key") << QStringLiteral("input.m == 3");
    QTest::newRow("not a bool") << QStringLiteral("input.n");
}

void TestConditionEvaluator::badExpression()
{
    QFETCH(QString, when);
    const ConditionEvaluator evaluator(
        flowOf(QStringLiteral("a b"), QStringLiteral("b any end; a any {%1} b|end").arg(when)));
    QVERIFY(evaluator.decide(QStringLiteral("b"), TaskStatus::Success, scope()).ok());
    const Result<Decision> decision = evaluator.decide(QStringLiteral("a"), TaskStatus::Success, scope());
    QVERIFY(!decision.ok());
    QCOMPARE(decision.error().code, ErrorCode::BadExpression);
    const QString start = QStringLiteral("Condition 'c1' after task 'a' cannot be decided: ");
    QVERIFY2(decision.error().reason.startsWith(start) && decision.error().reason.size() > start.size(),
             qPrintable(decision.error().reason));
    QCOMPARE(decision.error().path.toString(), QStringLiteral("conditions[1].when"));
}

void TestConditionEvaluator::moves()
{
    ConditionEvaluator first(flowOf(QStringLiteral("a b"), QStringLiteral("a any b|end")));
    ConditionEvaluator second(std::move(first));
    first = std::move(second);
    const Result<Decision> decision = first.decide(QStringLiteral("a"), TaskStatus::Failure, {});
    QVERIFY(decision.ok());
    QCOMPARE(decision->next, QStringLiteral("b"));
}

void TestConditionEvaluator::readsScope()
{
    QVERIFY(!ConditionEvaluator(flowOf(QStringLiteral("a"), QStringLiteral("a any end"))).readsScope());
    QVERIFY(ConditionEvaluator(flowOf(QStringLiteral("a"), QStringLiteral("a any {true} end"))).readsScope());
}

QTEST_GUILESS_MAIN(TestConditionEvaluator)
#include "tst_condition_evaluator.moc"
