// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_stage.h"
#include "support/flow_test.h"

#include <random>

using namespace flow;
using namespace flow::test;

namespace {

/// Up to 18 cards of different sizes that stand anywhere but on each other, at least `gap` apart and with room for
/// pills beside them, joined at random.
FlowFile crowded(unsigned seed, double gap, double forPills = 0)
{
    std::mt19937 random(seed);
    const auto below = [&random](int limit) { return int(random() % unsigned(limit)); };
    FlowFile file;
    file.flow.id = file.flow.name = QStringLiteral("crowded");
    QList<QRectF> taken;
    for (int attempt = 0; attempt < 60 && file.flow.tasks.size() < 18; ++attempt) {
        // As wide as the widest card and as high as one with three ways out.
        const QRectF card(below(1200), below(600), 280, 110);
        const QRectF room = card.adjusted(-gap / 2 - forPills, -gap / 2, gap / 2 + forPills, gap / 2);
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
    explicit Drawing(const FlowFile &file)
        : document(file, {}, &types)
        , scene(&document, &look)
    {
    }

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

/// How far two wires lie on each other, other than where they leave or arrive together.
double sharedLength(const WireItem &one, const WireItem &other)
{
    double shared = 0;
    for (const QRectF &a : partsOf(one)) {
        for (const QRectF &b : partsOf(other)) {
            const bool flat = a.width() > a.height();
            if (flat != (b.width() > b.height()) || std::abs(flat ? a.y() - b.y() : a.x() - b.x()) > 2)
                continue;
            const double along = flat ? std::min(a.right(), b.right()) - std::max(a.left(), b.left())
                                      : std::min(a.bottom(), b.bottom()) - std::max(a.top(), b.top());
            shared = std::max(shared, along);
        }
    }
    const bool meet =
        one.corners().first() == other.corners().first() || one.corners().last() == other.corners().last();
    return meet ? shared - 72 : shared - 2;
}

/// Pairs of wires that lie on each other.
QStringList pairsOnEachOther(const FlowScene &scene)
{
    QStringList pairs;
    const QList<WireItem *> wires = scene.wires();
    for (qsizetype one = 0; one < wires.size(); ++one) {
        for (qsizetype other = one + 1; other < wires.size(); ++other) {
            if (sharedLength(*wires[one], *wires[other]) > 0.5)
                pairs << wires[one]->key() + QStringLiteral(" on ") + wires[other]->key();
        }
    }
    return pairs;
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
    void wiresLieBesideEachOther();
    void labelsCanBeRead();
    void wiresStayApartWhileCardsMove();
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
            const MarkerItem *end =
                wire->route().target == endTarget ? drawing.scene.endMarker(wire->route().source) : nullptr;
            if (standsOnACard(drawing.scene, end                              ? end
                                             : wire->route().source.isEmpty() ? drawing.scene.startMarker()
                                                                              : nullptr))
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

void TestCanvasWires::wiresLieBesideEachOther()
{
    for (unsigned seed = 0; seed < 300; ++seed) {
        const Drawing drawing(crowded(seed, 60, 60));
        QVERIFY(drawing.scene.wires().size() >= 4);
        const QStringList pairs = pairsOnEachOther(drawing.scene);
        QVERIFY2(pairs.isEmpty(), qPrintable(QStringLiteral("seed %1: ").arg(seed) + pairs.join(u' ')));
    }
}

void TestCanvasWires::labelsCanBeRead()
{
    int words = 0, signs = 0, none = 0;
    for (unsigned seed = 0; seed < 300; ++seed) {
        const Drawing drawing(crowded(seed, 40, 60));
        const QList<WireItem *> wires = drawing.scene.wires();
        for (const WireItem *wire : wires) {
            const QRectF label = wire->labelRect();
            // What leads away from the start or is implied has nothing to say, and the way to a pill is short.
            if (wire->route().condition >= 0 && wire->route().target != endTarget)
                ++(label.isEmpty() ? none : wire->isLabelSign() ? signs : words);
            for (const TaskItem *task : drawing.scene.tasks())
                QVERIFY2(!label.intersects(task->sceneCard()), qPrintable(described(seed, *wire, task->name())));
            for (const WireItem *other : wires) {
                if (other != wire)
                    QVERIFY2(!label.intersects(other->labelRect()), qPrintable(described(seed, *wire, other->key())));
            }
        }
    }
    const QString counts = QStringLiteral("%1 words, %2 signs, %3 without").arg(words).arg(signs).arg(none);
    QVERIFY2(words > 2000 && signs < words / 4 && none < words / 50, qPrintable(counts));
}

void TestCanvasWires::wiresStayApartWhileCardsMove()
{
    for (unsigned seed = 0; seed < 40; ++seed) {
        Drawing drawing(crowded(seed, 80, 60));
        const QList<Task> tasks = drawing.document.flow().tasks;
        for (const Task &task : tasks) {
            const QPointF place = drawing.scene.places().tasks.value(task.name);
            drawing.document.moveTasks({{task.name, place + QPointF(20, 20)}});
            const QStringList pairs = pairsOnEachOther(drawing.scene);
            QVERIFY2(pairs.isEmpty(), qPrintable(QStringLiteral("seed %1: ").arg(seed) + pairs.join(u' ')));
        }
    }
}

QTEST_MAIN(TestCanvasWires)
#include "tst_canvas_wires.moc"
