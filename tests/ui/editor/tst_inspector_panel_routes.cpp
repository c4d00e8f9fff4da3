// SPDX-License-Identifier: GPL-3.0-or-later
#include "editor/inspector_panel.h"

#include "editor/condition_fields.h"
#include "editor/route_row.h"
#include "editor/route_words.h"
#include "editor/target_box.h"
#include "support/flow_test.h"
#include "ui/editor/inspector_stage.h"

#include <QMenu>
#include <QTabWidget>
#include <QToolButton>

using namespace flow;

/// Routing, conditions and the last run in the inspector.
class TestInspectorPanelRoutes : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        qputenv("TZ", "UTC");
        m_look.applyTo(qApp);
    }
    void words_data();
    void words();
    void routesInWords();
    void targetIsOneStep();
    void nextConditionEmptiesTheTarget();
    void expressionIsCheckedWhileTyped();
    void reorderAndRemove();
    void addRoute();
    void conditionPage();
    void newConditionsHaveFreeNames();
    void lastRunShowsTheAttempt();
    void looks_data();
    void looks();

private:
    void showTab(InspectorStage *stage, int tab)
    {
        stage->panel.findChild<QTabWidget *>()->setCurrentIndex(tab);
        stage->settle();
    }
    QList<RouteRow *> rows(const InspectorStage &stage) const
    {
        QList<RouteRow *> found = stage.panel.findChildren<RouteRow *>();
        found.removeIf([&stage](const RouteRow *row) { return !row->isVisibleTo(&stage.panel); });
        return found;
    }
    static QToolButton *button(const QWidget *row, const char *name)
    {
        return row->findChild<QToolButton *>(QString::fromLatin1(name));
    }
    static void addRun(InspectorStage *stage);

    Look m_look;
};

void TestInspectorPanelRoutes::words_data()
{
    QTest::addColumn<Outcome>("outcome");
    QTest::addColumn<QString>("when");
    QTest::addColumn<QString>("matched");
    QTest::addColumn<QString>("otherwise");
    const auto row = [](const char *name, Outcome outcome, const char *when, const char *matched,
                        const char *otherwise) {
        QTest::newRow(name) << outcome << QString::fromLatin1(when) << QString::fromLatin1(matched)
                            << QString::fromLatin1(otherwise);
    };
    row("success", Outcome::Success, "", "on success", "on failure");
    row("failure", Outcome::Failure, "", "on failure", "on success");
    row("any", Outcome::Any, "", "always", "otherwise");
    row("success with expression", Outcome::Success, "true", "on success, if", "otherwise");
    row("failure with expression", Outcome::Failure, "true", "on failure, if", "otherwise");
    row("any with expression", Outcome::Any, "true", "if", "otherwise");
}

void TestInspectorPanelRoutes::words()
{
    QFETCH(Outcome, outcome);
    QFETCH(QString, when);
    Condition condition;
    condition.outcome = outcome;
    condition.when = when;
    QTEST(routeWords(condition, true).text, "matched");
    QTEST(routeWords(condition, false).text, "otherwise");
    QCOMPARE(branchIsDead(condition, false), outcome == Outcome::Any && when.isEmpty());
    QVERIFY(!branchIsDead(condition, true));
}

void TestInspectorPanelRoutes::routesInWords()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Read orders"));
    showTab(&stage, 1);
    QCOMPARE(rows(stage).size(), 1);
    QVERIFY(stage.says(QStringLiteral("on success")));
    QVERIFY(stage.says(QStringLiteral("on failure")));
    const QList<TargetBox *> targets = rows(stage).first()->findChildren<TargetBox *>();
    QCOMPARE(targets[0]->currentText(), QStringLiteral("Fetch prices"));
    QCOMPARE(targets[1]->currentText(), QStringLiteral("Tell the team"));
    stage.selectTask(QStringLiteral("Write report"));
    QCOMPARE(rows(stage).size(), 0);
    QVERIFY(stage.says(QStringLiteral("The flow ends after this task: no route leads on.")));
}

void TestInspectorPanelRoutes::targetIsOneStep()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Read orders"));
    showTab(&stage, 1);
    TargetBox *target = rows(stage).first()->findChildren<TargetBox *>().first();
    QTest::keyClick(target, Qt::Key_Down);
    QCOMPARE(stage.document.flow().conditions[0].targetTaskSuccess, QStringLiteral("Write report"));
    QCOMPARE(stage.document.undoStack()->count(), 1);
    stage.settle();
    QTest::keyClick(target, Qt::Key_End);
    QCOMPARE(stage.document.flow().conditions[0].targetTaskSuccess, endTarget);
}

void TestInspectorPanelRoutes::nextConditionEmptiesTheTarget()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Read orders"));
    showTab(&stage, 1);
    TargetBox *otherwise = rows(stage).first()->findChildren<TargetBox *>().last();
    QTest::keyClick(otherwise, Qt::Key_End);
    QCOMPARE(stage.document.flow().conditions[0].targetTaskFailure, QString());
    stage.settle();
    QCOMPARE(otherwise->currentText(), QStringLiteral("Ask the next condition"));
}

void TestInspectorPanelRoutes::expressionIsCheckedWhileTyped()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    showTab(&stage, 1);
    const QString before = stage.document.flow().conditions[1].when;
    stage.type(QStringLiteral("when"), QStringLiteral("1 +"));
    // What is typed is what there is, also half an expression: it says so, and nobody runs its first half.
    QCOMPARE(stage.document.flow().conditions[1].when, QStringLiteral("1 +"));
    QVERIFY2(stage.field(QStringLiteral("when"))->message().contains(QStringLiteral("olumn")),
             qPrintable(stage.field(QStringLiteral("when"))->message()));
    QCOMPARE(stage.document.issues().first().rule, QStringLiteral("bad-expression"));
    stage.selectTask(QStringLiteral("Read orders"));
    stage.selectTask(QStringLiteral("Fetch prices"));
    showTab(&stage, 1);
    QVERIFY2(stage.field(QStringLiteral("when"))->message().contains(QStringLiteral("olumn")),
             qPrintable(stage.field(QStringLiteral("when"))->message()));
    stage.type(QStringLiteral("when"), QStringLiteral("input.n > 2"));
    QCOMPARE(stage.document.flow().conditions[1].when, QStringLiteral("input.n > 2"));
    QVERIFY(stage.field(QStringLiteral("when"))->message().isEmpty());
    stage.document.undoStack()->undo(); // looking at another task has ended the first step
    QCOMPARE(stage.document.flow().conditions[1].when, QStringLiteral("1 +"));
    stage.document.undoStack()->undo();
    QCOMPARE(stage.document.flow().conditions[1].when, before);
}

void TestInspectorPanelRoutes::reorderAndRemove()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    showTab(&stage, 1);
    QCOMPARE(rows(stage).size(), 2);
    QVERIFY(!button(rows(stage)[0], "arrow-up")->isEnabled());
    QTest::mouseClick(button(rows(stage)[0], "arrow-down"), Qt::LeftButton);
    stage.settle();
    QCOMPARE(stage.document.flow().conditions[1].name, QStringLiteral("no prices"));
    QTest::mouseClick(button(rows(stage)[0], "trash"), Qt::LeftButton);
    stage.settle();
    QCOMPARE(stage.document.flow().conditions.size(), 2);
    QCOMPARE(rows(stage).size(), 1);
    QCOMPARE(stage.document.selection().tasks, QStringList{QStringLiteral("Fetch prices")});
    QCOMPARE(stage.document.undoStack()->count(), 2);
}

void TestInspectorPanelRoutes::addRoute()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Write report"));
    showTab(&stage, 1);
    const QList<QAction *> actions = stage.button(QStringLiteral("Add a route"))->menu()->actions();
    QCOMPARE(actions.size(), 4);
    actions[1]->trigger();
    stage.settle();
    QCOMPARE(stage.document.flow().conditions.size(), 4);
    const Condition &added = stage.document.flow().conditions.last();
    QCOMPARE(added.sourceTask, QStringLiteral("Write report"));
    QVERIFY(added.outcome == Outcome::Failure);
    QCOMPARE(added.targetTaskSuccess, endTarget);
    actions[3]->trigger();
    stage.settle();
    QCOMPARE(stage.document.flow().conditions.last().when, QStringLiteral("true"));
    QCOMPARE(rows(stage).size(), 2);
    QCOMPARE(stage.document.undoStack()->count(), 2);
}

void TestInspectorPanelRoutes::conditionPage()
{
    InspectorStage stage(&m_look);
    stage.document.select(Selection{{}, {0}});
    stage.settle();
    QCOMPARE(stage.name()->text(), QStringLiteral("orders read"));
    QVERIFY(stage.says(
        QStringLiteral("After “Read orders”, on success: go to “Fetch prices”; on failure: go to “Tell the team”.")));
    auto *outcome = qobject_cast<QComboBox *>(stage.field(QStringLiteral("outcome"))->control());
    QTest::keyClick(outcome, Qt::Key_End);
    stage.settle();
    QVERIFY(stage.document.flow().conditions[0].outcome == Outcome::Any);
    stage.type(QStringLiteral("description"), QStringLiteral("Why so"));
    QCOMPARE(stage.document.flow().conditions[0].description, QStringLiteral("Why so"));
    stage.name()->setFocus();
    stage.name()->selectAll();
    QTest::keyClicks(stage.name(), QStringLiteral("renamed"));
    QTest::keyClick(stage.name(), Qt::Key_Return);
    stage.settle();
    QCOMPARE(stage.document.flow().conditions[0].name, QStringLiteral("renamed"));
    auto *target = stage.panel.findChild<QComboBox *>(QStringLiteral("matched"));
    QTest::keyClick(target, Qt::Key_Home);
    QCOMPARE(stage.document.flow().conditions[0].targetTaskSuccess, QStringLiteral("Read orders"));
    QCOMPARE(stage.document.undoStack()->count(), 4);
}

void TestInspectorPanelRoutes::newConditionsHaveFreeNames()
{
    Flow flow = panelFlow().flow;
    Condition first = newCondition(flow, QStringLiteral("Write report"), Outcome::Success);
    flow.conditions.append(first);
    const Condition second = newCondition(flow, QStringLiteral("Write report"), Outcome::Success);
    QVERIFY(first.name != second.name);
    QCOMPARE(second.targetTaskSuccess, endTarget);
}

void TestInspectorPanelRoutes::addRun(InspectorStage *stage)
{
    Execution execution;
    execution.id = 1285;
    execution.flowId = stage->document.flow().id;
    execution.status = ExecutionStatus::Failure;
    execution.startedAt = *timestampFromIso(QStringLiteral("2026-01-10T09:41:07"));
    QList<TaskExecution> records;
    for (int attempt = 1; attempt <= 2; ++attempt) {
        TaskExecution record;
        record.executionId = 1285;
        record.taskName = QStringLiteral("Fetch prices");
        record.sequenceNumber = attempt;
        record.attempt = attempt;
        record.status = attempt == 1 ? TaskStatus::Failure : TaskStatus::Success;
        record.startedAt = execution.startedAt;
        record.durationSeconds = 0.84;
        record.inputData = QJsonObject{{QStringLiteral("day"), QStringLiteral("2026-01-10")}};
        if (attempt == 1)
            record.errorMessage = QStringLiteral("The server api.shop did not answer within 30 s");
        else
            record.outputData =
                parsed(R"({"count": 2, "prices": [{"item": "tea", "price": 4.5}, {"item": "rice", "price": 12}]})");
        records.append(record);
    }
    stage->panel.setExecution(ExecutionTrace::fromRecords(execution, records), records);
    stage->settle();
}

void TestInspectorPanelRoutes::lastRunShowsTheAttempt()
{
    InspectorStage stage(&m_look);
    stage.selectTask(QStringLiteral("Fetch prices"));
    showTab(&stage, 2);
    QVERIFY(stage.says(QStringLiteral("No run is shown")));
    addRun(&stage);
    QVERIFY(!stage.says(QStringLiteral("No run is shown")));
    QVERIFY(stage.says(QStringLiteral("0.84 s · started 09:41:07")));
    const QList<QComboBox *> boxes = stage.panel.findChildren<QComboBox *>();
    const auto choice = std::find_if(boxes.begin(), boxes.end(), [&stage](const QComboBox *box) {
        return box->isVisible() && box->isVisibleTo(&stage.panel) &&
               box->currentText().startsWith(QStringLiteral("Step 2"));
    });
    QVERIFY(choice != boxes.end());
    QTest::keyClick(*choice, Qt::Key_Up);
    QVERIFY(stage.says(QStringLiteral("The server api.shop did not answer within 30 s")));
    stage.selectTask(QStringLiteral("Write report"));
    QVERIFY(stage.says(QStringLiteral("Not reached in this run")));
}

void TestInspectorPanelRoutes::looks_data()
{
    QTest::addColumn<QString>("page");
    QTest::addColumn<bool>("dark");
    for (const char *page : {"flow", "settings", "errors", "routing", "run", "help", "condition", "many"}) {
        QTest::addRow("%s light", page) << QString::fromLatin1(page) << false;
        QTest::addRow("%s dark", page) << QString::fromLatin1(page) << true;
    }
}

void TestInspectorPanelRoutes::looks()
{
    QFETCH(QString, page);
    QFETCH(bool, dark);
    m_look.setMode(dark ? Look::Mode::Dark : Look::Mode::Light);
    InspectorStage stage(&m_look, QSize(320, 700));
    stage.selectTask(QStringLiteral("Fetch prices"));
    if (page == QStringLiteral("flow"))
        stage.document.select({});
    else if (page == QStringLiteral("condition"))
        stage.document.select(Selection{{}, {1}});
    else if (page == QStringLiteral("many"))
        stage.document.select(Selection{{QStringLiteral("Read orders"), QStringLiteral("Write report")}, {1}});
    else if (page == QStringLiteral("routing"))
        showTab(&stage, 1);
    else if (page == QStringLiteral("help"))
        showTab(&stage, 3);
    else if (page == QStringLiteral("run")) {
        showTab(&stage, 2);
        addRun(&stage);
    } else if (page == QStringLiteral("errors")) {
        stage.type(QStringLiteral("url"), QString());
        stage.type(QStringLiteral("time_limit"), QStringLiteral("soon"));
        stage.type(QStringLiteral("headers"), QStringLiteral("{ \"a\": }"));
    }
    stage.settle();
    const QImage image = stage.picture();
    QVERIFY(saysSomething(image));
    keepPicture(image,
                QStringLiteral("inspector-%1-%2").arg(page, dark ? QStringLiteral("dark") : QStringLiteral("light")));
    m_look.setMode(Look::Mode::Light);
}

QTEST_MAIN(TestInspectorPanelRoutes)
#include "tst_inspector_panel_routes.moc"
