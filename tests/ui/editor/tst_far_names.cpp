// SPDX-License-Identifier: GPL-3.0-or-later
#include "canvas_stage.h"
#include "support/flow_test.h"

using namespace flow;
using namespace flow::test;

/// Names can be read however small the cards are.
class TestFarNames : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void thirtyNamesAtTheFitZoom_data();
    void thirtyNamesAtTheFitZoom();
    void nearCardsHaveNoneBesideThem();
    void allCardsChangeTogether_data();
    void allCardsChangeTogether();
    void lines_data();
    void lines();
};

void TestFarNames::thirtyNamesAtTheFitZoom_data()
{
    QTest::addColumn<QSize>("size");
    QTest::addColumn<bool>("dark");
    QTest::newRow("large, light") << QSize(1180, 620) << false;
    QTest::newRow("large, dark") << QSize(1180, 620) << true;
    QTest::newRow("beside panels") << QSize(860, 480) << false;
}

void TestFarNames::thirtyNamesAtTheFitZoom()
{
    QFETCH(QSize, size);
    QFETCH(bool, dark);
    CanvasStage stage(exampleFlow(QStringLiteral("thirty-tasks")), dark, size);
    stage.keep(QStringLiteral("far-names-%1-%2")
                   .arg(size.width())
                   .arg(dark ? QStringLiteral("dark") : QStringLiteral("light")));
    const FlowScene &scene = *stage.view->flowScene();
    QVERIFY(stage.view->zoom() < farZoom);
    const QList<FarName> names = scene.farNames(stage.view->viewportTransform());
    QCOMPARE(names.size(), stage.document.flow().tasks.size());
    for (const FarName &name : names) {
        QVERIFY2(QRectF(stage.view->viewport()->rect()).contains(name.rect.adjusted(4, 0, -4, 0)),
                 qPrintable(name.name));
        for (const TaskItem *task : scene.tasks())
            QVERIFY(!name.rect.intersects(stage.view->viewportTransform().mapRect(task->sceneCard())));
        for (const FarName &other : names)
            QVERIFY2(name.name == other.name || !name.rect.intersects(other.rect),
                     qPrintable(name.name + u' ' + other.name));
    }
}

void TestFarNames::nearCardsHaveNoneBesideThem()
{
    CanvasStage stage(exampleFlow(QStringLiteral("thirty-tasks")));
    stage.view->setZoom(farZoom);
    QVERIFY(stage.view->flowScene()->farNames(stage.view->viewportTransform()).isEmpty());
}

void TestFarNames::allCardsChangeTogether_data()
{
    QTest::addColumn<double>("zoom");
    for (const double zoom : {0.25, 0.3, 0.4, 0.5, 0.55, 0.6})
        QTest::addRow("%g", zoom) << zoom;
}

/// Whatever the zoom, no card is a filled block while its neighbour shows its name.
void TestFarNames::allCardsChangeTogether()
{
    QFETCH(double, zoom);
    CanvasStage stage(exampleFlow(QStringLiteral("failure-handling")));
    stage.view->setZoom(zoom);
    stage.view->centerOn(stage.view->flowScene()->content().center());
    const QImage picture = stage.picture();
    QSet<QRgb> grounds;
    for (const TaskItem *task : stage.view->flowScene()->tasks()) {
        const QPoint corner = stage.view->mapFromScene(task->sceneCard().bottomRight() - QPointF(12, 6));
        if (picture.rect().contains(corner))
            grounds << picture.pixel(corner);
    }
    QCOMPARE(grounds.size(), 1);
}

void TestFarNames::lines_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("lines");
    QTest::newRow("one word") << QStringLiteral("settings") << QStringLiteral("settings");
    QTest::newRow("fits in one") << QStringLiteral("call_me") << QStringLiteral("call_me");
    QTest::newRow("broken") << QStringLiteral("check_calendar") << QStringLiteral("check_|calendar");
    QTest::newRow("the third word has no line")
        << QStringLiteral("write_shortened_report") << QStringLiteral("write_|shortene…");
    QTest::newRow("empty") << QString() << QString();
}

void TestFarNames::lines()
{
    QFETCH(QString, name);
    QFETCH(QString, lines);
    QFont font(QStringLiteral("DejaVu Sans Mono"));
    font.setPixelSize(farNamePixels);
    const QFontMetricsF metrics(font);
    const QSizeF room(metrics.horizontalAdvance(QString(9, u'x')) + 1, 2 * metrics.height() + 1);
    QCOMPARE(nameLines(name, metrics, room).join(u'|'), lines);
}

QTEST_MAIN(TestFarNames)
#include "tst_far_names.moc"
