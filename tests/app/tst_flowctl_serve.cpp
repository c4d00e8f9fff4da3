// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowctl_program.h"
#include "support/flow_test.h"

#include <QFile>
#include <QTcpSocket>

/// The server, alone and beside other programs.
class TestFlowctlServe : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void serveAnswersWithTokenOnly();
    void withoutToken_data();
    void withoutToken();
    void executionsOfTheServerCanBeCancelled();
};

void TestFlowctlServe::serveAnswersWithTokenOnly()
{
    const Flowctl flowctl;
    const QByteArray token = flowctl.run({QStringLiteral("token")}).out.trimmed().toUtf8();
    QCOMPARE(token.size(), 64);
    QCOMPARE(QFile::permissions(flowctl.dataDir() + QStringLiteral("/token")) & QFile::Permissions(0x7077),
             QFile::Permissions(QFile::ReadUser | QFile::WriteUser | QFile::ReadOwner | QFile::WriteOwner) &
                 QFile::Permissions(0x7077));
    QProcess process;
    const QByteArray port = flowctl.serve(process);
    QCOMPARE(httpStatus(port, "GET /api/tasks"), QByteArray("401"));
    QCOMPARE(httpStatus(port, "GET /api/tasks", "Authorization: Bearer " + token + "\r\n"), QByteArray("200"));
    process.terminate();
    QVERIFY(process.waitForFinished(20000));
    QVERIFY2(process.exitCode() == 0, process.readAllStandardError().constData());
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
}

void TestFlowctlServe::withoutToken_data()
{
    QTest::addColumn<QString>("host");
    QTest::addColumn<bool>("loopback");
    for (const char *host : {"127.0.0.1", "localhost", "127.0.0.2"})
        QTest::newRow(host) << QString::fromLatin1(host) << true;
    for (const char *host : {"0.0.0.0", "::", "192.0.2.1"})
        QTest::newRow(host) << QString::fromLatin1(host) << false;
}

void TestFlowctlServe::withoutToken()
{
    QFETCH(QString, host);
    QFETCH(bool, loopback);
    const Flowctl flowctl;
    const QStringList options{QStringLiteral("--no-auth"), QStringLiteral("--host"), host};
    QProcess process;
    const QByteArray port = flowctl.serve(process, options);
    if (loopback) {
        const QByteArray address = host == u"localhost" ? QByteArray("127.0.0.1") : host.toLatin1();
        QCOMPARE(httpStatus(port, "GET /api/tasks", {}, address), QByteArray("200"));
        process.terminate();
    }
    QVERIFY(process.state() == QProcess::NotRunning || process.waitForFinished(20000));
    QCOMPARE(process.exitCode(), loopback ? 0 : 2);
    if (!loopback)
        QCOMPARE(process.readAllStandardError(),
                 "flowctl: " + host.toLatin1() + ": without a token the server only listens on 127.0.0.1 or ::1\n");
    QVERIFY(!QFile::exists(flowctl.dataDir() + QStringLiteral("/token"))); // nobody asked for one
}

void TestFlowctlServe::executionsOfTheServerCanBeCancelled()
{
    const Flowctl flowctl;
    const QString file = flowctl.write(QStringLiteral("slow.flow.json"), oneTask("delay", R"({"seconds":600})"));
    QCOMPARE(flowctl.run({QStringLiteral("flows"), QStringLiteral("import"), file}).code, 0);
    QProcess process;
    const QByteArray port = flowctl.serve(process, {QStringLiteral("--no-auth")});
    QTcpSocket client;
    client.connectToHost(QStringLiteral("127.0.0.1"), quint16(port.toUInt()));
    QVERIFY(client.waitForConnected(20000));
    client.write("POST /api/tasks/flows/one/execute HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n\r\n");
    QVERIFY(client.waitForBytesWritten(20000));
    QTRY_VERIFY(flowctl.run("executions list --status running").out.contains(QStringLiteral("\n1   -       running")));

    const Outcome cancelled = flowctl.run("executions cancel 1");
    QCOMPARE(cancelled.out, QStringLiteral("Execution 1 is being cancelled\n"));
    QCOMPARE(cancelled.code, 0);
    QByteArray reply; // the client that waits for the execution hears of it
    while (!reply.contains("\"status\":\"cancelled\"") && client.waitForReadyRead(20000))
        reply += client.readAll();
    QVERIFY2(reply.startsWith("HTTP/1.1 200 OK"), reply.constData());
    QCOMPARE(dataOf(flowctl.run("executions show 1").out).value(QStringLiteral("status")).toString(),
             QStringLiteral("cancelled"));
    const Outcome again = flowctl.run("executions cancel 1");
    QCOMPARE(again.code, 1);
    process.terminate();
    QVERIFY(process.waitForFinished(20000));
}

QTEST_GUILESS_MAIN(TestFlowctlServe)
#include "tst_flowctl_serve.moc"
