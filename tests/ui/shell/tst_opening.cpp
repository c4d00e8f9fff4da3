// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell_fixture.h"

#include "shell/document_tabs.h"
#include "shell/open_controller.h"
#include "support/flow_test.h"

#include <QDialog>
#include <QLabel>
#include <QProcess>
#include <QSignalSpy>
#include <QStatusBar>
#include <QThreadPool>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace flow;
using namespace flow::test;

/// What a person learns while something is opened: that it takes time, what the last time left, where it all is.
class TestOpening : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void slowFileShowsASign_data();
    void slowFileShowsASign();
    void quickFileShowsNone();
    void interruptedRunsAreSaidAtTheStart();
    void settingsShowTheDatabase();
};

void TestOpening::slowFileShowsASign_data()
{
    QTest::addColumn<bool>("cancelled");
    QTest::newRow("waits") << false;
    QTest::newRow("cancelled") << true;
}

/// A pipe is as slow as whoever writes into it.
void TestOpening::slowFileShowsASign()
{
    QFETCH(bool, cancelled);
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    const QString path = folder.filePath(QStringLiteral("slow.flow.json"));
    QCOMPARE(::mkfifo(path.toLocal8Bit().constData(), 0600), 0);
    QWidget *sign = shell.widget(QStringLiteral("readingSign"));
    QVERIFY(!sign->isVisible());
    shell.window().opener()->openFile(path);
    QTRY_VERIFY(sign->isVisible());
    QCOMPARE(sign->findChild<QLabel *>()->text(), QStringLiteral("Reading slow.flow.json..."));
    if (cancelled) {
        shell.click(QStringLiteral("readingCancel"));
        QVERIFY(!sign->isVisible());
    }

    const int pipe = ::open(path.toLocal8Bit().constData(), O_WRONLY);
    const QByteArray text = writeFlowFile(smallFlow(QStringLiteral("s"), QStringLiteral("Slow")));
    QCOMPARE(::write(pipe, text.constData(), static_cast<size_t>(text.size())), static_cast<ssize_t>(text.size()));
    ::close(pipe);
    // What was opened after it has been read after it.
    const QString other = folder.filePath(QStringLiteral("other.flow.json"));
    QVERIFY(saveFlowFile(other, smallFlow(QStringLiteral("o"), QStringLiteral("Other"))));
    if (!cancelled)
        QTRY_COMPARE(shell.window().tabs()->all().size(), 1);
    QTRY_VERIFY(QThreadPool::globalInstance()->activeThreadCount() == 0);
    shell.window().opener()->openFile(other);
    QTRY_COMPARE(shell.window().tabs()->all().size(), cancelled ? 1 : 2);
    QCOMPARE(shell.document()->flow().name, QStringLiteral("Other"));
    QVERIFY(!sign->isVisible());
}

void TestOpening::quickFileShowsNone()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    const QString path = folder.filePath(QStringLiteral("quick.flow.json"));
    QVERIFY(saveFlowFile(path, smallFlow(QStringLiteral("q"), QStringLiteral("Quick"))));
    QSignalSpy slow(shell.window().opener()->reads(), &SlowReads::becameSlow);
    shell.window().opener()->openFile(path);
    QTRY_VERIFY(shell.tab());
    QVERIFY(!slow.wait(300));
}

void TestOpening::interruptedRunsAreSaidAtTheStart()
{
    const QTemporaryDir folder;
    const QString file = folder.filePath(QStringLiteral("long.flow.json"));
    QVERIFY(saveFlowFile(file, slowFlow(QStringLiteral("long"), 600)));
    QProcess program;
    program.start(QStringLiteral(FLOWCTL), {QStringLiteral("--data-dir"), folder.path(), QStringLiteral("run"), file});
    program.setReadChannel(QProcess::StandardError);
    QVERIFY(program.waitForReadyRead(20'000)); // it says what it begins
    program.kill();
    QVERIFY(program.waitForFinished());

    Shell shell(folder.path());
    QVERIFY(shell.open());
    QTRY_VERIFY2(shell.window().statusBar()->currentMessage().contains(QStringLiteral("1 run")),
                 qPrintable(shell.window().statusBar()->currentMessage()));
}

void TestOpening::settingsShowTheDatabase()
{
    const QTemporaryDir folder;
    Shell shell(folder.path());
    QVERIFY(shell.open());
    shell.window().actions()[ActionId::Settings]->trigger();
    QTRY_VERIFY(shell.dialog());
    const auto *path = shell.dialog()->findChild<QLabel *>(QStringLiteral("databasePath"));
    QVERIFY(path);
    QCOMPARE(path->toolTip(), folder.filePath(QStringLiteral("flows.db")));
    QVERIFY(QFile::exists(path->toolTip()));
    QVERIFY(path->text().endsWith(QStringLiteral("flows.db")));
    QVERIFY(shell.answer(QStringLiteral("Cancel")));
}

QTEST_MAIN(TestOpening)
#include "tst_opening.moc"
