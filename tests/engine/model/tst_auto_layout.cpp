// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/flows.h"
#include "model/auto_layout.h"
#include "model/layout_part.h"
#include "support/flow_test.h"

#include <QElapsedTimer>

using namespace flow;
using test::q;

class TestAutoLayout : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void drawsByHand_data();
    void drawsByHand();
    void mainPathIsStraight_data();
    void mainPathIsStraight();
    void hasItsProperties_data();
    void hasItsProperties();
    void crossingsAreFew_data();
    void crossingsAreFew();
    void keepsFramesAndNotes();
    void respectsSizes();
    void examplesAreLaidOutByIt_data();
    void examplesAreLaidOutByIt();
    void completes_data();
    void completes();
    void completesAnything();
    void bigFlowsAreFast_data();
    void bigFlowsAreFast();
};

namespace {

QList<QRectF> rects(const Flow &flow, const Layout &layout, const LayoutMetrics &metrics = {})
{
    QList<QRectF> list;
    for (const Task &task : flow.tasks)
        list << QRectF(layout.tasks.value(task.name), metrics.cards.value(task.name, metrics.card));
    for (const QPointF &end : layout.ends)
        list << QRectF(end, metrics.marker);
    if (layout.start)
        list << QRectF(*layout.start, metrics.marker);
    return list;
}

/// The first two rectangles that overlap, as text; empty when none do.
QString overlap(QList<QRectF> list)
{
    std::sort(list.begin(), list.end(), [](const QRectF &a, const QRectF &b) { return a.left() < b.left(); });
    for (qsizetype i = 0; i < list.size(); ++i) {
        for (qsizetype k = i + 1; k < list.size() && list[k].left() < list[i].right(); ++k) {
            if (list[i].intersects(list[k]))
                return QStringLiteral("(%1, %2) and (%3, %4)")
                    .arg(list[i].x())
                    .arg(list[i].y())
                    .arg(list[k].x())
                    .arg(list[k].y());
        }
    }
    return {};
}

QString told(const Layout &layout)
{
    QStringList places;
    if (layout.start)
        places << QStringLiteral("start %1,%2").arg(layout.start->x()).arg(layout.start->y());
    for (auto it = layout.tasks.begin(); it != layout.tasks.end(); ++it)
        places << QStringLiteral("%1 %2,%3").arg(it.key()).arg(it->x()).arg(it->y());
    for (auto it = layout.ends.begin(); it != layout.ends.end(); ++it)
        places << QStringLiteral("end of %1 %2,%3").arg(it.key()).arg(it->x()).arg(it->y());
    return places.join(q("; "));
}

} // namespace

void TestAutoLayout::drawsByHand_data()
{
    QTest::addColumn<QString>("tasks");
    QTest::addColumn<QString>("conditions");
    QTest::addColumn<QString>("layout");

    const auto row = [](const char *name, const char *tasks, const char *conditions, const char *layout) {
        QTest::newRow(name) << q(tasks) << q(conditions) << q(layout);
    };
    row("nothing", "", "", "");
    row("one task", "a", "", "start 0,10; a 120,0; end of a 380,10");
    row("chain", "a b", "a any b", "start 0,10; a 120,0; b 380,0; end of b 640,10");
    row("failure below", "a b c", "a failure c b; c any b", "start 0,10; a 120,0; b 640,0; c 380,140; end of b 900,10");
    row("failure ends below", "a b", "a success b end", "start 0,10; a 120,0; b 380,0; end of b 640,10");
    row("back to the start", "a b", "a success b end; b failure a end",
        "start 0,10; a 120,0; b 380,0; end of b 640,10");
    row("unreachable below", "a b c", "b any c",
        "start 0,10; a 120,0; b 120,140; c 380,140; end of a 380,10; end of c 640,150");
}

void TestAutoLayout::drawsByHand()
{
    QFETCH(QString, tasks);
    QFETCH(QString, conditions);
    QFETCH(QString, layout);
    QCOMPARE(told(autoLayout(test::flow(tasks, conditions))), layout);
}

void TestAutoLayout::mainPathIsStraight_data()
{
    QTest::addColumn<QString>("tasks");
    QTest::addColumn<QString>("conditions");
    QTest::addColumn<QString>("mainPath");

    const auto row = [](const char *name, const char *tasks, const char *conditions, const char *mainPath) {
        QTest::newRow(name) << q(tasks) << q(conditions) << q(mainPath);
    };
    row("chain with a handler", "a b c h", "a success b h; b success c h; c success end h", "a b c");
    row("handler first in the list", "h a b", "a failure h; a success b; h any b", "a b");
    row("switch", "a b c d", "a any b - x; a any c - y; a any d; b any d; c any d", "a b d");
    row("expression to the end, otherwise on", "a b", "a any end - x; a any b", "a b");
    row("detour", "a b c d", "a success d b; b any c; c any d", "a d");
    row("retry loop", "a w b c", "a success b; a failure w; w any a; b success c", "a b c");
}

void TestAutoLayout::mainPathIsStraight()
{
    QFETCH(QString, tasks);
    QFETCH(QString, conditions);
    QFETCH(QString, mainPath);
    Flow flow = test::flow(tasks, conditions);
    flow.startTask = q("a");
    const Layout layout = autoLayout(flow);
    const QStringList main = mainPath.split(u' ');
    for (const Task &task : flow.tasks) {
        if (main.contains(task.name))
            QCOMPARE(layout.tasks[task.name].y(), 0.0);
        else
            QVERIFY2(layout.tasks[task.name].y() >= 140, qPrintable(told(layout)));
    }
    for (qsizetype i = 1; i < main.size(); ++i)
        QVERIFY(layout.tasks[main[i - 1]].x() < layout.tasks[main[i]].x());
}

void TestAutoLayout::hasItsProperties_data()
{
    QTest::addColumn<Flow>("flow");
    for (const QString &name : test::exampleNames())
        QTest::newRow(qPrintable(name)) << readFlowFile(test::exampleText(name)).file.flow;
    for (quint32 seed = 1; seed <= 200; ++seed)
        QTest::addRow("seed %u", seed) << test::randomFlow(seed, 1 + int(seed) % 60);
    Flow withoutStart = test::randomFlow(7, 20);
    withoutStart.startTask.clear();
    QTest::newRow("without start") << withoutStart;
    QTest::newRow("50 tasks without a wire") << []() {
        Flow flow = test::flow({});
        for (int i = 0; i < 50; ++i)
            flow.tasks << test::task(QStringLiteral("t%1").arg(i));
        return flow;
    }();
}

void TestAutoLayout::hasItsProperties()
{
    QFETCH(Flow, flow);
    const LayoutMetrics metrics;
    const Layout layout = autoLayout(flow);
    QCOMPARE(autoLayout(flow), layout); // deterministic
    QCOMPARE(layout.tasks.size(), flow.tasks.size());
    QCOMPARE(overlap(rects(flow, layout)), QString());
    for (const QPointF &place : layout.tasks) {
        QVERIFY(std::fmod(place.x(), metrics.grid) == 0 && std::fmod(place.y(), metrics.grid) == 0);
        QVERIFY(place.x() >= 0 && place.y() >= 0);
    }
    const FlowIndex index(flow);
    const FlowGraph graph(flow, index, routes(flow));
    const layered::DrawnFlow drawn(flow, index);
    for (qsizetype task = 0; task < graph.size(); ++task) {
        const QString &name = flow.tasks[task].name;
        QCOMPARE(layout.ends.contains(name), drawn.hasEnd(task));
        if (drawn.hasEnd(task))
            QVERIFY(layout.ends[name].x() > layout.tasks[name].x());
    }
    QCOMPARE(layout.start.has_value(), graph.start() >= 0);
    if (layout.start)
        QVERIFY(layout.start->x() < layout.tasks[flow.startTask].x());

    // Wires lead to the right, except for those that close a loop.
    QList<QList<qsizetype>> next;
    for (qsizetype task = 0; task < graph.size(); ++task)
        next << graph.next(task);
    const QList<int> groups = stronglyConnectedGroups(next);
    for (qsizetype task = 0; task < graph.size(); ++task) {
        for (const qsizetype to : graph.next(task)) {
            if (groups[task] != groups[to] && to != graph.start())
                QVERIFY2(layout.tasks[flow.tasks[task].name].x() < layout.tasks[flow.tasks[to].name].x(),
                         qPrintable(flow.tasks[task].name + q(" to ") + flow.tasks[to].name));
        }
    }
}

void TestAutoLayout::crossingsAreFew_data()
{
    QTest::addColumn<Flow>("flow");
    QTest::addColumn<int>("most");

    const auto row = [](const char *name, const char *tasks, const char *conditions, int most) {
        QTest::newRow(name) << test::flow(q(tasks), q(conditions)) << most;
    };
    row("chain", "a b c d", "a success b end; b success c end; c success d end", 0);
    row("one handler for all", "a b c d h", "a success b h; b success c h; c success d h; d success end h", 0);
    row("two branches meet", "a b c d", "a success b c; b any d; c any d", 0);
    row("switch of four", "a b c d e f",
        "a any b - x; a any c - y; a any d - z; a any e; b any f; c any f; d any f; e any f", 0);
    row("crossed on purpose", "a b c d e f", "a success b c; b any e; c any d; d any f; e any f", 0);
    row("loop", "a b c w", "a success b; a failure w; w any a; b success c", 0);
    QTest::newRow("thirty tasks") << readFlowFile(test::exampleText(q("thirty-tasks"))).file.flow << 4;
    QTest::newRow("tree of 127") << []() {
        Flow flow = test::flow({});
        for (int i = 0; i < 127; ++i) {
            flow.tasks << test::task(QString::number(i));
            const auto child = [i](int number) {
                return 2 * i + number < 127 ? QString::number(2 * i + number) : endTarget;
            };
            flow.conditions << Condition{.name = q("c"),
                                         .sourceTask = QString::number(i),
                                         .targetTaskSuccess = child(1),
                                         .targetTaskFailure = child(2)};
        }
        flow.startTask = q("0");
        return flow;
    }() << 0;
}

void TestAutoLayout::crossingsAreFew()
{
    QFETCH(Flow, flow);
    QFETCH(int, most);
    const layered::DrawnFlow drawn(flow, FlowIndex(flow));
    const layered::DrawnPart part = layered::drawPart(flow, drawn, drawn.parts.first(), LayoutMetrics());
    QVERIFY2(part.crossings <= most, qPrintable(QString::number(part.crossings)));
}

void TestAutoLayout::keepsFramesAndNotes()
{
    Layout old;
    old.frames << Frame{q("f"), QRectF(0, 0, 10, 10)};
    old.notes << Note{q("n"), QRectF(1, 1, 10, 10)};
    old.tasks.insert(q("gone"), {7, 7});
    const Layout layout = autoLayout(test::flow(q("a b")), {}, old);
    QCOMPARE(layout.frames, old.frames);
    QCOMPARE(layout.notes, old.notes);
    QCOMPARE(layout.tasks.keys(), (QStringList{q("a"), q("b")}));
}

void TestAutoLayout::respectsSizes()
{
    for (quint32 seed = 1; seed <= 50; ++seed) {
        const Flow flow = test::randomFlow(seed, 25);
        QRandomGenerator random(seed);
        LayoutMetrics metrics;
        metrics.columnGap = random.bounded(10, 100);
        metrics.rowGap = random.bounded(10, 100);
        metrics.grid = random.bounded(1, 30);
        for (const Task &task : flow.tasks)
            metrics.cards.insert(task.name, QSizeF(random.bounded(60, 300), random.bounded(50, 200)));
        const Layout layout = autoLayout(flow, metrics);
        QCOMPARE(overlap(rects(flow, layout, metrics)), QString());
    }
}

void TestAutoLayout::examplesAreLaidOutByIt_data()
{
    QTest::addColumn<QString>("name");
    for (const QString &name : test::exampleNames())
        QTest::newRow(qPrintable(name)) << name;
}

void TestAutoLayout::examplesAreLaidOutByIt()
{
    QFETCH(QString, name);
    const FlowFile file = readFlowFile(test::exampleText(name)).file;
    QCOMPARE(writeFlowFile({file.flow, autoLayout(file.flow)}), test::exampleText(name));
}

void TestAutoLayout::completes_data()
{
    QTest::addColumn<Layout>("layout");
    QTest::addColumn<QString>("complete");

    Layout one;
    one.tasks.insert(q("a"), {1000, 500});
    QTest::newRow("right of what is before") << one << q("start 880,510; a 1000,500; b 1260,500; end of b 1480,510");
    Layout other;
    other.tasks.insert(q("b"), {1000, 500});
    QTest::newRow("left of what is after") << other << q("start 620,510; a 740,500; b 1000,500; end of b 1220,510");
    Layout taken = one;
    taken.ends.insert(q("b"), {1300, 510});
    QTest::newRow("below what is there already")
        << taken << q("start 880,510; a 1000,500; b 1260,540; end of b 1300,510");
    Layout strange;
    strange.tasks.insert(q("gone"), {0, 300});
    QTest::newRow("only a task that is gone")
        << strange << q("start -120,60; a 0,50; b 260,50; gone 0,300; end of b 480,60");
    QTest::newRow("nothing placed") << Layout() << q("start 0,10; a 120,0; b 380,0; end of b 640,10");
    Layout markers;
    markers.start = QPointF(5, 5);
    QTest::newRow("only the start placed") << markers << q("start 5,5; a 120,0; b 380,0; end of b 640,10");
}

void TestAutoLayout::completes()
{
    QFETCH(Layout, layout);
    QFETCH(QString, complete);
    const Flow flow = test::flow(q("a b"), q("a any b"));
    const Layout found = completeLayout(flow, layout);
    if (qstrcmp(QTest::currentDataTag(), "only a task that is gone") == 0)
        QVERIFY2(found.tasks.contains(q("a")) && found.tasks.contains(q("b")), qPrintable(told(found)));
    else
        QCOMPARE(told(found), complete);
    QCOMPARE(completeLayout(flow, found), found);
}

/// Take any places away from a drawing: the rest stays, what comes back overlaps nothing.
void TestAutoLayout::completesAnything()
{
    for (quint32 seed = 1; seed <= 200; ++seed) {
        const Flow flow = test::randomFlow(seed, 20);
        Layout layout = autoLayout(flow);
        QRandomGenerator random(seed);
        for (const Task &task : flow.tasks) {
            if (random.bounded(3) == 0)
                layout.tasks.remove(task.name);
            if (random.bounded(3) == 0)
                layout.ends.remove(task.name);
        }
        if (random.bounded(2) == 0)
            layout.start.reset();
        const Layout complete = completeLayout(flow, layout);
        QCOMPARE(complete.tasks.size(), flow.tasks.size());
        for (auto it = layout.tasks.begin(); it != layout.tasks.end(); ++it)
            QCOMPARE(complete.tasks[it.key()], it.value());
        for (auto it = layout.ends.begin(); it != layout.ends.end(); ++it)
            QCOMPARE(complete.ends[it.key()], it.value());
        QVERIFY2(overlap(rects(flow, complete)).isEmpty(),
                 qPrintable(QStringLiteral("seed %1: ").arg(seed) + overlap(rects(flow, complete))));
        QVERIFY(complete.start.has_value());
    }
}

void TestAutoLayout::bigFlowsAreFast_data()
{
    QTest::addColumn<Flow>("flow");
    constexpr int count = 4'000;
    Flow chain = test::flow({});
    Flow star = test::flow({});
    Flow single = test::flow({});
    for (int i = 0; i < count; ++i) {
        const QString name = QStringLiteral("t%1").arg(i);
        for (Flow *flow : {&chain, &star, &single})
            flow->tasks << test::task(name);
        chain.conditions << Condition{.name = q("c"),
                                      .sourceTask = name,
                                      .targetTaskSuccess = QStringLiteral("t%1").arg(std::min(i + 1, count - 1)),
                                      .targetTaskFailure = QStringLiteral("t%1").arg((i * 7919LL) % count)};
        star.conditions << Condition{.name = q("c"), .sourceTask = q("t0"), .when = q("x"), .targetTaskSuccess = name};
    }
    chain.startTask = star.startTask = single.startTask = q("t0");
    QTest::newRow("chain with jumps") << chain;
    QTest::newRow("star") << star;
    QTest::newRow("single tasks") << single;
    QTest::newRow("random") << test::randomFlow(1, count);
}

void TestAutoLayout::bigFlowsAreFast()
{
    QFETCH(Flow, flow);
    QElapsedTimer timer;
    timer.start();
    Layout layout = autoLayout(flow);
    QCOMPARE(layout.tasks.size(), flow.tasks.size());
    QCOMPARE(overlap(rects(flow, layout)), QString());
    layout.tasks.removeIf([](auto it) { return it.key().endsWith(u'7'); });
    layout.ends.clear();
    QCOMPARE(completeLayout(flow, layout).tasks.size(), flow.tasks.size());
    QVERIFY2(timer.elapsed() < 60'000, qPrintable(QString::number(timer.elapsed())));
}

QTEST_GUILESS_MAIN(TestAutoLayout)
#include "tst_auto_layout.moc"
