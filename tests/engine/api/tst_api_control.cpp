// SPDX-License-Identifier: GPL-3.0-or-later
#include "api_fixture.h"
#include "support/flow_test.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace flow;
using Reply = ApiFixture::Reply;

namespace {

QByteArray quoted(QByteArray text)
{
    return text.replace('\'', '"');
}

QJsonObject data(const Reply &reply)
{
    return reply.json().value(QStringLiteral("data")).toObject();
}

QString told(const Reply &reply)
{
    return QStringLiteral("%1 %2").arg(reply.status).arg(reply.json().value(QStringLiteral("message")).toString());
}

/// Flow `steps`: first, second and third give values, `bad` fails until the input says otherwise.
void addSteps(const ApiFixture &api)
{
    const QByteArray flow =
        quoted("{'id': 'steps', 'name': 'Steps', 'start_task': 'first', 'tasks': ["
               "{'name': 'first', 'type': 'set_variables', 'config': {'values': {'n': 1}}},"
               "{'name': 'second', 'type': 'set_variables', 'config': {'values': {'n': '${tasks.first.data.n + 1}'}}},"
               "{'name': 'third', 'type': 'set_variables', 'config': {'values': {'n': '${6 / (tasks.second.data.n -"
               " 2)}'}}}],"
               "'conditions': [{'name': 'on', 'source_task': 'first', 'outcome': 'success', 'target_task_success':"
               " 'second'}, {'name': 'further', 'source_task': 'second', 'outcome': 'success', 'target_task_success':"
               " 'third'}]}");
    const Reply created = api.send("POST", "/api/flows", "{\"flow\": " + flow + "}");
    if (created.status != 201)
        qFatal("%s", created.body.constData());
}

QByteArray path(const QJsonObject &execution, const char *what)
{
    return "/api/executions/" + QByteArray::number(execution.value(u"id").toInteger()) + what;
}

/// Task and origin of each attempt: "first:reused second:run".
QString attempts(const QJsonObject &execution)
{
    QStringList words;
    for (const QJsonValue &task : execution.value(u"task_executions").toArray())
        words.append(task[u"task_name"].toString() + u':' + task[u"origin"].toString());
    return words.join(u' ');
}

} // namespace

class TestApiControl : public FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void pausedAtABreakpoint();
    void stepsAndForcedOutcomes();
    void resume();
    void startsAnywhere();
    void pauseWhileItRuns();
    void pins();
    void listsWithoutAndOfChildren();
    void refusals_data();
    void refusals();
};

void TestApiControl::pausedAtABreakpoint()
{
    const ApiFixture api;
    addSteps(api);
    const Reply paused = api.send("POST", "/api/tasks/flows/steps/execute",
                                  quoted("{'breakpoints': [{'task': 'third', 'when': 'tasks.second.data.n == 2'}]}"));
    QCOMPARE(told(paused), QStringLiteral("200 Flow execution paused"));
    const QJsonObject execution = data(paused);
    QCOMPARE(execution.value(u"status").toString(), QStringLiteral("paused"));
    QCOMPARE(execution.value(u"next_task").toString(), QStringLiteral("third"));
    QVERIFY(execution.value(u"paused_because").toString().contains(QStringLiteral("third")));
    QVERIFY(execution.value(u"completed_at").isNull());
    QCOMPARE(api.send("GET", path(execution, "/breakpoints")).json().value(u"data").toArray().size(), 1);

    const QJsonObject context = data(api.send("GET", path(execution, "/context")));
    QCOMPARE(context[u"second"][u"data"][u"n"].toInt(), 2);
    const Reply edited = api.send("PATCH", path(execution, "/context"),
                                  quoted("{'set': {'second': {'status': 'success', 'data': {'n': 4}}}}"));
    QCOMPARE(edited.status, 200);
    const Reply nothing = api.send("PATCH", path(execution, "/context"), quoted("{}"));
    QCOMPARE(told(nothing).section(u':', 0, 0), QStringLiteral("400 Nothing is to be changed"));
    QCOMPARE(api.send("PATCH", path(execution, "/context"), quoted("{'set': {'second': 4}}")).status, 400);
    QCOMPARE(data(edited)[u"second"][u"data"][u"n"].toInt(), 4);
    const Reply ended = api.send("POST", path(execution, "/continue"));
    QCOMPARE(told(ended), QStringLiteral("200 Flow execution completed"));
    QCOMPARE(data(ended)[u"output_data"][u"third"][u"data"][u"n"].toInt(), 3);
}

void TestApiControl::stepsAndForcedOutcomes()
{
    const ApiFixture api;
    addSteps(api);
    const QJsonObject start = data(api.send("POST", "/api/tasks/flows/steps/execute", quoted("{'pause': true}")));
    QCOMPARE(start.value(u"next_task").toString(), QStringLiteral("first"));
    QCOMPARE(data(api.send("POST", path(start, "/step"))).value(u"next_task").toString(), QStringLiteral("second"));
    const QJsonObject forced =
        data(api.send("POST", path(start, "/step"), quoted("{'forced': {'status': 'success', 'data': {'n': 5}}}")));
    QCOMPARE(forced.value(u"next_task").toString(), QStringLiteral("third"));
    const QJsonObject ended = data(api.send("POST", path(start, "/continue")));
    QCOMPARE(attempts(ended), QStringLiteral("first:run second:forced third:run"));
    QCOMPARE(ended[u"output_data"][u"third"][u"data"][u"n"].toInt(), 2);
}

void TestApiControl::resume()
{
    const ApiFixture api;
    addSteps(api);
    const QJsonObject failed = data(api.send("POST", "/api/tasks/flows/steps/execute")); // divides by zero
    QCOMPARE(failed.value(u"error_task").toString(), QStringLiteral("third"));
    const QJsonObject paused = data(api.send("POST", path(failed, "/resume"), quoted("{'pause': true}")));
    QCOMPARE(paused.value(u"resumed_from").toInteger(), failed.value(u"id").toInteger());
    QCOMPARE(paused.value(u"start_task").toString(), QStringLiteral("third"));
    QCOMPARE(attempts(paused), QStringLiteral("first:reused second:reused"));
    QCOMPARE(api.send("PATCH", path(paused, "/context"),
                      quoted("{'set': {'second': {'status': 'success', 'data':"
                             " {'n': 3}}}}"))
                 .status,
             200);
    const QJsonObject ended = data(api.send("POST", path(paused, "/continue")));
    QCOMPARE(ended.value(u"status").toString(), QStringLiteral("completed"));
    QCOMPARE(attempts(ended), QStringLiteral("first:reused second:reused third:run"));

    const QJsonObject again = data(api.send("POST", path(failed, "/resume"), quoted("{'from_task': 'second'}")));
    QCOMPARE(attempts(again), QStringLiteral("first:reused second:run third:run"));
    const Reply later = api.send("POST", path(failed, "/resume"), quoted("{'wait': false}"));
    QCOMPARE(told(later), QStringLiteral("202 Flow execution started"));
    QVERIFY(data(later).value(u"id").toInteger() > again.value(u"id").toInteger());
}

void TestApiControl::startsAnywhere()
{
    const ApiFixture api;
    addSteps(api);
    const QByteArray input = quoted("'input_context': {'first': {'status': 'success', 'data': {'n': 7}}}, ");
    const QJsonObject from =
        data(api.send("POST", "/api/tasks/flows/steps/execute", "{" + input + quoted("'start_task': 'second'}")));
    QCOMPARE(attempts(from), QStringLiteral("second:run third:run"));
    QCOMPARE(from[u"output_data"][u"third"][u"data"][u"n"].toInt(), 1);
    const QJsonObject alone = data(api.send("POST", "/api/tasks/flows/steps/execute",
                                            "{" + input + quoted("'start_task': 'second', 'single_task': true}")));
    QCOMPARE(attempts(alone), QStringLiteral("second:run"));
    QVERIFY(alone.value(u"single_task").toBool());
}

void TestApiControl::pauseWhileItRuns()
{
    const ApiFixture api;
    const QByteArray flow =
        quoted("{'id': 'slow', 'name': 'Slow', 'start_task': 'wait', 'tasks': [{'name': 'wait', 'type': 'delay',"
               " 'config': {'seconds': 1}}, {'name': 'after', 'type': 'noop'}], 'conditions': [{'name': 'on',"
               " 'source_task': 'wait', 'outcome': 'success', 'target_task_success': 'after'}]}");
    QCOMPARE(api.send("POST", "/api/flows", "{\"flow\": " + flow + "}").status, 201);
    const Reply started = api.send("POST", "/api/tasks/flows/slow/execute", quoted("{'wait': false}"));
    QCOMPARE(told(started), QStringLiteral("202 Flow execution started"));
    const QJsonObject execution = data(started);
    const QString id = QString::number(execution.value(u"id").toInteger());
    QCOMPARE(told(api.send("POST", path(execution, "/pause"))),
             QStringLiteral("200 Execution %1 pauses before its next task").arg(id));
    QTRY_COMPARE(data(api.send("GET", path(execution, ""))).value(u"status").toString(), QStringLiteral("paused"));
    QCOMPARE(told(api.send("POST", path(execution, "/pause"))),
             QStringLiteral("400 Execution %1 is paused already").arg(id));
    QCOMPARE(told(api.send("POST", path(execution, "/cancel"))),
             QStringLiteral("200 Execution %1 is being cancelled").arg(id));
    QTRY_COMPARE(data(api.send("GET", path(execution, ""))).value(u"status").toString(), QStringLiteral("cancelled"));
}

void TestApiControl::pins()
{
    const ApiFixture api;
    addSteps(api);
    const QJsonObject execution = data(api.send("POST", "/api/tasks/flows/steps/execute"));
    QVERIFY(!execution.value(u"pinned").toBool());
    QCOMPARE(api.send("PUT", path(execution, "/pin")).status, 200);
    QVERIFY(data(api.send("GET", path(execution, ""))).value(u"pinned").toBool());
    QCOMPARE(api.send("DELETE", path(execution, "/pin")).status, 200);
    QVERIFY(!data(api.send("GET", path(execution, ""))).value(u"pinned").toBool());
}

void TestApiControl::listsWithoutAndOfChildren()
{
    const ApiFixture api;
    const QByteArray flow =
        quoted("{'id': 'p', 'name': 'P', 'start_task': 't', 'conditions': [], 'tasks': [{'name': 't', 'type':"
               " 'run_flow', 'config': {'flow': 'c'}}], 'flows': {'c': {'id': 'c', 'name': 'C', 'start_task': 'a',"
               " 'conditions': [], 'tasks': [{'name': 'a', 'type': 'noop'}]}}}");
    QCOMPARE(api.send("POST", "/api/flows", "{\"flow\": " + flow + "}").status, 201);
    const QJsonObject parent = data(api.send("POST", "/api/tasks/flows/p/execute"));
    QCOMPARE(parent.value(u"status").toString(), QStringLiteral("completed"));
    const auto total = [&](const QByteArray &query) {
        return api.send("GET", "/api/executions" + query).json()[u"pagination"][u"total"].toInt();
    };
    const QByteArray id = QByteArray::number(parent.value(u"id").toInteger());
    QCOMPARE(total({}), 2);
    QCOMPARE(total("?top_level=true"), 1);
    QCOMPARE(total("?parent=" + id), 1);
    QCOMPARE(total("?parent=77"), 0);
    QCOMPARE(told(api.send("GET", "/api/executions?parent=x")), QStringLiteral("400 Invalid parent: x"));
}

void TestApiControl::refusals_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<QByteArray>("path");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("status");
    QTest::addColumn<QString>("text"); ///< in the reply
    const QByteArray execute = "/api/tasks/flows/steps/execute";
    QTest::newRow("unknown field") << QByteArray("POST") << execute << quoted("{'brakpoints': []}") << 400
                                   << QStringLiteral("\"brakpoints\":[\"Unknown field.\"]");
    QTest::newRow("unknown start task") << QByteArray("POST") << execute << quoted("{'start_task': 'nobody'}") << 400
                                        << QStringLiteral("Flow 'steps' has no task 'nobody' to start from");
    QTest::newRow("breakpoint nowhere") << QByteArray("POST") << execute
                                        << quoted("{'breakpoints': [{'task': 'nobody'}]}") << 400
                                        << QStringLiteral("nobody");
    QTest::newRow("breakpoint that does not compile")
        << QByteArray("POST") << execute << quoted("{'breakpoints': [{'task': 'first', 'when': '1 +'}]}") << 400
        << QStringLiteral("breakpoints[0].when");
    QTest::newRow("no such execution") << QByteArray("POST") << QByteArray("/api/executions/77/resume") << QByteArray()
                                       << 404 << QStringLiteral("Execution 77 not found");
    QTest::newRow("no number") << QByteArray("POST") << QByteArray("/api/executions/x/continue") << QByteArray() << 404
                               << QStringLiteral("Execution x not found");
    QTest::newRow("continue what has ended")
        << QByteArray("POST") << QByteArray("/api/executions/1/continue") << QByteArray() << 400
        << QStringLiteral("Execution 1 is not paused (failure)");
    QTest::newRow("edit what has ended") << QByteArray("PATCH") << QByteArray("/api/executions/1/context")
                                         << quoted("{'set': {'a': 1}}") << 400
                                         << QStringLiteral("Execution 1 is not paused (failure)");
    QTest::newRow("forced to nothing known")
        << QByteArray("POST") << QByteArray("/api/executions/1/continue") << quoted("{'forced': {'status': 'done'}}")
        << 400 << QStringLiteral(R"("forced":{"status":["Must be one of: success, failure."]})");
    QTest::newRow("resume from a task that did not run")
        << QByteArray("POST") << QByteArray("/api/executions/1/resume") << quoted("{'from_task': 'nobody'}") << 400
        << QStringLiteral("Task 'nobody' did not run in execution 1");
    QTest::newRow("names to remove") << QByteArray("PATCH") << QByteArray("/api/executions/1/context")
                                     << quoted("{'remove': [5]}") << 400 << QStringLiteral("Not a valid string.");
}

void TestApiControl::refusals()
{
    QFETCH(QByteArray, method);
    QFETCH(QByteArray, path);
    QFETCH(QByteArray, body);
    QFETCH(int, status);
    QFETCH(QString, text);
    const ApiFixture api;
    addSteps(api);
    QCOMPARE(api.send("POST", "/api/tasks/flows/steps/execute").status, 200); // execution 1 fails in `third`
    const Reply reply = api.send(method, path, body);
    QVERIFY2(reply.body.contains(text.toUtf8()), reply.body.constData());
    QCOMPARE(reply.status, status);
    QCOMPARE(api.send("GET", "/api/executions").json()[u"pagination"][u"total"].toInt(), 1);
}

QTEST_GUILESS_MAIN(TestApiControl)
#include "tst_api_control.moc"
