// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell_fixture.h"

#include "look/theme.h"
#include "shell/document_tabs.h"
#include "shell/open_controller.h"
#include "shell/save_controller.h"
#include "support/flow_test.h"
#include "ui/look/panel_picture.h"

#include <QDialog>
#include <QFile>
#include <QFileDialog>
#include <QLabel>
#include <QLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QTabBar>

#include <sys/stat.h>

using namespace flow;
using namespace flow::test;

namespace {

QString write(const QTemporaryDir &folder, const QString &name, const QByteArray &bytes)
{
    QFile file(folder.filePath(name));
    if (!file.open(QIODevice::WriteOnly) || file.write(bytes) != bytes.size())
        qFatal("cannot write %s", qPrintable(name));
    return file.fileName();
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

void drop(QWidget *window, const QString &path)
{
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(path)});
    QDragEnterEvent enter(QPoint(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
    QVERIFY(QApplication::sendEvent(window, &enter));
    QVERIFY(enter.isAccepted());
    QDropEvent event(QPointF(300, 300), Qt::CopyAction, &data, Qt::LeftButton, {});
    QVERIFY(QApplication::sendEvent(window, &event));
}

} // namespace

/// Opening, saving and the question before work is lost.
class TestFiles : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void unsavedWork_data();
    void unsavedWork();
    void questionKeepsItsLookInEveryTheme();
    void quittingAsksOnceForAll();
    void droppedFileOpensAndSavesBack();
    void badFileListsEveryProblem();
    void importAsksAboutAKnownId();
    void saveAsMovesTheHome();
    void failedSaveLosesNothing();
    void referenceExportSaysWhatItDropped();
    void onlyFilesAreReplaced_data();
    void onlyFilesAreReplaced();
    void longNamesLeaveRoomForOtherTabs();
    void middleClickClosesATab();
    void closingGivesTheCanvasTheKeys();
};

void TestFiles::unsavedWork_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("closed");
    QTest::addColumn<bool>("saved");
    QTest::newRow("save") << QStringLiteral("Save") << true << true;
    QTest::newRow("discard") << QStringLiteral("Discard") << true << false;
    QTest::newRow("cancel") << QStringLiteral("Cancel") << false << false;
}

void TestFiles::unsavedWork()
{
    QFETCH(QString, answer);
    QFETCH(bool, closed);
    QFETCH(bool, saved);
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    const FlowFile file = smallFlow(QStringLiteral("kept"), QStringLiteral("Kept"));
    QVERIFY(saveFlowFile(folder.filePath(QStringLiteral("kept.flow.json")), file));
    shell.window().opener()->openFile(folder.filePath(QStringLiteral("kept.flow.json")));
    QTRY_VERIFY(shell.tab());
    QVERIFY(shell.document()->renameTask(QStringLiteral("second"), QStringLiteral("renamed")));

    shell.key(Qt::Key_W, Qt::ControlModifier);
    QVERIFY(shell.dialogText().contains(QStringLiteral("Save the changes to “Kept”?")));
    QVERIFY(shell.answer(answer));
    QTRY_COMPARE(shell.tab() == nullptr, closed);
    QTRY_VERIFY(!shell.dialog());
    const FlowFileReading reading = loadFlowFile(folder.filePath(QStringLiteral("kept.flow.json")));
    QVERIFY(reading.ok());
    QCOMPARE(reading.file.flow.task(QStringLiteral("renamed")) != nullptr, saved);
    if (!closed)
        QVERIFY(shell.document()->isModified());
}

void TestFiles::questionKeepsItsLookInEveryTheme()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(smallFlow(QStringLiteral("q"), QStringLiteral("Q")), {}, true);
    shell.key(Qt::Key_W, Qt::ControlModifier);
    QTRY_VERIFY(shell.dialog());
    const QMargins room(measure::space5, measure::space5, measure::space5, measure::space4);
    for (const Look::Mode mode : {Look::Mode::Light, Look::Mode::Dark, Look::Mode::Light}) {
        shell.look().setMode(mode);
        QCoreApplication::processEvents();
        QCOMPARE(shell.dialog()->layout()->contentsMargins(), room);
        const auto *text = shell.dialog()->findChild<QLabel *>(QStringLiteral("qt_msgbox_label"));
        QCOMPARE(text->font().weight(), QFont::DemiBold);
    }
    QVERIFY(shell.answer(QStringLiteral("Cancel")));
}

void TestFiles::quittingAsksOnceForAll()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    for (const QString &name : {QStringLiteral("One"), QStringLiteral("Two")}) {
        shell.window().opener()->show(smallFlow(name, name), {}, true);
    }
    shell.key(Qt::Key_Q, Qt::ControlModifier);
    const QString text = shell.dialogText();
    QVERIFY2(text.contains(QStringLiteral("2 flow")), qPrintable(text));
    QVERIFY(text.contains(QStringLiteral("“One”, “Two”")));
    QVERIFY(shell.answer(QStringLiteral("Cancel")));
    QTRY_VERIFY(!shell.dialog());
    QVERIFY(shell.window().isVisible());

    shell.key(Qt::Key_Q, Qt::ControlModifier);
    QVERIFY(shell.answer(QStringLiteral("Discard all")));
    QTRY_VERIFY(!shell.window().isVisible());
}

void TestFiles::droppedFileOpensAndSavesBack()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    const QString path = folder.filePath(QStringLiteral("dropped.flow.json"));
    QVERIFY(saveFlowFile(path, smallFlow(QStringLiteral("dropped"), QStringLiteral("Dropped"))));
    drop(&shell.window(), path);
    QTRY_VERIFY(shell.tab());
    QCOMPARE(shell.document()->home(), (DocumentHome{DocumentHome::Kind::File, path}));
    QCOMPARE(shell.document()->bytes(), bytesOf(path));

    drop(&shell.window(), path); // is open already
    QCOMPARE(shell.window().tabs()->all().size(), 1);

    QVERIFY(shell.document()->renameTask(QStringLiteral("second"), QStringLiteral("renamed")));
    shell.key(Qt::Key_S, Qt::ControlModifier);
    QTRY_VERIFY(!shell.document()->isModified());
    QCOMPARE(bytesOf(path), shell.document()->bytes());
}

void TestFiles::badFileListsEveryProblem()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    const QString path = write(folder, QStringLiteral("bad.flow.json"), R"({"flow": {
        "id": "x", "name": 7, "start_task": "a",
        "tasks": [{"name": "a", "colour": "red"}, {"name": ""}],
        "conditions": []}})");
    shell.window().opener()->importFile(path);
    QTRY_VERIFY(shell.dialog());
    QVERIFY(shell.dialogText().contains(QStringLiteral("bad.flow.json cannot be opened")));
    const QString problems = shell.dialog()->findChild<QPlainTextEdit *>(QStringLiteral("problems"))->toPlainText();
    for (const QString &place :
         {QStringLiteral("name"), QStringLiteral("tasks[0].colour"), QStringLiteral("tasks[1].name")})
        QVERIFY2(problems.contains(place), qPrintable(problems));
    QCOMPARE(problems.split(u'\n').size(), 3);
    QVERIFY(shell.answer(QStringLiteral("Close")));
    QVERIFY(!shell.tab());
}

void TestFiles::importAsksAboutAKnownId()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.service()->createFlow(smallFlow(QStringLiteral("known"), QStringLiteral("Old"))));
    const QString path = folder.filePath(QStringLiteral("new.flow.json"));
    QVERIFY(saveFlowFile(path, smallFlow(QStringLiteral("known"), QStringLiteral("New"))));

    shell.window().opener()->importFile(path);
    QVERIFY(shell.dialogText().contains(QStringLiteral("“Old”")));
    QVERIFY(shell.answer(QStringLiteral("Keep both")));
    QTRY_VERIFY(shell.tab());
    QCOMPARE(shell.document()->flow().name, QStringLiteral("New (copy)"));
    QVERIFY(shell.document()->flow().id != QStringLiteral("known"));
    QCOMPARE(shell.service()->flow(QStringLiteral("known"))->file.flow.name, QStringLiteral("Old"));

    shell.window().opener()->importFile(path);
    QVERIFY(shell.answer(QStringLiteral("Replace")));
    QTRY_COMPARE(shell.service()->flow(QStringLiteral("known"))->file.flow.name, QStringLiteral("New"));
    QCOMPARE(shell.service()->flow(QStringLiteral("known"))->version, 2);
}

void TestFiles::saveAsMovesTheHome()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(smallFlow(QStringLiteral("as"), QStringLiteral("Save as")), {});
    shell.key(Qt::Key_S, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY(qobject_cast<QFileDialog *>(shell.dialog()));
    auto *name = shell.dialog()->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
    QTRY_VERIFY(name->hasFocus());
    name->selectAll();
    shell.type(folder.filePath(QStringLiteral("named")));
    shell.key(Qt::Key_Return);
    const QString path = folder.filePath(QStringLiteral("named.flow.json"));
    QTRY_COMPARE(shell.document()->home(), (DocumentHome{DocumentHome::Kind::File, path}));
    QCOMPARE(bytesOf(path), shell.document()->bytes());
}

void TestFiles::failedSaveLosesNothing()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    const QString path = folder.filePath(QStringLiteral("gone/there.flow.json"));
    shell.window().opener()->show(smallFlow(QStringLiteral("f"), QStringLiteral("F")), {DocumentHome::Kind::File, path},
                                  true);
    shell.key(Qt::Key_S, Qt::ControlModifier);
    const QString text = shell.dialogText();
    QVERIFY2(text.contains(QStringLiteral("“F” was not saved")) && text.contains(path), qPrintable(text));
    QVERIFY(shell.answer(QStringLiteral("Close")));
    QVERIFY(shell.document()->isModified());
}

void TestFiles::referenceExportSaysWhatItDropped()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    const FlowTab *tab = shell.window().opener()->show(smallFlow(QStringLiteral("ref"), QStringLiteral("Ref")), {});
    shell.window().actions()[ActionId::ExportForReference]->trigger();
    QTRY_VERIFY(qobject_cast<QFileDialog *>(shell.dialog()));
    auto *name = shell.dialog()->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
    QTRY_VERIFY(name->hasFocus());
    name->selectAll();
    shell.type(folder.filePath(QStringLiteral("ref.json")));
    shell.key(Qt::Key_Return);
    QTRY_VERIFY(shell.dialog() && shell.dialog()->objectName() == QStringLiteral("errorList"));
    QCOMPARE(bytesOf(folder.filePath(QStringLiteral("ref.json"))), exportForReference(tab->document()->flow()).json);
    QVERIFY(shell.dialog()->findChild<QPlainTextEdit *>()->toPlainText().contains(QStringLiteral("noop")));
    QVERIFY(shell.answer(QStringLiteral("Close")));
}

void TestFiles::onlyFilesAreReplaced_data()
{
    QTest::addColumn<int>("way");
    QTest::addColumn<QString>("says");
    QTest::newRow("save") << static_cast<int>(ActionId::Save) << QStringLiteral("“P” was not saved");
    QTest::newRow("save as") << static_cast<int>(ActionId::SaveAs) << QStringLiteral("“P” was not saved");
    QTest::newRow("export") << static_cast<int>(ActionId::Export) << QStringLiteral("“P” was not exported");
    QTest::newRow("export for the reference")
        << static_cast<int>(ActionId::ExportForReference) << QStringLiteral("“P” was not exported");
}

/// A pipe stands for everything that is no regular file: devices, for instance.
void TestFiles::onlyFilesAreReplaced()
{
    QFETCH(int, way);
    QFETCH(QString, says);
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    const QString pipe = folder.filePath(QStringLiteral("pipe.json"));
    QCOMPARE(::mkfifo(pipe.toLocal8Bit().constData(), 0600), 0);
    shell.window().opener()->show(smallFlow(QStringLiteral("p"), QStringLiteral("P")), {DocumentHome::Kind::File, pipe},
                                  true);
    shell.window().actions()[static_cast<ActionId>(way)]->trigger();
    if (static_cast<ActionId>(way) != ActionId::Save) {
        QTRY_VERIFY(qobject_cast<QFileDialog *>(shell.dialog()));
        Q_EMIT qobject_cast<QFileDialog *>(shell.dialog())->fileSelected(pipe);
        shell.key(Qt::Key_Escape);
    }
    QTRY_VERIFY(shell.dialogText().contains(says));
    const QString text = shell.dialogText();
    QVERIFY2(text.contains(pipe) && text.contains(QStringLiteral("it is not a file")), qPrintable(text));
    QVERIFY(shell.answer(QStringLiteral("Close")));
    struct stat now = {};
    QCOMPARE(::stat(pipe.toLocal8Bit().constData(), &now), 0);
    QVERIFY(S_ISFIFO(now.st_mode));
    QVERIFY(shell.document()->isModified());
}

void TestFiles::longNamesLeaveRoomForOtherTabs()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    const QString name = QStringLiteral("Prices & orders of all shops in the north of the country, by week and day");
    shell.window().opener()->show(smallFlow(QStringLiteral("a"), name), {});
    const auto *bar = shell.window().tabs()->findChild<QTabBar *>();
    const QString shown = bar->tabText(0);
    QVERIFY2(shown.startsWith(QStringLiteral("Prices && orders")) && shown.endsWith(u'…'), qPrintable(shown));
    QVERIFY(bar->tabRect(0).width() < 320);
    QVERIFY(bar->tabToolTip(0).contains(name.toHtmlEscaped()));
    QVERIFY(shell.addTask(QStringLiteral("Do nothing")));
    QTRY_COMPARE(bar->tabText(0), shown + FlowTab::unsavedSign());
    keepPictures(&shell.look(), &shell.window(), QStringLiteral("long-names"));
}

void TestFiles::middleClickClosesATab()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(smallFlow(QStringLiteral("a"), QStringLiteral("A")), {});
    shell.window().opener()->show(smallFlow(QStringLiteral("b"), QStringLiteral("B")), {});
    auto *bar = shell.window().tabs()->findChild<QTabBar *>();
    QTest::mouseClick(bar, Qt::MiddleButton, {}, bar->tabRect(0).center());
    QTRY_COMPARE(shell.window().tabs()->all().size(), 1);
    QCOMPARE(shell.document()->flow().name, QStringLiteral("B"));
}

/// What is typed next must not end up in a field of a flow that came to the front by itself.
void TestFiles::closingGivesTheCanvasTheKeys()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().opener()->show(smallFlow(QStringLiteral("a"), QStringLiteral("A")), {});
    shell.window().opener()->show(smallFlow(QStringLiteral("b"), QStringLiteral("B")), {});
    shell.activate();
    QWidget *description = shell.widget(QStringLiteral("field.description"));
    QVERIFY(description);
    description->setFocus();
    shell.key(Qt::Key_W, Qt::ControlModifier);
    QTRY_COMPARE(shell.window().tabs()->all().size(), 1);
    QTRY_VERIFY(shell.tab()->canvas()->hasFocus());
    shell.type(QStringLiteral("oops"));
    QVERIFY(!shell.document()->isModified());
}

QTEST_MAIN(TestFiles)
#include "tst_files.moc"
