// SPDX-License-Identifier: GPL-3.0-or-later
#include "api_fixture.h"
#include "support/flow_test.h"

#include <QJsonArray>
#include <QJsonDocument>

using Reply = ApiFixture::Reply;

namespace {

QByteArray compact(const QJsonValue &value)
{
    return value.isArray() ? QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact)
                           : QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact);
}

QJsonObject data(const Reply &reply)
{
    return reply.json().value(QStringLiteral("data")).toObject();
}

QString word(const QJsonObject &object, const char *key)
{
    return object.value(QString::fromLatin1(key)).toString();
}

const QByteArray execute = "/api/tasks/flows/demo/execute";

} // namespace

/// Every route of the contract over a real socket.
class TestApiRoutes : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void flowsLiveTheirLife();
    void updateIsHonest();
    void listIsPaged();
    void executionIsTold();
    void failureIsTold();
    void executionsAreListed();
    void taskTypes();
    void idsWithSlashes();
    void layoutIsKept();
    void cancel();
};

void TestApiRoutes::flowsLiveTheirLife()
{
    const ApiFixture api;
    const QJsonObject flow = demoFlow(QStringLiteral("demo"));
    const Reply created = api.send("POST", "/api/flows", createBody(flow));
    QCOMPARE(created.status, 201);
    QCOMPARE(word(created.json(), "message"), QStringLiteral("Flow created successfully"));
    QCOMPARE(data(created).value(QStringLiteral("definition")).toObject(), flow);
    QCOMPARE(data(created).value(QStringLiteral("version")).toInt(), 1);
    QVERIFY(data(created).value(QStringLiteral("is_active")).toBool());

    const Reply again = api.send("POST", "/api/flows", createBody(flow));
    QCOMPARE(again.status, 409);
    QCOMPARE(word(again.json(), "message"), QStringLiteral("Flow with id 'demo' already exists"));

    QCOMPARE(data(api.send("GET", "/api/flows/demo")), data(created));
    const Reply unregistered =
        api.send("POST", "/api/flows",
                 createBody(demoFlow(QStringLiteral("other"),
                                     {{QStringLiteral("start_task"), QStringLiteral("odd")},
                                      {QStringLiteral("conditions"), QJsonValue::Null},
                                      {QStringLiteral("tasks"),
                                       QJsonArray{QJsonObject{{QStringLiteral("name"), QStringLiteral("odd")}}}}})));
    QCOMPARE(unregistered.status, 400);
    QCOMPARE(word(unregistered.json(), "message"), QStringLiteral("Flow validation failed"));
    QCOMPARE(compact(unregistered.json().value(QStringLiteral("details"))),
             QByteArray(R"(["Task 'odd' not found in task registry"])"));

    const Reply deleted = api.send("DELETE", "/api/flows/demo");
    QCOMPARE(deleted.status, 200);
    QCOMPARE(word(deleted.json(), "message"), QStringLiteral("Flow 'demo' deleted successfully"));
    QCOMPARE(api.send("GET", "/api/flows/demo").status, 404);
}

void TestApiRoutes::updateIsHonest()
{
    const ApiFixture api;
    QCOMPARE(api.send("POST", "/api/flows", createBody(demoFlow(QStringLiteral("demo")))).status, 201);
    const Reply renamed = api.send("PUT", "/api/flows/demo", R"({"name":"New name","is_active":false})");
    QCOMPARE(renamed.status, 200);
    QCOMPARE(data(renamed).value(QStringLiteral("version")).toInt(), 2);
    QCOMPARE(word(data(renamed), "name"), QStringLiteral("New name"));

    const Reply inactive = api.send("POST", execute, "{}");
    QCOMPARE(inactive.status, 400);
    QCOMPARE(word(inactive.json(), "message"), QStringLiteral("Flow 'demo' is not active"));

    const Reply start = api.send("PUT", "/api/flows/demo", R"({"start_task":"zzz"})");
    QCOMPARE(start.status, 400);
    QCOMPARE(compact(start.json().value(QStringLiteral("details"))),
             QByteArray(R"({"start_task":["start_task 'zzz' must be one of the defined tasks"]})"));
    const Reply bogus = api.send("PUT", "/api/flows/demo", R"({"bogus":1,"name":"","is_active":"x"})");
    QCOMPARE(compact(bogus.json().value(QStringLiteral("details"))),
             QByteArray(R"({"bogus":["Unknown field."],"is_active":["Not a valid boolean."],)"
                        R"("name":["Length must be between 1 and 255."]})"));
    const Reply moved =
        api.send("PUT", "/api/flows/demo", R"({"start_task":"task2","conditions":null,"is_active":true})");
    QCOMPARE(moved.status, 200);
    QCOMPARE(word(data(moved), "start_task"), QStringLiteral("task2"));
    QCOMPARE(data(moved).value(QStringLiteral("version")).toInt(), 3);
}

void TestApiRoutes::listIsPaged()
{
    const ApiFixture api;
    for (int number = 0; number < 3; ++number)
        api.send("POST", "/api/flows", createBody(demoFlow(QStringLiteral("flow%1").arg(number))));
    api.send("PUT", "/api/flows/flow1", R"({"is_active":false})");
    const auto page = [&](const QByteArray &query) {
        const QJsonObject json = api.send("GET", "/api/flows" + query).json();
        return QByteArray::number(json.value(QStringLiteral("data")).toArray().size()) + ' ' +
               compact(json.value(QStringLiteral("pagination")));
    };
    QCOMPARE(page(""), QByteArray(R"(3 {"page":1,"pages":1,"per_page":20,"total":3})"));
    QCOMPARE(page("?page=2&per_page=2"), QByteArray(R"(1 {"page":2,"pages":2,"per_page":2,"total":3})"));
    QCOMPARE(page("?page=9"), QByteArray(R"(0 {"page":9,"pages":1,"per_page":20,"total":3})"));
    QCOMPARE(page("?per_page=1000"), QByteArray(R"(3 {"page":1,"pages":1,"per_page":100,"total":3})"));
    QCOMPARE(page("?page=x&per_page=-1"), QByteArray(R"(3 {"page":1,"pages":1,"per_page":20,"total":3})"));
    QCOMPARE(page("?active_only=true"), QByteArray(R"(2 {"page":1,"pages":1,"per_page":20,"total":2})"));
    const QJsonArray list = api.send("GET", "/api/flows").json().value(QStringLiteral("data")).toArray();
    QVERIFY(!list[0].toObject().contains(QStringLiteral("definition")));
}

void TestApiRoutes::executionIsTold()
{
    const ApiFixture api;
    api.send("POST", "/api/flows", createBody(demoFlow(QStringLiteral("demo"))));
    const Reply reply = api.send("POST", execute, R"({"input_context":{"batch_id":"b1"}})");
    QCOMPARE(reply.status, 200);
    QCOMPARE(word(reply.json(), "message"), QStringLiteral("Flow execution completed"));
    const QJsonObject done = data(reply);
    QCOMPARE(word(done, "status"), QStringLiteral("completed"));
    QVERIFY(done.value(QStringLiteral("error_message")).isNull());
    QCOMPARE(done.value(QStringLiteral("total_tasks_executed")).toInt(), 3);
    const QJsonObject output = done.value(QStringLiteral("output_data")).toObject();
    QCOMPARE(output.keys(), (QStringList{QStringLiteral("batch_id"), QStringLiteral("task1"), QStringLiteral("task2"),
                                         QStringLiteral("task3")}));

    const QJsonArray tasks = done.value(QStringLiteral("task_executions")).toArray();
    QCOMPARE(tasks.size(), 3);
    for (int number = 0; number < 3; ++number) {
        const QJsonObject task = tasks[number].toObject();
        QCOMPARE(task.value(QStringLiteral("sequence_number")).toInt(), number + 1);
        QCOMPARE(word(task, "status"), QStringLiteral("success"));
        QVERIFY(task.value(QStringLiteral("duration_seconds")).isDouble());
        QCOMPARE(task.value(QStringLiteral("input_data")).toObject().size(), number + 1);
    }
    QCOMPARE(tasks[1].toObject().value(QStringLiteral("output_data")),
             output.value(QStringLiteral("task2")).toObject().value(QStringLiteral("data")));

    const QByteArray path = "/api/executions/" + QByteArray::number(done.value(QStringLiteral("id")).toInteger());
    QVERIFY(!data(api.send("GET", path)).contains(QStringLiteral("task_executions")));
    QCOMPARE(data(api.send("GET", path + "?include_tasks=true")), done);
    QCOMPARE(data(api.send("GET", path + "/logs")).value(QStringLiteral("task_executions")),
             done.value(QStringLiteral("task_executions")));
    QCOMPARE(api.send("POST", execute).status, 200);
    QCOMPARE(api.send("POST", execute, R"({"input_context":null})").status, 200);
    QCOMPARE(compact(api.send("POST", execute, R"({"input_context":[1]})").json().value(QStringLiteral("details"))),
             QByteArray(R"({"input_context":["Not a valid mapping type."]})"));
    QCOMPARE(compact(api.send("POST", execute, R"({"zzz":1})").json().value(QStringLiteral("details"))),
             QByteArray(R"({"zzz":["Unknown field."]})"));
}

void TestApiRoutes::failureIsTold()
{
    const ApiFixture api;
    api.send("POST", "/api/flows",
             createBody(demoFlow(QStringLiteral("demo"), {{QStringLiteral("start_task"), QStringLiteral("task2")}})));
    const QJsonObject failed = data(api.send("POST", execute, "{}"));
    QCOMPARE(word(failed, "status"), QStringLiteral("failure"));
    QCOMPARE(word(failed, "error_task"), QStringLiteral("task2"));
    QCOMPARE(word(failed, "error_message"), QStringLiteral("No data from task1 to process"));
    QVERIFY(failed.value(QStringLiteral("output_data")).isNull());
    QCOMPARE(failed.value(QStringLiteral("total_tasks_executed")).toInt(), 1);
}

void TestApiRoutes::executionsAreListed()
{
    const ApiFixture api;
    api.send("POST", "/api/flows", createBody(demoFlow(QStringLiteral("demo"))));
    for (int number = 0; number < 3; ++number)
        api.send("POST", execute, "{}");
    const auto ids = [&](const QByteArray &query) {
        QByteArrayList found;
        for (const QJsonValue &item :
             api.send("GET", "/api/executions" + query).json().value(QStringLiteral("data")).toArray())
            found << QByteArray::number(item.toObject().value(QStringLiteral("id")).toInteger());
        return found.join(' ');
    };
    QCOMPARE(ids(""), QByteArray("3 2 1"));
    QCOMPARE(ids("?flow_id=demo&status=completed&per_page=2"), QByteArray("3 2"));
    QCOMPARE(ids("?per_page=2&page=2"), QByteArray("1"));
    QCOMPARE(ids("?status=failure"), QByteArray());
    QCOMPARE(ids("?flow_id=none"), QByteArray());
    QCOMPARE(api.send("DELETE", "/api/flows/demo").status, 200);
    QCOMPARE(api.send("GET", "/api/executions/1").status, 404);
}

void TestApiRoutes::taskTypes()
{
    const ApiFixture api;
    const QJsonObject list = api.send("GET", "/api/tasks").json();
    const QJsonObject types = list.value(QStringLiteral("data")).toObject();
    QCOMPARE(list.value(QStringLiteral("count")).toInt(), types.size());
    QCOMPARE(word(types, "task1"), QStringLiteral("Fetch data from source"));
    const QJsonObject one = data(api.send("GET", "/api/tasks/task2"));
    QCOMPARE(word(one, "name"), QStringLiteral("task2"));
    QCOMPARE(word(one, "description"), QStringLiteral("Process and transform data"));
}

void TestApiRoutes::idsWithSlashes()
{
    const ApiFixture api;
    QCOMPARE(api.send("POST", "/api/flows", createBody(demoFlow(QStringLiteral("a/b ü")))).status, 201);
    const Reply read = api.send("GET", "/api/flows/a%2Fb%20%C3%BC");
    QCOMPARE(read.status, 200);
    QCOMPARE(word(data(read), "id"), QStringLiteral("a/b ü"));
    QCOMPARE(word(data(api.send("POST", "/api/tasks/flows/a%2Fb%20%C3%BC/execute")), "status"),
             QStringLiteral("completed"));
}

void TestApiRoutes::layoutIsKept()
{
    ApiFixture api;
    QJsonObject body{{QStringLiteral("flow"), demoFlow(QStringLiteral("demo"))},
                     {QStringLiteral("layout"),
                      QJsonObject{{QStringLiteral("tasks"),
                                   QJsonObject{{QStringLiteral("task1"),
                                                QJsonObject{{QStringLiteral("x"), 40}, {QStringLiteral("y"), 60}}}}}}}};
    QCOMPARE(api.send("POST", "/api/flows", QJsonDocument(body).toJson()).status, 201);
    QCOMPARE(api.send("PUT", "/api/flows/demo", R"({"name":"Other"})").status, 200);
    const auto stored = api.service().flow(QStringLiteral("demo"));
    QVERIFY(stored);
    QCOMPARE(stored->file.layout.tasks.value(QStringLiteral("task1")), QPointF(40, 60));
}

void TestApiRoutes::cancel()
{
    ApiFixture api;
    const QJsonArray tasks{QJsonObject{{QStringLiteral("name"), QStringLiteral("delay")},
                                       {QStringLiteral("config"), QJsonObject{{QStringLiteral("seconds"), 600}}}}};
    api.send(
        "POST", "/api/flows",
        createBody(demoFlow(QStringLiteral("demo"),
                            {{QStringLiteral("tasks"), tasks}, {QStringLiteral("start_task"), QStringLiteral("delay")}},
                            {QStringLiteral("conditions")})));
    const auto started = api.service().start(QStringLiteral("demo"), {});
    QVERIFY(started);
    const QByteArray path = "/api/executions/" + QByteArray::number(*started);
    QTRY_COMPARE(word(data(api.send("GET", path)), "status"), QStringLiteral("running"));
    QCOMPARE(api.send("POST", path + "/cancel").status, 200);
    QTRY_COMPARE(word(data(api.send("GET", path)), "status"), QStringLiteral("cancelled"));
    QCOMPARE(api.send("POST", path + "/cancel").status, 400);
}

QTEST_GUILESS_MAIN(TestApiRoutes)
#include "tst_api_routes.moc"
