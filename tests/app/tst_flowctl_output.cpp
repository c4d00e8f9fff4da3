// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/flow_test.h"
#include "terminal.h"

/// How things are shown: on terminals, through pipes, and where nothing can be written.
class TestFlowctlOutput : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void helpIsTidy_data();
    void helpIsTidy();
    void emptyLibrarySaysSo();
    void wideNamesStayAligned();
    void flowsCannotSteerTheTerminal();
    void furtherLinesAreIndented();
    void countsAreInProperEnglish();
    void linesFitTheTerminal();
    void colourOnTerminalsOnly_data();
    void colourOnTerminalsOnly();
    void stdinMayBeTyped();
    void interruptWhileReading();
    void lostOutputIsAFailure_data();
    void lostOutputIsAFailure();
    void readersMayStopReading();
    void runsGoOnWithoutReaders();
    void exportIntoADevice();

private:
    static Outcome shell(const Flowctl &flowctl, const QString &line);
    static void import(const Flowctl &flowctl, const QByteArray &id, const QByteArray &name);
};

/// What a shell does with a line in which `flowctl` has its data folder already.
Outcome TestFlowctlOutput::shell(const Flowctl &flowctl, const QString &line)
{
    QProcess process;
    process.setProcessEnvironment(flowctl.environment(
        {{QStringLiteral("PROGRAM"), QStringLiteral(FLOWCTL)}, {QStringLiteral("DATA"), flowctl.dataDir()}}));
    process.setWorkingDirectory(flowctl.path({}));
    const QString start = QStringLiteral("flowctl() { \"$PROGRAM\" --data-dir \"$DATA\" \"$@\"; }; ");
    process.start(QStringLiteral("/bin/sh"), {QStringLiteral("-c"), start + line});
    if (!process.waitForFinished(60000))
        return {};
    return {process.exitCode(), QString::fromUtf8(process.readAllStandardOutput()),
            QString::fromUtf8(process.readAllStandardError())};
}

void TestFlowctlOutput::import(const Flowctl &flowctl, const QByteArray &id, const QByteArray &name)
{
    QByteArray text = oneTask("noop");
    text.replace(R"("id":"one")", R"("id":")" + id + '"').replace(R"("name":"One")", R"("name":")" + name + '"');
    const Outcome outcome = flowctl.run("flows import -", text);
    if (outcome.code != 0)
        qFatal("%s", qPrintable(outcome.err));
}

void TestFlowctlOutput::helpIsTidy_data()
{
    QTest::addColumn<QString>("start");
    const auto row = [](const char *words, const char *start) { QTest::newRow(words) << QString::fromUtf8(start); };
    row("token --help", "Usage: flowctl token [OPTIONS]\n\nPrint the token of the REST API\n\nThe token is made");
    row("run --help", "Usage: flowctl run [OPTIONS] FILE|ID\n\nRun a flow and wait for its end\n\n");
    row("tasks --help",
        "Usage: flowctl tasks COMMAND [OPTIONS]\n\nCommands:\n  tasks list              List the task types\n");
    row("--help", "Usage: flowctl COMMAND [OPTIONS]\n\nDraws no windows");
}

void TestFlowctlOutput::helpIsTidy()
{
    QFETCH(QString, start);
    const Outcome outcome = Flowctl().run(QTest::currentDataTag());
    QCOMPARE(outcome.out.left(start.size()), start);
    for (const QString &line : outcome.out.split(u'\n')) {
        QVERIFY2(!line.endsWith(u' '), qPrintable(line));
        QVERIFY2(line.size() <= 110, qPrintable(line));
    }
    QVERIFY(!outcome.out.endsWith(QStringLiteral("\n\n")));
}

void TestFlowctlOutput::emptyLibrarySaysSo()
{
    const Outcome outcome = Flowctl().run("flows list");
    QCOMPARE(outcome.out, QStringLiteral("ID  VERSION  LAST RUN  NAME\n"));
    QCOMPARE(outcome.err, QStringLiteral("The library is empty; flowctl flows import FILE adds a flow\n"));
}

void TestFlowctlOutput::wideNamesStayAligned()
{
    const Flowctl flowctl;
    import(flowctl, "a", "Plain");
    import(flowctl, "\u65e5\u672c", "Wide");          // two columns each
    import(flowctl, "gro\u0308\u00dfe", "Combining"); // the dots take no column
    // The last one saved stands first.
    QCOMPARE(flowctl.run("flows list").out, QStringLiteral("ID     VERSION  LAST RUN  NAME\n"
                                                           "gro\u0308\u00dfe  1        never     Combining\n"
                                                           "\u65e5\u672c   1        never     Wide\n"
                                                           "a      1        never     Plain\n"));
}

void TestFlowctlOutput::flowsCannotSteerTheTerminal()
{
    const Flowctl flowctl;
    import(flowctl, "a", R"(Na\u001b[31mme\u0007\u009b2J\nsecond line)");
    const Outcome list = flowctl.run("flows list");
    QVERIFY2(list.out.endsWith(QStringLiteral("Na\u241b[31mme\u2407\ufffd2J second line\n")), qPrintable(list.out));
    const Outcome run = flowctl.run("run -", oneTask("fail", R"({"message":"no\u001b[2Jluck"})"));
    QVERIFY(run.err.contains(QStringLiteral("no\u241b[2Jluck")));
    QVERIFY(!run.err.contains(u'\x1b'));
    QVERIFY(flowctl.run("executions logs 1").out.contains(QStringLiteral("no\u241b[2Jluck")));
}

void TestFlowctlOutput::furtherLinesAreIndented()
{
    const Flowctl flowctl;
    const Outcome run = flowctl.run("run -", oneTask("fail", R"({"message":"first\nsecond"})"));
    QVERIFY2(run.err.contains(QStringLiteral(": first\n   second → end\n")), qPrintable(run.err));
    QVERIFY2(run.err.endsWith(QStringLiteral(", 1 task run\n  only: first\n  second\n")), qPrintable(run.err));
    const QString log = flowctl.run("executions logs 1").out;
    QVERIFY2(log.endsWith(QStringLiteral("  failure: first\n") + QString(28, u' ') + QStringLiteral("second\n")),
             qPrintable(log));
}

void TestFlowctlOutput::countsAreInProperEnglish()
{
    const Flowctl flowctl;
    QCOMPARE(flowctl.run("executions list").err, QStringLiteral("0 of 0 executions\n"));
    QVERIFY(flowctl.run("run -", oneTask("noop")).err.contains(QStringLiteral("1 task run\n")));
    const Outcome one = flowctl.run("executions list");
    QCOMPARE(one.err, QStringLiteral("1 of 1 execution\n"));
    QVERIFY2(one.out.endsWith(QStringLiteral(" s  one\n")), qPrintable(one.out)); // no blanks for the empty message
    flowctl.run("run one");
    QCOMPARE(flowctl.run("executions list --limit 1").err, QStringLiteral("1 of 2 executions\n"));
}

void TestFlowctlOutput::linesFitTheTerminal()
{
    const Flowctl flowctl;
    import(flowctl, "a", QByteArray(200, 'x'));
    Terminal terminal(flowctl, {QStringLiteral("flows"), QStringLiteral("list")});
    QCOMPARE(terminal.waitForEnd(), 0);
    const QString start = QStringLiteral("a   1        never     ");
    const QString cut = start + QString(Terminal::columns - start.size() - 1, u'x') + QStringLiteral("…\r\n");
    QVERIFY2(terminal.screen().endsWith(cut.toUtf8()), terminal.screen().constData());
    QVERIFY(flowctl.run("flows list").out.endsWith(QString(200, u'x') + u'\n')); // whole for other programs
}

void TestFlowctlOutput::colourOnTerminalsOnly_data()
{
    QTest::addColumn<Flowctl::Variables>("variables");
    QTest::addColumn<bool>("coloured");
    QTest::newRow("terminal") << Flowctl::Variables() << true;
    QTest::newRow("NO_COLOR") << Flowctl::Variables{{QStringLiteral("NO_COLOR"), QStringLiteral("1")}} << false;
}

void TestFlowctlOutput::colourOnTerminalsOnly()
{
    QFETCH(Flowctl::Variables, variables);
    QFETCH(bool, coloured);
    const Flowctl flowctl;
    const QString file = flowctl.write(QStringLiteral("one.flow.json"), oneTask("noop"));
    Terminal terminal(flowctl, {QStringLiteral("run"), file}, variables);
    QCOMPARE(terminal.waitForEnd(), 0);
    QCOMPARE(terminal.screen().contains("\x1b[32m\u2713\x1b[0m success in "), coloured);
    QCOMPARE(terminal.screen().contains('\x1b'), coloured);
}

void TestFlowctlOutput::stdinMayBeTyped()
{
    const Flowctl flowctl;
    Terminal terminal(flowctl, {QStringLiteral("run"), QStringLiteral("-")});
    QVERIFY(terminal.waitFor("Reading from the terminal; Ctrl+D on an empty line ends it"));
    terminal.type(oneTask("noop") + "\n\x04");
    QCOMPARE(terminal.waitForEnd(), 0);
    QVERIFY(terminal.screen().contains("Run 1 completed in "));
}

void TestFlowctlOutput::interruptWhileReading()
{
    const Flowctl flowctl;
    Terminal terminal(flowctl, {QStringLiteral("run"), QStringLiteral("-")});
    QVERIFY(terminal.waitFor("Reading from the terminal"));
    terminal.type("\x03"); // once is enough
    QCOMPARE(terminal.waitForEnd(), -1);
}

void TestFlowctlOutput::lostOutputIsAFailure_data()
{
    QTest::addColumn<QString>("channel");
    QTest::addColumn<QString>("why");
    QTest::newRow("full disk") << QStringLiteral(">/dev/full") << QStringLiteral("No space left on device");
    QTest::newRow("closed") << QStringLiteral(">&-") << QStringLiteral("Bad file descriptor");
}

void TestFlowctlOutput::lostOutputIsAFailure()
{
    QFETCH(QString, channel);
    QFETCH(QString, why);
    const Flowctl flowctl;
    for (const char *command : {"tasks list", "tasks list --json", "token", "--help", "flows list --json"}) {
        const Outcome outcome =
            shell(flowctl, QStringLiteral("flowctl %1 %2").arg(QString::fromLatin1(command), channel));
        QCOMPARE(outcome.err.section(u'\n', -2, -2), QStringLiteral("flowctl: The output cannot be written: ") + why);
        QCOMPARE(outcome.code, 1);
    }
}

void TestFlowctlOutput::readersMayStopReading()
{
    const Flowctl flowctl;
    const Outcome outcome = shell(flowctl, QStringLiteral("flowctl tasks list | head -n 1"));
    QVERIFY(outcome.out.startsWith(QStringLiteral("NAME")));
    QCOMPARE(outcome.err, QString());
}

void TestFlowctlOutput::runsGoOnWithoutReaders()
{
    // The reader of the progress goes away during the first task; its end is told before the second one ends.
    const Flowctl flowctl;
    flowctl.write(QStringLiteral("one.flow.json"), R"({"id":"two","name":"Two","start_task":"a","tasks":[
        {"name":"a","type":"delay","config":{"seconds":0.3}},{"name":"b","type":"delay","config":{"seconds":0.3}}],
        "conditions":[{"name":"c","source_task":"a","outcome":"any","target_task_success":"b"}]})");
    const Outcome outcome = shell(flowctl, QStringLiteral("flowctl run one.flow.json 2>&1 >result.json | head -n 1"));
    QCOMPARE(outcome.out, QStringLiteral("1. a\n"));
    QCOMPARE(dataOf(flowctl.run("executions show 1").out).value(QStringLiteral("status")).toString(),
             QStringLiteral("completed"));
}

void TestFlowctlOutput::exportIntoADevice()
{
    const Flowctl flowctl;
    import(flowctl, "one", "One");
    const Outcome outcome = flowctl.run("flows export one /dev/stdout");
    QCOMPARE(outcome.err, QString());
    QCOMPARE(outcome.out, flowctl.run("flows export one").out);
    QCOMPARE(outcome.code, 0);
}

QTEST_GUILESS_MAIN(TestFlowctlOutput)
#include "tst_flowctl_output.moc"
