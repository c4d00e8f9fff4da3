// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/canvas/wire_maze.h"
#include "editor/canvas/wire_router.h"
#include "support/flow_test.h"

#include <random>

using namespace flow;

namespace {

const QSizeF card(196, 80);

Obstacles obstaclesOf(const QList<QPointF> &corners)
{
    Obstacles obstacles;
    for (qsizetype index = 0; index < corners.size(); ++index)
        obstacles.insert(int(index), QRectF(corners[index], card));
    return obstacles;
}

QPointF output(QPointF corner)
{
    return corner + QPointF(card.width(), 22);
}

QPointF input(QPointF corner)
{
    return corner + QPointF(-6, 22);
}

bool isOrthogonal(const QList<QPointF> &corners)
{
    for (qsizetype index = 1; index < corners.size(); ++index) {
        const QPointF by = corners[index] - corners[index - 1];
        if (std::abs(by.x()) > 0.5 && std::abs(by.y()) > 0.5)
            return false;
    }
    return true;
}

} // namespace

/// Wires leave to the right, arrive from the left, have right angles, and do not run through cards.
class TestWireRouter : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void straightBetweenNeighbours();
    void way_data();
    void way();
    void narrowGaps_data();
    void narrowGaps();
    void randomCardsAreNotCut();
    void obstaclesAreFoundByPlace();
};

void TestWireRouter::straightBetweenNeighbours()
{
    const QList<QPointF> cards{{0, 0}, {260, 0}};
    const QList<QPointF> way = routeWire({output(cards[0]), input(cards[1])}, obstaclesOf(cards));
    QCOMPARE(way, (QList<QPointF>{{196, 22}, {254, 22}}));
}

void TestWireRouter::way_data()
{
    QTest::addColumn<QList<QPointF>>("cards"); // from the first to the last
    QTest::newRow("next column, lower") << QList<QPointF>{{0, 0}, {260, 140}};
    QTest::newRow("over a card between") << QList<QPointF>{{0, 0}, {260, 0}, {520, 0}};
    QTest::newRow("over two cards between") << QList<QPointF>{{0, 0}, {260, 0}, {520, 0}, {780, 0}};
    QTest::newRow("below") << QList<QPointF>{{0, 0}, {0, 200}};
    QTest::newRow("back") << QList<QPointF>{{520, 0}, {260, 0}, {0, 0}};
    QTest::newRow("to itself") << QList<QPointF>{{0, 0}};
    QTest::newRow("back and down, past a wall") << QList<QPointF>{{520, 0}, {260, 0}, {260, 140}, {260, 280}, {0, 280}};
}

void TestWireRouter::way()
{
    QFETCH(QList<QPointF>, cards);
    const Obstacles obstacles = obstaclesOf(cards);
    const WireEnds ends{output(cards.first()), input(cards.last())};
    const QList<QPointF> way = routeWire(ends, obstacles);

    QCOMPARE(way.first(), ends.from);
    QCOMPARE(way.last(), ends.to);
    QVERIFY(isOrthogonal(way));
    QVERIFY(way.size() >= 2 && way[1].x() > way[0].x());
    QVERIFY(way[way.size() - 2].x() < way.last().x());
    QCOMPARE(cuts(way, obstacles), 0);
}

void TestWireRouter::narrowGaps_data()
{
    QTest::addColumn<double>("gap"); // between two cards; the wire arrives at the right one, 6 before its edge
    for (const double gap : {10.0, 11.0, 12.0, 13.0, 16.0, 20.0, 28.0, 40.0})
        QTest::addRow("%g", gap) << gap;
}

/// Too near to both is better than through one.
void TestWireRouter::narrowGaps()
{
    QFETCH(double, gap);
    const QPointF target(300, 0);
    const Obstacles obstacles = obstaclesOf({{500, 300}, target - QPointF(card.width() + gap, 0), target});
    const QList<QPointF> way = routeWire({output({500, 300}), input(target)}, obstacles);
    QVERIFY(isOrthogonal(way));
    QVERIFY(way[way.size() - 2].x() < way.last().x());
    QCOMPARE(crossings(way, obstacles), 0);
}

void TestWireRouter::randomCardsAreNotCut()
{
    for (unsigned seed = 0; seed < 300; ++seed) {
        std::mt19937 random(seed);
        QList<QPointF> cards;
        for (int column = 0; column < 6; ++column) {
            for (int row = 0; row < 4; ++row) {
                if (random() % 4 != 0)
                    cards << QPointF(column * 260 + int(random() % 2) * 20, row * 140 + int(random() % 2) * 20);
            }
        }
        const Obstacles obstacles = obstaclesOf(cards);
        for (int wire = 0; wire < 10; ++wire) {
            const QPointF from = cards[qsizetype(random() % size_t(cards.size()))];
            const QPointF to = cards[qsizetype(random() % size_t(cards.size()))];
            const QList<QPointF> way = routeWire({output(from), input(to)}, obstacles);
            QVERIFY2(isOrthogonal(way), qPrintable(QStringLiteral("seed %1").arg(seed)));
            QVERIFY2(cuts(way, obstacles) == 0, qPrintable(QStringLiteral("seed %1, wire %2").arg(seed).arg(wire)));
        }
    }
}

void TestWireRouter::obstaclesAreFoundByPlace()
{
    Obstacles obstacles = obstaclesOf({{0, 0}, {1000, 1000}, {-700, 300}});
    QCOMPARE(obstacles.within(QRectF(-50, -50, 100, 100)), (std::vector<int>{0}));
    QCOMPARE(obstacles.within(QRectF(-1000, -1000, 4000, 4000)), (std::vector<int>{0, 1, 2}));
    obstacles.insert(0, QRectF(QPointF(2000, 0), card));
    QVERIFY(!obstacles.hits(QRectF(-50, -50, 100, 100)));
    obstacles.remove(1);
    QCOMPARE(obstacles.bounds(), QRectF(QPointF(-700, 0), QPointF(2196, 380)));
}

QTEST_GUILESS_MAIN(TestWireRouter)
#include "tst_wire_router.moc"
