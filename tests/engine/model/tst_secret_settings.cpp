// SPDX-License-Identifier: GPL-3.0-or-later
#include "engine/model/issues_told.h"
#include "model/secret_settings.h"
#include "support/flow_builder.h"
#include "support/flow_test.h"

using namespace flow;
using test::q;

namespace {

QJsonObject object(const char *json)
{
    return QJsonDocument::fromJson(QByteArray(json)).object();
}

/// A type with settings that take secrets: one of any shape, and one inside of a list.
QJsonObject schema()
{
    return object(R"({"properties": {
        "arguments": {"type": "array"}, "program": {"type": "string"}, "seconds": {"type": "number"},
        "environment": {"type": "object", "writeOnly": true}, "input": {"type": "string", "minLength": 3, "writeOnly": true},
        "hosts": {"type": "array", "items": {"type": "object", "properties": {
            "name": {"type": "string"}, "key": {"type": "string", "writeOnly": true}}}}}})");
}

} // namespace

/// Where secrets may be used, and what a flow is told that uses them elsewhere.
class TestSecretSettings : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void validation_data();
    void validation();
    void conditions_data();
    void conditions();
    void names();
};

void TestSecretSettings::validation_data()
{
    QTest::addColumn<QString>("config");
    QTest::addColumn<QString>("issues"); // lines

    const auto row = [](const char *name, const char *config, const char *issues) {
        QTest::newRow(name) << q(config) << q(issues);
    };
    row("none", R"({"program": "${input.p}"})", "");
    row("marked", R"({"input": "${secret.token}"})", "");
    row("inside of what is marked", R"({"environment": {"A": "${secret.a}", "B": "x${secret.b}"}})", "");
    row("whole, of a type that shows later", R"({"environment": "${secret.a}"})", "");
    row("marked inside of a list", R"({"hosts": [{"name": "a", "key": "${secret.key}"}]})", "");
    row("with other variables", R"({"input": "${input.user}:${secret.token}"})", "");
    row("as a text", R"({"program": "$${secret.token}"})", "");

    const char *elsewhere = "a secret cannot be used here, because it could be shown or stored; settings that take "
                            "secrets: environment, input.";
    row("not marked", R"({"program": "${secret.token}"})",
        qPrintable(q("Settings of task 'b': program: ") + q(elsewhere)));
    row("in an argument", R"({"arguments": ["-p", "${secret.token}"]})",
        qPrintable(q("Settings of task 'b': arguments[1]: ") + q(elsewhere)));
    row("beside what is marked", R"({"hosts": [{"name": "${secret.a}"}]})",
        qPrintable(q("Settings of task 'b': hosts[0].name: ") + q(elsewhere)));
    row("hidden in a calculation", R"({"seconds": "${size(secret.token)}"})",
        qPrintable(q("Settings of task 'b': seconds: ") + q(elsewhere)));
    const char *byName = ": secrets are used one by one, by a name that is written out: ${secret.NAME}.";
    row("all of them", R"({"input": "${secret}"})", qPrintable(q("Settings of task 'b': input") + q(byName)));
    row("whose name is not known", R"({"input": "${secret[input.name]}"})",
        qPrintable(q("Settings of task 'b': input") + q(byName)));
    row("beside half an expression", R"({"input": "${secret.token}", "program": "${input."})",
        "Settings of task 'b': program = \"${input.\": column 9: a name is missing behind the dot.");
    row("are texts", R"({"input": "${secret.token + 1}"})",
        "Settings of task 'b': input = \"${secret.token + 1}\": column 16: + does not work with string and int.");
}

void TestSecretSettings::validation()
{
    QFETCH(QString, config);
    QFETCH(QString, issues);
    TaskTypes types = test::types();
    types.insert(q("run"), TaskType{.name = q("run"), .configSchema = schema()});
    Flow flow = test::flowOf(q("a b,type=run"), q("a any b"), q("a"));
    flow.tasks[1].config = QJsonDocument::fromJson(config.toUtf8()).object();
    QStringList told;
    for (const Issue &issue : validate(flow, types)) {
        QCOMPARE(issue.rule, q("bad-setting"));
        told << issue.text;
    }
    QCOMPARE(told.join(u'\n'), issues);
}

void TestSecretSettings::conditions_data()
{
    QTest::addColumn<QString>("when");
    QTest::addColumn<bool>("isRefused");
    QTest::newRow("secret") << q("secret.token == 'x'") << true;
    QTest::newRow("hidden") << q("input.x > 1 || size([secret]) == 1") << true;
    QTest::newRow("of that name") << q("[true].exists(secret, secret)") << false;
    QTest::newRow("in a text") << q("input.x == 'secret.token'") << false;
}

void TestSecretSettings::conditions()
{
    QFETCH(QString, when);
    QFETCH(bool, isRefused);
    Flow flow = test::flowOf(q("a b"), q("a any b"), q("a"));
    flow.conditions[0].when = when;
    const QList<Issue> issues = validate(flow, test::types());
    QCOMPARE(issues.size(), isRefused ? 1 : 0);
    if (isRefused) {
        QCOMPARE(issues[0].rule, q("bad-expression"));
        QVERIFY2(issues[0].text.endsWith(q("a secret cannot be used here, because it could be shown or stored; only "
                                           "settings of tasks that are marked for it take secrets.")),
                 qPrintable(issues[0].text));
    }
}

void TestSecretSettings::names()
{
    const auto settings = Template::compile(object(R"({"a": "${secret.x}${secret['y']}", "b": ["${secret.x}"]})"));
    QVERIFY(settings);
    QCOMPARE(secrets::names(*settings), (QStringList{q("x"), q("y")}));
}

QTEST_GUILESS_MAIN(TestSecretSettings)
#include "tst_secret_settings.moc"
