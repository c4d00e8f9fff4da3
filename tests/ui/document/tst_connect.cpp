// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/connect.h"
#include "document_fixture.h"
#include "support/flow_test.h"

#include <random>

using namespace flow;
using namespace flow::test;

namespace {

/// Where one result of `s` leads, said once more and simply: which condition decides, and whether it matched.
struct Decision
{
    qsizetype condition = -1;
    bool matched = false;
    QString target = endTarget;
};

Decision decide(const Flow &flow, Outcome result, const QSet<QString> &holding)
{
    for (const qsizetype index : flow.conditionsOf(word("s"))) {
        const Condition &condition = flow.conditions[index];
        const bool fits = condition.outcome == Outcome::Any || condition.outcome == result;
        if (fits && (condition.when.isEmpty() || holding.contains(condition.when)))
            return {index, true, condition.targetTaskSuccess};
        if (!condition.targetTaskFailure.isEmpty())
            return {index, false, condition.targetTaskFailure};
    }
    return {};
}

/// Up to here expressions are asked before any outcome decides.
qsizetype lastAsked(const Flow &flow)
{
    for (const qsizetype index : flow.conditionsOf(word("s"))) {
        const Condition &condition = flow.conditions[index];
        if (condition.when.isEmpty() || !condition.targetTaskFailure.isEmpty())
            return index;
    }
    return flow.conditions.size();
}

Flow randomFlow(std::mt19937 &random)
{
    Flow flow = flowOf(word("s a b c"));
    const auto pick = [&random](const QStringList &from) { return from[qsizetype(random() % size_t(from.size()))]; };
    const int count = int(random() % 5);
    for (int number = 0; number < count; ++number) {
        Condition condition;
        condition.name = QStringLiteral("c%1").arg(number);
        condition.sourceTask = pick({word("s"), word("s"), word("s"), word("a")});
        condition.outcome = Outcome(random() % 3);
        condition.when = pick({QString(), QString(), word("x"), word("y")});
        condition.targetTaskSuccess = pick({word("a"), word("b"), word("c"), endTarget});
        condition.targetTaskFailure = pick({word("a"), word("b"), endTarget, QString(), QString()});
        flow.conditions << condition;
    }
    return flow;
}

} // namespace

/// Connecting means: after this outcome the flow goes there, and nothing else changes.
class TestConnect : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void connects_data();
    void connects();
    void keepsTheNameOfTheConditionThatDecides();
    void namesNewConditionsReadably();
    void meansWhatItSays_data();
    void meansWhatItSays();
    void refuses_data();
    void refuses();
    void retargets();
};

void TestConnect::connects_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("target");
    QTest::addColumn<QString>("after");
    QTest::addColumn<QString>("ways");
    const auto row = [](const char *name, const char *before, Outcome outcome, const char *target, const char *after,
                        const char *ways) {
        QTest::newRow(name) << word(before) << outcome << word(target) << word(after) << word(ways);
    };
    const Outcome success = Outcome::Success, failure = Outcome::Failure, any = Outcome::Any;
    row("first success", "", success, "a", "s success a|end", "success>a failure>end");
    row("first failure", "", failure, "a", "s failure a|end", "failure>a success>end");
    row("first always", "", any, "a", "s any a|end", "always>a !otherwise>end");
    row("to the end, where it ends already", "", success, "end", "", "always>end");
    row("failure joins the condition of success", "s success a|end", failure, "b", "s success a|b",
        "success>a failure>b");
    row("success joins the condition of failure", "s failure a|end", success, "b", "s failure a|b",
        "failure>a success>b");
    row("success elsewhere", "s success a|b", success, "c", "s success c|b", "success>c failure>b");
    row("failure back to the end", "s success a|b", failure, "end", "s success a|end", "success>a failure>end");
    row("both to one task stay two ways", "s success a|end", failure, "a", "s success a|a", "success>a failure>a");
    row("the same again", "s success a|b", success, "a", "s success a|b", "success>a failure>b");
    row("success out of always", "s any a|end", success, "b", "s success b|a", "success>b failure>a");
    row("failure out of always", "s any a|end", failure, "b", "s failure b|a", "failure>b success>a");
    row("always instead of both", "s success a|b", any, "c", "s any c|end", "always>c !otherwise>end");
    row("always instead of two conditions", "s success a; s failure b", any, "c", "s any c|end",
        "always>c !otherwise>end");
    row("a condition without failure target", "s success a", failure, "b", "s success a; s failure b|end",
        "success>a failure>b !success>end");
    row("behind an expression", "s any {x} a", success, "b", "s any {x} a; s success b|end",
        "when>a success>b failure>end");
    row("success out of otherwise", "s any {x} a|b", success, "c", "s any {x} a; s success c|b",
        "when>a success>c failure>b");
    row("always behind an expression", "s any {x} a|b", any, "c", "s any {x} a; s any c|end",
        "when>a otherwise>c !otherwise>end");
    row("what was never asked stays so", "s any {x} a|b; s failure c", success, "c",
        "s any {x} a; s success c|b; s failure c", "when>a success>c failure>b !failure>c");
    row("other tasks keep theirs", "a success b|end; s success a|end; b any a", failure, "c",
        "a success b|end; s success a|c; b any a", "success>a failure>c");
    row("a new one stands beside its own", "s any {x} a; a success b|end", success, "b",
        "s any {x} a; s success b|end; a success b|end", "when>a success>b failure>end");
    row("to itself", "", failure, "s", "s failure s|end", "failure>s success>end");
}

void TestConnect::connects()
{
    QFETCH(QString, before);
    QFETCH(Outcome, outcome);
    QFETCH(QString, target);
    const FlowFile file = fileOf(word("s a b c"), before);
    FlowDocument document(file, {}, &documentTypes());
    const Result<void> connected = document.connectTasks(word("s"), outcome, target);
    QVERIFY(connected.ok());
    QTEST(test::conditionsOf(document.flow()), "after");
    QTEST(waysOf(document.flow(), word("s")), "ways");
    QCOMPARE(document.layout(), file.layout);
    QCOMPARE(document.undoStack()->count(), document.bytes() == writeFlowFile(file) ? 0 : 1);
    document.undoStack()->undo();
    QCOMPARE(document.bytes(), writeFlowFile(file));
}

void TestConnect::keepsTheNameOfTheConditionThatDecides()
{
    Flow flow = flowOf(word("s a b"), word("s success a|b"));
    flow.conditions[0].name = word("orders read");
    flow.conditions[0].description = word("Only then");
    connectByMeaning(flow, word("s"), Outcome::Any, word("b"));
    QCOMPARE(flow.conditions.size(), 1);
    QCOMPARE(flow.conditions[0].name, word("orders read"));
    QCOMPARE(flow.conditions[0].description, word("Only then"));
}

void TestConnect::namesNewConditionsReadably()
{
    Flow flow = flowOf(word("s a b"));
    connectByMeaning(flow, word("s"), Outcome::Success, word("a"));
    QCOMPARE(flow.conditions[0].name, word("after s"));
    flow.conditions[0].targetTaskFailure.clear();
    connectByMeaning(flow, word("s"), Outcome::Failure, word("b"));
    QCOMPARE(flow.conditions[1].name, word("after s 2"));
    const QString longName(100, u'n');
    flow.tasks[1].name = longName;
    connectByMeaning(flow, longName, Outcome::Success, word("b"));
    QCOMPARE(flow.conditions[2].name.size(), 100);
}

void TestConnect::meansWhatItSays_data()
{
    QTest::addColumn<Outcome>("outcome");
    QTest::newRow("success") << Outcome::Success;
    QTest::newRow("failure") << Outcome::Failure;
    QTest::newRow("any") << Outcome::Any;
}

/// For random conditions, each result and each truth of the expressions: what an expression decided it decides still,
/// what the outcome asks for leads to the target, and the rest stays.
void TestConnect::meansWhatItSays()
{
    QFETCH(Outcome, outcome);
    int changed = 0;
    for (unsigned seed = 0; seed < 4000; ++seed) {
        std::mt19937 random(seed);
        const Flow before = randomFlow(random);
        const QString target = QStringList{word("a"), word("b"), word("c"), word("s"), endTarget}[random() % 5];
        Flow after = before;
        connectByMeaning(after, word("s"), outcome, target);
        changed += after == before ? 0 : 1;
        const QString where =
            QStringLiteral("seed %1: %2 => %3").arg(seed).arg(test::conditionsOf(before), test::conditionsOf(after));
        for (const Outcome result : {Outcome::Success, Outcome::Failure}) {
            for (const QSet<QString> &holding : {QSet<QString>{}, {word("x")}, {word("y")}, {word("x"), word("y")}}) {
                const Decision old = decide(before, result, holding);
                const bool byExpression = old.matched && !before.conditions[old.condition].when.isEmpty() &&
                                          (outcome != Outcome::Any || old.condition <= lastAsked(before));
                const bool isMeant = !byExpression && (outcome == Outcome::Any || outcome == result);
                const QString now = decide(after, result, holding).target;
                QVERIFY2(now == (isMeant ? target : old.target), qPrintable(where));
            }
        }
        QStringList others, othersBefore;
        for (const Condition &condition : after.conditions) {
            if (condition.sourceTask != word("s"))
                others << condition.name;
        }
        for (const Condition &condition : before.conditions) {
            if (condition.sourceTask != word("s"))
                othersBefore << condition.name;
        }
        QCOMPARE(others, othersBefore);
    }
    QVERIFY(changed > 2000);
}

void TestConnect::refuses_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("target");
    QTest::newRow("unknown source") << word("nobody") << word("a");
    QTest::newRow("unknown target") << word("s") << word("nobody");
    QTest::newRow("from the end") << endTarget << word("a");
}

void TestConnect::refuses()
{
    QFETCH(QString, source);
    QFETCH(QString, target);
    FlowDocument document(fileOf(word("s a")), {}, &documentTypes());
    const Result<void> connected = document.connectTasks(source, Outcome::Success, target);
    QVERIFY(!connected.ok());
    QVERIFY(!connected.error().reason.isEmpty());
    QVERIFY(!document.isModified());
}

void TestConnect::retargets()
{
    FlowDocument document(fileOf(word("s a b c"), word("s success a|b")), {}, &documentTypes());
    QVERIFY(document.retarget(0, true, word("c")).ok());
    QVERIFY(document.retarget(0, false, endTarget).ok());
    QCOMPARE(waysOf(document.flow(), word("s")), word("success>c failure>end"));
    QVERIFY(!document.retarget(0, true, word("nobody")).ok());
    QVERIFY(!document.retarget(1, true, word("a")).ok());
    QVERIFY(!document.retarget(-1, true, word("a")).ok());
    QCOMPARE(document.undoStack()->count(), 2);
}

QTEST_MAIN(TestConnect)
#include "tst_connect.moc"
