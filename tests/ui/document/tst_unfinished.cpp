// SPDX-License-Identifier: GPL-3.0-or-later
#include "document_fixture.h"
#include "model/validate.h"
#include "support/flow_test.h"

#include <QSignalSpy>

using namespace flow;
using namespace flow::test;

/// What is typed and is no value yet belongs to the document, though not to the flow.
class TestUnfinished : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void isAChangeAndAnIssue();
    void places_data();
    void places();
    void followsItsTask();
    void pastRunsHaveNone();
};

namespace {

const Subject a{Place::Kind::Task, QStringLiteral("a")};

UnfinishedFields half()
{
    return {{word("values"), {word("Values"), word("{"), word("Must be JSON.")}}};
}

} // namespace

void TestUnfinished::isAChangeAndAnIssue()
{
    FlowDocument document(fileOf(word("a b"), word("a success b|end")), {}, &documentTypes());
    QSignalSpy modified(&document, &FlowDocument::modifiedChanged);
    QSignalSpy issues(&document, &FlowDocument::issuesChanged);
    const QByteArray bytes = document.bytes();
    document.setUnfinished(a, half());
    QVERIFY(document.isModified());
    QCOMPARE(modified.size(), 1);
    QCOMPARE(modified.takeFirst().first().toBool(), true);
    QCOMPARE(issues.size(), 1);
    QVERIFY(hasErrors(document.issues()));
    QCOMPARE(document.unfinished(a), half());
    QCOMPARE(document.bytes(), bytes);

    document.setUnfinished(a, half()); // nothing new
    QCOMPARE(issues.size(), 1);
    document.setUnfinished(a, {});
    QVERIFY(!document.isModified());
    QCOMPARE(modified.takeFirst().first().toBool(), false);
    QVERIFY(!hasErrors(document.issues()));
}

void TestUnfinished::places_data()
{
    QTest::addColumn<int>("kind");
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("told"); // kind:index.field; empty: nobody is told
    QTest::addColumn<QString>("text");
    const auto row = [](const char *name, Place::Kind kind, const char *subject, const char *told, const char *text) {
        QTest::newRow(name) << int(kind) << word(subject) << word(told) << word(text);
    };
    row("flow", Place::Kind::Flow, "", "0:-1.values", "What is typed for Values is not finished: Must be JSON.");
    row("task", Place::Kind::Task, "b", "1:1.values", "What is typed for Values of 'b' is not finished: Must be JSON.");
    row("condition", Place::Kind::Condition, "c1", "2:0.values",
        "What is typed for Values of 'c1' is not finished: Must be JSON.");
    row("task that is gone", Place::Kind::Task, "z", "", "");
    row("condition that is gone", Place::Kind::Condition, "z", "", "");
}

void TestUnfinished::places()
{
    QFETCH(int, kind);
    QFETCH(QString, name);
    FlowFile file = fileOf(word("a b"), word("a success b|end"));
    file.flow.conditions[0].name = word("c1");
    FlowDocument document(file, {}, &documentTypes());
    document.setUnfinished({Place::Kind(kind), name}, half());
    QString told;
    QString text;
    for (const Issue &issue : document.unfinishedIssues()) {
        told += word("%1:%2.%3").arg(int(issue.place.kind)).arg(issue.place.index).arg(issue.place.field);
        text += issue.text;
    }
    QTEST(told, "told");
    QTEST(text, "text");
    QCOMPARE(document.isModified(), !told.isEmpty());
}

/// Deleting the task ends the matter, undoing brings it back.
void TestUnfinished::followsItsTask()
{
    FlowDocument document(fileOf(word("a b"), word("a success b|end")), {}, &documentTypes());
    document.setUnfinished(a, half());
    document.select({{word("a")}, {}});
    document.removeSelection();
    QVERIFY(document.unfinishedIssues().isEmpty());
    document.undoStack()->undo();
    QCOMPARE(document.unfinishedIssues().size(), 1);
    QVERIFY(document.undoStack()->isClean());
    QVERIFY(document.isModified());
}

void TestUnfinished::pastRunsHaveNone()
{
    FlowDocument document(fileOf(word("a")), {}, &documentTypes());
    document.setReadOnly(true);
    document.setUnfinished(a, half());
    QVERIFY(!document.isModified());
}

QTEST_MAIN(TestUnfinished)
#include "tst_unfinished.moc"
