// SPDX-License-Identifier: GPL-3.0-or-later
#include "document_fixture.h"
#include "random_edits.h"
#include "support/flow_test.h"

#include <QSignalSpy>

using namespace flow;
using namespace flow::test;

namespace {

constexpr int editsPerSeed = 40;

} // namespace

/// Whatever somebody does can be taken back to the byte.
class TestUndo : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void undoAllGivesTheOriginalBytes();
    void everyStepIsExact();
    void namesStayUniqueAndReferencesWhole();
};

void TestUndo::undoAllGivesTheOriginalBytes()
{
    int steps = 0;
    for (unsigned seed = 0; seed < 1000; ++seed) {
        const FlowFile file = fileOf(word("a b c"), word("a success b|c; b any {input.x > 1} c; b failure a|end"));
        FlowDocument document(file, {}, &documentTypes());
        const QByteArray original = document.bytes();
        RandomEdits edits(&document, seed);
        for (int edit = 0; edit < editsPerSeed; ++edit)
            edits.next();
        while (document.undoStack()->canRedo())
            document.undoStack()->redo();
        const QByteArray last = document.bytes();
        const QByteArray where = "seed " + QByteArray::number(seed);

        while (document.undoStack()->canUndo()) {
            document.undoStack()->undo();
            ++steps;
        }
        QVERIFY2(document.bytes() == original, where.constData());
        QVERIFY2(!document.isModified(), where.constData());
        while (document.undoStack()->canRedo())
            document.undoStack()->redo();
        QVERIFY2(document.bytes() == last, where.constData());
        // What is open can be saved and opened again.
        const FlowFileReading again = readFlowFile(last);
        QVERIFY2(again.ok(), again.ok() ? "" : qPrintable(QString::fromUtf8(where) + again.errors.first().text()));
        QVERIFY2(again.file == document.file(), where.constData());
    }
    QVERIFY(steps > 10'000);
}

void TestUndo::everyStepIsExact()
{
    for (unsigned seed = 5000; seed < 5050; ++seed) {
        FlowDocument document(fileOf(word("a b c"), word("a success b|c")), {}, &documentTypes());
        RandomEdits edits(&document, seed);
        for (int edit = 0; edit < editsPerSeed; ++edit)
            edits.next();
        QUndoStack *stack = document.undoStack();
        while (stack->canRedo())
            stack->redo();
        QList<QByteArray> states{document.bytes()};
        while (stack->canUndo()) {
            stack->undo();
            states << document.bytes();
        }
        while (stack->canRedo()) {
            stack->redo();
            QCOMPARE(document.bytes(), states[states.size() - 1 - stack->index()]);
        }
    }
}

void TestUndo::namesStayUniqueAndReferencesWhole()
{
    for (unsigned seed = 9000; seed < 9200; ++seed) {
        FlowDocument document(fileOf(word("a b c"), word("a success b|c")), {}, &documentTypes());
        RandomEdits edits(&document, seed);
        for (int edit = 0; edit < editsPerSeed; ++edit) {
            edits.next();
            QSet<QString> names{endTarget};
            for (const Task &task : document.flow().tasks) {
                QVERIFY2(!names.contains(task.name), qPrintable(task.name));
                names << task.name;
            }
            for (const QString &name : document.selection().tasks)
                QVERIFY(names.contains(name));
            for (const qsizetype index : document.selection().conditions)
                QVERIFY(index >= 0 && index < document.flow().conditions.size());
            for (const QString &name : document.layout().tasks.keys())
                QVERIFY2(names.contains(name), qPrintable(name));
        }
    }
}

QTEST_MAIN(TestUndo)
#include "tst_undo.moc"
