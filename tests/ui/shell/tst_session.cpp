// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell_fixture.h"

#include "service/configuration.h"
#include "shell/document_tabs.h"
#include "shell/library_panel.h"
#include "shell/open_controller.h"
#include "shell/recovery.h"
#include "shell/server_pill.h"
#include "shell/window_state.h"
#include "support/flow_test.h"

#include <QDialog>
#include <QDir>
#include <QDockWidget>
#include <QFileDialog>
#include <QLabel>
#include <QLineEdit>
#include <QStatusBar>
#include <QTabBar>

using namespace flow;
using namespace flow::test;

/// What lives from one start to the next, and what a start does.
class TestSession : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void tabsComeBack();
    void lastRunComesBack_data();
    void lastRunComesBack();
    void docksComeBackAndReset();
    void themeIsRemembered();
    void sampleOpensOnlyWhenNothingElseDoes();
    void unsavedWorkSurvivesACrash_data();
    void unsavedWorkSurvivesACrash();
    void orderlyEndLeavesNoCopies();
    void brokenDatabaseIsExplained();
    void anotherFolderIsRemembered_data();
    void anotherFolderIsRemembered();
    void oddSettingsAreTold_data();
    void oddSettingsAreTold();
    void serverIsOffUntilSwitchedOn();
};

void TestSession::tabsComeBack()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("file.flow.json"));
    QVERIFY(saveFlowFile(path, smallFlow(QStringLiteral("f"), QStringLiteral("From a file"))));
    {
        Shell shell(folder.path());
        QVERIFY(shell.open());
        QVERIFY(shell.service()->createFlow(smallFlow(QStringLiteral("lib"), QStringLiteral("From the library"))));
        shell.window().opener()->openFromLibrary(QStringLiteral("lib"));
        QTRY_COMPARE(shell.window().tabs()->all().size(), 1);
        shell.window().opener()->openFile(path);
        QTRY_COMPARE(shell.window().tabs()->all().size(), 2);
        shell.window().tabs()->activate(shell.window().tabs()->all().first());
        shell.window().close();
        QTRY_VERIFY(!shell.window().isVisible());
    }
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QTRY_COMPARE(shell.window().tabs()->all().size(), 2);
    QCOMPARE(shell.document()->flow().name, QStringLiteral("From the library"));
    QCOMPARE(shell.document()->home().kind, DocumentHome::Kind::Library);
    QCOMPARE(shell.window().tabs()->all()[1]->document()->home(), (DocumentHome{DocumentHome::Kind::File, path}));
    QVERIFY(!shell.document()->isModified());
}

void TestSession::lastRunComesBack_data()
{
    QTest::addColumn<int>("runs");
    QTest::newRow("never run") << 0;
    QTest::newRow("run twice") << 2;
}

void TestSession::lastRunComesBack()
{
    QFETCH(int, runs);
    const QTemporaryDir folder;
    {
        Shell shell(folder.path());
        QVERIFY(shell.open());
        QVERIFY(shell.service()->createFlow(smallFlow(QStringLiteral("lib"), QStringLiteral("From the library"))));
        shell.window().opener()->openFromLibrary(QStringLiteral("lib"));
        QTRY_VERIFY(shell.tab());
        for (int run = 1; run <= runs; ++run) {
            shell.key(Qt::Key_F5);
            QTRY_VERIFY(shell.tab()->run().id == run && shell.tab()->run().execution);
        }
        shell.window().close();
        QTRY_VERIFY(!shell.window().isVisible());
    }
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QTRY_VERIFY(shell.tab());
    QTRY_COMPARE(shell.tab()->run().id, runs);
    shell.tab()->canvas()->revealTask(QStringLiteral("second"));
    auto *inspector = shell.widget(QStringLiteral("inspector"));
    auto *pages = inspector->findChild<QTabBar *>();
    for (int page = 0; page < pages->count(); ++page) {
        if (pages->tabText(page) == QStringLiteral("Last run"))
            QTest::mouseClick(pages, Qt::LeftButton, {}, pages->tabRect(page).center());
    }
    const auto says = [inspector](const QString &text) {
        for (const QLabel *label : inspector->findChildren<QLabel *>()) {
            if (label->isVisible() && label->text() == text)
                return true;
        }
        return false;
    };
    QTRY_COMPARE(says(QStringLiteral("No run is shown")), runs == 0);
    QVERIFY(shell.window().actions()[ActionId::Run]->isEnabled());
    QCOMPARE(shell.window().actions()[ActionId::ClearRun]->isEnabled(), runs > 0);
}

void TestSession::docksComeBackAndReset()
{
    const QTemporaryDir folder;
    {
        Shell shell(folder.path());
        QVERIFY(shell.open());
        shell.window().addDockWidget(Qt::LeftDockWidgetArea, shell.widget<QDockWidget>(QStringLiteral("inspector")));
        shell.widget(QStringLiteral("tasks"))->hide();
        shell.window().close();
        QTRY_VERIFY(!shell.window().isVisible());
    }
    Shell shell(folder.path());
    QVERIFY(shell.open());
    auto *inspector = shell.widget<QDockWidget>(QStringLiteral("inspector"));
    QCOMPARE(shell.window().dockWidgetArea(inspector), Qt::LeftDockWidgetArea);
    QVERIFY(!shell.widget(QStringLiteral("tasks"))->isVisible());

    shell.window().actions()[ActionId::ResetLayout]->trigger();
    QCOMPARE(shell.window().dockWidgetArea(inspector), Qt::RightDockWidgetArea);
    QVERIFY(shell.widget(QStringLiteral("tasks"))->isVisible());
    QVERIFY(inspector->isVisible());
}

void TestSession::themeIsRemembered()
{
    const QTemporaryDir folder;
    {
        Shell shell(folder.path());
        QVERIFY(shell.open());
        QVERIFY(!shell.look().theme().isDark());
        shell.window().actions()[ActionId::ThemeDark]->trigger();
        QVERIFY(shell.look().theme().isDark());
        const QColor bar = shell.window().grab().toImage().pixelColor(shell.window().width() / 2, 4);
        QCOMPARE(bar, shell.look().color(Role::Bar));
    }
    const Shell again(folder.path());
    QVERIFY(const_cast<Shell &>(again).look().theme().isDark());
}

void TestSession::sampleOpensOnlyWhenNothingElseDoes()
{
    const QTemporaryDir folder;
    {
        Shell shell(folder.path());
        QVERIFY(shell.open({.sample = true}));
        QTRY_VERIFY(shell.tab());
        QCOMPARE(shell.document()->flow().id, QStringLiteral("flow123"));
        QVERIFY(!shell.document()->isModified());
        QVERIFY(shell.service()->createFlow(smallFlow(QStringLiteral("lib"), QStringLiteral("Mine"))));
        shell.window().opener()->openFromLibrary(QStringLiteral("lib"));
        QTRY_COMPARE(shell.window().tabs()->all().size(), 2);
        shell.window().close();
        QTRY_VERIFY(!shell.window().isVisible());
    }
    Shell shell(folder.path());
    QVERIFY(shell.open({.sample = true}));
    QTRY_COMPARE(shell.window().tabs()->all().size(), 1);
    QCOMPARE(shell.document()->flow().id, QStringLiteral("lib"));
}

void TestSession::unsavedWorkSurvivesACrash_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<int>("tabs");
    QTest::addColumn<bool>("asksAgain");
    QTest::newRow("restore") << QStringLiteral("Restore") << 1 << false;
    QTest::newRow("discard") << QStringLiteral("Discard") << 0 << false;
    QTest::newRow("later") << QStringLiteral("Ask again at the next start") << 0 << true;
}

void TestSession::unsavedWorkSurvivesACrash()
{
    QFETCH(QString, answer);
    QFETCH(int, tabs);
    QFETCH(bool, asksAgain);
    const QTemporaryDir folder;
    const FlowFile lost = smallFlow(QStringLiteral("lost"), QStringLiteral("Nearly lost"));
    {
        // What a program that died has left: copies, and a lock of a process that is no more.
        const QTemporaryDir scratch;
        Look look;
        Recovery recovery(scratch.path());
        FlowTab tab(std::make_unique<FlowDocument>(lost, DocumentHome{}, new TaskTypes(builtInTasks().types())), &look);
        tab.document()->undoStack()->resetClean();
        recovery.follow(&tab);
        recovery.flush();
        const QString session =
            QDir(scratch.filePath(QStringLiteral("recovery"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot).value(0);
        QVERIFY(!session.isEmpty());
        QVERIFY(QDir().mkpath(folder.filePath(QStringLiteral("recovery/dead"))));
        QVERIFY(QFile::copy(scratch.filePath(QStringLiteral("recovery/%1/1.copy").arg(session)),
                            folder.filePath(QStringLiteral("recovery/dead/1.copy"))));
    }
    {
        Shell shell(folder.path());
        QVERIFY(shell.open());
        QVERIFY(shell.dialogText().contains(QStringLiteral("“Nearly lost”")));
        QVERIFY(shell.answer(answer));
        QTRY_COMPARE(shell.window().tabs()->all().size(), tabs);
        if (tabs) {
            QCOMPARE(shell.document()->flow(), lost.flow);
            QVERIFY(shell.document()->isModified());
        }
        QTRY_COMPARE(QDir(folder.filePath(QStringLiteral("recovery/dead"))).exists(), asksAgain);
    }
    QCOMPARE(Recovery::leftBehind(folder.path()).flows.size(), asksAgain ? 1 : 0);
}

void TestSession::orderlyEndLeavesNoCopies()
{
    const QTemporaryDir folder;
    {
        Shell shell(folder.path());
        QVERIFY(shell.open());
        shell.window().opener()->show(smallFlow(QStringLiteral("x"), QStringLiteral("X")), {}, true);
        QTRY_COMPARE(
            QDir(folder.filePath(QStringLiteral("recovery"))).entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
        QVERIFY(Recovery::leftBehind(folder.path()).flows.isEmpty()); // its program lives
    }
    QVERIFY(!QDir(folder.filePath(QStringLiteral("recovery"))).exists());
}

void TestSession::brokenDatabaseIsExplained()
{
    const QTemporaryDir folder;
    QFile database(folder.filePath(QStringLiteral("flows.db")));
    QVERIFY(database.open(QIODevice::WriteOnly));
    QVERIFY(database.write(QByteArray(8192, 'x')) == 8192);
    database.close();
    Shell shell(folder.path());
    QVERIFY(shell.open());
    const QString text = shell.dialogText();
    QVERIFY2(text.contains(QStringLiteral("cannot be opened")) && text.contains(QStringLiteral("flows.db")),
             qPrintable(text));
    QVERIFY(shell.answer(QStringLiteral("Work without")));
    QTRY_VERIFY(!shell.dialog());
    shell.click(QStringLiteral("startNew")); // drawing still works
    QVERIFY(shell.tab());
    QVERIFY(!shell.widget(QStringLiteral("runButton"))->isEnabled());
}

void TestSession::anotherFolderIsRemembered_data()
{
    QTest::addColumn<QString>("answer");
    QTest::addColumn<bool>("remembered");
    QTest::newRow("from now on") << QStringLiteral("From now on") << true;
    QTest::newRow("only this time") << QStringLiteral("Only this time") << false;
}

void TestSession::anotherFolderIsRemembered()
{
    QFETCH(QString, answer);
    QFETCH(bool, remembered);
    const QTemporaryDir folder;
    const QTemporaryDir other;
    QFile database(folder.filePath(QStringLiteral("flows.db")));
    QVERIFY(database.open(QIODevice::WriteOnly));
    QVERIFY(database.write(QByteArray(8192, 'x')) == 8192);
    database.close();
    Shell shell(folder.path());
    QVERIFY(shell.open());
    QVERIFY(shell.answer(QStringLiteral("Choose another folder...")));
    QTRY_VERIFY(qobject_cast<QFileDialog *>(shell.dialog()));
    auto *name = shell.dialog()->findChild<QLineEdit *>(QStringLiteral("fileNameEdit"));
    QTRY_VERIFY(name->hasFocus());
    name->selectAll();
    shell.type(other.path());
    shell.key(Qt::Key_Return);
    QTRY_VERIFY(shell.service());
    const QString text = shell.dialogText();
    QVERIFY2(text.contains(QStringLiteral("Use %1 from now on?").arg(other.path())), qPrintable(text));
    QVERIFY(shell.answer(answer));
    QTRY_VERIFY(!shell.dialog());
    QCoreApplication::processEvents(); // what the answer leads to

    ConfigurationSources sources;
    sources.settingsFile = folder.filePath(QStringLiteral("settings.ini"));
    QTRY_COMPARE(readConfiguration(sources)->settings.dataDir, remembered ? other.path() : defaultDataDir());
}

void TestSession::oddSettingsAreTold_data()
{
    QTest::addColumn<QStringList>("warnings");
    QTest::addColumn<QString>("told");
    const QString odd = QStringLiteral("my.ini: server/prot: is no setting");
    const QString other = QStringLiteral("my.ini: sever/port: is no setting");
    QTest::newRow("one") << QStringList{odd} << odd;
    QTest::newRow("two") << QStringList{odd, other} << odd + QStringLiteral(" (and 1 more: see the log)");
    QTest::newRow("three") << QStringList{odd, other, other} << odd + QStringLiteral(" (and 2 more: see the log)");
}

/// The status bar has room for one.
void TestSession::oddSettingsAreTold()
{
    QFETCH(QStringList, warnings);
    QFETCH(QString, told);
    const QTemporaryDir folder;
    Shell shell(folder.path(), warnings);
    QVERIFY(shell.open());
    QTRY_COMPARE(shell.window().statusBar()->currentMessage(), told);
}

void TestSession::serverIsOffUntilSwitchedOn()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    const auto *pill = shell.widget<ServerPill>(QStringLiteral("serverPill"));
    QCOMPARE(shell.server().starts, 0);
    QCOMPARE(pill->text(), QStringLiteral("REST off"));

    shell.click(QStringLiteral("serverPill"));
    QCOMPARE(shell.server().starts, 1);
    QCOMPARE(pill->text(), QStringLiteral("REST on 127.0.0.1:5001"));
    shell.click(QStringLiteral("serverPill"));
    QCOMPARE(pill->text(), QStringLiteral("REST off"));

    shell.server().refusal = QStringLiteral("the port is taken");
    shell.click(QStringLiteral("serverPill"));
    QVERIFY(shell.dialogText().contains(QStringLiteral("the port is taken")));
    QVERIFY(shell.answer(QStringLiteral("Close")));
    QCOMPARE(pill->text(), QStringLiteral("REST off"));
}

QTEST_MAIN(TestSession)
#include "tst_session.moc"
