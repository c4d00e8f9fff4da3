// SPDX-License-Identifier: GPL-3.0-or-later
#include "monitor/log_panel.h"

#include "look/format.h"
#include "look/search_field.h"
#include "monitor/log_delegate.h"
#include "monitor/log_model.h"
#include "support/flow_test.h"
#include "ui/look/panel_picture.h"
#include "ui/monitor/monitor_fixture.h"

#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QListView>
#include <QScrollBar>
#include <QSignalSpy>
#include <QToolButton>

using namespace flow;

class TestLogPanel : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC");
        QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
        m_look.applyTo(qApp);
    }
    void lines_data();
    void lines();
    void copiedLine();
    void keepsTheNewest();
    void keepsTheEndOfOneHugeBatch();
    void filter();
    void filterHoldsForNewLines();
    void manyEventsAreOneInsertion();
    void followsTheEnd();
    void lookingBackEndsFollowing();
    void copyAndTaskClick();
    void emptyStates();
    void looks_data() { addThemes(); }
    void looks();

private:
    static LogLine line(int number, LogLevel level = LogLevel::Info)
    {
        return LogLine{after(number), level, QStringLiteral("Read"), QStringLiteral("line %1").arg(number)};
    }
    static QStringList texts(const QAbstractItemModel &model)
    {
        QStringList list;
        for (int row = 0; row < model.rowCount(); ++row)
            list << model.index(row, 0).data().toString();
        return list;
    }
    static bool says(const QWidget &panel, const QString &text)
    {
        const QList<QLabel *> labels = panel.findChildren<QLabel *>();
        return std::any_of(labels.begin(), labels.end(),
                           [&](const QLabel *label) { return label->isVisible() && label->text().contains(text); });
    }

    Look m_look;
};

void TestLogPanel::lines_data()
{
    QTest::addColumn<ExecutionEvent>("event");
    QTest::addColumn<QString>("text"); ///< null: no line
    QTest::addColumn<int>("level");
    const QString task = QStringLiteral("Read");
    const auto row = [](const char *name, const ExecutionEvent &event, const char *text, LogLevel level) {
        QTest::newRow(name) << event << (text ? QString::fromUtf8(text) : QString()) << int(level);
    };
    const Timestamp noon(std::chrono::hours(12));
    row("queued", eventAt(0, ExecutionQueued{}), "Waits for a free place", LogLevel::Info);
    row("run started", eventAt(0, ExecutionStarted{}), "Run started", LogLevel::Info);
    row("task started", eventAt(0, TaskStarted{task, 1, 1}), "Started", LogLevel::Info);
    row("second attempt", eventAt(0, TaskStarted{task, 1, 2}), "Started, attempt 2", LogLevel::Info);
    row("progress without words", eventAt(0, TaskProgressed{task, 0.5, {}}), nullptr, LogLevel::Info);
    row("progress", eventAt(0, TaskProgressed{task, 0.5, QStringLiteral("half")}), "50 % · half", LogLevel::Debug);
    row("said", eventAt(0, TaskLogged{task, LogLevel::Warning, QStringLiteral("odd")}), "odd", LogLevel::Warning);
    row("done", eventAt(0, TaskFinished{task, 1, 1, TaskStatus::Success, {}, 0.84, 0, true, QStringLiteral("Check")}),
        "Done in 0.84 s → Check", LogLevel::Info);
    row("done and over",
        eventAt(0, TaskFinished{task, 1, 1, TaskStatus::Success, {}, 2, 0, true, QStringLiteral("end")}),
        "Done in 2.0 s → end", LogLevel::Info);
    row("failed",
        eventAt(0, TaskFinished{task, 1, 1, TaskStatus::Failure, QStringLiteral("no answer"), 30, -1, false, {}}),
        "Failed after 30.0 s: no answer", LogLevel::Error);
    row("tried again",
        eventAt(0, TaskFinished{task, 1, 1, TaskStatus::Failure, QStringLiteral("no"), 1, -1, false, {}, noon}),
        qPrintable(QStringLiteral("Failed after 1.0 s: no · ") + retryText(noon)), LogLevel::Warning);
    row("stopped", eventAt(0, TaskFinished{task, 1, 1, TaskStatus::Cancelled, {}, 0.05, -1, false, {}}),
        "stopped after 50 ms", LogLevel::Info);
    row("completed", eventAt(0, ExecutionFinished{ExecutionStatus::Completed, {}, {}, 1, 5.1}),
        "Run completed after 5.1 s, 1 task", LogLevel::Info);
    row("run failed",
        eventAt(0, ExecutionFinished{ExecutionStatus::Failure, QStringLiteral("no answer"), task, 3, 5.1}),
        "Run failed after 5.1 s, 3 tasks: no answer", LogLevel::Error);
}

void TestLogPanel::lines()
{
    QFETCH(ExecutionEvent, event);
    QFETCH(QString, text);
    QFETCH(int, level);
    const std::optional<LogLine> found = logLine(event);
    QCOMPARE(found.has_value(), !text.isNull());
    if (!found)
        return;
    QCOMPARE(found->text, text);
    QCOMPARE(int(found->level), level);
}

void TestLogPanel::copiedLine()
{
    QCOMPARE(toText(LogLine{after(0.12), LogLevel::Warning, QStringLiteral("Read"), QStringLiteral("odd")}),
             QStringLiteral("09:41:07.120 WARNING [Read] odd"));
    QCOMPARE(toText(LogLine{after(0), LogLevel::Info, {}, QStringLiteral("Run started")}),
             QStringLiteral("09:41:07.000 INFO    Run started"));
}

void TestLogPanel::keepsTheNewest()
{
    LogModel model;
    QList<LogLine> batch;
    for (int i = 0; i < LogModel::mostLines; ++i)
        batch.append(line(i));
    model.append(batch);
    QCOMPARE(model.rowCount(), int(LogModel::mostLines));
    QCOMPARE(model.dropped(), 0);
    model.append({line(100'000), line(100'001)});
    QCOMPARE(model.rowCount(), int(LogModel::mostLines));
    QCOMPARE(model.dropped(), 2);
    QCOMPARE(model.line(0).text, QStringLiteral("line 2"));
    QCOMPARE(model.line(int(LogModel::mostLines) - 1).text, QStringLiteral("line 100001"));
}

void TestLogPanel::keepsTheEndOfOneHugeBatch()
{
    LogModel model;
    model.append({line(-1)});
    QList<LogLine> batch;
    for (int i = 0; i < LogModel::mostLines + 5; ++i)
        batch.append(line(i));
    model.append(batch);
    QCOMPARE(model.rowCount(), int(LogModel::mostLines));
    QCOMPARE(model.dropped(), 6);
    QCOMPARE(model.line(0).text, QStringLiteral("line 5"));
}

void TestLogPanel::filter()
{
    LogModel model;
    model.append({line(1, LogLevel::Debug), line(2), line(3, LogLevel::Warning), line(4, LogLevel::Error)});
    model.setFilter(LogLevel::Warning, {});
    QCOMPARE(texts(model), QStringList({QStringLiteral("line 3"), QStringLiteral("line 4")}));
    model.setFilter(LogLevel::Debug, QStringLiteral("LINE 2"));
    QCOMPARE(texts(model), QStringList(QStringLiteral("line 2")));
    model.setFilter(LogLevel::Debug, QStringLiteral("read")); // the task's name counts too
    QCOMPARE(model.rowCount(), 4);
    QCOMPARE(model.total(), 4);
}

void TestLogPanel::filterHoldsForNewLines()
{
    LogModel model;
    model.setFilter(LogLevel::Error, {});
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    model.append({line(1), line(2)});
    QCOMPARE(inserted.count(), 0);
    model.append({line(3), line(4, LogLevel::Error)});
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(texts(model), QStringList(QStringLiteral("line 4")));
}

void TestLogPanel::manyEventsAreOneInsertion()
{
    LogPanel panel(&m_look);
    auto *model = panel.findChild<LogModel *>();
    QSignalSpy inserted(model, &QAbstractItemModel::rowsInserted);
    for (int i = 0; i < 5'000; ++i)
        panel.append(eventAt(i, TaskLogged{QStringLiteral("Read"), LogLevel::Info, QStringLiteral("line %1").arg(i)}));
    QCOMPARE(model->rowCount(), 0); // nothing before the frame
    QTRY_COMPARE(model->rowCount(), 5'000);
    QCOMPARE(inserted.count(), 1);
}

void TestLogPanel::followsTheEnd()
{
    LogPanel panel(&m_look);
    Stage stage(&panel, QSize(800, 220));
    auto *list = panel.findChild<QListView *>(QStringLiteral("lines"));
    for (int i = 0; i < 100; ++i)
        panel.append(eventAt(i, TaskLogged{QStringLiteral("Read"), LogLevel::Info, QStringLiteral("line %1").arg(i)}));
    QTRY_COMPARE(list->model()->rowCount(), 100);
    QVERIFY(list->verticalScrollBar()->maximum() > 0);
    QCOMPARE(list->verticalScrollBar()->value(), list->verticalScrollBar()->maximum());
}

void TestLogPanel::lookingBackEndsFollowing()
{
    LogPanel panel(&m_look);
    Stage stage(&panel, QSize(800, 220));
    auto *list = panel.findChild<QListView *>(QStringLiteral("lines"));
    const auto say = [&panel](int from, int to) {
        for (int i = from; i < to; ++i)
            panel.append(
                eventAt(i, TaskLogged{QStringLiteral("Read"), LogLevel::Info, QStringLiteral("line %1").arg(i)}));
    };
    say(0, 100);
    QTRY_COMPARE(list->model()->rowCount(), 100);
    list->verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMinimum);
    say(100, 120);
    QTRY_COMPARE(list->model()->rowCount(), 120);
    QCOMPARE(list->verticalScrollBar()->value(), 0);
    list->verticalScrollBar()->triggerAction(QAbstractSlider::SliderToMaximum);
    say(120, 140);
    QTRY_COMPARE(list->model()->rowCount(), 140);
    QCOMPARE(list->verticalScrollBar()->value(), list->verticalScrollBar()->maximum());
}

void TestLogPanel::copyAndTaskClick()
{
    LogPanel panel(&m_look);
    Stage stage(&panel, QSize(800, 220));
    panel.append(someEvents());
    auto *list = panel.findChild<QListView *>(QStringLiteral("lines"));
    QTRY_VERIFY(list->model()->rowCount() > 3);
    list->setFocus();
    list->setCurrentIndex(list->model()->index(1, 0));
    QTest::keyClick(list, Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(), QStringLiteral("09:41:07.000 INFO    [Read orders] Started\n"));

    QSignalSpy tasks(&panel, &LogPanel::taskActivated);
    const auto *delegate = qobject_cast<LogDelegate *>(list->itemDelegate());
    const QRect row = list->visualRect(list->model()->index(1, 0));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, delegate->taskRect(row).center());
    QCOMPARE(tasks.count(), 1);
    QCOMPARE(tasks.first().first().toString(), QStringLiteral("Read orders"));
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {}, QPoint(row.right() - 20, row.center().y()));
    QCOMPARE(tasks.count(), 1);
}

void TestLogPanel::emptyStates()
{
    LogPanel panel(&m_look);
    Stage stage(&panel, QSize(800, 220));
    QVERIFY(says(panel, QStringLiteral("Nothing to read yet")));
    panel.clear(QStringLiteral("Run 12 of Monthly report"));
    QVERIFY(says(panel, QStringLiteral("This run has not said anything yet")));
    panel.append(eventAt(0, ExecutionStarted{}));
    QTRY_VERIFY(!says(panel, QStringLiteral("This run has not said anything yet")));
    QTest::keyClicks(panel.findChild<SearchField *>(), QStringLiteral("zzz"));
    QVERIFY(says(panel, QStringLiteral("No line matches the filter")));
    QVERIFY(says(panel, QStringLiteral("0 of 1 lines")));
}

void TestLogPanel::looks()
{
    QFETCH(bool, dark);
    m_look.setMode(dark ? Look::Mode::Dark : Look::Mode::Light);
    LogPanel panel(&m_look);
    Stage stage(&panel, QSize(1000, 280));
    panel.clear(QStringLiteral("Run 1,285 of Monthly report"));
    panel.append(someEvents());
    panel.append(endOfEvents());
    QTRY_VERIFY(panel.findChild<LogModel *>()->rowCount() > 10);
    const QImage image = stage.picture();
    QVERIFY(saysSomething(image));
    keepPicture(image, dark ? QStringLiteral("log-dark") : QStringLiteral("log-light"));
    m_look.setMode(Look::Mode::Light);
}

QTEST_MAIN(TestLogPanel)
#include "tst_log_panel.moc"
