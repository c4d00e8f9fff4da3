// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/timeline.h"
#include "monitor/timeline_panel.h"
#include "monitor/timeline_view.h"

#include "base/clock.h"
#include "support/flow_test.h"
#include "ui/look/panel_picture.h"
#include "ui/monitor/monitor_fixture.h"

#include <QHelpEvent>
#include <QSignalSpy>
#include <QToolTip>

using namespace flow;

class TestTimeline : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC");
        m_look.applyTo(qApp);
    }
    void eventsAndRecordsAgree();
    void runningGrows();
    void anotherRunStartsAnew();
    void scale_data();
    void scale();
    void tickSteps_data();
    void tickSteps();
    void tickTexts_data();
    void tickTexts();
    void barsStandWhereTheyBelong();
    void saysWhereAResultComesFrom();
    void clickNamesTheTask();
    void keysWalkTheRows();
    void livesOnlyWhileRunningAndSeen();
    void looks_data() { addThemes(); }
    void looks();

private:
    static Timeline folded(const QList<ExecutionEvent> &events)
    {
        Timeline timeline;
        for (const ExecutionEvent &event : events)
            timeline.apply(event);
        return timeline;
    }

    Look m_look;
};

void TestTimeline::eventsAndRecordsAgree()
{
    const Timeline live = folded(someEvents() + endOfEvents());
    const Timeline stored = Timeline::fromRecords(someRun(), someRecords());
    QVERIFY(live.rows() == stored.rows());
    QCOMPARE(live.rows().size(), 3);
    QCOMPARE(live.rows()[2].task, QStringLiteral("Fetch prices"));
    QCOMPARE(live.rows()[2].bars.size(), 2);
    QVERIFY(live.rows()[2].bars[0].status == TaskStatus::Failure);
    QCOMPARE(live.rows()[2].bars[1].begin, 3.0);
    QCOMPARE(*live.rows()[2].bars[1].end, 5.1);
    QCOMPARE(live.now(after(1'000)), 5.1);
    QCOMPARE(stored.now(after(1'000)), 5.1);
    QVERIFY(!live.isRunning());
}

void TestTimeline::runningGrows()
{
    const Timeline timeline = folded(someEvents());
    QVERIFY(timeline.isRunning());
    QCOMPARE(timeline.now(after(4)), 4.0);
    QCOMPARE(timeline.now(after(6)), 6.0);
    QVERIFY(!timeline.rows()[2].bars[1].end);
    QVERIFY(qAbs(timeline.durationOf(timeline.rows()[2], after(6)) - (1.04 + 3.0)) < 1e-9);
    QCOMPARE(timeline.length(after(6)), 6.0);
}

void TestTimeline::anotherRunStartsAnew()
{
    Timeline timeline = folded(someEvents());
    timeline.apply(eventAt(10, ExecutionStarted{}, 1286));
    QCOMPARE(timeline.executionId(), ExecutionId(1286));
    QVERIFY(timeline.rows().isEmpty());
}

void TestTimeline::scale_data()
{
    QTest::addColumn<double>("begin");
    QTest::addColumn<double>("end");
    QTest::addColumn<QRectF>("rect");
    QTest::newRow("whole") << 0.0 << 10.0 << QRectF(200, 5, 500, 12);
    QTest::newRow("second half") << 5.0 << 10.0 << QRectF(450, 5, 250, 12);
    QTest::newRow("a moment is seen") << 2.0 << 2.001 << QRectF(300, 5, 3, 12);
    QTest::newRow("ends before it begins") << 2.0 << 1.0 << QRectF(300, 5, 3, 12);
}

void TestTimeline::scale()
{
    QFETCH(double, begin);
    QFETCH(double, end);
    QFETCH(QRectF, rect);
    const TimelineScale where{200, 500, 10};
    QCOMPARE(where.bar(begin, end, 5, 12), rect);
}

void TestTimeline::tickSteps_data()
{
    QTest::addColumn<double>("length");
    QTest::addColumn<double>("step"); // 700 wide: ten ticks at most
    QTest::newRow("10 ms") << 0.01 << 0.001;
    QTest::newRow("1 s") << 1.0 << 0.1;
    QTest::newRow("1.1 s") << 1.1 << 0.2;
    QTest::newRow("5 s") << 5.0 << 0.5;
    QTest::newRow("11 s") << 11.0 << 2.0;
    QTest::newRow("45 s") << 45.0 << 5.0;
    QTest::newRow("2 min") << 120.0 << 20.0;
    QTest::newRow("4 min") << 240.0 << 30.0;
    QTest::newRow("10 min") << 600.0 << 60.0;
    QTest::newRow("1 h") << 3'600.0 << 600.0;
    QTest::newRow("8 h") << 28'800.0 << 3'600.0;
    QTest::newRow("3 days") << 259'200.0 << 36'000.0;
    QTest::newRow("30 days") << 2'592'000.0 << 259'200.0;
}

void TestTimeline::tickSteps()
{
    QFETCH(double, length);
    QFETCH(double, step);
    const TimelineScale where{0, 700, length};
    QVERIFY2(qAbs(where.tickStep() - step) < step * 1e-6, qPrintable(QString::number(where.tickStep())));
}

void TestTimeline::tickTexts_data()
{
    QTest::addColumn<double>("second");
    QTest::addColumn<QString>("text");
    const auto row = [](double second, const char *text) {
        QTest::newRow(text) << second << QString::fromLatin1(text);
    };
    row(0, "0 s");
    row(0.30000000000000004, "0.3 s");
    row(2, "2 s");
    row(60, "1 min");
    row(90, "1 min 30 s");
    row(3'600, "1 h");
    row(5'400, "1 h 30 min");
}

void TestTimeline::tickTexts()
{
    QFETCH(double, second);
    QFETCH(QString, text);
    QCOMPARE(tickText(second), text);
}

void TestTimeline::barsStandWhereTheyBelong()
{
    TimelineView view(&m_look);
    view.resize(1'000, 200);
    view.setTimeline(Timeline::fromRecords(someRun(), someRecords()));
    const QRectF first = view.barRect(0, 0);
    const QRectF failed = view.barRect(2, 0);
    const QRectF second = view.barRect(2, 1);
    QVERIFY(first.left() >= TimelineView::nameWidth);
    QVERIFY(second.right() <= 1'000 - TimelineView::durationWidth);
    QCOMPARE(first.top() + TimelineView::rowHeight * 2, failed.top());
    QVERIFY(qAbs(second.width() / first.width() - 2.1 / 0.84) < 0.01);
    QVERIFY(failed.right() < second.left()); // the wait between the attempts
    QVERIFY(view.barRect(0, 5).isEmpty());
    QVERIFY(view.barRect(9, 0).isEmpty());
    QCOMPARE(view.rowAt(failed.center().toPoint()), 2);
    QCOMPARE(view.rowAt(QPoint(300, 5)), -1);
}

void TestTimeline::saysWhereAResultComesFrom()
{
    TimelineView view(&m_look);
    Stage stage(&view, QSize(1'000, 200));
    Execution run = someRun();
    run.resumedFrom = 12;
    QList<TaskExecution> records = someRecords();
    view.setTimeline(Timeline::fromRecords(run, records));
    const QImage ran = view.grab().toImage();
    records[0].origin = AttemptOrigin::Reused;
    records[1].origin = AttemptOrigin::Forced;
    view.setTimeline(Timeline::fromRecords(run, records));
    QVERIFY(view.grab().toImage() != ran); // hollow: it did not run
    const auto tip = [&](int row) {
        const QPoint place = view.barRect(row, 0).center().toPoint();
        QHelpEvent event(QEvent::ToolTip, place, view.viewport()->mapToGlobal(place));
        QApplication::sendEvent(view.viewport(), &event);
        return QToolTip::text();
    };
    QVERIFY2(tip(0).contains(QStringLiteral("taken over from run 12")), qPrintable(tip(0)));
    QVERIFY2(tip(1).contains(QStringLiteral("given by a person")), qPrintable(tip(1)));
}

void TestTimeline::clickNamesTheTask()
{
    TimelinePanel panel(&m_look);
    Stage stage(&panel, QSize(900, 236));
    panel.showRecords(someRun(), someRecords());
    QSignalSpy tasks(&panel, &TimelinePanel::taskActivated);
    auto *view = panel.findChild<TimelineView *>();
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, view->barRect(1, 0).center().toPoint());
    QCOMPARE(tasks.count(), 1);
    QCOMPARE(tasks.first().first().toString(), QStringLiteral("Check orders"));
    QTest::mouseClick(view->viewport(), Qt::LeftButton, {}, QPoint(300, 5)); // the header
    QCOMPARE(tasks.count(), 1);
}

void TestTimeline::keysWalkTheRows()
{
    TimelinePanel panel(&m_look);
    Stage stage(&panel, QSize(900, 236));
    panel.showRecords(someRun(), someRecords());
    QSignalSpy tasks(&panel, &TimelinePanel::taskActivated);
    auto *view = panel.findChild<TimelineView *>();
    view->setFocus();
    QTest::keyClick(view, Qt::Key_Down);
    QTest::keyClick(view, Qt::Key_Down);
    QTest::keyClick(view, Qt::Key_Down);
    QTest::keyClick(view, Qt::Key_Down);
    QTest::keyClick(view, Qt::Key_Return);
    QCOMPARE(tasks.count(), 1);
    QCOMPARE(tasks.first().first().toString(), QStringLiteral("Fetch prices"));
}

void TestTimeline::livesOnlyWhileRunningAndSeen()
{
    TimelinePanel panel(&m_look);
    Stage stage(&panel, QSize(900, 236));
    auto *view = panel.findChild<TimelineView *>();
    QVERIFY(!view->isLive());
    for (const ExecutionEvent &event : someEvents())
        panel.apply(event);
    QTRY_VERIFY(view->isLive());
    QSignalSpy ticks(view, &TimelineView::ticked);
    QTRY_VERIFY(ticks.count() >= 2);
    panel.hide();
    QVERIFY(!view->isLive());
    panel.show();
    QVERIFY(view->isLive());
    for (const ExecutionEvent &event : endOfEvents())
        panel.apply(event);
    QTRY_VERIFY(!view->isLive());
}

void TestTimeline::looks()
{
    QFETCH(bool, dark);
    m_look.setMode(dark ? Look::Mode::Dark : Look::Mode::Light);
    TimelinePanel panel(&m_look);
    Stage stage(&panel, QSize(860, 236));
    keepPicture(stage.picture(), dark ? QStringLiteral("timeline-none-dark") : QStringLiteral("timeline-none-light"));
    // Ran until just now, so that the last attempt still grows.
    const auto shift = systemClock().now() - after(5.1);
    for (ExecutionEvent event : someEvents()) {
        event.at += std::chrono::duration_cast<std::chrono::microseconds>(shift);
        panel.apply(event);
    }
    QTRY_VERIFY(panel.findChild<TimelineView *>()->isLive());
    const QImage image = stage.picture();
    QVERIFY(saysSomething(image));
    keepPicture(image, dark ? QStringLiteral("timeline-dark") : QStringLiteral("timeline-light"));
    m_look.setMode(Look::Mode::Light);
}

QTEST_MAIN(TestTimeline)
#include "tst_timeline.moc"
