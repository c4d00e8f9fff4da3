// SPDX-License-Identifier: GPL-3.0-or-later
#include "document_fixture.h"
#include "support/flow_test.h"

#include <QSignalSpy>

using namespace flow;
using namespace flow::test;

namespace {

/// An open flow of a, b and c: a leads to b, and on failure to c.
struct Open
{
    FlowFile file = fileOf(word("a b c"), word("a success b|c; b success c|end"));
    FlowDocument document{file, {}, &documentTypes()};

    QString text() const { return const_cast<FlowDocument &>(document).undoStack()->undoText(); }
    int steps() const { return const_cast<FlowDocument &>(document).undoStack()->count(); }
    QPointF place(const char *name) const { return document.layout().tasks.value(word(name)); }
};

Task taskWith(const Task &task, const QString &description)
{
    Task changed = task;
    changed.description = description;
    return changed;
}

} // namespace

/// Every edit is one exact step; names stay unique, references whole, and the selection follows.
class TestFlowDocument : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void addsTasks();
    void addsTheFirstTaskAsTheStart();
    void doesNotCoverACard();
    void renamesEverywhere();
    void aTaskNamedAfterItsTypeKeepsTheType();
    void refusesNames_data();
    void refusesNames();
    void removesTasks_data();
    void removesTasks();
    void removesConditions();
    void mergesTyping();
    void keepsDragsApart();
    void aDragBackIsNoStep();
    void movesConditions();
    void movesMarkers();
    void changesTheFlowButNotItsTasks();
    void appliesAFix();
    void selectionFollows_data();
    void selectionFollows();
    void selectionBelongsToTheContentThatIsTold();
    void tellsWhatChanged();
    void checksOncePerChange();
    void readOnlyRefusesEverything();
    void savingMakesItClean();
};

void TestFlowDocument::addsTasks()
{
    Open open;
    QCOMPARE(open.document.addTask(word("noop"), {103, 97}), word("noop"));
    QCOMPARE(open.document.addTask(word("noop"), {500, 500}), word("noop 2"));
    QCOMPARE(open.document.flow().tasks[3].type, QString());
    QCOMPARE(open.document.flow().tasks[4].type, word("noop"));
    QCOMPARE(open.place("noop"), QPointF(100, 100));
    QCOMPARE(open.document.selection().tasks, QStringList{word("noop 2")});
    QCOMPARE(open.document.flow().startTask, word("a"));
    QCOMPARE(open.steps(), 2);
    QCOMPARE(open.text(), word("Add noop 2"));
}

void TestFlowDocument::addsTheFirstTaskAsTheStart()
{
    FlowDocument document({}, {}, &documentTypes());
    document.addTask(word("noop"), {});
    QCOMPARE(document.flow().startTask, word("noop"));
}

void TestFlowDocument::doesNotCoverACard()
{
    Open open;
    open.document.addTask(word("noop"), {0, 0});
    QCOMPARE(open.place("noop"), QPointF(20, 20));
}

void TestFlowDocument::renamesEverywhere()
{
    FlowFile file = fileOf(word("a b"), word("a success b|a; b success a|end"));
    file.layout.ends.insert(word("a"), {5, 5});
    FlowDocument document(file, {}, &documentTypes());
    QVERIFY(document.renameTask(word("a"), word("  fetch orders ")).ok());
    const QString name = word("fetch orders");
    QCOMPARE(document.flow().tasks[0].name, name);
    QCOMPARE(document.flow().startTask, name);
    QCOMPARE(document.flow().conditions[0].sourceTask, name);
    QCOMPARE(document.flow().conditions[0].targetTaskFailure, name);
    QCOMPARE(document.flow().conditions[1].targetTaskSuccess, name);
    QCOMPARE(document.layout().tasks.value(name), QPointF(0, 0));
    QCOMPARE(document.layout().ends.value(name), QPointF(5, 5));
    QVERIFY(!document.layout().tasks.contains(word("a")) && !document.layout().ends.contains(word("a")));
    QCOMPARE(document.undoStack()->count(), 1);
    document.undoStack()->undo();
    QCOMPARE(document.file(), file);
}

void TestFlowDocument::aTaskNamedAfterItsTypeKeepsTheType()
{
    FlowDocument document({}, {}, &documentTypes());
    document.addTask(word("delay"), {});
    QVERIFY(document.renameTask(word("delay"), word("wait")).ok());
    QCOMPARE(document.flow().tasks[0].typeName(), word("delay"));
}

void TestFlowDocument::refusesNames_data()
{
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    QTest::addColumn<ErrorCode>("code");
    QTest::newRow("empty") << word("a") << word("  ") << ErrorCode::BadLength;
    QTest::newRow("too long") << word("a") << QString(101, u'x') << ErrorCode::BadLength;
    QTest::newRow("end") << word("a") << endTarget << ErrorCode::DuplicateName;
    QTest::newRow("another task's") << word("a") << word("b") << ErrorCode::DuplicateName;
    QTest::newRow("of a task that is gone") << word("nobody") << word("x") << ErrorCode::NotFound;
}

void TestFlowDocument::refusesNames()
{
    QFETCH(QString, from);
    QFETCH(QString, to);
    QFETCH(ErrorCode, code);
    Open open;
    const Result<void> renamed = open.document.renameTask(from, to);
    QVERIFY(!renamed.ok());
    QCOMPARE(renamed.error().code, code);
    QVERIFY(!renamed.error().reason.isEmpty());
    QCOMPARE(open.document.file(), open.file);
    // A hundred characters, counted as people count them.
    QVERIFY(open.document.renameTask(word("a"), QString::fromUtf8("😀").repeated(100)).ok());
}

void TestFlowDocument::removesTasks_data()
{
    QTest::addColumn<QStringList>("removed");
    QTest::addColumn<QString>("start");
    QTest::addColumn<QString>("conditions");
    QTest::newRow("a target: its ways end there")
        << QStringList{word("c")} << word("a") << word("a success b|end; b success end|end");
    QTest::newRow("the start: the first left starts") << QStringList{word("a")} << word("b") << word("b success c|end");
    QTest::newRow("two") << QStringList{word("a"), word("b")} << word("c") << QString();
    QTest::newRow("all") << QStringList{word("a"), word("b"), word("c")} << QString() << QString();
}

void TestFlowDocument::removesTasks()
{
    QFETCH(QStringList, removed);
    Open open;
    open.document.select({removed, {}});
    open.document.removeSelection();
    QTEST(open.document.flow().startTask, "start");
    QTEST(test::conditionsOf(open.document.flow()), "conditions");
    for (const QString &name : removed)
        QVERIFY(!open.document.layout().tasks.contains(name));
    QCOMPARE(open.steps(), 1);
    open.document.undoStack()->undo();
    QCOMPARE(open.document.file(), open.file);
}

void TestFlowDocument::removesConditions()
{
    Open open;
    open.document.select({{word("c")}, {0, 1}});
    open.document.removeSelection();
    QVERIFY(open.document.flow().conditions.isEmpty());
    QCOMPARE(open.document.flow().tasks.size(), 2);
    QVERIFY(open.document.selection().isEmpty());
    open.document.removeSelection();
    QCOMPARE(open.steps(), 1);
}

void TestFlowDocument::mergesTyping()
{
    Open open;
    FlowDocument &document = open.document;
    const Task task = document.flow().tasks[0];
    document.changeTask(word("a"), taskWith(task, word("R")), word("description"));
    document.changeTask(word("a"), taskWith(task, word("Re")), word("description"));
    document.changeTask(word("a"), taskWith(task, word("Rea")), word("description"));
    QCOMPARE(open.steps(), 1);
    document.endMerging();
    document.changeTask(word("a"), taskWith(task, word("Read")), word("description"));
    QCOMPARE(open.steps(), 2);
    document.changeTask(word("b"), taskWith(document.flow().tasks[1], word("x")), word("description"));
    QCOMPARE(open.steps(), 3);
    document.undoStack()->undo();
    document.undoStack()->undo();
    QCOMPARE(document.flow().tasks[0].description, word("Rea"));
    // After an undo what is typed is a step of its own.
    document.changeTask(word("a"), taskWith(task, word("Real")), word("description"));
    QCOMPARE(open.steps(), 2);
    // The name is not for changeTask() to change.
    Task renamed = document.flow().tasks[0];
    renamed.name = word("other");
    document.changeTask(word("a"), renamed, word("name"));
    QCOMPARE(document.flow().tasks[0].name, word("a"));
}

void TestFlowDocument::keepsDragsApart()
{
    Open open;
    const auto drag = [&open](QList<QPointF> points) {
        open.document.endMerging();
        for (const QPointF &point : points)
            open.document.moveTasks({{word("a"), point}});
        open.document.endMerging();
    };
    drag({{20, 0}, {40, 0}});
    // The second drag passes the place where it began: that must not join it to the first.
    drag({{60, 0}, {40, 0}, {80, 0}});
    QCOMPARE(open.steps(), 2);
    open.document.undoStack()->undo();
    QCOMPARE(open.place("a"), QPointF(40, 0));
    QCOMPARE(open.text(), word("Move a"));
}

void TestFlowDocument::aDragBackIsNoStep()
{
    Open open;
    open.document.moveTasks({{word("a"), {20, 0}}});
    open.document.moveTasks({{word("a"), {0, 0}}});
    QCOMPARE(open.steps(), 0);
    QVERIFY(!open.document.isModified());
}

void TestFlowDocument::movesConditions()
{
    Open open;
    open.document.moveCondition(0, 1);
    QCOMPARE(test::conditionsOf(open.document.flow()), word("b success c|end; a success b|c"));
    open.document.moveCondition(0, 2);
    open.document.moveCondition(-1, 0);
    QCOMPARE(open.steps(), 1);
}

void TestFlowDocument::movesMarkers()
{
    Open open;
    open.document.moveStart({-80, 8});
    open.document.moveEnd(word("b"), {600, 8});
    QCOMPARE(open.document.layout().start, std::optional(QPointF(-80, 8)));
    QCOMPARE(open.document.layout().ends.value(word("b")), QPointF(600, 8));
    Layout layout;
    open.document.setLayout(layout, word("Tidy up"));
    QCOMPARE(open.document.layout(), layout);
    QCOMPARE(open.text(), word("Tidy up"));
    QCOMPARE(open.document.flow(), open.file.flow);
}

void TestFlowDocument::changesTheFlowButNotItsTasks()
{
    Open open;
    Flow changed;
    changed.id = word("new-id");
    changed.name = word("New name");
    changed.description = word("What it does");
    changed.inputs = QJsonObject{{word("type"), word("object")}};
    open.document.changeFlow(changed, word("name"));
    QCOMPARE(open.document.flow().name, changed.name);
    QCOMPARE(open.document.flow().id, changed.id);
    QCOMPARE(open.document.flow().description, changed.description);
    QCOMPARE(open.document.flow().inputs, changed.inputs);
    QCOMPARE(open.document.flow().tasks, open.file.flow.tasks);
    open.document.setStartTask(word("b"));
    QCOMPARE(open.document.flow().startTask, word("b"));
    open.document.setStartTask(word("nobody"));
    QCOMPARE(open.steps(), 2);
}

void TestFlowDocument::appliesAFix()
{
    Open open;
    Issue issue;
    open.document.applyFix(issue);
    QCOMPARE(open.steps(), 0);
    issue.fix = Fix{word("Start with b"), [](Flow &flow) { flow.startTask = word("b"); }};
    open.document.applyFix(issue);
    QCOMPARE(open.document.flow().startTask, word("b"));
    QCOMPARE(open.text(), word("Start with b"));
}

void TestFlowDocument::selectionFollows_data()
{
    using Edit = std::function<void(FlowDocument &)>;
    QTest::addColumn<Edit>("edit");
    QTest::addColumn<QStringList>("tasks");
    QTest::addColumn<QList<qsizetype>>("conditions");
    const QStringList ab{word("a"), word("b")};
    QTest::newRow("a rename") << Edit([](FlowDocument &document) { (void)document.renameTask(word("a"), word("x")); })
                              << QStringList{word("x"), word("b")} << QList<qsizetype>{1};
    QTest::newRow("conditions in another order")
        << Edit([](FlowDocument &document) { document.moveCondition(1, 0); }) << ab << QList<qsizetype>{0};
    QTest::newRow("a condition before is gone") << Edit([](FlowDocument &document) {
        document.applyFix({{}, {}, {}, {}, Fix{word("Fix"), [](Flow &flow) { flow.conditions.removeFirst(); }}});
    }) << ab << QList<qsizetype>{0};
    QTest::newRow("a condition has another name") << Edit([](FlowDocument &document) {
        Condition condition = document.flow().conditions[1];
        condition.name = word("renamed");
        document.changeCondition(1, condition, word("name"));
    }) << ab << QList<qsizetype>{1};
    QTest::newRow("a task is gone") << Edit([](FlowDocument &document) {
        document.applyFix({{}, {}, {}, {}, Fix{word("Fix"), [](Flow &flow) { flow.tasks.removeFirst(); }}});
    }) << QStringList{word("b")} << QList<qsizetype>{1};
}

void TestFlowDocument::selectionFollows()
{
    QFETCH(std::function<void(FlowDocument &)>, edit);
    QFETCH(QStringList, tasks);
    QFETCH(QList<qsizetype>, conditions);
    Open open;
    open.document.select({{word("a"), word("b")}, {1}});
    edit(open.document);
    QCOMPARE(open.document.selection().tasks, tasks);
    QCOMPARE(open.document.selection().conditions, conditions);
    open.document.undoStack()->undo();
    QCOMPARE(open.document.selection().conditions, QList<qsizetype>{1});
    QCOMPARE(open.document.selection().tasks.last(), word("b"));
}

void TestFlowDocument::selectionBelongsToTheContentThatIsTold()
{
    Open open;
    open.document.select({{word("a")}, {}});
    QStringList seen;
    connect(&open.document, &FlowDocument::contentChanged, this, [&] {
        seen << open.document.selection().tasks;
        QVERIFY(open.document.flow().task(seen.last()));
    });
    QVERIFY(open.document.renameTask(word("a"), word("x")).ok());
    open.document.undoStack()->undo();
    QCOMPARE(seen, (QStringList{word("x"), word("a")}));
}

void TestFlowDocument::tellsWhatChanged()
{
    Open open;
    QSignalSpy content(&open.document, &FlowDocument::contentChanged);
    QSignalSpy issues(&open.document, &FlowDocument::issuesChanged);
    QSignalSpy selection(&open.document, &FlowDocument::selectionChanged);
    QSignalSpy modified(&open.document, &FlowDocument::modifiedChanged);
    open.document.moveTasks({{word("a"), {0, 40}}});
    QCOMPARE(content.count(), 1);
    QCOMPARE(issues.count(), 0); // a place is no problem
    open.document.moveTasks({{word("a"), {0, 40}}});
    QCOMPARE(content.count(), 1);
    open.document.setStartTask(word("b"));
    QCOMPARE(issues.count(), 1);
    open.document.select({{word("a")}, {}});
    open.document.select({{word("a")}, {}});
    QCOMPARE(selection.count(), 1);
    open.document.undoStack()->undo();
    open.document.undoStack()->undo();
    QCOMPARE(content.count(), 4);
    QCOMPARE(modified.count(), 2);
    QCOMPARE(modified.last().first().toBool(), false);
}

void TestFlowDocument::checksOncePerChange()
{
    Open open;
    const QList<Issue> *first = &open.document.issues();
    QVERIFY(first->isEmpty());
    open.document.setStartTask(word("c"));
    QStringList rules;
    for (const Issue &issue : open.document.issues())
        rules << issue.rule;
    QCOMPARE(rules, (QStringList{word("unreachable-task"), word("unreachable-task")}));
    const Issue *kept = open.document.issues().constData();
    open.document.moveTasks({{word("a"), {0, 40}}});
    QCOMPARE(open.document.issues().constData(), kept);
}

void TestFlowDocument::readOnlyRefusesEverything()
{
    Open open;
    FlowDocument &document = open.document;
    document.setReadOnly(true);
    document.select({{word("a")}, {0}});
    QCOMPARE(document.addTask(word("noop"), {}), QString());
    QVERIFY(!document.renameTask(word("a"), word("x")).ok());
    QVERIFY(!document.connectTasks(word("a"), Outcome::Success, word("c")).ok());
    QVERIFY(!document.retarget(0, true, word("c")).ok());
    QVERIFY(!document.paste({}).ok());
    document.changeTask(word("a"), taskWith(document.flow().tasks[0], word("x")), word("description"));
    document.changeCondition(0, {}, word("name"));
    document.addCondition({});
    document.moveCondition(0, 1);
    document.setStartTask(word("b"));
    document.changeFlow({}, word("name"));
    document.moveTasks({{word("a"), {1, 1}}});
    document.moveStart({1, 1});
    document.moveEnd(word("b"), {1, 1});
    document.setLayout({}, word("Tidy up"));
    document.removeSelection();
    document.duplicateSelection();
    document.applyFix({{}, {}, {}, {}, Fix{word("Fix"), [](Flow &flow) { flow.tasks.clear(); }}});
    QCOMPARE(document.file(), open.file);
    QCOMPARE(open.steps(), 0);
    QCOMPARE(document.selection().tasks, QStringList{word("a")});
}

void TestFlowDocument::savingMakesItClean()
{
    Open open;
    QSignalSpy moved(&open.document, &FlowDocument::homeChanged);
    open.document.moveTasks({{word("a"), {0, 40}}});
    QVERIFY(open.document.isModified());
    const DocumentHome home{DocumentHome::Kind::File, word("flows/a.flow.json")};
    open.document.setHome(home);
    QVERIFY(!open.document.isModified());
    QCOMPARE(moved.count(), 1);
    open.document.setHome(home);
    QCOMPARE(moved.count(), 1);
    // The same drag again after saving is a step of its own, and undo makes the document differ from what was saved.
    open.document.moveTasks({{word("a"), {0, 60}}});
    QCOMPARE(open.steps(), 2);
    open.document.undoStack()->undo();
    QVERIFY(!open.document.isModified());
    open.document.undoStack()->undo();
    QVERIFY(open.document.isModified());
}

QTEST_MAIN(TestFlowDocument)
#include "tst_flow_document.moc"
