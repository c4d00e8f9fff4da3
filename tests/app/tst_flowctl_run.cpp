// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowctl_program.h"
#include "support/flow_test.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QSqlDatabase>
#include <QSqlQuery>

#include <csignal>

namespace {

QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(u' ');
}

/// Keeps everybody else from writing to a database.
class WriteLock
{
public:
    explicit WriteLock(const QString &file)
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), m_name);
        database.setDatabaseName(file);
        if (!database.open() || !QSqlQuery(database).exec(QStringLiteral("BEGIN IMMEDIATE")))
            qFatal("cannot lock %s", qPrintable(file));
    }
    ~WriteLock()
    {
        QSqlDatabase::database(m_name).close();
        QSqlDatabase::removeDatabase(m_name);
    }

private:
    const QString m_name = QStringLiteral("lock");
};

} // namespace

/// Running flows: input, output and interruption.
class TestFlowctlRun : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void inputBecomesContext_data();
    void inputBecomesContext();
    void runPrintsWhatRestPrints();
    void commandsKeepTheirLimitForCoreFiles();
    void firstInterruptCancels_data();
    void firstInterruptCancels();
    void deletedWhileItRuns();
    void secondInterruptEnds();
};

void TestFlowctlRun::inputBecomesContext_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("context");
    QTest::newRow("none") << QStringList() << QByteArray() << QByteArray("{}");
    QTest::newRow("text") << words("--input day=monday") << QByteArray() << QByteArray(R"({"day":"monday"})");
    QTest::newRow("number") << words("--input n=5 --input x=1.5") << QByteArray() << QByteArray(R"({"n":5,"x":1.5})");
    QTest::newRow("list and bool") << words("--input l=[1,2] --input b=true") << QByteArray()
                                   << QByteArray(R"({"b":true,"l":[1,2]})");
    QTest::newRow("value with equals sign") << words("--input q=a=b") << QByteArray() << QByteArray(R"({"q":"a=b"})");
    QTest::newRow("JSON, then pairs") << words("--input-json - --input b=2") << QByteArray(R"({"a":1,"b":1})")
                                      << QByteArray(R"({"a":1,"b":2})");
}

void TestFlowctlRun::inputBecomesContext()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, context);
    const Flowctl flowctl;
    const QString file = flowctl.write(QStringLiteral("one.flow.json"), oneTask("noop"));
    const Outcome outcome =
        flowctl.run(QStringList{QStringLiteral("run"), file, QStringLiteral("--json")} + arguments, input);
    QCOMPARE(outcome.code, 0);
    const QJsonObject data = dataOf(outcome.out);
    QCOMPARE(QJsonDocument(data.value(QStringLiteral("input_context")).toObject()).toJson(QJsonDocument::Compact),
             context);
}

void TestFlowctlRun::runPrintsWhatRestPrints()
{
    const Outcome outcome =
        Flowctl().run({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--json")}, oneTask("noop"));
    const QJsonObject data = dataOf(outcome.out);
    QCOMPARE(data.value(QStringLiteral("status")).toString(), QStringLiteral("completed"));
    QCOMPARE(data.value(QStringLiteral("task_executions")).toArray().size(), 1);
    QVERIFY(outcome.err.contains(QStringLiteral("1. only")));
    QVERIFY(!outcome.err.contains(u'\x1b')); // no colour where nobody sees it
}

/// The line of /proc/PID/limits without its name, a space between its words.
QString coreLimit(const QString &limits)
{
    static const QRegularExpression line(QStringLiteral("Max core file size +(\\S+) +(\\S+)"));
    const QRegularExpressionMatch match = line.match(limits);
    return match.captured(1) + u' ' + match.captured(2);
}

/// Ours leave none, for secrets may stand in it.
void TestFlowctlRun::commandsKeepTheirLimitForCoreFiles()
{
    QFile limits(QStringLiteral("/proc/self/limits"));
    QVERIFY(limits.open(QIODevice::ReadOnly));
    const QString before = coreLimit(QString::fromUtf8(limits.readAll()));
    const QByteArray config =
        R"({"arguments":["-c","cat /proc/self/limits; cat /proc/$PPID/limits >&2"],"program":"sh"})";
    const Outcome outcome = Flowctl().run({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--json")},
                                          oneTask("run_command", config));
    const QJsonObject result = dataOf(outcome.out)
                                   .value(QStringLiteral("task_executions"))
                                   .toArray()
                                   .at(0)
                                   .toObject()
                                   .value(QStringLiteral("output_data"))
                                   .toObject();
    QCOMPARE(coreLimit(result.value(QStringLiteral("stdout")).toString()), before);
    const QString hard = before.section(u' ', 1);
    QCOMPARE(coreLimit(result.value(QStringLiteral("stderr")).toString()),
             (hard == u"0" ? QStringLiteral("0 ") : QStringLiteral("1 ")) + hard);
}

void TestFlowctlRun::firstInterruptCancels_data()
{
    QTest::addColumn<int>("signal");
    QTest::newRow("Ctrl+C") << SIGINT;
    QTest::newRow("terminate") << SIGTERM;
    QTest::newRow("the terminal is closed") << SIGHUP;
}

void TestFlowctlRun::firstInterruptCancels()
{
    QFETCH(int, signal);
    const Flowctl flowctl;
    const QString file = flowctl.write(QStringLiteral("slow.flow.json"), oneTask("delay", R"({"seconds":600})"));
    QProcess process;
    flowctl.start(process, {QStringLiteral("run"), file, QStringLiteral("--json")});
    QVERIFY(waitForText(process, QProcess::StandardError, "1. only"));
    ::kill(pid_t(process.processId()), signal);
    QVERIFY(process.waitForFinished(20000));
    QCOMPARE(process.exitCode(), 1);
    const QJsonObject data = dataOf(QString::fromUtf8(process.readAllStandardOutput()));
    QCOMPARE(data.value(QStringLiteral("status")).toString(), QStringLiteral("cancelled"));
}

void TestFlowctlRun::deletedWhileItRuns()
{
    const Flowctl flowctl;
    const QString file = flowctl.write(QStringLiteral("slow.flow.json"), oneTask("delay", R"({"seconds":2})"));
    QProcess process;
    flowctl.start(process, {QStringLiteral("run"), file});
    QVERIFY(waitForText(process, QProcess::StandardError, "1. only"));
    QCOMPARE(flowctl.run("flows delete one --yes").code, 0);
    QVERIFY(process.waitForFinished(20000));
    // Deleting cancels the run first and removes its record after its end; whether its own program still sees that
    // record is a matter of microseconds. It says one or the other.
    const QString said = QString::fromUtf8(process.readAllStandardError());
    const bool gone = said == QStringLiteral("flowctl: Run 1 was deleted, with its flow, before it had ended\n");
    const bool cancelled = said.contains(QStringLiteral("\nRun 1 was cancelled after "));
    QVERIFY2(gone || cancelled, qPrintable(said));
    QCOMPARE(process.exitCode(), 1);
}

void TestFlowctlRun::secondInterruptEnds()
{
    const Flowctl flowctl;
    const QString file = flowctl.write(QStringLiteral("slow.flow.json"), oneTask("delay", R"({"seconds":600})"));
    QProcess process;
    flowctl.start(process, {QStringLiteral("run"), file});
    QVERIFY(waitForText(process, QProcess::StandardError, "1. only"));
    {
        // Nothing can be committed, so that the run cannot end as cancelled by itself.
        const WriteLock lock(flowctl.dataDir() + QStringLiteral("/flows.db"));
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(waitForText(process, QProcess::StandardError, "press Ctrl+C again"));
        QCOMPARE(process.state(), QProcess::Running);
        ::kill(pid_t(process.processId()), SIGINT);
        QVERIFY(process.waitForFinished(20000));
    }
    QCOMPARE(process.exitStatus(), QProcess::NormalExit);
    QCOMPARE(process.exitCode(), 130);
    // What it was doing is known to whoever comes next.
    QProcess server;
    QVERIFY(!flowctl.serve(server).isEmpty());
    QVERIFY(waitForText(server, QProcess::StandardError,
                        "1 execution of a program that ended before is marked interrupted\n"));
    server.terminate();
    QVERIFY(server.waitForFinished(20000));
    const QJsonObject execution = dataOf(flowctl.run("executions show 1").out);
    QCOMPARE(execution.value(QStringLiteral("status")).toString(), QStringLiteral("interrupted"));
}

QTEST_GUILESS_MAIN(TestFlowctlRun)
#include "tst_flowctl_run.moc"
