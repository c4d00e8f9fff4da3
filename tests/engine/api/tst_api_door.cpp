// SPDX-License-Identifier: GPL-3.0-or-later
#include "api_fixture.h"
#include "support/flow_test.h"

#include <QJsonArray>

#include <atomic>
#include <thread>
#include <vector>

using Reply = ApiFixture::Reply;

/// Who gets in, and what happens to everybody else; and many clients at once.
class TestApiDoor : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void door_data();
    void door();
    void withoutToken();
    void headHasNoBody();
    void optionsSayWhatIsAllowed();
    void foreignAddressNeedsAToken();
    void sixteenClientsAtOnce();
    void stopsWhileSomebodyWaits();
};

void TestApiDoor::door_data()
{
    QTest::addColumn<QByteArray>("request");
    QTest::addColumn<int>("status");

    const auto row = [](const char *name, const char *request, int status) {
        QTest::newRow(name) << QByteArray(request) << status;
    };
    const char *good = "GET /api/tasks HTTP/1.1\r\nHost: @HOST@\r\nAuthorization: Bearer secret\r\n\r\n";
    row("well-behaved", good, 200);
    row("localhost as host is another name",
        "GET /api/tasks HTTP/1.1\r\nHost: evil.example\r\nAuthorization: Bearer secret\r\n\r\n", 421);
    row("no token", "GET /api/tasks HTTP/1.1\r\nHost: @HOST@\r\n\r\n", 401);
    row("wrong token", "GET /api/tasks HTTP/1.1\r\nHost: @HOST@\r\nAuthorization: Bearer secreT\r\n\r\n", 401);
    row("token in another scheme", "GET /api/tasks HTTP/1.1\r\nHost: @HOST@\r\nAuthorization: Basic secret\r\n\r\n",
        401);
    row("no host", "GET /api/tasks HTTP/1.1\r\nAuthorization: Bearer secret\r\n\r\n", 400);
    row("two hosts", "GET /api/tasks HTTP/1.1\r\nHost: @HOST@\r\nHost: evil\r\nAuthorization: Bearer secret\r\n\r\n",
        400);
    row("foreign origin",
        "GET /api/tasks HTTP/1.1\r\nHost: @HOST@\r\nOrigin: http://evil.example\r\nAuthorization: Bearer "
        "secret\r\n\r\n",
        403);
    row("own origin",
        "GET /api/tasks HTTP/1.1\r\nHost: @HOST@\r\nOrigin: http://@HOST@\r\nAuthorization: Bearer secret\r\n\r\n",
        200);
    row("no colon", "GET /api/tasks HTTP/1.1\r\nHost: @HOST@\r\nnonsense\r\n\r\n", 400);
    row("bare line feeds", "GET /api/tasks HTTP/1.1\nHost: @HOST@\nAuthorization: Bearer secret\n\n", 400);
    row("two slashes", "GET //api/tasks HTTP/1.1\r\nHost: @HOST@\r\nAuthorization: Bearer secret\r\n\r\n", 400);
    row("whole address", "GET http://evil/api/tasks HTTP/1.1\r\nHost: @HOST@\r\nAuthorization: Bearer secret\r\n\r\n",
        400);
    row("unknown version", "GET /api/tasks HTTP/9.9\r\nHost: @HOST@\r\nAuthorization: Bearer secret\r\n\r\n", 505);
    row("no request at all", "hello\r\n\r\n", 400);
    row("chunked",
        "POST /api/flows HTTP/1.1\r\nHost: @HOST@\r\nAuthorization: Bearer secret\r\nTransfer-Encoding: "
        "chunked\r\n\r\n0\r\n\r\n",
        411);
    row("length with letters",
        "POST /api/flows HTTP/1.1\r\nHost: @HOST@\r\nAuthorization: Bearer secret\r\nContent-Length: 5x\r\n\r\nabcde",
        400);
    row("negative length",
        "POST /api/flows HTTP/1.1\r\nHost: @HOST@\r\nAuthorization: Bearer secret\r\nContent-Length: -5\r\n\r\n", 400);
    row("two lengths",
        "POST /api/flows HTTP/1.1\r\nHost: @HOST@\r\nAuthorization: Bearer secret\r\nContent-Length: "
        "2\r\nContent-Length: 3\r\n\r\n{}",
        400);
    row("too long a body",
        "POST /api/flows HTTP/1.1\r\nHost: @HOST@\r\nAuthorization: Bearer secret\r\nContent-Length: "
        "999999999999\r\n\r\n",
        413);
    QTest::newRow("too long a head") << QByteArray("GET /api/tasks HTTP/1.1\r\nHost: @HOST@\r\nX: " +
                                                   QByteArray(100000, 'x'))
                                     << 431;
}

void TestApiDoor::door()
{
    QFETCH(QByteArray, request);
    QFETCH(int, status);
    const ApiFixture api;
    const Reply reply = api.raw(request);
    QCOMPARE(reply.status, status);
    QVERIFY(status == 200 || reply.json().contains(QStringLiteral("message")));
}

void TestApiDoor::withoutToken()
{
    const ApiFixture api{QByteArray()};
    QCOMPARE(api.raw("GET /api/tasks HTTP/1.1\r\nHost: @HOST@\r\n\r\n").status, 200);
}

void TestApiDoor::headHasNoBody()
{
    const ApiFixture api;
    const Reply reply = api.send("HEAD", "/api/tasks");
    QCOMPARE(reply.status, 200);
    QVERIFY(reply.header("Content-Length").toInt() > 100);
    QVERIFY(reply.body.isEmpty());
}

void TestApiDoor::optionsSayWhatIsAllowed()
{
    const ApiFixture api;
    const Reply reply = api.send("OPTIONS", "/api/flows");
    QCOMPARE(reply.status, 204);
    QCOMPARE(reply.header("Allow"), QByteArray("GET, POST, HEAD, OPTIONS"));
}

void TestApiDoor::foreignAddressNeedsAToken()
{
    ApiFixture api;
    flow::ApiServer open(api.service());
    const flow::Result<void> started = open.start({.host = QStringLiteral("0.0.0.0"), .port = 0, .token = {}});
    QVERIFY(!started);
    QVERIFY(started.error().code == flow::ErrorCode::NotAllowed);
}

void TestApiDoor::sixteenClientsAtOnce()
{
    const ApiFixture api;
    QCOMPARE(api.send("POST", "/api/flows", createBody(demoFlow(QStringLiteral("demo")))).status, 201);
    std::atomic<int> completed = 0;
    std::vector<std::jthread> clients;
    for (int client = 0; client < 16; ++client) {
        clients.emplace_back([&] {
            for (int round = 0; round < 5; ++round) {
                const Reply reply = api.send("POST", "/api/tasks/flows/demo/execute", "{}");
                const QJsonObject done = reply.json().value(QStringLiteral("data")).toObject();
                completed += reply.status == 200 && done.value(QStringLiteral("status")) == QStringLiteral("completed");
            }
        });
    }
    for (std::jthread &client : clients)
        client.join();
    QCOMPARE(completed.load(), 80);
    const QJsonObject list = api.send("GET", "/api/executions?per_page=1").json();
    QCOMPARE(list.value(QStringLiteral("pagination")).toObject().value(QStringLiteral("total")).toInt(), 80);
}

void TestApiDoor::stopsWhileSomebodyWaits()
{
    ApiFixture api;
    const QJsonArray tasks{QJsonObject{{QStringLiteral("name"), QStringLiteral("delay")},
                                       {QStringLiteral("config"), QJsonObject{{QStringLiteral("seconds"), 600}}}}};
    api.send(
        "POST", "/api/flows",
        createBody(demoFlow(QStringLiteral("demo"),
                            {{QStringLiteral("tasks"), tasks}, {QStringLiteral("start_task"), QStringLiteral("delay")}},
                            {QStringLiteral("conditions")})));
    std::jthread client([&] { (void)api.send("POST", "/api/tasks/flows/demo/execute", "{}"); });
    QTRY_COMPARE(api.service().runningExecutions(), 1);
    api.server().stop();
    client.join();
    QVERIFY(!api.server().isRunning());
    QCOMPARE(api.service().runningExecutions(), 1);
}

QTEST_GUILESS_MAIN(TestApiDoor)
#include "tst_api_door.moc"
