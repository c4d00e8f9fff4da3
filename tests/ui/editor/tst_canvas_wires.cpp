// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_stage.h"
#include "support/flow_test.h"

#include <random>

using namespace flow;
using namespace flow::test;

namespace {

/// Up to 18 cards of different sizes that stand anywhere but on each other, at least `gap` apart, joined at random.
FlowFile crowded(unsigned seed, double gap)
{
    std::mt19937 random(seed);
    const auto below = [&random](int limit) { return int(random() % unsigned(limit)); };
    FlowFile file;
    file.flow.id = file.flow.name = QStringLiteral("crowded");
    QList<QRectF> taken;
    for (int attempt = 0; attempt < 60 && file.flow.tasks.size() < 18; ++attempt) {
        // As wide as the widest card and as high as one with three ways out.
        const QRectF card(below(1200), below(600), 280, 110);
        const QRectF room = card.adjusted(-gap / 2, -gap / 2, gap / 2, gap / 2);
        if (std::any_of(taken.begin(), taken.end(), [&](const QRectF &other) { return other.intersects(room); }))
            continue;
        taken << room;
        Task task;
        task.name = QStringLiteral("t%1").arg(file.flow.tasks.size()) + QString(below(3) * 12, u'x');
        task.type = QStringLiteral("noop");
        file.flow.tasks << task;
        file.layout.tasks.insert(task.name, card.topLeft());
    }
    file.flow.startTask = file.flow.tasks.first().name;
    const auto some = [&] { return file.flow.tasks[below(int(file.flow.tasks.size()))].name; };
    for (const Task &task : file.flow.tasks) {
        Condition condition;
        condition.name = condition.sourceTask = task.name;
        condition.outcome = Outcome(below(3));
        if (below(4) == 0)
            condition.when = QStringLiteral("result.count > %1").arg(below(100));
        condition.targetTaskSuccess = some();
        condition.targetTaskFailure = below(2) == 0 ? some() : endTarget;
        file.flow.conditions << condition;
    }
    return file;
}

/// The document and its scene, without a window.
struct Drawing
{
    explicit Drawing(const FlowFile &file) : document(file, {}, &types), scene(&document, &look) {}

    TaskTypes types = builtInTasks().types();
    Look look;
    FlowDocument document;
    FlowScene scene;
};

QList<QRectF> partsOf(const WireItem &wire)
{
    QList<QRectF> parts;
    for (qsizetype corner = 1; corner < wire.corners().size(); ++corner)
        parts << QRectF(wire.corners()[corner - 1], wire.corners()[corner]).normalized();
    return parts;
}

/// The card that a wire runs through, other than by touching its edge; empty: none.
QString cardCutBy(const FlowScene &scene, const WireItem &wire)
{
    for (const TaskItem *task : scene.tasks()) {
        const QRectF inside = task->sceneCard().adjusted(1, 1, -1, -1);
        for (const QRectF &part : partsOf(wire)) {
            if (part.adjusted(-0.5, -0.5, 0.5, 0.5).intersects(inside))
                return task->name();
        }
    }
    return {};
}

bool standsOnACard(const FlowScene &scene, const MarkerItem *pill)
{
    const QList<TaskItem *> tasks = scene.tasks();
    return pill && std::any_of(tasks.begin(), tasks.end(), [pill](const TaskItem *task) {
        return task->sceneCard().intersects(pill->scenePill());
    });
}

QString described(unsigned seed, const WireItem &wire, const QString &other)
{
    return QStringLiteral("seed %1: %2 and %3").arg(seed).arg(wire.key(), other);
}

} // namespace

/// Wires between cards that stand anywhere: around cards, beside each other, with labels that can be read.
class TestCanvasWires : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void noWireRunsThroughACard_data();
    void noWireRunsThroughACard();
    void anEndBesideAWideCardIsReachedStraight();
};

void TestCanvasWires::noWireRunsThroughACard_data()
{
    QTest::addColumn<unsigned>("first");
    QTest::addColumn<double>("gap");
    for (unsigned first = 0; first < 500; first += 100)
        QTest::addRow("%u roomy", first) << first << 40.0;
    for (unsigned first = 500; first < 1000; first += 100)
        QTest::addRow("%u crowded", first) << first << 10.0;
}

void TestCanvasWires::noWireRunsThroughACard()
{
    QFETCH(unsigned, first);
    QFETCH(double, gap);
    for (unsigned seed = first; seed < first + 100; ++seed) {
        const Drawing drawing(crowded(seed, gap));
        QVERIFY(drawing.scene.tasks().size() >= 3);
        for (const WireItem *wire : drawing.scene.wires()) {
            // A pill that was put onto a card cannot be reached otherwise.
            const MarkerItem *end = wire->route().target == endTarget ? drawing.scene.endMarker(wire->route().source) : nullptr;
            if (standsOnACard(drawing.scene, end ? end : wire->route().source.isEmpty() ? drawing.scene.startMarker() : nullptr))
                continue;
            const QString cut = cardCutBy(drawing.scene, *wire);
            QVERIFY2(cut.isEmpty(), qPrintable(described(seed, *wire, cut)));
        }
    }
}

void TestCanvasWires::anEndBesideAWideCardIsReachedStraight()
{
    FlowFile file;
    file.flow.id = file.flow.name = QStringLiteral("wide");
    Task task;
    task.name = QStringLiteral("A task with quite a long name that nobody can read in full");
    task.type = QStringLiteral("noop");
    file.flow.tasks << task;
    file.flow.startTask = task.name;
    file.layout.tasks.insert(task.name, {});
    const Drawing drawing(file);
    const WireItem *toEnd = nullptr;
    for (const WireItem *wire : drawing.scene.wires()) {
        if (wire->route().target == endTarget)
            toEnd = wire;
    }
    QVERIFY(toEnd);
    QCOMPARE(toEnd->corners().size(), 2);
}

QTEST_MAIN(TestCanvasWires)
#include "tst_canvas_wires.moc"
