// SPDX-License-Identifier: GPL-3.0-or-later
#include "api_fixture.h"
#include "support/flow_test.h"

#include <QJsonArray>
#include <QJsonDocument>

using Reply = ApiFixture::Reply;

namespace {

QString word(const QJsonObject &object, const char *key)
{
    return object.value(QString::fromLatin1(key)).toString();
}

} // namespace

/// What is said about requests that cannot be answered.
class TestApiErrors : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void invalidCreateSaysWhere_data();
    void invalidCreateSaysWhere();
    void badRequests_data();
    void badRequests();
};

void TestApiErrors::invalidCreateSaysWhere_data()
{
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("details");

    const auto flowRow = [](const char *name, const QJsonObject &changes, const char *details) {
        QTest::newRow(name) << createBody(demoFlow(QStringLiteral("x"), changes)) << QByteArray(details);
    };
    const auto text = [](const char *value) { return QString::fromUtf8(value); };
    QTest::newRow("no flow") << QByteArray("{}") << QByteArray(R"({"flow":["Missing data for required field."]})");
    QTest::newRow("list") << QByteArray("[]") << QByteArray(R"({"_schema":["Invalid input type."]})");
    QTest::newRow("flow is a number") << QByteArray(R"({"flow":5})")
                                      << QByteArray(R"({"flow":{"_schema":["Invalid input type."]}})");
    QTest::newRow("unknown beside the flow")
        << QByteArray(R"({"flow":{},"more":1})")
        << QByteArray(
               R"({"flow":{"id":["Missing data for required field."],"name":["Missing data for required field."],)"
               R"("start_task":["Missing data for required field."],"tasks":["Missing data for required field."]},)"
               R"("more":["Unknown field."]})");
    flowRow("no tasks", {{text("tasks"), QJsonArray()}}, R"({"flow":{"tasks":["Shorter than minimum length 1."]}})");
    flowRow("unknown field", {{text("extra"), 1}}, R"({"flow":{"extra":["Unknown field."]}})");
    flowRow("start task", {{text("start_task"), text("nope")}},
            R"({"flow":{"start_task":["start_task 'nope' must be one of the defined tasks"]}})");
    flowRow("id is a number", {{text("id"), 7}}, R"({"flow":{"id":["Not a valid string."]}})");
    flowRow("id is empty", {{text("id"), text("")}}, R"({"flow":{"id":["Length must be between 1 and 100."]}})");
    flowRow("id is too long", {{text("id"), QString(101, u'x')}},
            R"({"flow":{"id":["Length must be between 1 and 100."]}})");
    flowRow("name is too long", {{text("name"), QString(256, u'x')}},
            R"({"flow":{"name":["Length must be between 1 and 255."]}})");

    const auto conditionRow = [&](const char *name, const char *key, const char *value, const char *details) {
        QJsonArray conditions = demoFlow(QStringLiteral("x")).value(QStringLiteral("conditions")).toArray();
        QJsonObject first = conditions[0].toObject();
        first.insert(text(key), text(value));
        conditions[0] = first;
        flowRow(name, {{text("conditions"), conditions}}, details);
    };
    conditionRow("outcome", "outcome", "maybe",
                 R"({"flow":{"conditions":{"0":{"outcome":["Must be one of: success, failure, any."]}}}})");
    conditionRow("source", "source_task", "zz",
                 R"({"flow":{"conditions":["Condition 0: source_task 'zz' not found in tasks"]}})");
    conditionRow("success target", "target_task_success", "zz",
                 R"({"flow":{"conditions":["Condition 0: target_task_success 'zz' must be 'end' or a valid task"]}})");
    conditionRow("failure target", "target_task_failure", "zz",
                 R"({"flow":{"conditions":["Condition 0: target_task_failure 'zz' must be 'end' or a valid task"]}})");

    QJsonArray tasks = demoFlow(QStringLiteral("x")).value(QStringLiteral("tasks")).toArray();
    tasks.append(tasks[0]);
    flowRow("duplicate task", {{text("tasks"), tasks}},
            R"({"flow":{"tasks":["Task names must be unique within a flow"]}})");
    tasks[3] = 5;
    flowRow("task is a number", {{text("tasks"), tasks}},
            R"({"flow":{"tasks":{"3":{"_schema":["Invalid input type."]}}}})");
    tasks.append(tasks[0]);
    flowRow("task is a number, another a duplicate", {{text("tasks"), tasks}},
            R"({"flow":{"tasks":{"3":{"_schema":["Invalid input type."]},)"
            R"("_schema":["Task names must be unique within a flow"]}}})");

    const auto condition = [&](const char *source, const char *outcome) {
        return QJsonObject{{text("name"), text("c")},
                           {text("source_task"), text(source)},
                           {text("outcome"), text(outcome)},
                           {text("target_task_success"), text("end")},
                           {text("target_task_failure"), text("end")}};
    };
    const char *both = R"({"flow":{"conditions":{"%1":{"outcome":["Must be one of: success, failure, any."]},)"
                       R"("_schema":["Condition %2: source_task 'zz' not found in tasks"]}}})";
    const auto bothRow = [&](const char *name, const QJsonArray &conditions, int outcome, int source) {
        flowRow(name, {{text("conditions"), conditions}}, qPrintable(text(both).arg(outcome).arg(source)));
    };
    bothRow("sentence, then fields", {condition("zz", "any"), condition("task1", "maybe")}, 1, 0);
    bothRow("fields, then sentence", {condition("task1", "maybe"), condition("zz", "any")}, 0, 1);
    bothRow("both in one condition", {condition("zz", "maybe")}, 0, 0);
}

void TestApiErrors::invalidCreateSaysWhere()
{
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, details);
    const ApiFixture api;
    const Reply reply = api.send("POST", "/api/flows", body);
    QCOMPARE(reply.status, 400);
    QCOMPARE(word(reply.json(), "error"), QStringLiteral("Validation Error"));
    QCOMPARE(word(reply.json(), "message"), QStringLiteral("Invalid request data"));
    QCOMPARE(QJsonDocument(reply.json().value(QStringLiteral("details")).toObject()).toJson(QJsonDocument::Compact),
             details);
}

void TestApiErrors::badRequests_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QByteArray>("contentType");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("error");
    QTest::addColumn<QString>("message"); // empty: any

    const auto row = [](const char *name, const char *method, const char *path, const QByteArray &body,
                        const char *type, int status, const char *error, const char *message) {
        QTest::newRow(name) << QByteArray(method) << QByteArray(path) << body << QByteArray(type) << status
                            << QString::fromUtf8(error) << QString::fromUtf8(message);
    };
    const char *json = "application/json";
    row("malformed", "POST", "/api/flows", "{not json", json, 400, "Bad Request", "");
    row("duplicate keys", "POST", "/api/flows", R"({"flow":1,"flow":2})", json, 400, "Bad Request", "");
    row("empty", "POST", "/api/flows", "", json, 400, "Bad Request", "");
    row("not JSON", "POST", "/api/flows", "hello", "text/plain", 415, "Unsupported Media Type", "");
    row("unknown flow", "GET", "/api/flows/none", {}, json, 404, "Not Found", "Flow 'none' not found");
    row("delete unknown", "DELETE", "/api/flows/none", {}, json, 404, "Not Found", "Flow 'none' not found");
    row("update unknown", "PUT", "/api/flows/none", R"({"name":"x"})", json, 404, "Not Found", "Flow 'none' not found");
    row("execute unknown", "POST", "/api/tasks/flows/none/execute", "{}", json, 404, "Not Found",
        "Flow 'none' not found");
    row("unknown execution", "GET", "/api/executions/99", {}, json, 404, "Not Found", "Execution 99 not found");
    row("execution that is no number", "GET", "/api/executions/x", {}, json, 404, "Not Found", "Execution x not found");
    row("unknown logs", "GET", "/api/executions/99/logs", {}, json, 404, "Not Found", "Execution 99 not found");
    row("bad status", "GET", "/api/executions?status=bogus", {}, json, 400, "Bad Request", "Invalid status: bogus");
    row("unknown task", "GET", "/api/tasks/none", {}, json, 404, "Not Found", "Task 'none' not found");
    row("no such route", "GET", "/api/nothing", {}, json, 404, "Not Found", "");
    row("method", "PATCH", "/api/flows/x", "{}", json, 405, "Method Not Allowed", "");
    row("broken escape", "GET", "/api/flows/%zz", {}, json, 400, "Bad Request", "");
}

void TestApiErrors::badRequests()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(QByteArray, contentType);
    QFETCH(int, status);
    QFETCH(QString, error);
    QFETCH(QString, message);
    const ApiFixture api;
    const Reply reply = api.send(method, path, body, contentType);
    QCOMPARE(reply.status, status);
    QCOMPARE(reply.header("Content-Type"), QByteArray("application/json"));
    QCOMPARE(word(reply.json(), "error"), error);
    QVERIFY(!word(reply.json(), "message").isEmpty());
    if (!message.isEmpty())
        QCOMPARE(word(reply.json(), "message"), message);
    if (status == 405)
        QCOMPARE(reply.header("Allow"), QByteArray("GET, PUT, DELETE, HEAD, OPTIONS"));
}

QTEST_GUILESS_MAIN(TestApiErrors)
#include "tst_api_errors.moc"
