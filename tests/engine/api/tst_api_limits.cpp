// SPDX-License-Identifier: GPL-3.0-or-later
#include "raw_connection.h"
#include "service/flow_service.h"
#include "support/flow_test.h"

#include <QSemaphore>

using namespace std::chrono_literals;

/// How many may come, how much they may send and how long they may take.
class TestApiLimits : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void slowClientsAreSentAway_data();
    void slowClientsAreSentAway();
    void idleConnectionsAreClosed();
    void refusalsEndTheConnection();
    void bodyLimit();
    void connectionsAreBounded();
    void whoIsSentAwayTakesNoPlace();
    void massesAreNotEvenTold();
    void wholeLargeBodyArrives();
    void desktopWorkIsNoObstacle();
    void cancelOvertakes();
};

void TestApiLimits::slowClientsAreSentAway_data()
{
    QTest::addColumn<bool>("inTheBody");
    QTest::newRow("in the head") << false;
    QTest::newRow("in the body") << true;
}

void TestApiLimits::slowClientsAreSentAway()
{
    QFETCH(bool, inTheBody);
    const ApiFixture api("secret", {.headTime = 100ms, .bodyTime = 100ms, .idleTime = 60s});
    const auto socket = connectTo(api);
    const QByteArray head =
        request(api, "POST /api/flows HTTP/1.1", "Content-Type: application/json\r\nContent-Length: 10\r\n");
    socket->write(inTheBody ? head + "{" : head.left(20));
    QVERIFY(readUntilClosed(*socket).startsWith("HTTP/1.1 408 "));
}

void TestApiLimits::idleConnectionsAreClosed()
{
    const ApiFixture api("secret", {.idleTime = 100ms});
    const auto fresh = connectTo(api);
    QCOMPARE(readUntilClosed(*fresh), QByteArray());
    const auto used = connectTo(api);
    used->write(request(api, "GET /api/tasks HTTP/1.1"));
    QVERIFY(readUntilClosed(*used).startsWith("HTTP/1.1 200 "));
}

void TestApiLimits::refusalsEndTheConnection()
{
    const ApiFixture api;
    const auto socket = connectTo(api);
    const QByteArray bad = "GET /api/tasks HTTP/1.1\r\nHost: evil\r\n\r\n";
    socket->write(bad + request(api, "GET /api/tasks HTTP/1.1"));
    const QByteArray reply = readUntilClosed(*socket);
    QVERIFY(reply.startsWith("HTTP/1.1 421 "));
    QCOMPARE(reply.count("HTTP/1.1"), 1);
}

void TestApiLimits::bodyLimit()
{
    const ApiFixture api("secret", {.bodyBytes = 1000});
    const QByteArray fits = '"' + QByteArray(998, 'x') + '"';
    QCOMPARE(api.send("POST", "/api/flows", fits).status, 400);
    const ApiFixture::Reply reply = api.send("POST", "/api/flows", fits + ' ');
    QCOMPARE(reply.status, 413);
    QCOMPARE(reply.json().value(QStringLiteral("message")).toString(),
             QStringLiteral("The request body is larger than 1000 bytes"));
}

void TestApiLimits::connectionsAreBounded()
{
    const ApiFixture api("secret", {.connections = 4});
    std::vector<std::unique_ptr<QTcpSocket>> open;
    for (int number = 0; number < 4; ++number) {
        open.push_back(connectTo(api));
        open.back()->write(request(api, "GET /api/tasks HTTP/1.1"));
        QCOMPARE(readStatus(*open.back()), 200);
    }
    const auto tooMany = connectTo(api);
    QVERIFY(readUntilClosed(*tooMany).startsWith("HTTP/1.1 503 "));
    open.pop_back(); // a free place is used again
    const auto attempt = [&api] {
        const auto socket = connectTo(api);
        socket->write(request(api, "GET /api/tasks HTTP/1.1", "Connection: close\r\n"));
        return readUntilClosed(*socket).mid(9, 3);
    };
    QTRY_COMPARE(attempt(), QByteArray("200"));
    open.front()->write(request(api, "GET /api/tasks HTTP/1.1"));
    QCOMPARE(readStatus(*open.front()), 200);
}

void TestApiLimits::whoIsSentAwayTakesNoPlace()
{
    const ApiFixture api("secret", {.connections = 4, .farewellTime = 60s});
    std::vector<std::unique_ptr<QTcpSocket>> strangers;
    for (int number = 0; number < 4; ++number) {
        strangers.push_back(connectTo(api));
        strangers.back()->write("GET /api/tasks HTTP/1.1\r\nHost: evil\r\n\r\n");
        QCOMPARE(readStatus(*strangers.back()), 421);
    }
    std::vector<std::unique_ptr<QTcpSocket>> clients;
    for (int number = 0; number < 4; ++number) {
        clients.push_back(connectTo(api));
        clients.back()->write(request(api, "GET /api/tasks HTTP/1.1"));
        QCOMPARE(readStatus(*clients.back()), 200);
    }
}

void TestApiLimits::massesAreNotEvenTold()
{
    const ApiFixture api("secret", {.connections = 2, .farewellTime = 60s});
    std::vector<std::unique_ptr<QTcpSocket>> open;
    for (const int status : {200, 200, 503, 503}) {
        open.push_back(connectTo(api));
        open.back()->write(request(api, "GET /api/tasks HTTP/1.1"));
        QCOMPARE(readStatus(*open.back()), status);
    }
    QCOMPARE(readUntilClosed(*connectTo(api)), QByteArray());
    // Also when the places are free again, as long as the others listen to why they may not come in.
    open.erase(open.begin(), open.begin() + 2);
    const auto attempt = [&api] {
        const auto socket = connectTo(api);
        socket->write(request(api, "GET /api/tasks HTTP/1.1", "Connection: close\r\n"));
        return readUntilClosed(*socket).mid(9, 3);
    };
    QTRY_COMPARE(attempt(), QByteArray("200"));
    for (int number = 0; number < 2; ++number) {
        open.push_back(connectTo(api));
        open.back()->write("GET /api/tasks HTTP/1.1\r\nHost: evil\r\n\r\n");
        QCOMPARE(readStatus(*open.back()), 421);
    }
    QCOMPARE(readUntilClosed(*connectTo(api)), QByteArray());
}

void TestApiLimits::wholeLargeBodyArrives()
{
    const ApiFixture api;
    QCOMPARE(api.send("POST", "/api/flows", createBody(demoFlow(QStringLiteral("x")))).status, 201);
    const QString text(8 * 1024 * 1024, u'a');
    const QByteArray body = "{\"input_context\": {\"text\": \"" + text.toLatin1() + "\"}}";
    const ApiFixture::Reply reply = api.send("POST", "/api/tasks/flows/x/execute", body);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json()
                 .value(QStringLiteral("data"))
                 .toObject()
                 .value(QStringLiteral("input_context"))
                 .toObject()
                 .value(QStringLiteral("text"))
                 .toString(),
             text);
}

void TestApiLimits::desktopWorkIsNoObstacle()
{
    ApiFixture api;
    QSemaphore blocked;
    QList<QFuture<void>> works;
    for (int number = 0; number < 20; ++number)
        works << api.service().async([&blocked] { blocked.acquire(); });
    const ApiFixture::Reply reply = api.send("GET", "/api/flows");
    blocked.release(int(works.size()));
    QCOMPARE(reply.status, 200);
    for (QFuture<void> &work : works)
        work.waitForFinished();
}

/// However much REST has to do, stopping does not wait for it.
void TestApiLimits::cancelOvertakes()
{
    ApiFixture api;
    QSemaphore blocked;
    QList<QFuture<void>> works;
    for (int number = 0; number < 20; ++number)
        works << api.service().async([&blocked] { blocked.acquire(); }, flow::FlowService::Workers::Server);
    const ApiFixture::Reply reply = api.send("POST", "/api/executions/7/cancel");
    blocked.release(int(works.size()));
    QCOMPARE(reply.status, 404); // there is no such execution, which the reply comes to say
    for (QFuture<void> &work : works)
        work.waitForFinished();
}

QTEST_GUILESS_MAIN(TestApiLimits)
#include "tst_api_limits.moc"
