// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/history_panel.h"

#include "base/clock.h"
#include "monitor/history_delegate.h"
#include "monitor/history_model.h"
#include "support/flow_test.h"
#include "ui/look/panel_picture.h"
#include "ui/monitor/monitor_fixture.h"

#include <QComboBox>
#include <QLabel>
#include <QPushButton>
#include <QScrollBar>
#include <QSignalSpy>
#include <QTableView>
#include <QToolButton>

using namespace flow;

class TestHistoryPanel : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC");
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        m_look.applyTo(qApp);
    }
    void readsPageByPage();
    void ignoresAnswersToOldQuestions();
    void updatesKeepTheOrder();
    void updatesRespectTheFilter();
    void childrenOnlyWhereWanted_data();
    void childrenOnlyWhereWanted();
    void childrenNameTheirParent_data();
    void childrenNameTheirParent();
    void cells_data();
    void cells();
    void scrollingAsksForMore();
    void filtersAsk();
    void thisFlowFollows();
    void doubleClickAndEnterOpen();
    void stopButton();
    void emptyStates();
    void looks_data() { addThemes(); }
    void looks();

private:
    static ExecutionQuery asked(const QSignalSpy &spy) { return spy.last().first().value<ExecutionQuery>(); }
    static bool says(const QWidget &panel, const QString &text)
    {
        const QList<QLabel *> labels = panel.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->isVisible() && label->text() == text; });
    }
    static QPushButton *action(const QWidget &panel) { return panel.findChild<QPushButton *>(); }

    Look m_look;
    const QList<QPair<FlowId, QString>> m_flows = {{QStringLiteral("monthly-report"), QStringLiteral("Monthly report")},
                                                   {QStringLiteral("file-drop"), QStringLiteral("File drop")}};
};

void TestHistoryPanel::readsPageByPage()
{
    HistoryModel model;
    QSignalSpy spy(&model, &HistoryModel::pageNeeded);
    model.start({}, std::nullopt);
    QCOMPARE(spy.count(), 1);
    QVERIFY(!asked(spy).olderThan);
    QCOMPARE(asked(spy).perPage, HistoryModel::pageSize);
    QVERIFY(!model.canFetchMore({})); // the first page is on its way
    QVERIFY(model.takePage(asked(spy), somePage(250, 100, 250)));
    QCOMPARE(model.rowCount(), 100);
    QCOMPARE(model.total(), 250);

    QVERIFY(model.canFetchMore({}));
    model.fetchMore({});
    model.fetchMore({}); // asks once only
    QCOMPARE(spy.count(), 2);
    QCOMPARE(*asked(spy).olderThan, ExecutionId(151));
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QVERIFY(model.takePage(asked(spy), somePage(150, 100, 250)));
    QCOMPARE(inserted.count(), 1); // appended, not reset
    QCOMPARE(model.rowCount(), 200);
    QCOMPARE(model.execution(199).id, ExecutionId(51));

    model.fetchMore({});
    QVERIFY(model.takePage(asked(spy), somePage(50, 50, 250)));
    QCOMPARE(model.rowCount(), 250);
    QVERIFY(!model.canFetchMore({})); // a page that is not full was the last
    QCOMPARE(spy.count(), 3);
}

void TestHistoryPanel::ignoresAnswersToOldQuestions()
{
    HistoryModel model;
    QSignalSpy spy(&model, &HistoryModel::pageNeeded);
    model.start({}, std::nullopt);
    const ExecutionQuery old = asked(spy);
    model.start(QStringLiteral("file-drop"), std::nullopt);
    QVERIFY(!model.takePage(old, somePage(10, 10, 10)));
    QCOMPARE(model.rowCount(), 0);
    QVERIFY(model.takePage(asked(spy), somePage(9, 1, 1)));
    ExecutionQuery elsewhere = asked(spy);
    elsewhere.olderThan = 500;
    QVERIFY(!model.takePage(elsewhere, somePage(499, 10, 10)));
    QCOMPARE(model.rowCount(), 1);
}

void TestHistoryPanel::updatesKeepTheOrder()
{
    HistoryModel model;
    QSignalSpy spy(&model, &HistoryModel::pageNeeded);
    model.start({}, std::nullopt);
    model.takePage(asked(spy), somePage(10, 3, 3));
    model.update(someExecution(11, ExecutionStatus::Running));
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.total(), 4);
    QCOMPARE(model.execution(0).id, ExecutionId(11));
    QVERIFY(model.hasRunning());
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.update(someExecution(11, ExecutionStatus::Completed));
    QCOMPARE(changed.count(), 1);
    QCOMPARE(model.rowCount(), 4);
    QVERIFY(!model.hasRunning());
}

void TestHistoryPanel::updatesRespectTheFilter()
{
    HistoryModel model;
    QSignalSpy spy(&model, &HistoryModel::pageNeeded);
    model.start({}, ExecutionStatus::Running);
    model.takePage(asked(spy), Page<Execution>());
    model.update(someExecution(5, ExecutionStatus::Completed));
    QCOMPARE(model.rowCount(), 0);
    model.update(someExecution(6, ExecutionStatus::Running));
    QCOMPARE(model.rowCount(), 1);
    model.update(someExecution(6, ExecutionStatus::Completed)); // no longer runs
    QCOMPARE(model.rowCount(), 0);
    QCOMPARE(model.total(), 0);
}

void TestHistoryPanel::childrenOnlyWhereWanted_data()
{
    QTest::addColumn<bool>("topLevel");
    QTest::addColumn<int>("rows");
    QTest::newRow("only what people started") << true << 1;
    QTest::newRow("all") << false << 2;
}

void TestHistoryPanel::childrenOnlyWhereWanted()
{
    QFETCH(bool, topLevel);
    QFETCH(int, rows);
    HistoryModel model;
    model.setFlowNames({{QStringLiteral("file-drop"), QStringLiteral("File drop")}});
    QSignalSpy spy(&model, &HistoryModel::pageNeeded);
    model.start({}, {}, topLevel);
    QCOMPARE(asked(spy).topLevel, topLevel);
    model.takePage(asked(spy), Page<Execution>());
    model.update(someExecution(5, ExecutionStatus::Running));
    Execution child = someExecution(6, ExecutionStatus::Running);
    child.parent = ExecutionParent{5, 1, 0};
    model.update(child);
    QCOMPARE(model.rowCount(), rows);
    if (topLevel)
        return;
    const QModelIndex name = model.index(0, HistoryModel::FlowName);
    QCOMPARE(name.data().toString(), QStringLiteral("↳ File drop · from run 5"));
    QCOMPARE(name.data(Qt::ToolTipRole).toString(), QStringLiteral("File drop: from run 5"));
}

void TestHistoryPanel::childrenNameTheirParent_data()
{
    QTest::addColumn<QList<int>>("indexes"); // of the children of one attempt, the newest first
    QTest::addColumn<QStringList>("names");
    const auto row = [](const char *name, const QList<int> &indexes, const QStringList &places) {
        QStringList names;
        for (const QString &place : places)
            names << QStringLiteral("↳ File drop · ") + place;
        QTest::newRow(name) << indexes << names;
    };
    row("one", {0}, {QStringLiteral("from run 1,234")});
    row("loop", {2, 1, 0},
        {QStringLiteral("item 3 of run 1,234"), QStringLiteral("item 2 of run 1,234"),
         QStringLiteral("item 1 of run 1,234")});
    row("one replaced", {100'000, 0}, {QStringLiteral("from run 1,234"), QStringLiteral("from run 1,234")});
    row("item replaced", {100'001, 1}, {QStringLiteral("item 2 of run 1,234"), QStringLiteral("item 2 of run 1,234")});
}

void TestHistoryPanel::childrenNameTheirParent()
{
    QFETCH(QList<int>, indexes);
    QFETCH(QStringList, names);
    HistoryModel model;
    model.setFlowNames({{QStringLiteral("file-drop"), QStringLiteral("File drop")}});
    QSignalSpy spy(&model, &HistoryModel::pageNeeded);
    model.start({}, {});
    Page<Execution> page;
    for (const int index : indexes) {
        page.items << someExecution(2000 - page.items.size(), ExecutionStatus::Completed);
        page.items.last().flowId = QStringLiteral("file-drop");
        page.items.last().parent = ExecutionParent{1234, 3, index};
    }
    model.takePage(asked(spy), page);
    QStringList seen;
    for (int row = 0; row < model.rowCount(); ++row)
        seen << model.index(row, HistoryModel::FlowName).data().toString();
    QCOMPARE(seen, names);
}

void TestHistoryPanel::cells_data()
{
    QTest::addColumn<int>("column");
    QTest::addColumn<QString>("text");
    QTest::newRow("state") << int(HistoryModel::State) << QStringLiteral("failed");
    QTest::newRow("flow") << int(HistoryModel::FlowName) << QStringLiteral("Monthly report");
    QTest::newRow("run") << int(HistoryModel::Run) << QStringLiteral("1,285");
    QTest::newRow("started") << int(HistoryModel::Started) << QStringLiteral("10 Jan");
    QTest::newRow("duration") << int(HistoryModel::Duration) << QStringLiteral("4.8 s");
    QTest::newRow("tasks") << int(HistoryModel::Tasks) << QStringLiteral("4");
    QTest::newRow("message") << int(HistoryModel::Message)
                             << QStringLiteral("Fetch prices: The server api.shop did not answer within 30 s");
}

void TestHistoryPanel::cells()
{
    QFETCH(int, column);
    QFETCH(QString, text);
    HistoryModel model;
    model.setFlowNames({{QStringLiteral("monthly-report"), QStringLiteral("Monthly report")}});
    QSignalSpy spy(&model, &HistoryModel::pageNeeded);
    model.start({}, std::nullopt);
    Page<Execution> page;
    page.items = {someExecution(1285, ExecutionStatus::Failure)};
    model.takePage(asked(spy), page);
    model.refreshTimes(*timestampFromIso(QStringLiteral("2026-03-01T00:00:00")));
    QCOMPARE(model.index(0, column).data().toString(), text);
    if (column == HistoryModel::Started)
        QCOMPARE(model.index(0, column).data(Qt::ToolTipRole).toString(), QStringLiteral("10 January 2026, 10:02:32"));
}

void TestHistoryPanel::scrollingAsksForMore()
{
    HistoryPanel panel(&m_look);
    Stage stage(&panel, QSize(900, 260));
    QSignalSpy spy(&panel, &HistoryPanel::pageNeeded);
    panel.reload();
    QCOMPARE(spy.count(), 1);
    panel.showPage(asked(spy), somePage(500, 100, 500));
    QApplication::processEvents();
    QCOMPARE(spy.count(), 1);
    auto *table = panel.findChild<QTableView *>();
    table->verticalScrollBar()->setValue(table->verticalScrollBar()->maximum());
    QTRY_COMPARE(spy.count(), 2);
    QCOMPARE(*asked(spy).olderThan, ExecutionId(401));
    panel.showPage(asked(spy), somePage(400, 100, 500));
    QCOMPARE(table->model()->rowCount(), 200);
    QVERIFY(says(panel, QStringLiteral("500 runs")));
}

void TestHistoryPanel::filtersAsk()
{
    HistoryPanel panel(&m_look);
    panel.setFlows(m_flows);
    Stage stage(&panel, QSize(900, 260));
    QSignalSpy spy(&panel, &HistoryPanel::pageNeeded);
    const QList<QComboBox *> boxes = panel.findChildren<QComboBox *>();
    QTest::keyClick(boxes[0], Qt::Key_End);
    QCOMPARE(asked(spy).flowId, QStringLiteral("file-drop"));
    QTest::keyClick(boxes[1], Qt::Key_Down);
    QVERIFY(asked(spy).status == ExecutionStatus::Running);
    QCOMPARE(asked(spy).flowId, QStringLiteral("file-drop"));
    QVERIFY(!asked(spy).olderThan);
    QVERIFY(asked(spy).topLevel);
    QTest::mouseClick(panel.findChild<QToolButton *>(QStringLiteral("historyChildren")), Qt::LeftButton);
    QVERIFY(!asked(spy).topLevel);
    QCOMPARE(asked(spy).flowId, QStringLiteral("file-drop"));
}

void TestHistoryPanel::thisFlowFollows()
{
    HistoryPanel panel(&m_look);
    panel.setFlows(m_flows);
    panel.setCurrentFlow(QStringLiteral("monthly-report"));
    Stage stage(&panel, QSize(900, 260));
    QSignalSpy spy(&panel, &HistoryPanel::pageNeeded);
    auto *flows = panel.findChildren<QComboBox *>()[0];
    QTest::keyClick(flows, Qt::Key_Down);
    QCOMPARE(flows->currentText(), QStringLiteral("This flow: Monthly report"));
    QCOMPARE(asked(spy).flowId, QStringLiteral("monthly-report"));
    panel.setCurrentFlow(QStringLiteral("file-drop"));
    QCOMPARE(spy.count(), 2);
    QCOMPARE(asked(spy).flowId, QStringLiteral("file-drop"));
    QTest::keyClick(flows, Qt::Key_Home);
    panel.setCurrentFlow(QStringLiteral("monthly-report")); // "All flows" stays
    QCOMPARE(spy.count(), 3);
    QCOMPARE(asked(spy).flowId, QString());
}

void TestHistoryPanel::doubleClickAndEnterOpen()
{
    HistoryPanel panel(&m_look);
    Stage stage(&panel, QSize(900, 260));
    QSignalSpy asks(&panel, &HistoryPanel::pageNeeded);
    panel.reload();
    panel.showPage(asked(asks), somePage(10, 5, 5));
    QSignalSpy opened(&panel, &HistoryPanel::executionActivated);
    auto *table = panel.findChild<QTableView *>();
    const QPoint place = table->visualRect(table->model()->index(1, 1)).center();
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, place);
    QTest::mouseDClick(table->viewport(), Qt::LeftButton, {}, place);
    QCOMPARE(opened.count(), 1);
    QCOMPARE(opened.last().first().toLongLong(), 9);
    QTest::keyClick(table, Qt::Key_Down);
    QTest::keyClick(table, Qt::Key_Return);
    QCOMPARE(opened.count(), 2);
    QCOMPARE(opened.last().first().toLongLong(), 8);
}

void TestHistoryPanel::stopButton()
{
    HistoryPanel panel(&m_look);
    Stage stage(&panel, QSize(900, 260));
    QSignalSpy asks(&panel, &HistoryPanel::pageNeeded);
    panel.reload();
    panel.showPage(asked(asks), somePage(10, 2, 2));
    panel.updateExecution(someExecution(11, ExecutionStatus::Running));
    QSignalSpy stops(&panel, &HistoryPanel::cancelRequested);
    auto *table = panel.findChild<QTableView *>();
    const auto *delegate = qobject_cast<HistoryDelegate *>(table->itemDelegate());
    const auto stopOf = [&](int row) {
        const QModelIndex index = table->model()->index(row, HistoryModel::Message);
        return delegate->stopRect(table->visualRect(index), index);
    };
    QVERIFY(stopOf(1).isEmpty());
    QTest::mouseClick(table->viewport(), Qt::LeftButton, {}, stopOf(0).center());
    QCOMPARE(stops.count(), 1);
    QCOMPARE(stops.first().first().toLongLong(), 11);
}

void TestHistoryPanel::emptyStates()
{
    HistoryPanel panel(&m_look);
    panel.setFlows(m_flows);
    Stage stage(&panel, QSize(900, 260));
    QSignalSpy asks(&panel, &HistoryPanel::pageNeeded);
    panel.reload();
    panel.showPage(asked(asks), Page<Execution>());
    QVERIFY(says(panel, QStringLiteral("No runs yet")));
    QVERIFY(!action(panel)->isVisible());
    keepPicture(stage.picture(), QStringLiteral("history-none"));

    QTest::keyClick(panel.findChildren<QComboBox *>()[1], Qt::Key_Down);
    panel.showPage(asked(asks), Page<Execution>());
    QVERIFY(says(panel, QStringLiteral("No run matches these filters")));
    QTest::mouseClick(action(panel), Qt::LeftButton);
    QVERIFY(!asked(asks).status);

    panel.showError(QStringLiteral("The database is locked by another program."));
    QVERIFY(says(panel, QStringLiteral("The history could not be read")));
    QVERIFY(says(panel, QStringLiteral("The database is locked by another program.")));
    const qsizetype before = asks.count();
    QTest::mouseClick(action(panel), Qt::LeftButton);
    QCOMPARE(asks.count(), before + 1);
    panel.showPage(asked(asks), somePage(3, 3, 3));
    QVERIFY(!says(panel, QStringLiteral("The history could not be read")));
}

void TestHistoryPanel::looks()
{
    QFETCH(bool, dark);
    m_look.setMode(dark ? Look::Mode::Dark : Look::Mode::Light);
    HistoryPanel panel(&m_look);
    panel.setFlows(m_flows);
    Stage stage(&panel, QSize(1000, 260));
    QSignalSpy asks(&panel, &HistoryPanel::pageNeeded);
    panel.reload();
    Page<Execution> page = somePage(1284, 60, 1284);
    const Timestamp now = systemClock().now();
    for (qsizetype i = 0; i < page.items.size(); ++i)
        page.items[i].startedAt = now - std::chrono::minutes(3 + i * 47);
    page.items[3].status = ExecutionStatus::Interrupted;
    page.items[4].status = ExecutionStatus::Cancelled;
    panel.showPage(asked(asks), page);
    Execution running = someExecution(1285, ExecutionStatus::Running);
    running.startedAt = now - std::chrono::milliseconds(5'100);
    panel.updateExecution(running);
    panel.findChild<QTableView *>()->selectRow(1);
    const QImage image = stage.picture();
    QVERIFY(saysSomething(image));
    keepPicture(image, dark ? QStringLiteral("history-dark") : QStringLiteral("history-light"));
    m_look.setMode(Look::Mode::Light);
}

QTEST_MAIN(TestHistoryPanel)
#include "tst_history_panel.moc"
