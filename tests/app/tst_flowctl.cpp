// SPDX-License-Identifier: GPL-3.0-or-later
#include "flowctl_program.h"
#include "support/flow_test.h"

namespace {

const QString examples = QStringLiteral(FLOW_SOURCE_DIR "/resources/examples/");

QStringList words(const char *text)
{
    return QString::fromUtf8(text).split(u' ');
}

} // namespace

/// Every command as people start it: arguments, exit code and what it says.
class TestFlowctl : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void exitCodes_data();
    void exitCodes();
    void optionsStandAnywhere_data();
    void optionsStandAnywhere();
    void surroundingsStayOutside();
};

void TestFlowctl::exitCodes_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says"); // somewhere on stdout or stderr

    const auto row = [](const char *name, const QStringList &arguments, const QByteArray &input, int code,
                        const char *says) {
        QTest::newRow(name) << arguments << input << code << QString::fromUtf8(says);
    };
    row("completed", words("run -"), oneTask("noop"), 0, "completed");
    row("failed", words("run -"), oneTask("fail", R"({"message":"no luck"})"), 1, "no luck");
    row("no argument", words("run"), {}, 2, "run needs FILE|ID");
    row("unknown option", words("run x --nonsense"), {}, 2, "Unknown option 'nonsense'");
    row("one too many", words("token extra"), {}, 2, "\"extra\" is one argument too many");
    row("unknown command", words("fly"), {}, 2, "there is no command \"fly\"");
    row("no command", {}, {}, 2, "Usage: flowctl COMMAND");
    row("unknown flow", words("run nobody"), {}, 3, "Flow 'nobody' not found");
    row("unknown file", words("run nobody.json"), {}, 3, "nobody.json");
    row("invalid flow", words("run -"), R"({"id":7,"name":"n","start_task":"a","tasks":[]})", 4,
        "id = 7: must be a text");
    row("unknown type", words("run -"), oneTask("magic"), 4, "Task 'magic' not found in task registry");
    row("malformed file", words("validate -"), "{", 4, "stdin:1: error: expected a key in double quotes (column 2)");
    row("valid", {QStringLiteral("validate"), examples + QStringLiteral("flow123.flow.json")}, {}, 0,
        "no problems found");
    row("help", words("--help"), {}, 0, "Examples:");
    row("help of a command", words("flows delete --help"), {}, 0, "--yes");
    row("version", words("--version"), {}, 0, "flowctl ");
    row("task", words("tasks show task1"), {}, 0, "Fetch data from source");
    row("what a task returns", words("tasks show task1"), {}, 0, "\"result_schema\": {");
    row("unknown task", words("tasks show none"), {}, 3, "Task 'none' not found");
    row("tasks", words("tasks list"), {}, 0, "send_notification");
    row("expression", words("eval 1+2"), {}, 0, "3");
    row("negative number", words("eval -1"), {}, 0, "-1\n");
    row("expression that begins with a dash",
        {QStringLiteral("eval"), QStringLiteral("-a.b + 3"), QStringLiteral("--context"), QStringLiteral("-")},
        R"({"a":{"b":1}})", 0, "2\n");
    row("after two dashes", words("eval --data-dir x -- -1"), {}, 2, "one argument too many");
    row("id that begins with a dash", words("flows export -id out.json"), {}, 3, "Flow '-id' not found");
    row("negative limit", words("executions list --limit -5"), {}, 2, "--limit must be a whole number");
    row("negative execution", words("executions show -1"), {}, 2, "\"-1\" is not the number of an execution");
    row("unknown letter", words("flows list -x"), {}, 2, "Unknown option 'x'");
    row("stdin twice", words("run - --input-json -"), {}, 2, "only one of FILE and --input-json can be stdin");
    row("expression with a mistake", words("eval 1+"), {}, 4, "column");
    row("expression with context", words("eval a.b>2 --context -"), R"({"a":{"b":3}})", 0, "true");
    row("unknown execution", words("executions show 7"), {}, 3, "Execution 7 not found");
    row("no number", words("executions show x"), {}, 2, "not the number of an execution");
    row("no parent", words("executions list --parent x"), {}, 2, "--parent must be the number of an execution");
    row("parent of the top", words("executions list --parent 1 --top-level"), {}, 2, "Only one of --top-level and");
    row("bad status", words("executions list --status odd"), {}, 2, "--status must be");
    row("server without token for others", words("serve --host 0.0.0.0 --port 0 --no-auth"), {}, 2, "without a token");
    row("server on a bad port", words("serve --port x"), {}, 2, "--port must be a whole number from 0 to 65535");
    row("server on port 65536", words("serve --port 65536"), {}, 2, "--port must be a whole number from 0 to 65535");

    row("validate a field", words("validate -"), oneTask("noop").replace(R"("id":"one")", "\n\"id\":7"), 4,
        "stdin:2: error: id = 7: must be a text\n");
    row("validate a type", words("validate -"), oneTask("magic"), 4,
        "stdin: error: tasks[0] \"only\": Task 'magic' not found in task registry\n");
    row("validate a misspelt type", words("validate -"), oneTask("dealy"), 4,
        "stdin: error: tasks[0] \"only\": Task 'dealy' not found in task registry. Did you mean 'delay'?\n");
    row("validate without end", words("validate /dev/zero"), {}, 4, "/dev/zero: error: ");
    row("validate a missing file", words("validate none.json"), {}, 3, "none.json: there is no such file");
    row("validate a folder", words("validate /"), {}, 2, "/: is a folder, not a file");
    row("validate: the worst counts", words("validate none.json / -"), "{", 4, "/: is a folder, not a file");
    row("import a missing file", words("flows import none.json"), {}, 3, "none.json: there is no such file");
    row("import a folder", words("flows import /"), {}, 2, "/: is a folder, not a file");
    row("run a missing file", words("run none.json"), {}, 3, "none.json: there is no such file");
    row("run a folder", words("run /"), {}, 2, "/: is a folder, not a file");
    row("missing settings", words("flows list --env-file none.env"), {}, 3, "none.env: there is no such file");
    row("folder as settings", words("flows list --env-file /"), {}, 2, "/: is a folder, not a file");
    row("missing context", words("eval 1 --context none.json"), {}, 3, "none.json: there is no such file");
    row("folder as context", words("eval 1 --context /"), {}, 2, "/: is a folder, not a file");
    row("malformed context", words("eval 1 --context -"), "{\n\"a\":}", 4, ":2: expected a value (column 5)");
    row("missing input", words("run x --input-json none.json"), {}, 3, "none.json: there is no such file");
    row("folder as input", words("run x --input-json /"), {}, 2, "/: is a folder, not a file");
    row("malformed input", words("run x --input-json -"), "{\n\"a\":}", 4, ":2: expected a value (column 5)");
    row("input is a list", words("run x --input-json -"), "[]", 4, "must be a JSON object");
    row("nameless input", words("run x --input =5"), {}, 2, "--input needs NAME=VALUE, not \"=5\"");
    row("input without a value", words("run x --input a"), {}, 2, "--input needs NAME=VALUE, not \"a\"");
    row("export onto a folder", words("flows export x /"), {}, 2, "/ is a folder");
}

void TestFlowctl::exitCodes()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, input);
    QFETCH(int, code);
    QFETCH(QString, says);
    const Outcome outcome = Flowctl().run(arguments, input);
    QVERIFY2((outcome.out + outcome.err).contains(says), qPrintable(outcome.out + outcome.err));
    QCOMPARE(outcome.code, code);
}

void TestFlowctl::optionsStandAnywhere_data()
{
    QTest::addColumn<QString>("line"); // DIR: a data folder that holds the flow "one"
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("says");
    const auto row = [](const char *line, int code, const char *says) {
        QTest::newRow(line) << QString::fromUtf8(line) << code << QString::fromUtf8(says);
    };
    row("flows show one --data-dir DIR", 0, "\"start_task\": \"only\"");
    row("--data-dir DIR flows show one", 0, "\"start_task\": \"only\"");
    row("--data-dir=DIR flows show one", 0, "\"start_task\": \"only\"");
    row("flows --data-dir DIR show one", 0, "\"start_task\": \"only\"");
    row("flows show --data-dir DIR one", 0, "\"start_task\": \"only\"");
    row("--env-file /dev/null --data-dir DIR flows show one", 0, "\"start_task\": \"only\"");
    row("--json --data-dir DIR executions list", 0, "\"flow_id\": \"one\"");
    row("--help flows show", 0, "Usage: flowctl flows show");
    row("help flows show", 0, "Usage: flowctl flows show");
    row("help flows", 0, "flows export");
    row("--data-dir DIR", 2, "Usage: flowctl COMMAND");
    row("--data-dir DIR --version", 0, "flowctl ");
    row("--data-dir", 2, "Missing value after '--data-dir'");
    row("flows list --data-dir=", 2, "--data-dir needs the name of a folder");
    row("--nonsense", 2, "Unknown option 'nonsense'");
    row("--nonsense flows list", 2, "Unknown option 'nonsense'");
    row("flows fly", 2, "there is no command \"flows fly\"");
    row("help fly", 2, "there is no command \"fly\"");
}

void TestFlowctl::optionsStandAnywhere()
{
    QFETCH(QString, line);
    QFETCH(int, code);
    QFETCH(QString, says);
    const Flowctl flowctl;
    QCOMPARE(flowctl.run({QStringLiteral("run"), QStringLiteral("-")}, oneTask("noop")).code, 0);
    QStringList arguments = line.split(u' ');
    arguments.replaceInStrings(QStringLiteral("DIR"), flowctl.dataDir());
    const Outcome outcome = flowctl.runAsTyped(arguments);
    QVERIFY2((outcome.out + outcome.err).contains(says), qPrintable(outcome.out + outcome.err));
    QCOMPARE(outcome.code, code);
}

void TestFlowctl::surroundingsStayOutside()
{
    // Whatever the person who runs these tests has set must not decide about them.
    const auto names = {"LOG_LEVEL",  "LOG_FILE",     "TASK_TIMEOUT", "MAX_FLOW_EXECUTION_TIME", "FLASK_HOST",
                        "FLASK_PORT", "DATABASE_URL", "FLOW_PORT",    "FLOW_STEP_LIMIT",         "FLOW_HOST"};
    for (const char *name : names)
        qputenv(name, "nonsense");
    const QTemporaryDir settings;
    QVERIFY(QDir(settings.path()).mkdir(QStringLiteral("flow-manager")));
    QFile file(settings.filePath(QStringLiteral("flow-manager/flow-manager.ini")));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("[server]\nport=nonsense\n") > 0);
    file.close();
    qputenv("XDG_CONFIG_HOME", settings.path().toLocal8Bit());
    const Outcome outcome = Flowctl().run("executions list --json");
    for (const char *name : names)
        qunsetenv(name);
    qunsetenv("XDG_CONFIG_HOME");
    QCOMPARE(outcome.err, QString());
    QCOMPARE(outcome.code, 0);
}

QTEST_GUILESS_MAIN(TestFlowctl)
#include "tst_flowctl.moc"
