// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowctl_program.h"
#include "support/flow_test.h"

#include <QFile>

/// The server, and where its settings come from.
class TestFlowctlServe : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void serveAnswersWithTokenOnly();
    void settingsHaveAnOrder_data();
    void settingsHaveAnOrder();
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
    QCOMPARE(process.exitCode(), 0);
}

void TestFlowctlServe::settingsHaveAnOrder_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("file");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says"); // who is blamed for a bad port
    QTest::newRow("command line first") << QStringList{QStringLiteral("--port"), QStringLiteral("a")}
                                        << QStringLiteral("b") << QStringLiteral("c") << 2 << QStringLiteral("--port");
    QTest::newRow("then environment") << QStringList() << QStringLiteral("b") << QStringLiteral("c") << 4
                                      << QStringLiteral("FLOW_PORT = \"b\"");
    QTest::newRow("then .env") << QStringList() << QString() << QStringLiteral("c") << 4 << QStringLiteral(".env");
}

void TestFlowctlServe::settingsHaveAnOrder()
{
    QFETCH(QStringList, arguments);
    QFETCH(QString, variable);
    QFETCH(QString, file);
    QFETCH(int, code);
    QFETCH(QString, says);
    const Flowctl flowctl;
    flowctl.write(QStringLiteral(".env"), "FLASK_PORT=" + file.toUtf8() + '\n');
    QMap<QString, QString> variables;
    if (!variable.isEmpty())
        variables.insert(QStringLiteral("FLOW_PORT"), variable);
    const Outcome outcome = flowctl.run(QStringList{QStringLiteral("serve")} + arguments, {}, variables);
    QCOMPARE(outcome.code, code);
    QVERIFY2(outcome.err.contains(says), qPrintable(outcome.err));
}

QTEST_GUILESS_MAIN(TestFlowctlServe)
#include "tst_flowctl_serve.moc"
