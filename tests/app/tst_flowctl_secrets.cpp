// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/flow_test.h"
#include "terminal.h"

#include <QDirIterator>
#include <QFile>
#include <QJsonDocument>

/// Secrets come in without being shown and never come out again.
class TestFlowctlSecrets : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void fromStdin_data();
    void fromStdin();
    void fromTheTerminal();
    void aSignalLeavesTheTerminalAsItWas();
    void namesOnly();
    void neverComeOutAgain();
    void refused_data();
    void refused();

private:
    static QByteArray allFiles(const Flowctl &flowctl);
    static QJsonObject kept(const Flowctl &flowctl);
};

QJsonObject TestFlowctlSecrets::kept(const Flowctl &flowctl)
{
    QFile file(flowctl.dataDir() + QStringLiteral("/secrets"));
    return file.open(QIODevice::ReadOnly) ? QJsonDocument::fromJson(file.readAll()).object() : QJsonObject();
}

void TestFlowctlSecrets::fromStdin_data()
{
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QString>("value");
    QTest::newRow("no line end") << QByteArray("hunter2") << QStringLiteral("hunter2");
    QTest::newRow("one line") << QByteArray("hunter2\n") << QStringLiteral("hunter2");
    QTest::newRow("one line of another system") << QByteArray("hunter2\r\n") << QStringLiteral("hunter2");
    QTest::newRow("several lines stay") << QByteArray("-- key\nabc\n") << QStringLiteral("-- key\nabc\n");
    QTest::newRow("spaces stay") << QByteArray("  größe ") << QStringLiteral("  größe ");
}

void TestFlowctlSecrets::fromStdin()
{
    QFETCH(QByteArray, input);
    QFETCH(QString, value);
    const Flowctl flowctl;
    const Outcome outcome = flowctl.run("secrets set token", input);
    QCOMPARE(outcome.err, QString());
    QCOMPARE(
        outcome.out,
        QStringLiteral("Secret token is kept in %1/secrets; flows use it as ${secret.token}\n").arg(flowctl.dataDir()));
    QCOMPARE(kept(flowctl), (QJsonObject{{QStringLiteral("token"), value}}));
}

void TestFlowctlSecrets::fromTheTerminal()
{
    const Flowctl flowctl;
    Terminal terminal(flowctl, {QStringLiteral("secrets"), QStringLiteral("set"), QStringLiteral("token")});
    QVERIFY(terminal.waitFor("Value of token (not shown): "));
    terminal.type("hunter2\n");
    QCOMPARE(terminal.waitForEnd(), 0);
    QVERIFY2(!terminal.screen().contains("hunter"), terminal.screen().constData());
    QCOMPARE(kept(flowctl), (QJsonObject{{QStringLiteral("token"), QStringLiteral("hunter2")}}));

    Terminal ended(flowctl, {QStringLiteral("secrets"), QStringLiteral("set"), QStringLiteral("other")});
    QVERIFY(ended.waitFor("(not shown): "));
    ended.type("\x04"); // the end of the input
    QCOMPARE(ended.waitForEnd(), 1);
    QVERIFY2(ended.screen().endsWith("Nothing was given\r\n"), ended.screen().constData());
}

void TestFlowctlSecrets::aSignalLeavesTheTerminalAsItWas()
{
    const Flowctl flowctl;
    Terminal terminal(flowctl, {QStringLiteral("secrets"), QStringLiteral("set"), QStringLiteral("token")});
    QVERIFY(terminal.waitFor("(not shown): "));
    QVERIFY(!terminal.isEchoing());
    terminal.type("\x03");
    QCOMPARE(terminal.waitForEnd(), -1);
    QVERIFY(terminal.isEchoing());
    QCOMPARE(kept(flowctl), QJsonObject());
}

void TestFlowctlSecrets::namesOnly()
{
    const Flowctl flowctl;
    Outcome outcome = flowctl.run("secrets list");
    QCOMPARE(outcome.out, QString());
    QCOMPARE(outcome.err, QStringLiteral("There are no secrets; flowctl secrets set NAME adds one\n"));
    QCOMPARE(flowctl.run("secrets set token", "hunter2").code, 0);
    QCOMPARE(flowctl.run("secrets set api", "hunter3").code, 0);
    QCOMPARE(flowctl.run("secrets list").out, QStringLiteral("api\ntoken\n"));
    outcome = flowctl.run("secrets list --json");
    QCOMPARE(QJsonDocument::fromJson(outcome.out.toUtf8()).toJson(QJsonDocument::Compact),
             QByteArray(R"({"data":["api","token"]})"));
    QCOMPARE(flowctl.run("secrets remove token").out, QStringLiteral("Removed secret token\n"));
    QCOMPARE(flowctl.run("secrets list").out, QStringLiteral("api\n"));
    const Outcome gone = flowctl.run("secrets remove token");
    QCOMPARE(gone.code, 3);
    QVERIFY2(gone.err.contains(QStringLiteral("flowctl secrets list")), qPrintable(gone.err));
}

/// All bytes of the data folder, but for the file of secrets.
QByteArray TestFlowctlSecrets::allFiles(const Flowctl &flowctl)
{
    QByteArray bytes;
    QDirIterator files(flowctl.dataDir(), QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        if (files.fileName() != u"secrets" && file.open(QIODevice::ReadOnly))
            bytes += file.readAll();
    }
    return bytes;
}

/// A run whose program tells its secrets in every way, and everything that can be asked about it afterwards.
void TestFlowctlSecrets::neverComeOutAgain()
{
    const Flowctl flowctl;
    QCOMPARE(flowctl.run("secrets set token", "hunter2-planted").code, 0);
    const QString flow = flowctl.write(QStringLiteral("one.flow.json"), oneTask("run_command", R"json({
        "program": "sh", "arguments": ["-c", "cat; echo $TOKEN >&2; exit $CODE"], "input": "in ${secret.token}",
        "environment": {"TOKEN": "${secret.token}", "CODE": "${string(input.code)}"}})json"));
    QString told;
    const Flowctl::Variables debug{{QStringLiteral("LOG_LEVEL"), QStringLiteral("debug")}};
    const auto run = [&](const QStringList &words) {
        const Outcome outcome = flowctl.run(words, {}, debug);
        told += outcome.out + outcome.err;
        return outcome;
    };
    for (const QString &code : {QStringLiteral("0"), QStringLiteral("3")}) {
        const QStringList words{QStringLiteral("run"), flow, QStringLiteral("--input"), QStringLiteral("code=") + code};
        const Outcome outcome = run(words);
        QCOMPARE(outcome.code, code == u"0" ? 0 : 1);
        QVERIFY2((outcome.out + outcome.err).contains(u"[secret token]"), qPrintable(outcome.out + outcome.err));
        run(words + QStringList{QStringLiteral("--json")});
    }
    for (const char *words : {"executions list --json", "executions show 1", "executions logs 1", "executions show 3",
                              "executions logs 3", "flows show one", "flows export one", "secrets list --json"})
        QVERIFY2(run(QString::fromLatin1(words).split(u' ')).code == 0, words);
    QVERIFY(told.count(QStringLiteral("[secret token]")) > 8);
    QVERIFY2(!told.contains(u"hunter2"), qPrintable(told));
    const QByteArray files = allFiles(flowctl);
    QVERIFY(files.contains("[secret token]"));
    QVERIFY(!files.contains("hunter2"));
}

void TestFlowctlSecrets::refused_data()
{
    QTest::addColumn<QByteArray>("words");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("code");
    QTest::newRow("no name") << QByteArray("secrets set") << QByteArray("hunter2") << 2;
    QTest::newRow("bad name") << QByteArray("secrets set a-b") << QByteArray("hunter2") << 2;
    QTest::newRow("value as an argument") << QByteArray("secrets set token hunter2") << QByteArray() << 2;
    QTest::newRow("too short") << QByteArray("secrets set token") << QByteArray("ab\n") << 4;
    QTest::newRow("nothing") << QByteArray("secrets set token") << QByteArray() << 4;
    QTest::newRow("no text") << QByteArray("secrets set token") << QByteArray("hunter\xff\xfe") << 4;
}

void TestFlowctlSecrets::refused()
{
    QFETCH(QByteArray, words);
    QFETCH(QByteArray, input);
    const Flowctl flowctl;
    const Outcome outcome = flowctl.run(words.constData(), input);
    QTEST(outcome.code, "code");
    QVERIFY(!outcome.err.isEmpty());
    QVERIFY2(!(outcome.out + outcome.err).contains(u"hunter"), qPrintable(outcome.err));
    QCOMPARE(kept(flowctl), QJsonObject());
}

QTEST_GUILESS_MAIN(TestFlowctlSecrets)
#include "tst_flowctl_secrets.moc"
