// SPDX-License-Identifier: GPL-3.0-or-later
#include "planted_secrets.h"
#include "secrets_fixture.h"
#include "support/flow_test.h"

using namespace flow;

/// Twelve secrets are given to tasks that tell them in every way, on every way an attempt can end; then all that was
/// ever told, stored, exported, answered or shown to the system is searched for them. What commands say of them:
/// tst_secret_commands.
class TestSecrets : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void theSearchFindsThem();
    void told_data();
    void told();
    void stopped_data();
    void stopped();
    void wrongSettings_data();
    void wrongSettings();
    void forbiddenPlaces_data();
    void forbiddenPlaces();
    void missing();
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

void TestSecrets::initTestCase()
{
    m_fixture = std::make_unique<SecretsFixture>();
}

/// Otherwise finding nothing would say nothing.
void TestSecrets::theSearchFindsThem()
{
    QCOMPARE(m_fixture->notFindable(), QStringList());
}

void TestSecrets::told_data()
{
    QTest::addColumn<QString>("how");
    QTest::addColumn<QString>("status");
    QTest::addColumn<bool>("shows"); // the result says where something was taken out
    QTest::newRow("fine") << q("fine") << q("completed") << false;
    QTest::newRow("data") << q("echo") << q("completed") << true;
    QTest::newRow("encoded data") << q("encoded") << q("completed") << true;
    QTest::newRow("data that was read as JSON") << q("parsed") << q("completed") << true;
    QTest::newRow("data line by line") << q("lines") << q("completed") << true;
    QTest::newRow("failure") << q("fail") << q("failure") << true;
    QTest::newRow("exception") << q("throw") << q("failure") << true;
    QTest::newRow("log") << q("log") << q("completed") << false;
    QTest::newRow("progress") << q("progress") << q("completed") << false;
}

void TestSecrets::told()
{
    QFETCH(QString, how);
    QFETCH(QString, status);
    QFETCH(bool, shows);
    for (const planted::Secret &secret : planted::secrets()) {
        Task task = taskWith(q("leak"), q(R"({"secret": "${secret.%S}", "how": "%1"})").arg(how), secret.name);
        task.retry = RetryPolicy{.maxAttempts = 2};
        const ExecutionDetails details = m_fixture->run(task);
        QCOMPARE(toString(details.execution.status), status);
        QCOMPARE(details.tasks.size(), status == u"failure" ? 2 : 1);
        const QString words = wordsOf(details);
        QVERIFY2(words.contains(q("[secret %1]").arg(secret.name)) == shows, qPrintable(words));
        QCOMPARE(planted::foundIn(words.toUtf8()), QStringList());
    }
}

void TestSecrets::stopped_data()
{
    QTest::addColumn<bool>("byPerson");
    QTest::newRow("cancelled") << true;
    QTest::newRow("time limit") << false;
}

void TestSecrets::stopped()
{
    QFETCH(bool, byPerson);
    for (const planted::Secret &secret : planted::secrets()) {
        Task task = taskWith(q("leak"), q(R"({"secret": "${secret.%S}", "how": "wait"})"), secret.name);
        if (!byPerson)
            task.timeoutSeconds = 0.05;
        const Result<ExecutionId> id = m_fixture->start(SecretsFixture::flowOf(task));
        QVERIFY(id);
        if (byPerson) {
            QTRY_VERIFY_WITH_TIMEOUT(m_fixture->service().executionLog(*id)->size() > 4,
                                     patience); // it has told much by now
            QVERIFY(m_fixture->service().cancel(*id));
        }
        const ExecutionDetails details = m_fixture->finished(*id);
        QCOMPARE(toString(details.execution.status), byPerson ? q("cancelled") : q("failure"));
    }
}

void TestSecrets::wrongSettings_data()
{
    QTest::addColumn<QString>("config");
    const auto row = [](const char *name, const char *config) { QTest::newRow(name) << q(config); };
    row("wrong type", R"({"map": "${secret.%S}"})");
    row("wrong type of two", R"({"secret": "${secret.%S}", "map": "it is ${secret.%S}"})");
    row("no number", R"({"number": "${secret.%S}"})");
    row("empty", R"({"secret": "${secret.%S == '' ? 'x' : ''}"})");
    row("unknown setting", R"({"secret": "${secret.%S}", "map": {"x": "${secret.%S}"}, "number": "x"})");
    row("expression that fails", R"({"secret": "${string(timestamp(secret.%S))}"})");
    row("unknown key", R"({"secret": "${{'a': 'b'}[secret.%S]}"})");
    row("wrong operand", R"({"secret": "${'a' + input[secret.%S]}"})");
    row("bytes", R"({"number": "${bytes(secret.%S)}"})");
}

void TestSecrets::wrongSettings()
{
    QFETCH(QString, config);
    for (const planted::Secret &secret : planted::secrets()) {
        const Result<ExecutionId> id =
            m_fixture->start(SecretsFixture::flowOf(taskWith(q("leak"), config, secret.name)));
        if (!id)
            continue; // known before the run; what is wrong is kept
        const ExecutionDetails details = m_fixture->finished(*id);
        QCOMPARE(toString(details.execution.status), q("failure"));
        QCOMPARE(planted::foundIn(details.execution.errorMessage.toUtf8()), QStringList());
    }
}

void TestSecrets::forbiddenPlaces_data()
{
    QTest::addColumn<QString>("type");
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("when");
    const auto row = [](const char *name, const char *type, const char *config, const char *when = "") {
        QTest::newRow(name) << q(type) << q(config) << q(when);
    };
    row("other setting", "leak", R"({"plain": "${secret.%S}"})");
    row("inside of another setting", "set_variables", R"({"values": {"x": ["${secret.%S}"]}})");
    row("log", "log", R"({"message": "${secret.%S}"})");
    row("arguments", "run_command", R"({"program": "echo", "arguments": ["${secret.%S}"]})");
    row("program", "run_command", R"({"program": "${secret.%S}"})");
    row("condition", "noop", "{}", "secret.%S != ''");
    row("all of them", "leak", R"({"secret": "${secret}"})");
}

void TestSecrets::forbiddenPlaces()
{
    QFETCH(QString, type);
    QFETCH(QString, config);
    QFETCH(QString, when);
    for (const planted::Secret &secret : planted::secrets()) {
        Flow flow = SecretsFixture::flowOf(taskWith(type, config, secret.name));
        if (!when.isEmpty()) {
            flow.conditions << Condition{.name = q("c"),
                                         .sourceTask = q("a"),
                                         .outcome = Outcome::Any,
                                         .when = QString(when).replace(q("%S"), secret.name),
                                         .targetTaskSuccess = q("end"),
                                         .targetTaskFailure = q("end")};
        }
        QVERIFY(m_fixture->service().createFlow({flow, {}})); // a draft may be wrong
        const Result<ExecutionId> id = m_fixture->start(flow);
        QVERIFY(!id);
        QVERIFY2(id.error().text().contains(q("secret")), qPrintable(id.error().text()));
        const QByteArray reply = m_fixture->rest("POST", "/api/tasks/flows/" + flow.id.toUtf8() + "/execute", "{}");
        QVERIFY2(reply.startsWith("HTTP/1.1 400"), reply.constData());
    }
}

void TestSecrets::missing()
{
    const ExecutionDetails details =
        m_fixture->run(taskWith(q("leak"), q(R"({"secret": "${secret.plain}${secret.gone}"})"), {}));
    QCOMPARE(details.execution.errorMessage,
             q("Task 'a' has wrong settings: there is no secret 'gone'; add it with: flowctl secrets set gone"));
}

void TestSecrets::zNothingIsFound()
{
    QCOMPARE(m_fixture->foundAnywhere(), QStringList());
    QVERIFY(m_fixture->told().size() > 1'000'000);
}

void TestSecrets::cleanupTestCase()
{
    m_fixture.reset();
}

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
