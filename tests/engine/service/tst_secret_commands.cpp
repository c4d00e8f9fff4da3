// SPDX-License-Identifier: GPL-3.0-or-later
#include "nested_flows.h"
#include "planted_secrets.h"
#include "secrets_fixture.h"
#include "support/flow_test.h"

using namespace flow;

/// Twelve secrets are given to commands that print them in every way, cut somewhere, or at a later time through a file;
/// then all that was ever told, stored, exported, answered or shown to the system is searched for them.
class TestSecretCommands : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theSearchFindsThem();
    void commands_data();
    void commands();
    void commandsThatAreStopped();
    void cuts_data();
    void cuts();
    void comesBackLater_data();
    void comesBackLater();
    void zNothingIsFound(); ///< the last one
    void cleanupTestCase();

private:
    std::unique_ptr<SecretsFixture> m_fixture;
};

namespace {

constexpr int patience = 30'000;

QString q(const char *text)
{
    return QString::fromUtf8(text);
}

} // namespace

void TestSecretCommands::initTestCase()
{
    m_fixture = std::make_unique<SecretsFixture>();
}

/// Otherwise finding nothing would say nothing.
void TestSecretCommands::theSearchFindsThem()
{
    QCOMPARE(m_fixture->notFindable(), QStringList());
}

void TestSecretCommands::commands_data()
{
    QTest::addColumn<QString>("script"); // of a shell that finds the secret in $S and on its standard input
    QTest::addColumn<QString>("more");
    QTest::addColumn<QString>("status");
    const auto row = [](const char *name, const char *script, const char *more, const char *status) {
        QTest::newRow(name) << q(script) << q(more) << q(status);
    };
    row("output from the environment", "printf %s \\\"$S\\\"", "", "completed");
    row("output from stdin", "cat", "", "completed");
    row("lines", "cat", R"(, "output": "lines")", "completed");
    row("warnings", "cat >&2; printf %s \\\"$S\\\" >&2", "", "completed");
    row("bad exit code", "cat >&2; exit 3", "", "failure");
    row("killed", "cat >&2; kill -9 $$", "", "failure");
    row("cut", "cat", R"(, "max_output_bytes": 30)", "completed");
    row("trace", "export LC_ALL=C.UTF-8; set -x; : \\\"$S\\\"", "", "completed");
    row("trace within ASCII", "export LC_ALL=C; set -x; : \\\"$S\\\"", "", "completed");
    row("variables of a shell", "declare -p S; printf '%q\\n' \\\"$S\\\"", "", "completed");
    row("variables of a shell within ASCII", "export LC_ALL=C; declare -p S; printf '%q\\n' \\\"$S\\\"", "",
        "completed");
    row("hexadecimal", "od -An -v -tx1 | tr -d ' \\\\n'", "", "completed");
    row("base64", "base64; base64 -w 0 <<< \\\"$S\\\"; printf %s \\\"$S\\\" | base64", "", "completed");
}

void TestSecretCommands::commands()
{
    QFETCH(QString, script);
    QFETCH(QString, more);
    QFETCH(QString, status);
    const QString config = q(R"({"program": "bash", "arguments": ["-c", ")") + script +
                           q(R"("], "input": "${secret.%S}", "environment": {"S": "${secret.%S}"})") + more + u'}';
    for (const planted::Secret &secret : planted::secrets()) {
        const ExecutionDetails details = m_fixture->run(taskWith(q("run_command"), config, secret.name));
        const QString words = wordsOf(details);
        QVERIFY2(toString(details.execution.status) == status, qPrintable(words));
        QVERIFY2(words.contains(q("[secret %1]").arg(secret.name)), qPrintable(words));
        QCOMPARE(planted::foundIn(words.toUtf8()), QStringList());
    }
}

void TestSecretCommands::commandsThatAreStopped()
{
    const QString config = q(R"({"program": "bash", "arguments": ["-c", "cat; echo; echo running; sleep 600"],
                                 "input": "${secret.%S}", "environment": {"S": "${secret.%S}"}})");
    for (const planted::Secret &secret : planted::secrets()) {
        const Result<ExecutionId> id =
            m_fixture->start(SecretsFixture::flowOf(taskWith(q("run_command"), config, secret.name)));
        QVERIFY(id);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->commandLines().contains(QByteArrayLiteral("sleep\0"
                                                                                      "600")),
                                 patience);
        QTRY_VERIFY_WITH_TIMEOUT(m_fixture->service().executionLog(*id)->size() > 3, patience);
        QVERIFY(m_fixture->service().cancel(*id));
        QCOMPARE(toString(m_fixture->finished(*id).execution.status), q("cancelled"));
    }
}

void TestSecretCommands::cuts_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("config"); // # is what stands before the secret, %L how many characters are kept
    QTest::addColumn<int>("kept");       // characters beside those of the secret that are kept
    const auto row = [](const char *name, const char *type, const QByteArray &config, int kept) {
        QTest::newRow(name) << q(type) << QString::fromUtf8(config) << kept;
    };
    const char *command = R"("program": "bash", "input": "${secret.%S}", "arguments": ["-c", )";
    const auto script = [&](const char *text, const char *more = "") {
        return (q("{") + q(command) + u'"' + q(text) + q("\"]") + q(more) + u'}').toUtf8();
    };
    row("output", "run_command", script("printf %s #; cat; echo; echo rest", R"(, "max_output_bytes": %L)"), 20);
    row("output that should be JSON", "run_command",
        script("printf %s #; cat; echo; echo rest", R"(, "output": "json", "max_output_bytes": %L)"), 20);
    row("end of the error output", "run_command",
        script("{ cat; head -c $((65536 - %L)) /dev/zero | tr '\\\\0' 'x\\n'; } >&2"), 0);
    row("error", "run_command",
        script("{ printf %s #; cat; head -c $((500 - %L)) /dev/zero | tr '\\\\0' x; } >&2; exit 3"), 0);
    row("line of the log", "run_command", script("head -c $((8192 - %L)) /dev/zero | tr '\\\\0' x; cat; echo rest"), 0);
    row("value in an error of an expression", "leak",
        R"({"secret": "${string(int('#' + secret.%S + ' and more than it can show of it'))}"})", 59);
    // Errors about settings that take secrets show no values.
}

/// Where we cut a text, whatever stands at the cut, no part of a secret stays.
void TestSecretCommands::cuts()
{
    QFETCH(QString, type);
    QFETCH(QString, config);
    QFETCH(int, kept);
    const QString value = q("q7Zx-9Kw4-Vb2Jp8Mf"); // no part of it is in a word
    m_fixture->replace(q("cut"), value);
    for (qsizetype left = 1; left <= value.size(); ++left) {
        QString settings = config;
        settings.replace(u'#', QString(std::max<qsizetype>(kept - left, 0), u'x'))
            .replace(q("%L"), QString::number(kept > 0 ? kept : left));
        const Result<ExecutionId> id = m_fixture->start(SecretsFixture::flowOf(taskWith(type, settings, q("cut"))));
        QVERIFY(id);
        QString words = wordsOf(m_fixture->finished(*id));
        const QList<ExecutionEvent> log = m_fixture->service().executionLog(*id).value();
        for (const ExecutionEvent &event : log) {
            if (const auto *line = std::get_if<TaskLogged>(&event.what))
                words += line->text + u'\n';
        }
        for (qsizetype at = 0; at + SecretFinder::leastRest <= value.size(); ++at)
            QVERIFY2(!words.contains(value.sliced(at, SecretFinder::leastRest)), qPrintable(words.right(2000)));
        QVERIFY2(left < SecretFinder::leastRest || words.contains(q("[secret cut]")), qPrintable(words.right(2000)));
    }
}

void TestSecretCommands::comesBackLater_data()
{
    QTest::addColumn<QString>(
        "tasks"); // `write` is given the secret and keeps it in a file, `read` is not and tells it
    QTest::addColumn<QString>("flows");
    QTest::addColumn<QString>("pauseBefore"); // empty: nowhere
    QTest::addColumn<QString>("meanwhile");   // while it is paused; `resume`: after it has failed
    const auto row = [](const char *name, const char *tasks, const char *flows, const char *pauseBefore,
                        const char *meanwhile) {
        QTest::newRow(name) << q(tasks) << q(flows) << q(pauseBefore) << q(meanwhile);
    };
    const char *inOne = "[%WRITE, %READ]";
    const char *childReads = "[%WRITE, {'name': 'c', 'type': 'run_flow', 'config': {'flow': 'inner'}}]";
    const char *childWrites = "[{'name': 'c', 'type': 'run_flow', 'config': {'flow': 'inner'}}, %READ]";
    const char *siblings = "[{'name': 'c', 'type': 'run_flow', 'config': {'flow': 'inner'}},"
                           " {'name': 'd', 'type': 'for_each', 'config': {'items': [1], 'flow': 'other'}}]";
    row("after a wait", "[%WRITE, %READ_SECOND]", "{}", "", "");
    row("after a pause", inOne, "{}", "read", "");
    row("after a pause, the secret replaced meanwhile", inOne, "{}", "read", "replace");
    row("in the next program", inOne, "{}", "read", "restart");
    row("after a resume", "[%WRITE, %READ_FAILING]", "{}", "", "resume");
    row("after a resume in the next program", "[%WRITE, %READ_FAILING]", "{}", "", "restart, resume");
    row("in a child", childReads, "{'inner': [%READ]}", "", "");
    row("in a child, after a wait", childReads, "{'inner': [%READ_SECOND]}", "", "");
    row("in a child, in the next program", childReads, "{'inner': [%READ]}", "c", "restart");
    row("in the parent", childWrites, "{'inner': [%WRITE]}", "", "");
    row("in the parent, in the next program", childWrites, "{'inner': [%WRITE]}", "read", "restart");
    row("in the parent, after a resume in the next program",
        "[{'name': 'c', 'type': 'run_flow', 'config': {'flow': "
        "'inner'}}, %READ_FAILING]",
        "{'inner': [%WRITE]}", "", "restart, resume");
    row("in a child of its parent", siblings, "{'inner': [%WRITE], 'other': [%READ]}", "", "");
    row("in a child of its parent, in the next program", siblings, "{'inner': [%WRITE], 'other': [%READ]}", "d",
        "restart");
}

/// What one task was given may come out of another one at any later time.
void TestSecretCommands::comesBackLater()
{
    QFETCH(QString, tasks);
    QFETCH(QString, flows);
    QFETCH(QString, pauseBefore);
    QFETCH(QString, meanwhile);
    const planted::Secret &secret = planted::secrets().first();
    const QTemporaryDir folder;
    const auto command = [&](const char *name, const char *script, const char *more) {
        return q("{'name': '%1', 'type': 'run_command', 'config': {'program': 'bash', 'working_folder': '%2',"
                 " 'arguments': ['-c', '%3']%4}")
            .arg(q(name), folder.path(), q(script), QString(q(more)).replace(q("%S"), secret.name));
    };
    const char *again = "cat it >&2; cat it; test -e more || { touch more; exit 1; }";
    for (QString *text : {&tasks, &flows}) {
        text->replace(q("%WRITE"), command("write", "cat > it", ", 'input': '${secret.%S}'") + u'}');
        text->replace(q("%READ_SECOND"),
                      command("read", again, "") + q(", 'retry': {'max_attempts': 2, 'delay_seconds': 1.1}}"));
        text->replace(q("%READ_FAILING"), command("read", again, "") + u'}');
        text->replace(q("%READ"), command("read", "cat it >&2; cat it", "") + u'}');
    }
    static int number = 0;
    const Flow flow = test::file(q("later%1").arg(++number), tasks, flows).flow;
    QList<Breakpoint> breakpoints;
    if (!pauseBefore.isEmpty())
        breakpoints << Breakpoint{.task = pauseBefore};
    ExecutionId id = m_fixture->start(flow, {.breakpoints = breakpoints}).value();
    const auto status = [&] { return toString(m_fixture->service().execution(id, false)->execution.status); };
    if (!pauseBefore.isEmpty())
        QTRY_COMPARE_WITH_TIMEOUT(status(), q("paused"), patience);
    else
        m_fixture->finished(id);
    if (meanwhile.contains(q("replace")))
        m_fixture->replace(secret.name, q("another value of it"));
    if (meanwhile.contains(q("restart")))
        m_fixture->restart();
    if (meanwhile.contains(q("resume")))
        id = m_fixture->service().resume(id).value();
    if (!pauseBefore.isEmpty())
        QVERIFY(m_fixture->service().continueExecution(id));
    QTRY_COMPARE_WITH_TIMEOUT(status(), q("completed"), patience);
    m_fixture->replace(secret.name, secret.value);

    QString words = wordsOf(m_fixture->service().execution(id, true).value());
    const Page<Execution> children = m_fixture->service().executions({.perPage = 10, .parent = id}).value();
    for (const Execution &child : children.items)
        words += wordsOf(m_fixture->service().execution(child.id, true).value());
    QVERIFY2(words.contains(q("[secret %1]").arg(secret.name)), qPrintable(words));
    QCOMPARE(planted::foundIn(words.toUtf8()), QStringList());
}

void TestSecretCommands::zNothingIsFound()
{
    QCOMPARE(m_fixture->foundAnywhere(), QStringList());
    QVERIFY(m_fixture->told().size() > 1'000'000);
}

void TestSecretCommands::cleanupTestCase()
{
    m_fixture.reset();
}

QTEST_GUILESS_MAIN(TestSecretCommands)
#include "tst_secret_commands.moc"
