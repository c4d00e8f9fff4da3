// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/clipboard_edits.h"
#include "document_fixture.h"
#include "support/flow_test.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QMimeData>

using namespace flow;
using namespace flow::test;

namespace {

QClipboard *clipboard()
{
    return QGuiApplication::clipboard();
}

QStringList namesOf(const Flow &flow)
{
    QStringList names;
    for (const Task &task : flow.tasks)
        names << task.name;
    return names;
}

} // namespace

/// Copied tasks are a flow: with their settings and the ways among them, readable by any program.
class TestClipboard : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void copiesAsAFlow();
    void copyOfNothingLeavesTheClipboard();
    void pastesBesideWhatIsThere();
    void pastesIntoAnEmptyFlow();
    void pastesTextOfAnotherProgram();
    void refusesOtherThings_data();
    void refusesOtherThings();
    void duplicates();
    void longNamesKeepWholeCharacters();
    void keepsTheTypeOfATaskNamedAfterIt();
};

void TestClipboard::copiesAsAFlow()
{
    FlowDocument document(fileOf(word("a b c"), word("a success b|c; b success c|end; c any a")), {}, &documentTypes());
    document.select({{word("b"), word("a")}, {}});
    document.copySelection();
    const QMimeData *data = clipboard()->mimeData();
    QVERIFY(data->hasFormat(flowMime));
    QCOMPARE(data->text().toUtf8(), data->data(flowMime));
    const FlowFileReading reading = readFlowFile(data->data(flowMime));
    QVERIFY(reading.ok());
    QCOMPARE(namesOf(reading.file.flow), (QStringList{word("a"), word("b")}));
    QCOMPARE(test::conditionsOf(reading.file.flow), word("a success b|end; b success end|end"));
    QCOMPARE(reading.file.layout.tasks.value(word("b")), QPointF(260, 0));
    QVERIFY(!document.isModified());
}

void TestClipboard::copyOfNothingLeavesTheClipboard()
{
    clipboard()->setText(word("a letter"));
    FlowDocument document(fileOf(word("a b"), word("a success b|end")), {}, &documentTypes());
    document.copySelection();
    document.select({{}, {0}});
    document.copySelection();
    QCOMPARE(clipboard()->text(), word("a letter"));
}

void TestClipboard::pastesBesideWhatIsThere()
{
    const FlowFile file = fileOf(word("a b c"), word("a success b|c; b success c|end"));
    FlowDocument document(file, {}, &documentTypes());
    document.select({{word("a"), word("b")}, {}});
    document.copySelection();
    QVERIFY(document.paste({103, 207}).ok());
    QCOMPARE(namesOf(document.flow()), (QStringList{word("a"), word("b"), word("c"), word("a 2"), word("b 2")}));
    QCOMPARE(waysOf(document.flow(), word("a 2")), word("success>b 2 failure>end"));
    QCOMPARE(waysOf(document.flow(), word("a")), word("success>b failure>c"));
    QCOMPARE(document.layout().tasks.value(word("a 2")), QPointF(100, 200));
    QCOMPARE(document.layout().tasks.value(word("b 2")), QPointF(360, 200));
    QCOMPARE(document.selection().tasks, (QStringList{word("a 2"), word("b 2")}));
    QSet<QString> names;
    for (const Condition &condition : document.flow().conditions)
        names << condition.name;
    QCOMPARE(names.size(), document.flow().conditions.size());
    QCOMPARE(document.undoStack()->count(), 1);
    document.undoStack()->undo();
    QCOMPARE(document.bytes(), writeFlowFile(file));
}

void TestClipboard::pastesIntoAnEmptyFlow()
{
    FlowDocument from(fileOf(word("a b")), {}, &documentTypes());
    from.select({{word("b")}, {}});
    from.copySelection();
    FlowDocument document({}, {}, &documentTypes());
    QVERIFY(document.paste({0, 0}).ok());
    QCOMPARE(document.flow().startTask, word("b"));
    QCOMPARE(document.flow().tasks, QList<Task>{from.flow().tasks[1]});
}

void TestClipboard::pastesTextOfAnotherProgram()
{
    clipboard()->setText(word(R"({"id": "x", "name": "X", "start_task": "b",
        "tasks": [{"name": "b", "type": "noop"}, {"name": "d", "type": "noop"}],
        "conditions": [{"name": "one", "source_task": "b", "outcome": "success", "target_task_success": "d",
                        "target_task_failure": "end"}]})"));
    FlowDocument document(fileOf(word("a b")), {}, &documentTypes());
    QVERIFY(document.paste({0, 400}).ok());
    QCOMPARE(namesOf(document.flow()), (QStringList{word("a"), word("b"), word("b 2"), word("d")}));
    QCOMPARE(waysOf(document.flow(), word("b 2")), word("success>d failure>end"));
    QVERIFY(document.flow().conditionsOf(word("b")).isEmpty());
    // Without a layout of their own they do not lie on each other.
    const QPointF first = document.layout().tasks.value(word("b 2"));
    const QPointF second = document.layout().tasks.value(word("d"));
    QVERIFY(std::abs(first.x() - second.x()) >= 196 || std::abs(first.y() - second.y()) >= 80);
}

void TestClipboard::refusesOtherThings_data()
{
    QTest::addColumn<QString>("text");
    QTest::newRow("nothing") << QString();
    QTest::newRow("a letter") << word("Dear all,");
    QTest::newRow("some JSON") << word("[1, 2]");
    QTest::newRow("a flow without tasks") << word(R"({"id": "x", "name": "X", "start_task": "", "tasks": []})");
}

void TestClipboard::refusesOtherThings()
{
    QFETCH(QString, text);
    clipboard()->clear();
    if (!text.isEmpty())
        clipboard()->setText(text);
    FlowDocument document(fileOf(word("a")), {}, &documentTypes());
    const Result<void> pasted = document.paste({});
    QVERIFY(!pasted.ok());
    QVERIFY2(pasted.error().reason.startsWith(word("The clipboard holds no tasks")), qPrintable(pasted.error().reason));
    QVERIFY(!document.isModified());
}

void TestClipboard::duplicates()
{
    clipboard()->setText(word("a letter"));
    FlowDocument document(fileOf(word("a b"), word("a success b|a")), {}, &documentTypes());
    document.duplicateSelection();
    QVERIFY(!document.isModified());
    document.select({{word("a")}, {}});
    document.duplicateSelection();
    QCOMPARE(waysOf(document.flow(), word("a 2")), word("success>end failure>a 2"));
    QCOMPARE(document.layout().tasks.value(word("a 2")), QPointF(40, 40));
    QCOMPARE(clipboard()->text(), word("a letter"));
    QCOMPARE(document.undoStack()->count(), 1);
}

void TestClipboard::longNamesKeepWholeCharacters()
{
    const QString smile = QString::fromUtf8("\U0001F600");
    Flow flow;
    flow.id = flow.name = word("f");
    flow.tasks = {{.name = smile.repeated(100), .type = word("noop")}};
    flow.startTask = flow.tasks[0].name;
    FlowDocument document({flow, {}}, {}, &documentTypes());
    document.select({{flow.startTask}, {}});
    document.duplicateSelection();
    QCOMPARE(document.flow().tasks[1].name, smile.repeated(98) + word(" 2"));
    QVERIFY(readFlowFile(document.bytes()).ok());
}

void TestClipboard::keepsTheTypeOfATaskNamedAfterIt()
{
    FlowDocument document({}, {}, &documentTypes());
    document.addTask(word("noop"), {});
    document.duplicateSelection();
    QCOMPARE(document.flow().tasks[1].name, word("noop 2"));
    QCOMPARE(document.flow().tasks[1].typeName(), word("noop"));
}

QTEST_MAIN(TestClipboard)
#include "tst_clipboard.moc"
