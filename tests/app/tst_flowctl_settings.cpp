// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowctl_program.h"
#include "support/flow_test.h"

#include <QDir>
#include <QFile>

/// Where settings come from, and that they take effect.
class TestFlowctlSettings : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void settingsHaveAnOrder_data();
    void settingsHaveAnOrder();
    void sourcesTakeEffect_data();
    void sourcesTakeEffect();
    void unknownNamesAreTold();
    void timeLimits_data();
    void timeLimits();
    void logLevels_data();
    void logLevels();

private:
    static void writeSettings(const Flowctl &flowctl, const QByteArray &text);
    static QByteArray contents(const QString &file);
};

/// The settings file of whoever runs the program.
void TestFlowctlSettings::writeSettings(const Flowctl &flowctl, const QByteArray &text)
{
    QDir(flowctl.path({})).mkpath(QStringLiteral("home/.config/flow-manager"));
    flowctl.write(QStringLiteral("home/.config/flow-manager/flow-manager.ini"), text);
}

QByteArray TestFlowctlSettings::contents(const QString &file)
{
    QFile source(file);
    return source.open(QIODevice::ReadOnly) ? source.readAll() : QByteArray();
}

void TestFlowctlSettings::settingsHaveAnOrder_data()
{
    // The port of each source is wrong in its own way: the strongest that has one is blamed. Empty: it has none.
    QTest::addColumn<QString>("option");
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("namedFile");
    QTest::addColumn<QString>("usualFile");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *name, const char *option, const char *variable, const char *namedFile,
                        const char *usualFile, int code, const char *says) {
        QTest::newRow(name) << QString::fromLatin1(option) << QString::fromLatin1(variable)
                            << QString::fromLatin1(namedFile) << QString::fromLatin1(usualFile) << code
                            << QString::fromLatin1(says);
    };
    row("command line first", "a", "b", "c", "d", 2, "--port must be a whole number from 0 to 65535");
    row("then environment", "", "b", "c", "d", 4, "environment variable FLOW_PORT = \"b\"");
    row("then the named file", "", "", "c", "d", 4, "my.env: FLASK_PORT = \"c\"");
    row("or the usual file", "", "", "", "d", 4, ".env: FLASK_PORT = \"d\"");
    row("then the settings", "", "", "", "", 4, "flow-manager.ini: server/port = \"e\"");
}

void TestFlowctlSettings::settingsHaveAnOrder()
{
    QFETCH(QString, option);
    QFETCH(QString, variable);
    QFETCH(QString, namedFile);
    QFETCH(QString, usualFile);
    QFETCH(int, code);
    QFETCH(QString, says);
    const Flowctl flowctl;
    QStringList arguments{QStringLiteral("serve")};
    Flowctl::Variables variables;
    if (!option.isEmpty())
        arguments << QStringLiteral("--port") << option;
    if (!variable.isEmpty())
        variables.insert(QStringLiteral("FLOW_PORT"), variable);
    if (!namedFile.isEmpty()) {
        flowctl.write(QStringLiteral("my.env"), "FLASK_PORT=" + namedFile.toUtf8() + '\n');
        arguments << QStringLiteral("--env-file") << QStringLiteral("my.env");
    }
    if (!usualFile.isEmpty())
        flowctl.write(QStringLiteral(".env"), "FLASK_PORT=" + usualFile.toUtf8() + '\n');
    writeSettings(flowctl, "[server]\nport=e\n");
    const Outcome outcome = flowctl.run(arguments, {}, variables);
    QVERIFY2(outcome.err.contains(says), qPrintable(outcome.err));
    QCOMPARE(outcome.code, code);
}

void TestFlowctlSettings::sourcesTakeEffect_data()
{
    QTest::addColumn<QString>("source");
    QTest::addColumn<QString>("folder"); // where the token lies afterwards
    QTest::newRow("--data-dir") << QStringLiteral("option") << QStringLiteral("there");
    QTest::newRow("environment") << QStringLiteral("variable") << QStringLiteral("there");
    QTest::newRow("--env-file") << QStringLiteral("named") << QStringLiteral("there");
    QTest::newRow(".env") << QStringLiteral("usual") << QStringLiteral("there");
    QTest::newRow("settings file") << QStringLiteral("settings") << QStringLiteral("there");
    QTest::newRow("none") << QString() << QStringLiteral("home/.local/share/flow-manager");
}

void TestFlowctlSettings::sourcesTakeEffect()
{
    QFETCH(QString, source);
    QFETCH(QString, folder);
    const Flowctl flowctl;
    const QString there = flowctl.path(QStringLiteral("there"));
    const QByteArray line = "FLOW_DATA_DIR=" + there.toUtf8() + '\n';
    QStringList arguments{QStringLiteral("token")};
    Flowctl::Variables variables;
    if (source == u"option")
        arguments << QStringLiteral("--data-dir") << there;
    else if (source == u"variable")
        variables.insert(QStringLiteral("FLOW_DATA_DIR"), there);
    else if (source == u"named")
        arguments << QStringLiteral("--env-file") << flowctl.write(QStringLiteral("my.env"), line);
    else if (source == u"usual")
        flowctl.write(QStringLiteral(".env"), line);
    else if (source == u"settings")
        writeSettings(flowctl, "[storage]\ndata_dir=" + there.toUtf8() + '\n');
    const Outcome outcome = flowctl.runAsTyped(arguments, {}, variables);
    QCOMPARE(outcome.err, QString());
    QCOMPARE(outcome.code, 0);
    QCOMPARE(contents(flowctl.path(folder + QStringLiteral("/token"))).trimmed(), outcome.out.trimmed().toUtf8());
}

/// Once, and all the same it does what it was asked.
void TestFlowctlSettings::unknownNamesAreTold()
{
    const Flowctl flowctl;
    flowctl.write(QStringLiteral(".env"), "FLOW_PROT=9000\nOTHER=1\n");
    writeSettings(flowctl, "[server]\nprot=9000\n");
    const Outcome outcome = flowctl.run("flows list --json");
    QCOMPARE(outcome.code, 0);
    QVERIFY2(
        outcome.err.startsWith(QStringLiteral("flowctl: warning: .env: FLOW_PROT: is no setting and has no effect; "
                                              "did you mean FLOW_PORT?\nflowctl: warning: ")),
        qPrintable(outcome.err));
    QCOMPARE(outcome.err.count(QStringLiteral("flow-manager.ini: server/prot: is no setting and has no effect; did "
                                              "you mean server/port?\n")),
             1);
    QCOMPARE(outcome.err.count(QStringLiteral("warning")), 2);
}

void TestFlowctlSettings::timeLimits_data()
{
    QTest::addColumn<QString>("variable");
    QTest::addColumn<QString>("says");
    QTest::newRow("task") << QStringLiteral("TASK_TIMEOUT")
                          << QStringLiteral("Task 'only' did not end within its time limit of 0.05 s");
    QTest::newRow("flow") << QStringLiteral("MAX_FLOW_EXECUTION_TIME")
                          << QStringLiteral("Flow 'One' did not end within its time limit of 0.05 s");
}

void TestFlowctlSettings::timeLimits()
{
    QFETCH(QString, variable);
    QFETCH(QString, says);
    const Flowctl flowctl;
    const Outcome outcome = flowctl.run({QStringLiteral("run"), QStringLiteral("-")},
                                        oneTask("delay", R"({"seconds":600})"), {{variable, QStringLiteral("0.05")}});
    QVERIFY2(outcome.err.contains(says), qPrintable(outcome.err));
    QCOMPARE(outcome.code, 1);
}

void TestFlowctlSettings::logLevels_data()
{
    QTest::addColumn<Flowctl::Variables>("variables");
    QTest::addColumn<QString>("file");
    QTest::addColumn<bool>("debug");
    QTest::addColumn<bool>("info");
    const QString usual = QStringLiteral("data/flow-manager.log");
    const auto level = [](const char *word) {
        return Flowctl::Variables{{QStringLiteral("LOG_LEVEL"), QString::fromLatin1(word)}};
    };
    QTest::newRow("default") << Flowctl::Variables() << usual << false << true;
    QTest::newRow("debug") << level("debug") << usual << true << true;
    QTest::newRow("INFO") << level("INFO") << usual << false << true;
    QTest::newRow("error") << level("error") << usual << false << false;
    QTest::newRow("file") << Flowctl::Variables{{QStringLiteral("LOG_FILE"), QStringLiteral("other.log")}}
                          << QStringLiteral("other.log") << false << true;
}

void TestFlowctlSettings::logLevels()
{
    QFETCH(Flowctl::Variables, variables);
    QFETCH(QString, file);
    QFETCH(bool, debug);
    QFETCH(bool, info);
    const Flowctl flowctl;
    flowctl.run("run -", oneTask("noop"));
    QFile::remove(flowctl.path(QStringLiteral("data/flow-manager.log")));
    const QStringList arguments{QStringLiteral("flows"), QStringLiteral("delete"), QStringLiteral("one"),
                                QStringLiteral("--yes")};
    QCOMPARE(flowctl.run(arguments, {}, variables).code, 0);
    const QByteArray log = contents(flowctl.path(file));
    QCOMPARE(log.contains("database"), debug);
    QCOMPARE(log.contains("deleted flow"), info);
}

QTEST_GUILESS_MAIN(TestFlowctlSettings)
#include "tst_flowctl_settings.moc"
