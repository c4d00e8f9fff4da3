// SPDX-License-Identifier: GPL-3.0-or-later
#include "run_task.h"

#include "base/json.h"
#include "support/flow_test.h"

#include <QFile>
#include <QJsonArray>
#include <QTemporaryDir>

using namespace flow;
using namespace flow::test;

class TestRunCommand : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void outcomes_data();
    void outcomes();
    void settingsReachTheProgram();
    void wrongSettings_data();
    void wrongSettings();
    void tellsNoSecret();
    void logs_data();
    void logs();
    void logsWhileItRuns();
    void keepsTheEndOfTheErrors();
    void floodIsBounded_data();
    void floodIsBounded();
    void describesItself();
};

namespace {

QJsonObject shell(const QString &script, QJsonObject config = {})
{
    config.insert(QStringLiteral("program"), QStringLiteral("sh"));
    config.insert(QStringLiteral("arguments"), QJsonArray{QStringLiteral("-c"), script});
    return config;
}

TaskResult run(TaskBench &bench, const QJsonObject &config)
{
    return bench.run(QStringLiteral("run_command"), config);
}

qint64 peakMemoryKiB()
{
    QFile status(QStringLiteral("/proc/self/status"));
    if (!status.open(QIODevice::ReadOnly))
        return -1;
    for (const QByteArray &line : status.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).simplified().split(' ').first().toLongLong();
    }
    return -1;
}

} // namespace

void TestRunCommand::outcomes_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("data"); ///< without what is usual: exit_code 0, nothing written
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const char *script, const char *config, const char *data,
                        const char *error = "") {
        QTest::newRow(name) << QString::fromUtf8(script) << QString::fromUtf8(config) << QString::fromUtf8(data)
                            << QString::fromUtf8(error);
    };
    row("nothing", "exit 0", "{}", "{}");
    row("text", "printf 'a\\nb\\n'; printf e >&2", "{}", R"({"stdout": "a\nb\n", "stderr": "e"})");
    row("not UTF-8", "printf 'a\\377b'; printf '\\000' >&2", "{}", R"({"stdout": "a�b", "stderr": "�"})");
    row("lines", "printf 'a\\r\\n\\n b'", R"({"output": "lines"})", R"({"stdout": ["a", "", " b"]})");
    row("no lines", "exit 0", R"({"output": "lines"})", R"({"stdout": []})");
    row("JSON", "echo '{\"a\": [1, null]}'", R"({"output": "json"})", R"({"stdout": {"a": [1, null]}})");
    row("not JSON", "echo '{\"a\": '", R"({"output": "json"})", R"({"stdout": "{\"a\": \n"})",
        "The output of 'sh' is not JSON: line 2: expected a value (column 1)");
    row("exit code", "echo x; echo first >&2; echo last >&2; exit 3", "{}",
        R"({"exit_code": 3, "stdout": "x\n", "stderr": "first\nlast\n"})", "'sh' ended with exit code 3: last");
    row("exit code, no words", "exit 1", "{}", R"({"exit_code": 1})", "'sh' ended with exit code 1");
    row("good exit code", "exit 3", R"({"success_exit_codes": [0, 3]})", R"({"exit_code": 3})");
    row("0 is not good", "exit 0", R"({"success_exit_codes": [1]})", "{}", "'sh' ended with exit code 0");
    row("exit code beats JSON", "echo x; exit 2", R"({"output": "json"})", R"({"exit_code": 2, "stdout": "x\n"})",
        "'sh' ended with exit code 2");
    row("signal", "echo oh >&2; kill -SEGV $$", "{}", R"({"exit_code": null, "signal": 11, "stderr": "oh\n"})",
        "'sh' was ended by signal 11 (SIGSEGV): oh");
    row("exactly the limit", "printf abcd", R"({"max_output_bytes": 4})", R"({"stdout": "abcd"})");
    row("above the limit", "printf abcd; printf e", R"({"max_output_bytes": 4})",
        R"({"stdout": "abcd", "truncated": true})");
    row("no half characters", "printf abż", R"({"max_output_bytes": 3})", R"({"stdout": "ab", "truncated": true})");
    row("no half lines", "printf 'ab\\ncd\\n'", R"({"max_output_bytes": 4, "output": "lines"})",
        R"({"stdout": ["ab"], "truncated": true})");
    row("no half JSON", "printf 12345", R"({"max_output_bytes": 4, "output": "json"})",
        R"({"stdout": "1234", "truncated": true})",
        "The output of 'sh' is not JSON: it is longer than max_output_bytes allows");
}

void TestRunCommand::outcomes()
{
    QFETCH(QString, script);
    QFETCH(QString, config);
    QFETCH(QString, data);
    TaskBench bench;
    const TaskResult result = run(bench, shell(script, json::parse(config.toUtf8()).value.toObject()));
    QTEST(result.error.isNull() ? QStringLiteral("") : result.error, "error");
    QCOMPARE(toString(result.status), toString(result.error.isNull() ? TaskStatus::Success : TaskStatus::Failure));
    QJsonObject expected{{QStringLiteral("exit_code"), 0},
                         {QStringLiteral("stdout"), QString()},
                         {QStringLiteral("stderr"), QString()},
                         {QStringLiteral("truncated"), false}};
    const QJsonObject other = json::parse(data.toUtf8()).value.toObject();
    for (auto field = other.begin(); field != other.end(); ++field)
        expected.insert(field.key(), field.value());
    QCOMPARE(json::write(result.data), json::write(expected));
}

void TestRunCommand::settingsReachTheProgram()
{
    const QTemporaryDir folder;
    TaskBench bench;
    const TaskResult result =
        run(bench, {{QStringLiteral("program"), QStringLiteral("sh")},
                    {QStringLiteral("arguments"),
                     QJsonArray{QStringLiteral("-c"), QStringLiteral("printf '%s\\n' \"$PWD\" \"$A\" \"$@\"; cat"),
                                QString(), QStringLiteral("$(false); 'x' \"y\""), QString(), QStringLiteral("ż\n")}},
                    {QStringLiteral("working_folder"), folder.path()},
                    {QStringLiteral("environment"), QJsonObject{{QStringLiteral("A"), QStringLiteral("a=b")}}},
                    {QStringLiteral("input"), QStringLiteral("in ż")}});
    QCOMPARE(result.error, QString());
    QCOMPARE(result.data.toObject().value(u"stdout").toString(),
             folder.path() + QStringLiteral("\na=b\n$(false); 'x' \"y\"\n\nż\n\nin ż"));
}

void TestRunCommand::wrongSettings_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const char *config, const char *error) {
        QTest::newRow(name) << QString::fromUtf8(config) << QString::fromUtf8(error);
    };
    row("no program", "{}", "program: is missing");
    row("empty program", R"({"program": ""})", "program = \"\": must not be empty");
    row("unknown program", R"({"program": "no-such-program"})",
        "the program 'no-such-program' cannot be started: no folder in PATH has it; install it or give its full path");
    row("arguments in one text", R"({"program": "x", "arguments": "a b"})", "arguments = \"a b\": must be a list");
    row("an argument that is a number", R"({"program": "x", "arguments": ["a", 1]})", "arguments[1] = 1: must be text");
    row("a variable that is a number", R"({"program": "x", "environment": {"TOKEN": 4711}})",
        "environment.TOKEN: must be text");
    row("input that is a number", R"({"program": "x", "input": 4711})", "input: must be text");
    row("exit code", R"({"program": "x", "success_exit_codes": [256]})",
        "success_exit_codes[0] = 256: must be from 0 to 255");
    row("folder", R"({"program": "sh", "working_folder": "/no/such"})", "the working folder '/no/such' does not exist");
}

void TestRunCommand::wrongSettings()
{
    QFETCH(QString, config);
    TaskBench bench;
    const TaskResult result = run(bench, json::parse(config.toUtf8()).value.toObject());
    QCOMPARE(toString(result.status), toString(TaskStatus::Failure));
    QTEST(result.error, "error");
    QCOMPARE(bench.log, QStringList());
}

/// What environment and input hold may be a secret.
void TestRunCommand::tellsNoSecret()
{
    const QString secret = QStringLiteral("hunter2");
    const QJsonObject given{{QStringLiteral("environment"), QJsonObject{{QStringLiteral("A"), secret}}},
                            {QStringLiteral("input"), secret}};
    QStringList programs{QStringLiteral("sh"), QStringLiteral("no-such-program"), QStringLiteral("/etc/passwd")};
    for (const QString &program : programs) {
        for (const QString &variable : {QStringLiteral("A"), QStringLiteral("A=B"), QStringLiteral("PATH")}) {
            QJsonObject config = given;
            config.insert(QStringLiteral("environment"), QJsonObject{{variable, secret}});
            config.insert(QStringLiteral("program"), program);
            config.insert(QStringLiteral("arguments"), QJsonArray{QStringLiteral("-c"), QStringLiteral("exit 1")});
            TaskBench bench;
            const TaskResult result = run(bench, config);
            QCOMPARE(toString(result.status), toString(TaskStatus::Failure));
            QVERIFY(!result.error.contains(secret));
            QCOMPARE(bench.log, QStringList());
        }
    }
}

void TestRunCommand::logs_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<QStringList>("log");
    const auto row = [](const char *name, const char *script, const std::initializer_list<QString> &log) {
        QTest::newRow(name) << QString::fromUtf8(script) << QStringList(log);
    };
    row("lines", "echo a; echo; printf b",
        {QStringLiteral("info: a"), QStringLiteral("info: "), QStringLiteral("info: b")});
    row("errors", "printf 'a\\nb' >&2", {QStringLiteral("warning: a"), QStringLiteral("warning: b")});
    row("both", "echo a; sleep 0.05; echo b >&2; sleep 0.05; echo c",
        {QStringLiteral("info: a"), QStringLiteral("warning: b"), QStringLiteral("info: c")});
    row("a line in pieces", "printf 'a\\303'; sleep 0.05; printf '\\274b\\n'", {QStringLiteral("info: aüb")});
    row("not UTF-8", "printf '\\377\\000\\n'", {QStringLiteral("info: \uFFFD\uFFFD")});
    row("line ends of Windows", "printf 'a\\r\\nb\\r'", {QStringLiteral("info: a"), QStringLiteral("info: b")});
    row("long line", "head -c 10000 /dev/zero | tr '\\0' x; echo; echo next",
        {QStringLiteral("info: ") + QString(8192, u'x') + QStringLiteral("… [cut: this line is longer than 8 KiB]"),
         QStringLiteral("info: next")});
    row("more than is kept", "head -c 1048580 /dev/zero | tr '\\0' '\\a'",
        {QStringLiteral("info: ") + QString(8192, u'\a') + QStringLiteral("… [cut: this line is longer than 8 KiB]"),
         QStringLiteral(
             "warning: The output is larger than max_output_bytes: only its first 1048576 bytes are kept as data")});
}

void TestRunCommand::logs()
{
    QFETCH(QString, script);
    TaskBench bench;
    QCOMPARE(run(bench, shell(script)).error, QString());
    QTEST(bench.log, "log");
}

void TestRunCommand::logsWhileItRuns()
{
    const QTemporaryDir folder;
    TaskBench bench;
    const QString script = QStringLiteral("echo one; until test -e one; do sleep 0.01; done; "
                                          "echo two >&2; until test -e two; do sleep 0.01; done");
    bench.onLog = [&folder](const QString &line) {
        QFile heard(folder.filePath(line.section(QStringLiteral(": "), 1)));
        QVERIFY(heard.open(QIODevice::WriteOnly));
    };
    const TaskResult result = run(bench, shell(script, {{QStringLiteral("working_folder"), folder.path()}}));
    QCOMPARE(result.error, QString());
    QCOMPARE(bench.log, (QStringList{QStringLiteral("info: one"), QStringLiteral("warning: two")}));
}

void TestRunCommand::keepsTheEndOfTheErrors()
{
    TaskBench bench;
    const TaskResult result = run(bench, shell(QStringLiteral("seq 100000 >&2; printf 'the end \\n\\n' >&2; exit 1")));
    QCOMPARE(result.error, QStringLiteral("'sh' ended with exit code 1: the end"));
    const QString errors = result.data.toObject().value(u"stderr").toString();
    QCOMPARE(errors.size(), 64 * 1024);
    QVERIFY(errors.endsWith(u"\n99999\n100000\nthe end \n\n"));
    QCOMPARE(bench.log.first(), QStringLiteral("warning: 1"));
    QCOMPARE(bench.log.last(), QStringLiteral("warning: Only the last 64 KiB of the error output are kept as data"));
}

void TestRunCommand::floodIsBounded_data()
{
    QTest::addColumn<QString>("script");
    QTest::addColumn<int>("lines"); // in the log, without the one that says that there were more; 0: not cut
    QTest::newRow("one line") << QStringLiteral("head -c 200000000 /dev/zero") << 0;
    QTest::newRow("many lines") << QStringLiteral("yes 0123456789 | head -c 200000000") << (1 << 20) / (64 + 10);
    QTest::newRow("empty lines") << QStringLiteral("yes '' | head -c 200000000") << (1 << 20) / 64;
    QTest::newRow("errors") << QStringLiteral("yes 0123456789 | head -c 200000000 >&2") << (1 << 20) / (64 + 10);
}

void TestRunCommand::floodIsBounded()
{
    QFETCH(QString, script);
    TaskBench bench;
    const qint64 before = peakMemoryKiB();
    QVERIFY(before > 0);
    const TaskResult result = run(bench, shell(script));
    QCOMPARE(result.error, QString());
    QVERIFY(bench.log.size() < 20'000);
    QFETCH(int, lines);
    const QString more = QStringLiteral("[the log has %1 lines of this output: the rest is left out]").arg(lines);
    QCOMPARE(bench.log.filter(more).size(), lines > 0 ? 1 : 0);
#ifndef __SANITIZE_ADDRESS__ // it keeps what was freed
    QVERIFY2(peakMemoryKiB() - before < 32 * 1024, qPrintable(QString::number(peakMemoryKiB() - before)));
#endif
}

void TestRunCommand::describesItself()
{
    const TaskType type = builtInTasks().types().value(QStringLiteral("run_command"));
    QVERIFY(type.touches == Touch::Processes);
    QVERIFY(!type.retrySafe);
}

QTEST_GUILESS_MAIN(TestRunCommand)
#include "tst_run_command.moc"
