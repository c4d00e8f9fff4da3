// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell_fixture.h"

#include "shell/document_tabs.h"
#include "shell/open_controller.h"
#include "shell/save_controller.h"
#include "support/flow_test.h"

#include <QDialog>
#include <QLineEdit>
#include <QPlainTextEdit>
#include <QSignalSpy>

using namespace flow;
using namespace flow::test;

namespace {

const QString id = QStringLiteral("f");

FlowFile named(const QString &name)
{
    return smallFlow(id, name);
}

/// Ctrl+S on a flow without a home, and Enter in the dialog that asks for its name.
void saveUnderItsName(Shell &shell)
{
    shell.key(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(shell.dialog());
    auto *name = shell.dialog()->findChild<QLineEdit *>();
    QTRY_VERIFY(name->hasFocus());
    shell.key(Qt::Key_Return);
}

void rename(FlowDocument *document, const QString &name)
{
    Flow flow = document->flow();
    flow.name = name;
    document->changeFlow(flow, QStringLiteral("name"));
}

} // namespace

/// Saving to a library in which others save, too: nobody's work is overwritten without a question.
class TestSaves : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void idIsKnown_data();
    void idIsKnown();
    void savedElsewhere_data();
    void savedElsewhere();
    void ownRunIsNoConflict();
    void ownSavesFollowEachOther();
    void sameContentIsSaved();
    void whatIsSavedMakesNoVersion();
    void deletedElsewhereIsSavedAnew();
    void changedIdMakesANewFlow();
    void unmodifiedTabShowsTheNewVersion();
    void unfinishedFieldsAreNotSavedOverOrRun();
};

void TestSaves::idIsKnown_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<int>("version");    // of the library's flow afterwards
    QTest::addColumn<QString>("theirs"); // its name
    QTest::addColumn<QString>("mine");   // name in the tab
    QTest::addColumn<bool>("saved");
    QTest::newRow("copy") << QStringLiteral("Save a copy") << 1 << QStringLiteral("Theirs")
                          << QStringLiteral("Mine (copy)") << true;
    QTest::newRow("replace") << QStringLiteral("Replace") << 2 << QStringLiteral("Mine") << QStringLiteral("Mine")
                             << true;
    QTest::newRow("cancel") << QStringLiteral("Cancel") << 1 << QStringLiteral("Theirs") << QStringLiteral("Mine")
                            << false;
}

void TestSaves::idIsKnown()
{
    QFETCH(QString, answer);
    QFETCH(QString, mine);
    QFETCH(bool, saved);
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.service()->createFlow(named(QStringLiteral("Theirs"))));
    shell.window().opener()->show(named(QStringLiteral("Mine")), {}, true);
    saveUnderItsName(shell);
    const QString text = shell.dialogText();
    QVERIFY2(text.contains(QStringLiteral("The library already has this flow")) &&
                 text.contains(QStringLiteral("It is called “Theirs” there (id f) and stands at version 1.")),
             qPrintable(text));
    QVERIFY(shell.answer(answer));
    QTRY_VERIFY(!shell.dialog());
    QTRY_COMPARE(!shell.document()->isModified(), saved);
    QCOMPARE(shell.document()->flow().name, mine);
    QTEST(shell.service()->flow(id)->version, "version");
    QTEST(shell.service()->flow(id)->file.flow.name, "theirs");
    QCOMPARE(shell.service()->flow(shell.document()->flow().id)->file.flow == shell.document()->flow(), saved);
}

void TestSaves::savedElsewhere_data()
{
    idIsKnown_data();
}

/// Opened, changed here and there, saved here.
void TestSaves::savedElsewhere()
{
    QFETCH(QString, answer);
    QFETCH(QString, mine);
    QFETCH(int, version);
    QFETCH(bool, saved);
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.service()->createFlow(named(QStringLiteral("First"))));
    shell.window().opener()->openFromLibrary(id);
    QTRY_VERIFY(shell.tab());
    rename(shell.document(), QStringLiteral("Mine"));
    QVERIFY(shell.service()->saveFlow(named(QStringLiteral("Theirs"))));
    shell.key(Qt::Key_S, Qt::ControlModifier);
    const QString text = shell.dialogText();
    QVERIFY2(text.contains(QStringLiteral("“Mine” was saved elsewhere meanwhile")) &&
                 text.contains(QStringLiteral("Your changes stand on version 1, the library now has version 2.")),
             qPrintable(text));
    QVERIFY(shell.answer(answer));
    QTRY_VERIFY(!shell.dialog());
    QTRY_COMPARE(!shell.document()->isModified(), saved);
    QCOMPARE(shell.document()->flow().name, mine);
    QCOMPARE(shell.service()->flow(id)->version, version + 1);
    QTEST(shell.service()->flow(id)->file.flow.name, "theirs");
}

/// Running a flow that was never saved adds it to the library; that is no reason to ask.
void TestSaves::ownRunIsNoConflict()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(named(QStringLiteral("Mine")), {}, true);
    shell.key(Qt::Key_F5);
    QVERIFY(shell.waitForRunEnd());
    QCOMPARE(shell.service()->flow(id)->version, 1);
    rename(shell.document(), QStringLiteral("Changed"));
    saveUnderItsName(shell);
    QTRY_VERIFY(!shell.document()->isModified());
    QVERIFY(!shell.dialog());
    QCOMPARE(shell.document()->home(), libraryHome(id, 2));
}

void TestSaves::ownSavesFollowEachOther()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.service()->createFlow(named(QStringLiteral("First"))));
    shell.window().opener()->openFromLibrary(id);
    QTRY_VERIFY(shell.tab());
    for (int version = 2; version < 5; ++version) {
        rename(shell.document(), QStringLiteral("Name %1").arg(version));
        shell.key(Qt::Key_S, Qt::ControlModifier);
        QTRY_COMPARE(shell.document()->home(), libraryHome(id, version));
        QVERIFY(!shell.document()->isModified());
    }
}

/// Both made the same change: there is nothing to ask and nothing to write.
void TestSaves::sameContentIsSaved()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.service()->createFlow(named(QStringLiteral("First"))));
    shell.window().opener()->openFromLibrary(id);
    QTRY_VERIFY(shell.tab());
    rename(shell.document(), QStringLiteral("Second"));
    QVERIFY(shell.service()->saveFlow(shell.document()->file()));
    shell.key(Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE(shell.document()->home(), libraryHome(id, 2));
    QVERIFY(!shell.dialog());
}

/// A version for each time that somebody presses the keys would tell nothing.
void TestSaves::whatIsSavedMakesNoVersion()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.service()->createFlow(named(QStringLiteral("First"))));
    shell.window().opener()->openFromLibrary(id);
    QTRY_VERIFY(shell.tab());
    QVERIFY(!shell.document()->isModified());
    QSignalSpy saved(shell.window().findChild<SaveController *>(), &SaveController::saved);
    shell.key(Qt::Key_S, Qt::ControlModifier);
    QVERIFY(saved.size() == 1 || saved.wait());
    QCOMPARE(shell.document()->home(), libraryHome(id, 1));
    QCOMPARE(shell.service()->flow(id)->version, 1);
}

void TestSaves::deletedElsewhereIsSavedAnew()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    // As if another program had deleted it: nobody here is told.
    shell.window().opener()->show(named(QStringLiteral("Mine")), libraryHome(id, 3), true);
    shell.key(Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE(shell.document()->home(), libraryHome(id, 1));
    QVERIFY(!shell.dialog());
}

void TestSaves::changedIdMakesANewFlow()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.service()->createFlow(named(QStringLiteral("First"))));
    shell.window().opener()->openFromLibrary(id);
    QTRY_VERIFY(shell.tab());
    Flow other = shell.document()->flow();
    other.id = QStringLiteral("g");
    shell.document()->changeFlow(other, QStringLiteral("id"));
    shell.key(Qt::Key_S, Qt::ControlModifier);
    QTRY_COMPARE(shell.document()->home(), libraryHome(QStringLiteral("g"), 1));
    QCOMPARE(shell.service()->flow(id)->version, 1);
}

void TestSaves::unmodifiedTabShowsTheNewVersion()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.service()->createFlow(named(QStringLiteral("First"))));
    shell.window().opener()->openFromLibrary(id);
    QTRY_VERIFY(shell.tab());
    QVERIFY(shell.service()->saveFlow(named(QStringLiteral("Theirs"))));
    QTRY_COMPARE(shell.document()->flow().name, QStringLiteral("Theirs"));
    QCOMPARE(shell.document()->home(), libraryHome(id, 2));
    QVERIFY(!shell.document()->isModified());
    shell.document()->undoStack()->undo();
    QCOMPARE(shell.document()->flow().name, QStringLiteral("First"));
    QVERIFY(shell.document()->isModified());
}

/// Half a JSON object in a field: neither Save nor Run nor closing makes it disappear in silence.
void TestSaves::unfinishedFieldsAreNotSavedOverOrRun()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.service()->createFlow(named(QStringLiteral("First"))));
    shell.window().opener()->openFromLibrary(id);
    QTRY_VERIFY(shell.tab());
    shell.document()->setUnfinished(
        {Place::Kind::Flow, {}},
        {{QStringLiteral("inputs"), {QStringLiteral("Inputs"), QStringLiteral("{"), QStringLiteral("Must be JSON.")}}});
    QVERIFY(shell.tab()->title().contains(QStringLiteral("First")));
    shell.key(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(shell.dialog());
    const auto *problems = shell.dialog()->findChild<QPlainTextEdit *>();
    QVERIFY2(problems && problems->toPlainText().contains(QStringLiteral("What is typed for Inputs is not finished")),
             qPrintable(shell.dialogText()));
    QVERIFY(shell.answer(QStringLiteral("Close")));
    QTRY_VERIFY(!shell.dialog());
    shell.activate();
    shell.key(Qt::Key_F5);
    QCOMPARE(shell.service()->executions({}).value().total, 0);
    QCOMPARE(shell.service()->flow(id)->version, 1);
    shell.key(Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(shell.dialog());
    QVERIFY(shell.answer(QStringLiteral("Cancel")));
    QVERIFY(shell.document()->isModified());
}

QTEST_MAIN(TestSaves)
#include "tst_saves.moc"
