// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/flows.h"
#include "model/route.h"
#include "support/flow_test.h"

#include <QElapsedTimer>

using namespace flow;
using test::q;

class TestRoute : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void saysByMeaning_data();
    void saysByMeaning();
    void listsStartFirst();
    void agreesWithTheRules();
    void bigFlowsAreFast();
};

namespace {

QString told(RouteKind kind)
{
    switch (kind) {
    case RouteKind::OnSuccess:
        return q("success");
    case RouteKind::OnFailure:
        return q("failure");
    case RouteKind::Always:
        return q("always");
    case RouteKind::Expression:
        return q("when");
    case RouteKind::Otherwise:
        return q("otherwise");
    }
    return {};
}

/// `0+ when/success b`: condition 0, matched, kind, outcome where it matters, target; `(never)` behind it.
QString told(const Route &route)
{
    QString text =
        route.condition < 0 ? q("implied ") : QString::number(route.condition) + (route.matched ? q("+ ") : q("- "));
    text += told(route.kind);
    if (route.kind == RouteKind::Expression || route.kind == RouteKind::Otherwise)
        text += u'/' + toString(route.outcome);
    text += u' ' + route.target;
    return route.neverTaken ? text + q(" (never)") : text;
}

} // namespace

void TestRoute::saysByMeaning_data()
{
    QTest::addColumn<QString>("conditions"); // of task a
    QTest::addColumn<QString>("routes");

    const auto row = [](const char *name, const char *conditions, const char *routes) {
        QTest::newRow(name) << q(conditions) << q(routes);
    };
    row("no condition", "", "implied always end");
    // The table of the contract.
    row("success", "a success b c", "0+ success b, 0- failure c");
    row("failure", "a failure b c", "0+ failure b, 0- success c");
    row("any", "a any b c", "0+ always b, 0- otherwise/any c (never)");
    row("any to the end", "a any b end", "0+ always b, 0- otherwise/any end (never)");
    row("same target twice", "a success b b", "0+ success b, 0- failure b");
    row("to itself", "a failure a end", "0+ failure a, 0- success end");
    // A failure target that is left out: the next condition is asked, and after the last one the flow ends.
    row("success only", "a success b", "0+ success b, implied failure end");
    row("failure only", "a failure b", "0+ failure b, implied success end");
    row("any only", "a any b", "0+ always b");
    row("success, then failure", "a success b; a failure c", "0+ success b, 1+ failure c");
    row("success, then any", "a success b; a any c", "0+ success b, 1+ failure c");
    row("failure, then any", "a failure b; a any c", "0+ failure b, 1+ success c");
    row("success twice", "a success b; a success c", "0+ success b, 1+ success c (never), implied failure end");
    row("success twice, then decided", "a success b; a success c d",
        "0+ success b, 1+ success c (never), 1- failure d");
    row("failure, then success or end", "a failure b; a success c end",
        "0+ failure b, 1+ success c, 1- failure end (never)");
    row("behind a decision", "a success b c; a any d", "0+ success b, 0- failure c, 1+ always d (never)");
    row("behind any", "a any b; a failure c d", "0+ always b, 1+ failure c (never), 1- success d (never)");
    // Expressions.
    row("expression", "a any b - x", "0+ when/any b, implied otherwise/any end");
    row("expression with both targets", "a any b c x", "0+ when/any b, 0- otherwise/any c");
    row("expression on success", "a success b - x", "0+ when/success b, implied otherwise/any end");
    row("expression on success, both targets", "a success b c x", "0+ when/success b, 0- otherwise/any c");
    row("switch", "a any b - x; a any c - y; a any d", "0+ when/any b, 1+ when/any c, 2+ otherwise/any d");
    row("switch on success", "a failure d; a success b - x; a any c", "0+ failure d, 1+ when/success b, 2+ success c");
    row("switch without a last one", "a success b - x; a success c - y",
        "0+ when/success b, 1+ when/success c, implied otherwise/any end");
    row("expression that cannot be asked", "a success b; a success c - x",
        "0+ success b, 1+ when/success c (never), implied failure end");
    row("expression behind success", "a success b; a any c - x",
        "0+ success b, 1+ when/failure c, implied failure end");
    row("expression behind a decision", "a any b; a any c d x",
        "0+ always b, 1+ when/any c (never), 1- otherwise/any d (never)");
    row("others' conditions do not matter", "b any c; a success b; c any a", "1+ success b, implied failure end");
}

void TestRoute::saysByMeaning()
{
    QFETCH(QString, conditions);
    QFETCH(QString, routes);
    const Flow flow = test::flow(q("a b c d"), conditions);
    QStringList found;
    for (const Route &route : routesFrom(flow, q("a"))) {
        QCOMPARE(route.source, q("a"));
        found << told(route);
    }
    QCOMPARE(found.join(q(", ")), routes);
}

void TestRoute::listsStartFirst()
{
    Flow flow = test::flow(q("a b"), q("b any end; a success b end"));
    QStringList found;
    for (const Route &route : routes(flow))
        found << route.source + u':' + told(route);
    QCOMPARE(found,
             (QStringList{q(":implied always a"), q("a:1+ success b"), q("a:1- failure end"), q("b:0+ always end")}));
    flow.startTask.clear();
    QCOMPARE(routes(flow).size(), 3);
    QCOMPARE(routesFrom(flow, q("x")), QList<Route>());
    QCOMPARE(routes(Flow()), QList<Route>());
    flow.tasks[1].name = q("a"); // two of that name: the routes belong to the first
    QCOMPARE(routes(flow).size(), 2);
}

/// Each result of a task, and each answer of its expressions, leads where the rules say: found here by simply asking
/// the conditions in order. What is marked as never taken never is, everything else is at least once.
void TestRoute::agreesWithTheRules()
{
    for (quint32 seed = 1; seed <= 500; ++seed) {
        const Flow flow = test::randomFlow(seed, 4);
        for (const Task &task : flow.tasks) {
            const QList<qsizetype> asked = flow.conditionsOf(task.name);
            QSet<QPair<qsizetype, bool>> taken;
            for (int answers = 0; answers < 1 << asked.size(); ++answers) {
                for (const Outcome result : {Outcome::Success, Outcome::Failure}) {
                    QPair<qsizetype, bool> way(-1, false);
                    for (qsizetype k = 0; k < asked.size() && way.first < 0; ++k) {
                        const Condition &condition = flow.conditions[asked[k]];
                        const bool fits = condition.outcome == Outcome::Any || condition.outcome == result;
                        if (fits && (condition.when.isEmpty() || (answers >> k & 1)))
                            way = {asked[k], true};
                        else if (!condition.targetTaskFailure.isEmpty())
                            way = {asked[k], false};
                    }
                    taken.insert(way);
                }
            }
            QSet<QPair<qsizetype, bool>> told;
            for (const Route &route : routesFrom(flow, task.name)) {
                if (!route.neverTaken)
                    told.insert({route.condition, route.condition >= 0 && route.matched});
            }
            QVERIFY2(told == taken, qPrintable(QStringLiteral("seed %1, task %2").arg(seed).arg(task.name)));
        }
    }
}

void TestRoute::bigFlowsAreFast()
{
    Flow flow = test::flow({});
    for (qsizetype i = 0; i < maxTasks; ++i) {
        flow.tasks << test::task(QString::number(i));
        flow.conditions << Condition{
            .name = q("c"), .sourceTask = q("0"), .when = q("x"), .targetTaskSuccess = QString::number(i)};
    }
    QElapsedTimer timer;
    timer.start();
    QCOMPARE(routes(flow).size(), 2 * maxTasks);
    QVERIFY(timer.elapsed() < 30'000);
}

QTEST_GUILESS_MAIN(TestRoute)
#include "tst_route.moc"
