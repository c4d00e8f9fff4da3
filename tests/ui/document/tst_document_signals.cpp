// SPDX-License-Identifier: GPL-3.0-or-later
#include "document_fixture.h"
#include "support/flow_test.h"

#include <QSignalSpy>

using namespace flow;
using namespace flow::test;

/// What views hear of a document, and what follows its changes.
class TestDocumentSignals : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void selectionFollows_data();
    void selectionFollows();
    void selectionBelongsToTheContentThatIsTold();
    void tellsWhatChanged();
    void checksOncePerChange();
    void libraryIsKnown();
    void readOnlyRefusesEverything();
    void savingMakesItClean();
};

void TestDocumentSignals::selectionFollows_data()
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

void TestDocumentSignals::selectionFollows()
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

void TestDocumentSignals::selectionBelongsToTheContentThatIsTold()
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

void TestDocumentSignals::tellsWhatChanged()
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

void TestDocumentSignals::checksOncePerChange()
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

void TestDocumentSignals::libraryIsKnown()
{
    TaskTypes types = documentTypes();
    types.insert(word("run"), {.name = word("run"), .flowsOf = [](const QJsonObject &config) {
                                   return QList<FlowCall>{{.flow = config.value(u"flow").toString()}};
                               }});
    FlowFile file = fileOf(word("a"));
    FlowDocument plain(file, {}, &types);
    QSignalSpy plainIssues(&plain, &FlowDocument::issuesChanged);
    plain.setLibrary({});
    QCOMPARE(plainIssues.count(), 0);

    file.flow.tasks[0].type = word("run");
    file.flow.tasks[0].config = QJsonObject{{word("flow"), word("orders")}};
    FlowDocument document(file, {}, &types);
    QSignalSpy issues(&document, &FlowDocument::issuesChanged);
    QVERIFY(document.issues().isEmpty()); // as long as nobody knows the library
    document.setLibrary({});
    QCOMPARE(document.issues().size(), 1);
    document.setLibrary({});
    QCOMPARE(issues.count(), 1);
    document.setLibrary({{{word("orders"), word("Orders")}}});
    QCOMPARE(issues.count(), 2);
    QVERIFY(document.issues().isEmpty());
}

void TestDocumentSignals::readOnlyRefusesEverything()
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

void TestDocumentSignals::savingMakesItClean()
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

QTEST_MAIN(TestDocumentSignals)
#include "tst_document_signals.moc"
