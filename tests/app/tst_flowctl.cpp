// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/flow_test.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTcpSocket>
#include <QTemporaryDir>

#include <csignal>

namespace {

const QString examples = QStringLiteral(FLOW_SOURCE_DIR "/resources/examples/");

struct Outcome
{
    int code = -1;
    QString out;
    QString err;
};

QProcessEnvironment cleanEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith(QStringLiteral("FLOW_")) || name.startsWith(QStringLiteral("FLASK_")) ||
            name == QStringLiteral("DATABASE_URL"))
            environment.remove(name);
    }
    return environment;
}

/// flowctl with a data folder of its own.
class Flowctl
{
public:
    Outcome run(const QStringList &arguments, const QByteArray &input = {},
                const QMap<QString, QString> &variables = {}) const
    {
        return runAsTyped(arguments + QStringList{QStringLiteral("--data-dir"), dataDir()}, input, variables);
    }
    /// Without a word added.
    Outcome runAsTyped(const QStringList &arguments, const QByteArray &input = {},
                       const QMap<QString, QString> &variables = {}) const
    {
        QProcess process;
        QProcessEnvironment environment = cleanEnvironment();
        for (auto variable = variables.begin(); variable != variables.end(); ++variable)
            environment.insert(variable.key(), variable.value());
        process.setProcessEnvironment(environment);
        process.setWorkingDirectory(m_folder.path());
        process.start(QStringLiteral(FLOWCTL), arguments);
        process.write(input);
        process.closeWriteChannel();
        if (!process.waitForFinished(60000))
            return {};
        return {process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
                QString::fromUtf8(process.readAllStandardOutput()), QString::fromUtf8(process.readAllStandardError())};
    }
    void start(QProcess &process, const QStringList &arguments) const
    {
        process.setProcessEnvironment(cleanEnvironment());
        process.setWorkingDirectory(m_folder.path());
        process.start(QStringLiteral(FLOWCTL), arguments + QStringList{QStringLiteral("--data-dir"), dataDir()});
    }
    QString write(const QString &name, const QByteArray &text) const
    {
        QFile file(m_folder.filePath(name));
        if (file.open(QIODevice::WriteOnly))
            file.write(text);
        return file.fileName();
    }
    QString dataDir() const { return m_folder.filePath(QStringLiteral("data")); }

private:
    QTemporaryDir m_folder;
};

QJsonObject json(const QString &text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

QByteArray oneTask(const QByteArray &type, const QByteArray &config = "{}")
{
    return R"({"id":"one","name":"One","start_task":"only","tasks":[{"name":"only","type":")" + type +
           R"(","config":)" + config + "}]}";
}

/// Reads one channel until `text` has come.
bool waitForLine(QProcess &process, QProcess::ProcessChannel channel, const QByteArray &text)
{
    process.setReadChannel(channel);
    QByteArray seen;
    while (!seen.contains(text)) {
        if (!process.waitForReadyRead(20000))
            return false;
        seen += process.readAll();
    }
    return true;
}

} // namespace

/// Every command as people start it: a process with arguments, exit code and output.
class TestFlowctl : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void exitCodes_data();
    void exitCodes();
    void inputBecomesContext_data();
    void inputBecomesContext();
    void runPrintsWhatRestPrints();
    void libraryLivesItsLife();
    void executionsAreKept();
    void deleteAsks();
    void referenceExportSaysWhatItDropped();
    void firstInterruptCancels();
    void secondInterruptEnds();
    void serveAnswersWithTokenOnly();
    void optionsStandAnywhere_data();
    void optionsStandAnywhere();
    void settingsHaveAnOrder_data();
    void settingsHaveAnOrder();
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
    const auto words = [](const char *text) { return QString::fromUtf8(text).split(u' '); };
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
    row("malformed file", words("validate -"), "{", 4, "-:1");
    row("valid", {QStringLiteral("validate"), examples + QStringLiteral("flow123.flow.json")}, {}, 0,
        "no problems found");
    row("help", words("--help"), {}, 0, "Examples:");
    row("help of a command", words("flows delete --help"), {}, 0, "--yes");
    row("version", words("--version"), {}, 0, "flowctl ");
    row("task", words("tasks show task1"), {}, 0, "Fetch data from source");
    row("unknown task", words("tasks show none"), {}, 3, "Task 'none' not found");
    row("tasks", words("tasks list"), {}, 0, "send_notification");
    row("expression", words("eval 1+2"), {}, 0, "3");
    row("expression with a mistake", words("eval 1+"), {}, 4, "column");
    row("expression with context", words("eval a.b>2 --context -"), R"({"a":{"b":3}})", 0, "true");
    row("unknown execution", words("executions show 7"), {}, 3, "Execution 7 not found");
    row("no number", words("executions show x"), {}, 2, "not the number of an execution");
    row("bad status", words("executions list --status odd"), {}, 2, "--status must be");
    row("server without token for others", words("serve --host 0.0.0.0 --port 0 --no-auth"), {}, 2, "without a token");
    row("server on a bad port", words("serve --port x"), {}, 2, "--port must be a whole number from 0 to 65535");
    row("server on port 65536", words("serve --port 65536"), {}, 2, "--port must be a whole number from 0 to 65535");

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

void TestFlowctl::inputBecomesContext_data()
{
    QTest::addColumn<QStringList>("arguments");
    QTest::addColumn<QByteArray>("input");
    QTest::addColumn<QByteArray>("context");
    const auto words = [](const char *text) { return QString::fromUtf8(text).split(u' '); };
    QTest::newRow("none") << QStringList() << QByteArray() << QByteArray("{}");
    QTest::newRow("text") << words("--input day=monday") << QByteArray() << QByteArray(R"({"day":"monday"})");
    QTest::newRow("number") << words("--input n=5 --input x=1.5") << QByteArray() << QByteArray(R"({"n":5,"x":1.5})");
    QTest::newRow("list and bool") << words("--input l=[1,2] --input b=true") << QByteArray()
                                   << QByteArray(R"({"b":true,"l":[1,2]})");
    QTest::newRow("value with equals sign") << words("--input q=a=b") << QByteArray() << QByteArray(R"({"q":"a=b"})");
    QTest::newRow("JSON, then pairs") << words("--input-json - --input b=2") << QByteArray(R"({"a":1,"b":1})")
                                      << QByteArray(R"({"a":1,"b":2})");
}

void TestFlowctl::inputBecomesContext()
{
    QFETCH(QStringList, arguments);
    QFETCH(QByteArray, input);
    QFETCH(QByteArray, context);
    const Flowctl flowctl;
    const QString file = flowctl.write(QStringLiteral("one.flow.json"), oneTask("noop"));
    const Outcome outcome =
        flowctl.run(QStringList{QStringLiteral("run"), file, QStringLiteral("--json")} + arguments, input);
    QCOMPARE(outcome.code, 0);
    const QJsonObject data = json(outcome.out).value(QStringLiteral("data")).toObject();
    QCOMPARE(QJsonDocument(data.value(QStringLiteral("input_context")).toObject()).toJson(QJsonDocument::Compact),
             context);
}

void TestFlowctl::runPrintsWhatRestPrints()
{
    const Outcome outcome =
        Flowctl().run({QStringLiteral("run"), QStringLiteral("-"), QStringLiteral("--json")}, oneTask("noop"));
    const QJsonObject data = json(outcome.out).value(QStringLiteral("data")).toObject();
    QCOMPARE(data.value(QStringLiteral("status")).toString(), QStringLiteral("completed"));
    QCOMPARE(data.value(QStringLiteral("task_executions")).toArray().size(), 1);
    QVERIFY(outcome.err.contains(QStringLiteral("1. only")));
    QVERIFY(!outcome.err.contains(u'\x1b')); // no colour where nobody sees it
}

void TestFlowctl::libraryLivesItsLife()
{
    const Flowctl flowctl;
    const QString sample = examples + QStringLiteral("flow123.flow.json");
    const auto words = [](const char *text) { return QString::fromUtf8(text).split(u' '); };
    QCOMPARE(flowctl.run({QStringLiteral("flows"), QStringLiteral("import"), sample}).out,
             QStringLiteral("flow123 is version 1\n"));
    const Outcome again = flowctl.run({QStringLiteral("flows"), QStringLiteral("import"), sample});
    QCOMPARE(again.code, 1);
    QVERIFY(again.err.contains(QStringLiteral("Flow with id 'flow123' already exists")));
    QCOMPARE(flowctl.run({QStringLiteral("flows"), QStringLiteral("import"), sample, QStringLiteral("--replace")}).out,
             QStringLiteral("flow123 is version 2\n"));
    QVERIFY(flowctl.run(words("flows list"))
                .out.contains(QStringLiteral("flow123  2        never     Data processing flow")));
    const QJsonObject shown =
        json(flowctl.run(words("flows show flow123")).out).value(QStringLiteral("data")).toObject();
    QCOMPARE(shown.value(QStringLiteral("version")).toInt(), 2);
    QVERIFY(flowctl.run(words("flows export flow123"))
                .out.startsWith(QStringLiteral("{\n  \"flow\": {\n    \"id\": \"flow123\"")));
    QCOMPARE(flowctl.run(words("flows delete flow123 --yes")).out, QStringLiteral("Deleted flow flow123\n"));
    QCOMPARE(flowctl.run(words("flows show flow123")).code, 3);
}

void TestFlowctl::executionsAreKept()
{
    const Flowctl flowctl;
    const auto words = [](const char *text) { return QString::fromUtf8(text).split(u' '); };
    flowctl.run(words("run -"), oneTask("noop"));
    flowctl.run(words("run one"));
    const Outcome list = flowctl.run(words("executions list --json"));
    QCOMPARE(json(list.out).value(QStringLiteral("pagination")).toObject().value(QStringLiteral("total")).toInt(), 2);
    const Outcome logs = flowctl.run(words("executions logs 2"));
    QVERIFY(logs.out.contains(QStringLiteral("only: success")) && logs.out.contains(QStringLiteral("completed")));
    QCOMPARE(flowctl.run(words("executions cancel 2")).code, 1);
    QCOMPARE(json(flowctl.run(words("executions show 1")).out)
                 .value(QStringLiteral("data"))
                 .toObject()
                 .value(QStringLiteral("id"))
                 .toInt(),
             1);
}

void TestFlowctl::deleteAsks()
{
    const Flowctl flowctl;
    const auto words = [](const char *text) { return QString::fromUtf8(text).split(u' '); };
    flowctl.run(words("run -"), oneTask("noop"));
    const Outcome refused = flowctl.run(words("flows delete one"));
    QCOMPARE(refused.code, 2);
    QVERIFY(refused.err.contains(QStringLiteral("Delete flow one and its 1 execution?")));
    QCOMPARE(flowctl.run(words("flows show one")).code, 0);
    flowctl.run(words("run one"));
    QVERIFY(
        flowctl.run(words("flows delete one")).err.contains(QStringLiteral("Delete flow one and its 2 executions?")));
    QCOMPARE(flowctl.run(words("flows delete one --yes")).out,
             QStringLiteral("Deleted flow one and its 2 executions\n"));
}

void TestFlowctl::referenceExportSaysWhatItDropped()
{
    const Flowctl flowctl;
    const auto words = [](const char *text) { return QString::fromUtf8(text).split(u' '); };
    flowctl.run(words("run -"), oneTask("noop"));
    const Outcome outcome = flowctl.run(words("flows export one --for-reference"));
    QCOMPARE(outcome.code, 0);
    QVERIFY(!outcome.out.contains(QStringLiteral("\"type\"")));
    QVERIFY2(outcome.err.contains(QStringLiteral("Left out: ")), qPrintable(outcome.err));
}

void TestFlowctl::firstInterruptCancels()
{
    const Flowctl flowctl;
    const QString file = flowctl.write(QStringLiteral("slow.flow.json"), oneTask("delay", R"({"seconds":600})"));
    QProcess process;
    flowctl.start(process, {QStringLiteral("run"), file, QStringLiteral("--json")});
    QVERIFY(waitForLine(process, QProcess::StandardError, "1. only"));
    ::kill(pid_t(process.processId()), SIGINT);
    QVERIFY(process.waitForFinished(20000));
    QCOMPARE(process.exitCode(), 1);
    const QJsonObject data =
        json(QString::fromUtf8(process.readAllStandardOutput())).value(QStringLiteral("data")).toObject();
    QCOMPARE(data.value(QStringLiteral("status")).toString(), QStringLiteral("cancelled"));
}

void TestFlowctl::secondInterruptEnds()
{
    const Flowctl flowctl;
    QProcess process;
    flowctl.start(process, {QStringLiteral("serve"), QStringLiteral("--port"), QStringLiteral("0")});
    QVERIFY(waitForLine(process, QProcess::StandardOutput, "Listening"));
    ::kill(pid_t(process.processId()), SIGINT);
    ::kill(pid_t(process.processId()), SIGTERM);
    QVERIFY(process.waitForFinished(20000));
}

void TestFlowctl::serveAnswersWithTokenOnly()
{
    const Flowctl flowctl;
    const QByteArray token = flowctl.run({QStringLiteral("token")}).out.trimmed().toUtf8();
    QCOMPARE(token.size(), 64);
    QCOMPARE(QFile::permissions(flowctl.dataDir() + QStringLiteral("/token")) & QFile::Permissions(0x7077),
             QFile::Permissions(QFile::ReadUser | QFile::WriteUser | QFile::ReadOwner | QFile::WriteOwner) &
                 QFile::Permissions(0x7077));
    QProcess process;
    flowctl.start(process, {QStringLiteral("serve"), QStringLiteral("--port"), QStringLiteral("0")});
    QVERIFY(process.waitForReadyRead(20000));
    const QByteArray line = process.readAllStandardOutput();
    const QByteArray port = line.mid(line.lastIndexOf(':') + 1).trimmed();
    const auto status = [&](const QByteArray &header) {
        QTcpSocket socket;
        socket.connectToHost(QStringLiteral("127.0.0.1"), quint16(port.toUInt()));
        socket.write("GET /api/tasks HTTP/1.1\r\nHost: 127.0.0.1:" + port + "\r\n" + header + "\r\n");
        return socket.waitForReadyRead(20000) ? socket.readAll().mid(9, 3) : QByteArray();
    };
    QCOMPARE(status({}), QByteArray("401"));
    QCOMPARE(status("Authorization: Bearer " + token + "\r\n"), QByteArray("200"));
    process.terminate();
    QVERIFY(process.waitForFinished(20000));
    QCOMPARE(process.exitCode(), 0);
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

void TestFlowctl::settingsHaveAnOrder_data()
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

void TestFlowctl::settingsHaveAnOrder()
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

QTEST_GUILESS_MAIN(TestFlowctl)
#include "tst_flowctl.moc"
