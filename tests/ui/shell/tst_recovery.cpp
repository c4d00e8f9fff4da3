// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell_fixture.h"

#include "shell/document_tabs.h"
#include "shell/flow_tab.h"
#include "shell/open_controller.h"
#include "shell/recovery.h"
#include "support/flow_test.h"

#include <QDialog>
#include <QDir>
#include <QSignalSpy>

using namespace flow;
using namespace flow::test;

/// Copies of unsaved flows: what cannot be written or read is said, and nothing goes before something better is there.
class TestRecovery : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void unfinishedDraftsComeBack_data();
    void unfinishedDraftsComeBack();
    void unreadableCopiesAreKeptAside_data();
    void unreadableCopiesAreKeptAside();
    void failureIsToldOnceUntilAllIsWell();
    void oldCopiesStayWhenNewOnesCannotBeWritten();

private:
    static QString write(const QTemporaryDir &folder, const QString &name, const QByteArray &bytes)
    {
        const QString path = folder.filePath(QStringLiteral("recovery/dead/") + name);
        QFile file(path);
        if (!QDir().mkpath(QFileInfo(path).path()) || !file.open(QIODevice::WriteOnly) ||
            file.write(bytes) != bytes.size())
            qFatal("cannot write %s", qPrintable(path));
        return path;
    }
    static QByteArray copyOf(const FlowFile &file)
    {
        return R"({"flow":"","kind":0,"path":"","version":0})"
               "\n" +
               writeFlowFile(file);
    }
    static QStringList entries(const QTemporaryDir &folder, const QString &below = {})
    {
        return QDir(folder.filePath(QStringLiteral("recovery") + below))
            .entryList(QDir::AllEntries | QDir::NoDotAndDotDot, QDir::Name);
    }
};

void TestRecovery::unfinishedDraftsComeBack_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<bool>("hasTasks");
    QTest::newRow("without tasks") << QStringLiteral("Empty") << false;
    QTest::newRow("without a name") << QString() << true;
    QTest::newRow("without anything") << QString() << false;
}

void TestRecovery::unfinishedDraftsComeBack()
{
    QFETCH(QString, name);
    QFETCH(bool, hasTasks);
    const QTemporaryDir folder;
    FlowFile draft = smallFlow(QStringLiteral("draft"), name);
    if (!hasTasks) {
        draft.flow.tasks.clear();
        draft.flow.conditions.clear();
        draft.flow.startTask.clear();
    }
    write(folder, QStringLiteral("1.copy"), copyOf(draft));
    const RecoveryFinds left = Recovery::leftBehind(folder.path());
    QCOMPARE(left.unreadable, QStringList());
    QCOMPARE(left.flows.size(), 1);
    QCOMPARE(left.flows.first().file.flow, draft.flow);
}

void TestRecovery::unreadableCopiesAreKeptAside_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("no flow") << QByteArray("{\"kind\":0}\nnot json");
    QTest::newRow("cut short") << copyOf(smallFlow(QStringLiteral("c"), QStringLiteral("Cut"))).chopped(40);
    QTest::newRow("unknown home") << copyOf(smallFlow(QStringLiteral("c"), QStringLiteral("C"))).replace(":0,", ":9,");
}

void TestRecovery::unreadableCopiesAreKeptAside()
{
    QFETCH(QByteArray, bytes);
    const QTemporaryDir folder;
    write(folder, QStringLiteral("1.copy"), copyOf(smallFlow(QStringLiteral("good"), QStringLiteral("Good"))));
    write(folder, QStringLiteral("2.copy"), bytes);
    const QString kept = folder.filePath(QStringLiteral("recovery/dead-2.unreadable"));
    {
        Shell shell(folder.path());
        QVERIFY(shell.open());
        const QString text = shell.dialogText();
        QVERIFY2(text.contains(QStringLiteral("cannot be read")) && text.contains(kept), qPrintable(text));
        QVERIFY(shell.answer(QStringLiteral("Close")));
        QTRY_VERIFY(shell.dialogText().contains(QStringLiteral("“Good”")));
        QVERIFY(shell.answer(QStringLiteral("Restore")));
        QTRY_VERIFY(!QDir(folder.filePath(QStringLiteral("recovery/dead"))).exists());
    }
    QFile file(kept);
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll(), bytes);
    QVERIFY(Recovery::leftBehind(folder.path()).unreadable.isEmpty()); // said once
}

void TestRecovery::failureIsToldOnceUntilAllIsWell()
{
    const QTemporaryDir folder;
    QFile inTheWay(folder.filePath(QStringLiteral("recovery")));
    QVERIFY(inTheWay.open(QIODevice::WriteOnly));
    Look look;
    const TaskTypes types = builtInTasks().types();
    FlowTab tab(
        std::make_unique<FlowDocument>(smallFlow(QStringLiteral("f"), QStringLiteral("F")), DocumentHome{}, &types),
        &look);
    Recovery recovery(folder.path());
    const QSignalSpy failed(&recovery, &Recovery::failed);
    recovery.follow(&tab);
    const auto change = [&](const QString &from, const QString &to) {
        QVERIFY(tab.document()->renameTask(from, to));
        recovery.flush();
        QCoreApplication::processEvents();
    };
    change(QStringLiteral("first"), QStringLiteral("a"));
    QCOMPARE(failed.size(), 1);
    QVERIFY(failed.first().first().value<Error>().text().contains(QStringLiteral("recovery")));
    change(QStringLiteral("a"), QStringLiteral("b"));
    QCOMPARE(failed.size(), 1);

    QVERIFY(inTheWay.remove());
    recovery.flush(); // what could not be written is still due
    QCoreApplication::processEvents();
    QCOMPARE(entries(folder).size(), 1);
    const QString session = folder.filePath(QStringLiteral("recovery/") + entries(folder).first());
    QCOMPARE(QDir(session).entryList({QStringLiteral("*.copy")}), QStringList{QStringLiteral("1.copy")});

    QVERIFY(QFile::remove(session + QStringLiteral("/1.copy")));
    QVERIFY(QDir(session).mkpath(QStringLiteral("1.copy/x"))); // a file cannot take the place of a folder
    change(QStringLiteral("b"), QStringLiteral("c"));
    QCOMPARE(failed.size(), 2);
}

void TestRecovery::oldCopiesStayWhenNewOnesCannotBeWritten()
{
    const QTemporaryDir folder;
    write(folder, QStringLiteral("1.copy"), copyOf(smallFlow(QStringLiteral("old"), QStringLiteral("Old"))));
    {
        Shell shell(folder.path());
        QVERIFY(shell.open());
        QVERIFY(shell.dialogText().contains(QStringLiteral("“Old”")));
        // The first flow's copy makes the folder of this program; then something stands in its way.
        shell.window().opener()->show(smallFlow(QStringLiteral("n"), QStringLiteral("New")), {}, true);
        QTRY_COMPARE(entries(folder).size(), 2);
        const QString session =
            entries(folder).first() == QStringLiteral("dead") ? entries(folder).last() : entries(folder).first();
        QTRY_VERIFY(entries(folder, u'/' + session).contains(QStringLiteral("1.copy")));
        QVERIFY(QDir(folder.filePath(QStringLiteral("recovery/") + session)).mkpath(QStringLiteral("2.copy/x")));

        QVERIFY(shell.answer(QStringLiteral("Restore")));
        QTRY_VERIFY(shell.dialogText().contains(QStringLiteral("Unsaved changes cannot be kept")));
        QVERIFY(shell.answer(QStringLiteral("Close")));
        QTRY_COMPARE(shell.window().tabs()->all().size(), 2);
        QTRY_VERIFY(!shell.dialog());
    }
    QVERIFY(QFile::exists(folder.filePath(QStringLiteral("recovery/dead/1.copy"))));
}

QTEST_MAIN(TestRecovery)
#include "tst_recovery.moc"
