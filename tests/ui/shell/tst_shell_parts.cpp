// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/result.h"
#include "look/status_bar.h"
#include "shell/background.h"
#include "shell/command_palette.h"
#include "shell/event_feed.h"
#include "shell/file_names.h"
#include "shell/live_executions.h"
#include "shell/window_state.h"
#include "shell/window_status.h"
#include "support/flow_test.h"

#include <QLabel>
#include <QSemaphore>
#include <QSignalSpy>
#include <QTemporaryDir>

#include <stdexcept>

using namespace flow;

/// The small parts of the window that need no window.
class TestShellParts : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void fileName_data();
    void fileName();
    void search_data();
    void search();
    void liveExecutionsFold();
    void liveExecutionsAddWhatBeganBefore();
    void statusNamesWhatRuns();
    void statusStaysBehindMessages();
    void messagesStandWhereTheStateDoes();
    void longMessagesEndBeforeWhatStays();
    void lateWordsOfAnEndedRunAreIgnored();
    void inputsAreRememberedPerFlow();
    void recentFilesAreFewAndUnique();
    void backgroundWorkThatThrowsIsAnswered();
    void hungWorkKeepsNobodyWaiting();
};

void TestShellParts::fileName_data()
{
    QTest::addColumn<QString>("flow");
    QTest::addColumn<QString>("file");
    QTest::newRow("plain") << QStringLiteral("Monthly report") << QStringLiteral("Monthly report.flow.json");
    QTest::newRow("slashes") << QStringLiteral("a/b\\c:d") << QStringLiteral("a-b-c-d.flow.json");
    QTest::newRow("hidden") << QStringLiteral("..x") << QStringLiteral("x.flow.json");
    QTest::newRow("nothing left") << QStringLiteral(" . ") << QStringLiteral("flow.flow.json");
    QTest::newRow("line break") << QStringLiteral("a\nb") << QStringLiteral("a-b.flow.json");
    QTest::newRow("other scripts") << QStringLiteral("Ярмарка") << QStringLiteral("Ярмарка.flow.json");
    QTest::newRow("long") << QString(200, u'x') << QString(80, u'x') + QStringLiteral(".flow.json");
}

void TestShellParts::fileName()
{
    QFETCH(QString, flow);
    QTEST(fileNameFor(flow, QStringLiteral(".flow.json")), "file");
}

void TestShellParts::search_data()
{
    QTest::addColumn<QString>("better");
    QTest::addColumn<QString>("worse");
    QTest::addColumn<QString>("typed");
    QTest::newRow("beginning before word")
        << QStringLiteral("Report") << QStringLiteral("Monthly report") << QStringLiteral("rep");
    QTest::newRow("word before inside") << QStringLiteral("Go to port") << QStringLiteral("Report")
                                        << QStringLiteral("port");
    QTest::newRow("all words needed") << QStringLiteral("Monthly report") << QStringLiteral("Monthly")
                                      << QStringLiteral("rep mon");
    QTest::newRow("any before none") << QStringLiteral("Fit") << QStringLiteral("Undo") << QStringLiteral("FI");
}

void TestShellParts::search()
{
    QFETCH(QString, better);
    QFETCH(QString, worse);
    QFETCH(QString, typed);
    QVERIFY(searchScore(better, typed) > searchScore(worse, typed));
}

void TestShellParts::liveExecutionsFold()
{
    LiveExecutions live;
    const QSignalSpy changed(&live, &LiveExecutions::changed);
    const Timestamp at{std::chrono::seconds(1'700'000'000)};
    live.apply({{7, at, ExecutionQueued{QStringLiteral("f"), QStringLiteral("r")}},
                {7, at, ExecutionStarted{QStringLiteral("f"), QStringLiteral("r")}},
                {7, at, TaskStarted{QStringLiteral("a")}}});
    QCOMPARE(changed.size(), 1); // once per batch
    QVERIFY(live.isRunning(QStringLiteral("f")));
    QCOMPARE(toString(live.running().first().status), toString(ExecutionStatus::Running));

    live.apply({{7, at, TaskLogged{QStringLiteral("a"), LogLevel::Info, QStringLiteral("hm")}}});
    QCOMPARE(changed.size(), 1); // of no interest to a list

    live.apply({{7, at, TaskFinished{.taskName = QStringLiteral("a")}},
                {7, at,
                 ExecutionFinished{.status = ExecutionStatus::Failure,
                                   .error = QStringLiteral("e"),
                                   .totalTasksExecuted = 1,
                                   .durationSeconds = 2}}});
    QCOMPARE(changed.size(), 2);
    const auto last = changed[1][0].value<QList<Execution>>().first();
    QCOMPARE(toString(last.status), toString(ExecutionStatus::Failure));
    QCOMPARE(last.flowId, QStringLiteral("f"));
    QCOMPARE(last.errorMessage, QStringLiteral("e"));
    QCOMPARE(last.totalTasksExecuted, 1);
    QVERIFY(live.running().isEmpty());
}

void TestShellParts::liveExecutionsAddWhatBeganBefore()
{
    LiveExecutions live;
    const Timestamp at{std::chrono::seconds(1'700'000'000)};
    const Timestamp before = at - std::chrono::hours(1);
    live.apply({{7, at, ExecutionQueued{QStringLiteral("f"), QStringLiteral("r")}}});
    QSignalSpy changed(&live, &LiveExecutions::changed);
    const auto record = [&](ExecutionId id, ExecutionStatus status) {
        Execution execution{.flowId = QStringLiteral("f"), .revision = {}, .inputContext = {}};
        execution.id = id;
        execution.status = status;
        execution.startedAt = before;
        return execution;
    };
    live.add({record(7, ExecutionStatus::Running), record(8, ExecutionStatus::Running)});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(live.running().size(), 2);
    QCOMPARE(toString(live.running()[0].status), toString(ExecutionStatus::Pending)); // events are newer
    QVERIFY(live.running()[0].startedAt == before);                                   // records know more
    QCOMPARE(toString(live.running()[1].status), toString(ExecutionStatus::Running));

    live.apply({{8, at, ExecutionFinished{}}});
    QCOMPARE(live.running().size(), 1);
}

void TestShellParts::statusNamesWhatRuns()
{
    Look look;
    StatusBar bar;
    WindowStatus status(&bar, &look, nullptr);
    const auto *text = bar.findChild<QLabel *>(QStringLiteral("runningStatus"));
    const QMap<FlowId, QString> names{{QStringLiteral("f"), QStringLiteral("Report")}};
    const auto run = [](ExecutionId id, ExecutionId parent) {
        Execution execution{.flowId = QStringLiteral("f"), .revision = {}, .inputContext = {}};
        execution.id = id;
        execution.status = ExecutionStatus::Running;
        if (parent)
            execution.parent = ExecutionParent{parent};
        return execution;
    };
    status.setRunning({}, names);
    QCOMPARE(text->text(), QStringLiteral("Nothing runs"));
    status.setRunning({run(1, 0), run(2, 1), run(3, 1)}, names);
    QCOMPARE(text->text(), QStringLiteral("Report is running, task 1"));
    status.setRunning({run(2, 1)}, names); // was let go
    QCOMPARE(text->text(), QStringLiteral("Report is running, task 1"));
}

void TestShellParts::statusStaysBehindMessages()
{
    Look look;
    StatusBar bar;
    WindowStatus status(&bar, &look, nullptr);
    bar.resize(600, 30);
    bar.show();
    status.say(QStringLiteral("Stopping run 2..."));
    Execution execution{.flowId = QStringLiteral("f"), .revision = {}, .inputContext = {}};
    execution.status = ExecutionStatus::Running;
    status.setRunning({execution}, {});
    for (const char *name : {"runningIcon", "runningStatus", "savedStatus"})
        QVERIFY2(!bar.findChild<QLabel *>(QString::fromLatin1(name))->isVisible(), name);
    bar.clearMessage();
    QVERIFY(bar.findChild<QLabel *>(QStringLiteral("runningIcon"))->isVisible());
}

void TestShellParts::messagesStandWhereTheStateDoes()
{
    Look look;
    StatusBar bar;
    WindowStatus status(&bar, &look, nullptr);
    bar.resize(600, 30);
    bar.show();
    const auto ink = [&bar] { // the columns that are not only background
        const QImage image = bar.grab().toImage();
        QList<int> columns;
        for (int x = 0; x < image.width(); ++x) {
            for (int y = 4; y < image.height() - 4; ++y) {
                if (image.pixelColor(x, y) != image.pixelColor(0, image.height() / 2)) {
                    columns << x;
                    break;
                }
            }
        }
        return columns;
    };
    const QList<int> state = ink();
    status.say(bar.findChild<QLabel *>(QStringLiteral("runningStatus"))->text());
    const QList<int> message = ink();
    QVERIFY(!state.isEmpty() && !message.isEmpty());
    QCOMPARE(message.first(), state.first());
}

void TestShellParts::longMessagesEndBeforeWhatStays()
{
    Look look;
    StatusBar bar;
    WindowStatus status(&bar, &look, nullptr);
    status.setDatabase(QStringLiteral("SQLite"));
    bar.resize(300, 30);
    bar.show();
    const auto *database = bar.findChild<QLabel *>(QStringLiteral("databaseStatus"));
    const QRect beside = database->geometry();
    const QRect end(beside.left() - 60, 0, 60, bar.height());
    const QImage before = bar.grab(beside).toImage();
    const QImage endBefore = bar.grab(end).toImage();
    status.say(QString(300, u'M'));
    QCOMPARE(bar.grab(beside).toImage(), before);
    QVERIFY(bar.grab(end).toImage() != endBefore); // and uses the room there is
}

void TestShellParts::lateWordsOfAnEndedRunAreIgnored()
{
    LiveExecutions live;
    live.apply({{3, {}, TaskLogged{QStringLiteral("a"), LogLevel::Info, QStringLiteral("late")}},
                {3, {}, TaskFinished{.taskName = QStringLiteral("a")}}});
    QVERIFY(live.running().isEmpty());
}

void TestShellParts::inputsAreRememberedPerFlow()
{
    const QTemporaryDir folder;
    const QJsonObject input{{QStringLiteral("day"), QStringLiteral("ä/\\%,;=")}, {QStringLiteral("n"), 7}};
    WindowState(folder.path()).setLastInput(QStringLiteral("a/b c"), input);
    const QFile::Permissions others = QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther;
    QVERIFY(!(QFile::permissions(folder.filePath(QStringLiteral("window.ini"))) & others));
    const WindowState state(folder.path());
    QCOMPARE(state.lastInput(QStringLiteral("a/b c")), input);
    QCOMPARE(state.lastInput(QStringLiteral("other")), QJsonObject());
}

void TestShellParts::recentFilesAreFewAndUnique()
{
    const QTemporaryDir folder;
    WindowState state(folder.path());
    for (int i = 0; i < 15; ++i)
        state.addRecentFile(QStringLiteral("/f%1").arg(i % 12));
    QCOMPARE(state.recentFiles().size(), 10);
    QCOMPARE(state.recentFiles().first(), QStringLiteral("/f2"));
    QCOMPARE(state.recentFiles().count(QStringLiteral("/f2")), 1);
    state.removeRecentFile(QStringLiteral("/f2"));
    QVERIFY(!state.recentFiles().contains(QStringLiteral("/f2")));
}

void TestShellParts::backgroundWorkThatThrowsIsAnswered()
{
    QTest::ignoreMessage(QtCriticalMsg, "Work in the background failed: no luck");
    std::optional<ErrorCode> answer;
    inBackground(
        this, []() -> Result<int> { throw std::runtime_error("no luck"); },
        [&answer](const Result<int> &result) { answer = result.error().code; });
    QTRY_VERIFY(answer);
    QVERIFY(answer == ErrorCode::Internal);
}

/// As reads from a network that is gone do: others have their turn all the same.
void TestShellParts::hungWorkKeepsNobodyWaiting()
{
    QSemaphore never;
    int ended = 0;
    for (int i = 0; i < 8; ++i)
        inBackground(
            this,
            [&never] {
                never.acquire();
                return 0;
            },
            [&ended](int) { ++ended; });
    int answer = 0;
    inBackground(
        this, [] { return 42; }, [&answer](int value) { answer = value; });
    QTRY_COMPARE(answer, 42);
    QCOMPARE(ended, 0);
    never.release(8);
    QTRY_COMPARE(ended, 8);
}

QTEST_MAIN(TestShellParts)
#include "tst_shell_parts.moc"
