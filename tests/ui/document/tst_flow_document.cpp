// SPDX-License-Identifier: GPL-3.0-or-later
#include "document_fixture.h"
#include "support/flow_test.h"

#include <QSignalSpy>

using namespace flow;
using namespace flow::test;

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
    void removesEachConditionOnce();
    void mergesTyping();
    void keepsDragsApart();
    void aDragBackIsNoStep();
    void movesConditions();
    void movesMarkers();
    void changesTheFlowButNotItsTasks();
    void appliesAFix();
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

void TestFlowDocument::removesEachConditionOnce()
{
    Open open;
    open.document.select({{}, {0, 0, 7, -1}});
    open.document.removeSelection();
    QCOMPARE(conditionsOf(open.document.flow()), word("b success c|end"));
    open.document.undoStack()->undo();
    QCOMPARE(open.document.file(), open.file);
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

QTEST_MAIN(TestFlowDocument)
#include "tst_flow_document.moc"
