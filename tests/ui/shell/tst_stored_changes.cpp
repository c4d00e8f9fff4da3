// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell_fixture.h"

#include "shell/document_tabs.h"
#include "shell/library_panel.h"
#include "shell/open_controller.h"
#include "shell/window_docks.h"
#include "support/flow_test.h"

#include <QAbstractButton>
#include <QDialog>
#include <QStatusBar>
#include <QTimer>

using namespace flow;
using namespace flow::test;

/// Flows that somebody else saves or deletes while they are open here: nobody's work is lost.
class TestStoredChanges : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void savingAsksAboutOtherWork_data();
    void savingAsksAboutOtherWork();
    void cancelKeepsTheWindowOpen();
    void ownFirstRunIsNotOtherWork();
    void restoredTabKnowsItsVersion();
    void unmodifiedTabShowsTheNewVersion();
    void modifiedTabKeepsItsChanges();
    void deletedFlowCanBeSavedAgain();
    void steadyChangesStillShowInTheLibrary();

private:
    static FlowId id() { return QStringLiteral("shared"); }
    static QString statusText(Shell &shell) { return shell.window().statusBar()->currentMessage(); }
    static bool hasTask(const FlowFile &file, const QString &name) { return file.flow.task(name) != nullptr; }
    /// Saved by somebody else: another name for the second task.
    static bool saveElsewhere(Shell &shell)
    {
        FlowFile file = shell.service()->flow(id())->file;
        file.flow.tasks[1].name = QStringLiteral("theirs");
        file.flow.conditions[0].targetTaskSuccess = QStringLiteral("theirs");
        return shell.service()->saveFlow(file).ok();
    }
    static bool openShared(Shell &shell)
    {
        if (!shell.service()->createFlow(smallFlow(id(), QStringLiteral("Shared"))))
            return false;
        shell.window().opener()->openFromLibrary(id());
        return QTest::qWaitFor([&] { return shell.tab() != nullptr; });
    }
    static bool changeHere(Shell &shell)
    {
        return shell.document()->renameTask(QStringLiteral("first"), QStringLiteral("mine")).ok();
    }
};

void TestStoredChanges::savingAsksAboutOtherWork_data()
{
    QTest::addColumn<bool>("fromLibrary");
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("theirsStays");
    QTest::addColumn<bool>("saved");
    QTest::newRow("library: replace") << true << QStringLiteral("Replace") << false << true;
    QTest::newRow("library: copy") << true << QStringLiteral("Save a copy") << true << true;
    QTest::newRow("library: cancel") << true << QStringLiteral("Cancel") << true << false;
    QTest::newRow("library: escape") << true << QString() << true << false;
    QTest::newRow("example: replace") << false << QStringLiteral("Replace") << false << true;
    QTest::newRow("example: copy") << false << QStringLiteral("Save a copy") << true << true;
    QTest::newRow("example: cancel") << false << QStringLiteral("Cancel") << true << false;
    QTest::newRow("example: escape") << false << QString() << true << false;
}

void TestStoredChanges::savingAsksAboutOtherWork()
{
    QFETCH(bool, fromLibrary);
    QFETCH(QString, answer);
    QFETCH(bool, theirsStays);
    QFETCH(bool, saved);
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    if (fromLibrary) {
        QVERIFY(openShared(shell));
    } else {
        QVERIFY(shell.service()->createFlow(smallFlow(id(), QStringLiteral("Theirs"))));
        shell.window().opener()->show(smallFlow(id(), QStringLiteral("Shared")), {});
    }
    QVERIFY(changeHere(shell));
    QVERIFY(saveElsewhere(shell));
    const QByteArray drawn = shell.document()->bytes();

    shell.key(Qt::Key_S, Qt::ControlModifier);
    if (!fromLibrary)
        QVERIFY(shell.answer(QStringLiteral("Save")));
    QTRY_VERIFY(shell.dialogText().contains(QStringLiteral("version 2")));
    const QString text = shell.dialogText();
    QCOMPARE(text.contains(QStringLiteral("stand on version 1")), fromLibrary);
    QCOMPARE(text.contains(QStringLiteral("“Theirs”")), !fromLibrary);
    if (answer.isNull())
        shell.key(Qt::Key_Escape);
    else
        QVERIFY(shell.answer(answer));
    QTRY_VERIFY(!shell.dialog());

    QTRY_COMPARE(shell.document()->isModified(), !saved);
    const StoredFlow stored = *shell.service()->flow(id());
    QCOMPARE(hasTask(stored.file, QStringLiteral("theirs")), theirsStays);
    QCOMPARE(stored.version, theirsStays ? 2 : 3);
    QVERIFY(hasTask(shell.document()->file(), QStringLiteral("mine")));
    if (!saved)
        QCOMPARE(shell.document()->bytes(), drawn);
    else
        QCOMPARE(shell.service()->flow(shell.document()->flow().id)->file, shell.document()->file());
}

void TestStoredChanges::cancelKeepsTheWindowOpen()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(openShared(shell));
    QVERIFY(changeHere(shell));
    QVERIFY(saveElsewhere(shell));
    shell.key(Qt::Key_Q, Qt::ControlModifier);
    QVERIFY(shell.answer(QStringLiteral("Save")));
    QTRY_VERIFY(shell.dialogText().contains(QStringLiteral("saved elsewhere")));
    QVERIFY(shell.answer(QStringLiteral("Cancel")));
    QTRY_VERIFY(!shell.dialog());
    QVERIFY(shell.window().isVisible());
    QVERIFY(hasTask(shell.document()->file(), QStringLiteral("mine")));
}

void TestStoredChanges::ownFirstRunIsNotOtherWork()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(smallFlow(id(), QStringLiteral("Mine")), {});
    shell.key(Qt::Key_F5);
    QVERIFY(shell.waitForRunEnd());
    QVERIFY(changeHere(shell));
    shell.key(Qt::Key_S, Qt::ControlModifier);
    QVERIFY(shell.answer(QStringLiteral("Save")));
    QTRY_VERIFY(!shell.document()->isModified());
    QVERIFY(!shell.dialog());
    QVERIFY(hasTask(shell.service()->flow(id())->file, QStringLiteral("mine")));
}

void TestStoredChanges::restoredTabKnowsItsVersion()
{
    const QTemporaryDir folder;
    {
        Shell shell(folder.path());
        QVERIFY(shell.open());
        QVERIFY(openShared(shell));
        QVERIFY(saveElsewhere(shell));
        shell.window().close();
        QTRY_VERIFY(!shell.window().isVisible());
    }
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QTRY_VERIFY(shell.tab());
    QVERIFY(changeHere(shell));
    shell.key(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(!shell.document()->isModified());
    QCOMPARE(shell.service()->flow(id())->version, 3);
}

void TestStoredChanges::unmodifiedTabShowsTheNewVersion()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(openShared(shell));
    QVERIFY(saveElsewhere(shell));
    QTRY_VERIFY(hasTask(shell.document()->file(), QStringLiteral("theirs")));
    QVERIFY(!shell.document()->isModified());
    QCOMPARE(statusText(shell), QStringLiteral("“Shared” was saved elsewhere; this is version 2"));

    shell.key(Qt::Key_Z, Qt::ControlModifier); // what was there before is not lost
    QVERIFY(hasTask(shell.document()->file(), QStringLiteral("second")));
    QVERIFY(shell.document()->isModified());
    shell.key(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(!shell.document()->isModified());
    QCOMPARE(shell.service()->flow(id())->version, 3);
}

void TestStoredChanges::modifiedTabKeepsItsChanges()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(openShared(shell));
    QVERIFY(changeHere(shell));
    const QByteArray drawn = shell.document()->bytes();
    QVERIFY(saveElsewhere(shell));
    QTRY_VERIFY(statusText(shell).contains(QStringLiteral("“Shared” was saved elsewhere as version 2")));
    QCOMPARE(shell.document()->bytes(), drawn);
    QVERIFY(shell.document()->isModified());
}

void TestStoredChanges::deletedFlowCanBeSavedAgain()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(openShared(shell));
    const QByteArray drawn = shell.document()->bytes();
    QVERIFY(shell.service()->deleteFlow(id()));
    QTRY_VERIFY(shell.document()->isModified());
    QCOMPARE(shell.document()->bytes(), drawn);
    QVERIFY(statusText(shell).contains(QStringLiteral("“Shared” was deleted elsewhere")));
    shell.key(Qt::Key_S, Qt::ControlModifier);
    QVERIFY(shell.answer(QStringLiteral("Save")));
    QTRY_VERIFY(!shell.document()->isModified());
    QCOMPARE(shell.service()->flow(id())->version, 1);
}

void TestStoredChanges::steadyChangesStillShowInTheLibrary()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QTimer stream;
    connect(&stream, &QTimer::timeout, shell.service(), [&] { Q_EMIT shell.service()->flowSaved(id(), 1); });
    stream.start(5);
    QVERIFY(shell.service()->createFlow(smallFlow(id(), QStringLiteral("Shared"))));
    QTRY_COMPARE(shell.window().docks()->library()->model()->rowCount(), 1);
    QVERIFY(stream.isActive());
}

QTEST_MAIN(TestStoredChanges)
#include "tst_stored_changes.moc"
