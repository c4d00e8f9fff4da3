// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/flow_test.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTemporaryDir>

/// The desktop program's command line, where there is no display.
class TestFlowManager : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void answersWithoutADisplay_data();
    void answersWithoutADisplay();
    void platformIsNoWishForHelp();
    void servesFromTheStart();
};

void TestFlowManager::answersWithoutADisplay_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("says");
    const QString usage = QStringLiteral("Draw flows of tasks, run them, watch them.");
    const QString version = QStringLiteral("Flow Manager " FLOW_VERSION "\n");
    QTest::newRow("--help") << QStringList{QStringLiteral("--help")} << usage;
    QTest::newRow("-h") << QStringList{QStringLiteral("-h")} << usage;
    QTest::newRow("--help among others") << QStringList{QStringLiteral("--sample"), QStringLiteral("--help"),
                                                        QStringLiteral("a.flow.json")}
                                         << usage;
    QTest::newRow("--version") << QStringList{QStringLiteral("--version")} << version;
    QTest::newRow("-v") << QStringList{QStringLiteral("-v")} << version;
}

void TestFlowManager::answersWithoutADisplay()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, says);
    const QTemporaryDir folder;
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("HOME"), folder.path());
    environment.insert(QStringLiteral("QT_QPA_PLATFORM"), QStringLiteral("xcb"));
    QProcess program;
    program.setProcessEnvironment(environment);
    program.setWorkingDirectory(folder.path());
    program.start(QStringLiteral(FLOW_MANAGER), arguments);
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitStatus(), QProcess::NormalExit);
    QCOMPARE(program.exitCode(), 0);
    const QString out = QString::fromUtf8(program.readAllStandardOutput());
    QVERIFY2(out.contains(says), qPrintable(out));
    QCOMPARE(program.readAllStandardError(), QByteArray());
}

/// Options of Qt hold an h or a v as well; a wrong option behind them is found all the same.
void TestFlowManager::platformIsNoWishForHelp()
{
    const QTemporaryDir folder;
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("HOME"), folder.path());
    QProcess program;
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(FLOW_MANAGER),
                  {QStringLiteral("-platform"), QStringLiteral("offscreen"), QStringLiteral("-platformtheme"),
                   QStringLiteral("none"), QStringLiteral("--theme"), QStringLiteral("pink")});
    QVERIFY(program.waitForFinished());
    QCOMPARE(program.exitCode(), 2);
    QCOMPARE(program.readAllStandardOutput(), QByteArray());
    QVERIFY(program.readAllStandardError().contains("--theme = \"pink\": must be light, dark or system"));
}

/// As `flowctl serve` does, behind the token.
void TestFlowManager::servesFromTheStart()
{
    const QTemporaryDir folder;
    QProcessEnvironment environment;
    environment.insert(QStringLiteral("HOME"), folder.path());
    environment.insert(QStringLiteral("FLOW_PORT"), QStringLiteral("0"));
    QProcess program;
    program.setProcessEnvironment(environment);
    program.start(QStringLiteral(FLOW_MANAGER),
                  {QStringLiteral("-platform"), QStringLiteral("offscreen"), QStringLiteral("--serve"),
                   QStringLiteral("--data-dir"), folder.filePath(QStringLiteral("data"))});
    QVERIFY(program.waitForReadyRead());
    const QByteArray line = program.readAllStandardOutput();
    QVERIFY2(line.startsWith("Listening on http://127.0.0.1:"), line.constData());
    const QByteArray port = line.mid(line.lastIndexOf(':') + 1).trimmed();
    QTcpSocket client;
    client.connectToHost(QStringLiteral("127.0.0.1"), port.toUShort());
    QVERIFY(client.waitForConnected());
    client.write("GET /api/tasks HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n");
    QVERIFY(client.waitForReadyRead());
    QVERIFY(client.readAll().startsWith("HTTP/1.1 401 "));
    // Secrets may stand in a core file. (With a hard limit of 0 there is none anyway.)
    QFile limits(QStringLiteral("/proc/%1/limits").arg(program.processId()));
    QVERIFY(limits.open(QIODevice::ReadOnly));
    static const QRegularExpression core(QStringLiteral("Max core file size +[01] "));
    QVERIFY(core.match(QString::fromUtf8(limits.readAll())).hasMatch());
    program.kill();
    QVERIFY(program.waitForFinished());
}

QTEST_GUILESS_MAIN(TestFlowManager)
#include "tst_flow_manager.moc"
