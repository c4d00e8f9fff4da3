// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/flow_engine.h"
#include "recording.h"
#include "support/fake_clock.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"
#include "tasks/built_in_tasks.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace flow;
using namespace flow::test;

namespace {

/// Some secrets, and which were asked for.
class FewSecrets final : public SecretSource
{
public:
    Result<QString> secret(const QString &name, const CancelToken &) const override
    {
        asked << name;
        if (name == u"gone")
            return Error{.code = ErrorCode::NotFound, .reason = QStringLiteral("there is no secret 'gone'")};
        return QStringLiteral("value-of-") + name;
    }
    mutable QStringList asked;
};

/// Does what its settings say, and shows what it was given.
class TellingTask final : public BaseTask
{
public:
    static TaskType describe()
    {
        const QByteArray schema = R"({"additionalProperties": false, "properties": {
            "token": {"type": "string", "minLength": 12, "writeOnly": true}, "plain": {},
            "env": {"type": "object", "writeOnly": true}}})";
        return {.name = QStringLiteral("tell"), .configSchema = QJsonDocument::fromJson(schema).object()};
    }

    TaskResult execute(TaskRun &run) override
    {
        given << run.config;
        const QString token = run.config.value(u"token").toString();
        run.log(LogLevel::Info, QStringLiteral("log ") + token);
        run.progress(0.5, QStringLiteral("progress ") + token);
        const QString what = run.config.value(u"plain").toString();
        if (what == u"throw")
            throw std::runtime_error(token.toStdString());
        if (what == u"fail")
            return TaskResult::failure(QStringLiteral("cannot use ") + token, QJsonArray{token});
        return TaskResult::success(QJsonObject{{QStringLiteral("echo"), token}});
    }
    static inline QList<QJsonObject> given;
};

QJsonObject parse(const QString &text)
{
    return QJsonDocument::fromJson(text.toUtf8()).object();
}

struct Ran
{
    ExecutionOutcome outcome;
    QStringList told; ///< texts of events
    QStringList asked;
    QString all; ///< everything that came out of the engine
};

Ran run(const Flow &flow, bool withSecrets = true)
{
    TellingTask::given.clear();
    TaskRegistry registry = builtInTasks();
    addTask<TellingTask>(registry);
    FakeClock clock;
    Log log;
    RecordingJournal journal(log);
    const FewSecrets secrets;
    Ran ran;
    FlowEngine engine(registry, journal, clock, [&](const ExecutionEvent &event) {
        if (const auto *line = std::get_if<TaskLogged>(&event.what))
            ran.told << line->text;
        else if (const auto *progress = std::get_if<TaskProgressed>(&event.what))
            ran.told << progress->text;
        ran.all += lineOf(event) + u'\n';
    });
    ran.outcome = engine.run({.id = 7,
                              .flow = flow,
                              .input = parse(QStringLiteral(R"({"user": "bob"})")),
                              .secrets = withSecrets ? &secrets : nullptr});
    ran.asked = secrets.asked;
    ran.all += ran.told.join(u'\n') + log.lines().join(u'\n') + ran.outcome.error +
               QString::fromUtf8(QJsonDocument(ran.outcome.context).toJson());
    return ran;
}

Flow flowWith(const QString &config, const QString &task = QStringLiteral("a,type=tell"))
{
    Flow flow = flowOf(task);
    flow.tasks[0].config = parse(config);
    return flow;
}

} // namespace

/// Secrets come to a task at the moment of use, and nothing that leaves the engine holds one.
class TestExecutionSecrets : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void given_data();
    void given();
    void refused_data();
    void refused();
    void wordsOfTheTask_data();
    void wordsOfTheTask();
    void eachAttemptAsksAgain();
    void laterTasksCannotTellEither();
    void whatAnExpressionMakesIsSecretToo_data();
    void whatAnExpressionMakesIsSecretToo();
};

void TestExecutionSecrets::given_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("given");
    QTest::addColumn<QStringList>("asked");
    const auto row = [](const char *name, const char *config, const char *given, const QStringList &asked) {
        QTest::newRow(name) << QString::fromLatin1(config) << QString::fromLatin1(given) << asked;
    };
    row("none", R"({"plain": "${input.user}"})", R"({"plain": "bob"})", {});
    row("whole", R"({"token": "${secret.abc}"})", R"({"token": "value-of-abc"})", {QStringLiteral("abc")});
    row("in a text, beside others", R"({"token": "${input.user}:${secret.abc}", "plain": "${input.user}"})",
        R"({"token": "bob:value-of-abc", "plain": "bob"})", {QStringLiteral("abc")});
    row("inside of an object", R"({"env": {"A": "${secret.a}", "B": "${secret['b']}", "C": "${secret.a}"}})",
        R"({"env": {"A": "value-of-a", "B": "value-of-b", "C": "value-of-a"}})",
        {QStringLiteral("a"), QStringLiteral("b")});
}

void TestExecutionSecrets::given()
{
    QFETCH(QString, config);
    QFETCH(QString, given);
    const Ran ran = run(flowWith(config));
    QCOMPARE(ran.outcome.error, QString());
    QCOMPARE(TellingTask::given, QList<QJsonObject>{parse(given)});
    QTEST(ran.asked, "asked");
    QVERIFY(!ran.all.contains(u"value-of"));
}

void TestExecutionSecrets::refused_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<bool>("withSecrets");
    QTest::addColumn<QString>("error");
    const auto row = [](const char *name, const char *config, bool withSecrets, const char *error) {
        QTest::newRow(name) << QString::fromLatin1(config) << withSecrets
                            << QStringLiteral("Task 'a' has wrong settings: ") + QString::fromLatin1(error);
    };
    row("unknown", R"({"token": "${secret.gone}"})", true, "there is no secret 'gone'");
    row("no secrets at all", R"({"token": "${secret.abc}"})", false,
        "there is no secret 'abc': this program keeps none");
    const char *misplaced = "config.plain: a secret cannot be used here, because it could be shown or stored; settings "
                            "that take secrets: env, token";
    row("where none may be", R"({"plain": "${secret.abc}"})", true, misplaced);
    row("where none may be, beside one that may", R"({"plain": "${secret.abc}", "token": "${secret.abc}"})", true,
        misplaced);
    row("not by name", R"({"token": "${secret[input.user]}"})", true,
        "config.token: secrets are used one by one, by a name that is written out: ${secret.NAME}");
    row("wrong type out of it", R"({"env": "${secret.abc}"})", true, "config.env: must be an object");
    row("too short", R"({"token": "${secret.a == '' ? '' : 'short'}"})", true,
        "config.token: must have at least 12 characters");
    row("an expression that tells it", R"({"token": "${string(int(secret.abc))}"})", true,
        "config.token = \"${string(int(secret.abc))}\": column 10: int() cannot take \"[secret abc]\"");
}

void TestExecutionSecrets::refused()
{
    QFETCH(QString, config);
    QFETCH(bool, withSecrets);
    const Ran ran = run(flowWith(config, QStringLiteral("a,type=tell,retry=3")), withSecrets);
    QTEST(ran.outcome.error, "error");
    QCOMPARE(ran.outcome.totalTasksExecuted, 1); // trying again would not help
    QVERIFY(TellingTask::given.isEmpty());
    QVERIFY(!ran.all.contains(u"value-of") && !ran.all.contains(u"\"value"));
}

void TestExecutionSecrets::wordsOfTheTask_data()
{
    QTest::addColumn<QString>("what");
    QTest::addColumn<QString>("error"); // empty: it succeeds
    QTest::newRow("success") << QString() << QString();
    QTest::newRow("failure") << QStringLiteral("fail") << QStringLiteral("cannot use [secret abc]");
    QTest::newRow("exception") << QStringLiteral("throw") << QStringLiteral("[secret abc]");
}

void TestExecutionSecrets::wordsOfTheTask()
{
    QFETCH(QString, what);
    QFETCH(QString, error);
    const Ran ran = run(flowWith(QStringLiteral(R"({"token": "${secret.abc}", "plain": "%1"})").arg(what)));
    QCOMPARE(ran.told, (QStringList{QStringLiteral("log [secret abc]"), QStringLiteral("progress [secret abc]")}));
    QCOMPARE(ran.outcome.error, error);
    QVERIFY(what == u"throw" || ran.all.contains(u"\"[secret abc]\"")); // its data
    QVERIFY(!ran.all.contains(u"value-of"));
}

void TestExecutionSecrets::eachAttemptAsksAgain()
{
    const Ran ran = run(flowWith(QStringLiteral(R"({"token": "${secret.abc}", "plain": "fail"})"),
                                 QStringLiteral("a,type=tell,retry=3")));
    QCOMPARE(ran.asked.size(), 3);
    QCOMPARE(TellingTask::given.size(), 3);
    QVERIFY(!ran.all.contains(u"value-of"));
}

/// What a task wrote somewhere may come back through another one that was given no secret.
void TestExecutionSecrets::laterTasksCannotTellEither()
{
    Flow flow = flowOf(QStringLiteral("a,type=tell b,type=tell"), QStringLiteral("a any b"));
    flow.tasks[0].config = parse(QStringLiteral(R"({"token": "${secret.abc}"})"));
    flow.tasks[1].config = parse(QStringLiteral(R"({"token": "read value-of-abc"})"));
    const Ran ran = run(flow);
    QCOMPARE(ran.told.last(), QStringLiteral("progress read [secret abc]"));
    QVERIFY(!ran.all.contains(u"value-of"));
}

void TestExecutionSecrets::whatAnExpressionMakesIsSecretToo_data()
{
    QTest::addColumn<QString>("expression");
    QTest::addColumn<QString>("made");
    QTest::addColumn<QString>("told");
    QTest::newRow("base64 of two") << QStringLiteral("bytes(secret.a + ':' + secret.b)")
                                   << QString::fromLatin1(QByteArray("value-of-a:value-of-b").toBase64())
                                   << QStringLiteral("log [secret a, b]");
    QTest::newRow("as it is") << QStringLiteral("'user ' + secret.a") << QStringLiteral("user value-of-a")
                              << QStringLiteral("log user [secret a]");
}

void TestExecutionSecrets::whatAnExpressionMakesIsSecretToo()
{
    QFETCH(QString, expression);
    QFETCH(QString, made);
    QFETCH(QString, told);
    const Ran ran = run(flowWith(QStringLiteral(R"({"token": "${%1}"})").arg(expression)));
    QCOMPARE(TellingTask::given.value(0).value(u"token").toString(), made);
    QCOMPARE(ran.told.first(), told);
    QVERIFY(!ran.all.contains(made));
}

QTEST_GUILESS_MAIN(TestExecutionSecrets)
#include "tst_execution_secrets.moc"
