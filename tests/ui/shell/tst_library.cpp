// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell_fixture.h"

#include "shell/command_palette.h"
#include "shell/document_tabs.h"
#include "shell/library_panel.h"
#include "shell/open_controller.h"
#include "shell/window_docks.h"
#include "support/flow_test.h"

#include <QDialog>
#include <QLineEdit>
#include <QListView>
#include <QListWidget>

using namespace flow;
using namespace flow::test;

/// The flows of the library as a person handles them.
class TestLibrary : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void emptyLibraryOffersTheExample();
    void deletingSaysHowManyRunsGo();
    void deletedFlowStaysOpenAsUnsaved();
    void renameInPlace();
    void renameSurvivesWhatOthersSave();
    void renameOfAnOpenFlowChangesItsDocument();
    void duplicateAndFilter();
    void lastResultIsShown();
    void openFlowsKnowTheLibrary();
    void searchFindsFlowsTasksAndCommands();

private:
    QListView *list(Shell &shell) { return shell.widget<QListView>(QStringLiteral("library")); }
    void clickRow(Shell &shell, int row)
    {
        QTest::mouseClick(list(shell)->viewport(), Qt::LeftButton, {},
                          list(shell)->visualRect(list(shell)->model()->index(row, 0)).center());
    }
};

void TestLibrary::emptyLibraryOffersTheExample()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QTRY_VERIFY(shell.widget(QStringLiteral("libraryExample"))->isVisible());
    shell.click(QStringLiteral("libraryExample"));
    QTRY_VERIFY(shell.tab());
    QCOMPARE(shell.document()->flow().id, QStringLiteral("flow123"));
}

void TestLibrary::deletingSaysHowManyRunsGo()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.service()->createFlow(smallFlow(QStringLiteral("d"), QStringLiteral("Doomed"))));
    for (int i = 0; i < 3; ++i)
        shell.service()->finished(*shell.service()->start(QStringLiteral("d"), {})).waitForFinished();
    QTRY_COMPARE(list(shell)->model()->rowCount(), 1);
    QTRY_VERIFY(list(shell)->isVisible());

    clickRow(shell, 0);
    QTest::keyClick(list(shell), Qt::Key_Delete);
    const QString text = shell.dialogText();
    QVERIFY2(text.contains(QStringLiteral("Delete “Doomed”?")) && text.contains(QStringLiteral("3 run")),
             qPrintable(text));
    QVERIFY(shell.answer(QStringLiteral("Cancel")));
    QTRY_VERIFY(!shell.dialog());
    QVERIFY(shell.service()->flow(QStringLiteral("d")).ok());

    shell.activate();
    QTest::keyClick(list(shell), Qt::Key_Delete);
    QVERIFY(shell.answer(QStringLiteral("Delete")));
    QTRY_COMPARE(list(shell)->model()->rowCount(), 0);
    QCOMPARE(shell.service()->flow(QStringLiteral("d")).error().code, ErrorCode::NotFound);
}

void TestLibrary::deletedFlowStaysOpenAsUnsaved()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.service()->createFlow(smallFlow(QStringLiteral("d"), QStringLiteral("Doomed"))));
    shell.window().opener()->openFromLibrary(QStringLiteral("d"));
    QTRY_VERIFY(shell.tab());
    QVERIFY(shell.service()->deleteFlow(QStringLiteral("d")));
    QTRY_COMPARE(shell.document()->home().kind, DocumentHome::Kind::None);
    QVERIFY(shell.document()->isModified());
}

void TestLibrary::renameInPlace()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.service()->createFlow(smallFlow(QStringLiteral("r"), QStringLiteral("Old name"))));
    QTRY_COMPARE(list(shell)->model()->rowCount(), 1);
    QTRY_VERIFY(list(shell)->isVisible());
    clickRow(shell, 0);
    QTest::keyClick(list(shell), Qt::Key_F2);
    auto *editor = list(shell)->findChild<QLineEdit *>();
    QVERIFY(editor);
    QTest::keyClicks(editor, QStringLiteral("New name"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(shell.service()->flow(QStringLiteral("r"))->file.flow.name, QStringLiteral("New name"));
    QTRY_COMPARE(list(shell)->model()->index(0, 0).data().toString(), QStringLiteral("New name"));
}

/// Flows come, go and change their order while a name is being typed.
void TestLibrary::renameSurvivesWhatOthersSave()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    for (const char *id : {"a", "r", "z"})
        QVERIFY(shell.service()->createFlow(smallFlow(QString::fromLatin1(id), QString::fromLatin1(id))));
    QTRY_COMPARE(list(shell)->model()->rowCount(), 3);
    QTRY_VERIFY(list(shell)->isVisible());
    const QAbstractItemModel *model = list(shell)->model();
    const QModelIndexList found = model->match(model->index(0, 0), LibraryModel::IdRole, QStringLiteral("r"));
    clickRow(shell, found.value(0).row());
    QTest::keyClick(list(shell), Qt::Key_F2);
    const QPointer<QLineEdit> editor = list(shell)->findChild<QLineEdit *>();
    QVERIFY(editor);
    QTest::keyClicks(editor, QStringLiteral("New na"));

    QVERIFY(shell.service()->createFlow(smallFlow(QStringLiteral("b"), QStringLiteral("b"))));
    QVERIFY(shell.service()->deleteFlow(QStringLiteral("z")));
    QVERIFY(shell.service()->saveFlow(smallFlow(QStringLiteral("a"), QStringLiteral("changed"))));
    QTRY_COMPARE(model->index(0, 0).data().toString(), QStringLiteral("changed"));
    QTRY_VERIFY(model->match(model->index(0, 0), LibraryModel::IdRole, QStringLiteral("z")).isEmpty());
    QTRY_COMPARE(model->rowCount(), 3);
    QVERIFY(editor);
    QTest::keyClicks(editor, QStringLiteral("me"));
    QTest::keyClick(editor, Qt::Key_Return);
    QTRY_COMPARE(shell.service()->flow(QStringLiteral("r"))->file.flow.name, QStringLiteral("New name"));
}

void TestLibrary::renameOfAnOpenFlowChangesItsDocument()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.service()->createFlow(smallFlow(QStringLiteral("r"), QStringLiteral("Old name"))));
    shell.window().opener()->openFromLibrary(QStringLiteral("r"));
    QTRY_VERIFY(shell.tab());
    LibraryModel *model = shell.window().docks()->library()->model();
    QTRY_COMPARE(model->rowCount(), 1);
    model->setData(model->index(0), QStringLiteral("New name"), Qt::EditRole);
    QCOMPARE(shell.document()->flow().name, QStringLiteral("New name"));
    QTRY_COMPARE(shell.service()->flow(QStringLiteral("r"))->file.flow.name, QStringLiteral("New name"));
    QTRY_VERIFY(!shell.document()->isModified());
}

void TestLibrary::duplicateAndFilter()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.service()->createFlow(smallFlow(QStringLiteral("a"), QStringLiteral("Apples"))));
    QTRY_COMPARE(list(shell)->model()->rowCount(), 1);
    Q_EMIT shell.window().docks()->library()->duplicateRequested(QStringLiteral("a"));
    QTRY_COMPARE(list(shell)->model()->rowCount(), 2);

    auto *filter = shell.widget<QLineEdit>(QStringLiteral("libraryFilter"));
    filter->setFocus();
    shell.type(QStringLiteral("copy"));
    QCOMPARE(list(shell)->model()->rowCount(), 1);
    QCOMPARE(list(shell)->model()->index(0, 0).data().toString(), QStringLiteral("Apples (copy)"));
    shell.type(QStringLiteral("xyz"));
    QVERIFY(!list(shell)->isVisible());
    QTest::keyClick(filter, Qt::Key_Escape);
    QCOMPARE(list(shell)->model()->rowCount(), 2);
}

void TestLibrary::lastResultIsShown()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.service()->createFlow(failingFlow(QStringLiteral("f"), QStringLiteral("no"))));
    LibraryModel *model = shell.window().docks()->library()->model();
    QTRY_COMPARE(model->rowCount(), 1);
    QCOMPARE(model->index(0).data(LibraryModel::WhenRole).toString(), QStringLiteral("never"));
    QVERIFY(shell.service()->start(QStringLiteral("f"), {}).ok());
    QTRY_COMPARE(model->index(0).data(LibraryModel::StatusRole).toInt(), static_cast<int>(ExecutionStatus::Failure));
    QCOMPARE(model->index(0).data(LibraryModel::WhenRole).toString(), QStringLiteral("just now"));
}

/// A flow that runs another one is told when that comes and goes.
void TestLibrary::openFlowsKnowTheLibrary()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    FlowFile file = smallFlow(QStringLiteral("caller"), QStringLiteral("Caller"));
    file.flow.tasks[0].type = QStringLiteral("run_flow");
    file.flow.tasks[0].config = QJsonObject{{QStringLiteral("flow"), QStringLiteral("called")}};
    QVERIFY(shell.service()->createFlow(file));
    QTRY_COMPARE(list(shell)->model()->rowCount(), 1);
    clickRow(shell, 0);
    QTest::keyClick(list(shell), Qt::Key_Return);
    QTRY_VERIFY(shell.tab());
    QTRY_COMPARE(shell.document()->issues().size(), 1);
    QCOMPARE(shell.document()->issues().first().rule, QStringLiteral("unknown-flow"));
    QVERIFY(shell.service()->createFlow(smallFlow(QStringLiteral("called"), QStringLiteral("Called"))));
    QTRY_VERIFY(shell.document()->issues().isEmpty());
}

void TestLibrary::searchFindsFlowsTasksAndCommands()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.service()->createFlow(smallFlow(QStringLiteral("s"), QStringLiteral("Second harvest"))));
    QTRY_COMPARE(list(shell)->model()->rowCount(), 1);
    shell.window().opener()->show(smallFlow(QStringLiteral("o"), QStringLiteral("Open one")), {});

    shell.key(Qt::Key_P, Qt::ControlModifier);
    auto *palette = shell.window().findChild<CommandPalette *>();
    QVERIFY(palette);
    auto *found = palette->findChild<QListWidget *>();
    auto *field = palette->findChild<QLineEdit *>();
    QTest::keyClicks(field, QStringLiteral("second"));
    QCOMPARE(found->count(), 2); // the task and the flow
    QCOMPARE(found->item(0)->text(), QStringLiteral("second"));
    QTest::keyClick(field, Qt::Key_Down);
    QCOMPARE(found->currentItem()->text(), QStringLiteral("Second harvest"));
    QTest::keyClick(field, Qt::Key_Return);
    QTRY_COMPARE(shell.document()->flow().id, QStringLiteral("s"));
}

QTEST_MAIN(TestLibrary)
#include "tst_library.moc"
