// SPDX-License-Identifier: GPL-3.0-or-later
#include "api_fixture.h"
#include "support/flow_test.h"

#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QNetworkReply>
#include <QSignalSpy>

#include <thread>

using namespace std::chrono_literals;

/// How connections are kept, limited and ended: real sockets, byte by byte where it matters.
class TestApiConnections : public flow::FlowTest
{
    Q_OBJECT

private Q_SLOTS:
    void anyPiecesMakeTheSameRequest_data();
    void anyPiecesMakeTheSameRequest();
    void oneConnectionManyRequests();
    void closesWhenAsked_data();
    void closesWhenAsked();
    void waitsForTheReply();
    void bodyLongerThanAnnounced();
    void continueIsSaid();
    void slowClientsAreSentAway_data();
    void slowClientsAreSentAway();
    void idleConnectionsAreClosed();
    void refusalsEndTheConnection();
    void bodyLimit();
    void connectionsAreBounded();
    void whoIsSentAwayTakesNoPlace();
    void massesAreNotEvenTold();
    void clientsMayLeaveWhileTheyWait();
    void waitingClientsAreToldOfTheStop();
    void networkAccessManager();
    void wholeLargeBodyArrives();

private:
    static std::unique_ptr<QTcpSocket> connectTo(const ApiFixture &api);
    static QByteArray request(const ApiFixture &api, const QByteArray &line, const QByteArray &more = {});
    static QByteArray readUntilClosed(QTcpSocket &socket);
    /// Reads one reply with its body and leaves the connection open.
    static int readStatus(QTcpSocket &socket);
    static QByteArray waitingFlow();
};

std::unique_ptr<QTcpSocket> TestApiConnections::connectTo(const ApiFixture &api)
{
    auto socket = std::make_unique<QTcpSocket>();
    socket->connectToHost(QHostAddress::LocalHost, api.port());
    if (!socket->waitForConnected(5000))
        qFatal("cannot connect");
    return socket;
}

QByteArray TestApiConnections::request(const ApiFixture &api, const QByteArray &line, const QByteArray &more)
{
    return line + "\r\nHost: 127.0.0.1:" + QByteArray::number(api.port()) + "\r\nAuthorization: Bearer secret\r\n" + more + "\r\n";
}

QByteArray TestApiConnections::readUntilClosed(QTcpSocket &socket)
{
    QByteArray received;
    while (socket.waitForReadyRead(5000))
        received += socket.readAll();
    if (socket.state() != QAbstractSocket::UnconnectedState && !socket.waitForDisconnected(5000))
        return "still open";
    return received + socket.readAll();
}

int TestApiConnections::readStatus(QTcpSocket &socket)
{
    QByteArray received;
    while (socket.bytesAvailable() > 0 || socket.waitForReadyRead(5000)) {
        received += socket.readAll();
        const qsizetype head = received.indexOf("\r\n\r\n");
        const qsizetype length = received.indexOf("Content-Length: ");
        if (head >= 0 && received.size() >= head + 4 + received.mid(length + 16, received.indexOf('\r', length) - length - 16).toInt())
            return received.mid(9, 3).toInt();
    }
    return 0;
}

QByteArray TestApiConnections::waitingFlow()
{
    const QJsonArray tasks{QJsonObject{{QStringLiteral("name"), QStringLiteral("delay")},
                                       {QStringLiteral("config"), QJsonObject{{QStringLiteral("seconds"), 600}}}}};
    return createBody(demoFlow(QStringLiteral("waits"),
                               {{QStringLiteral("tasks"), tasks}, {QStringLiteral("start_task"), QStringLiteral("delay")}},
                               {QStringLiteral("conditions")}));
}

void TestApiConnections::anyPiecesMakeTheSameRequest_data()
{
    QTest::addColumn<int>("piece");
    for (const int piece : {1, 2, 3, 7, 50, 101, 400})
        QTest::addRow("%d bytes", piece) << piece;
}

void TestApiConnections::anyPiecesMakeTheSameRequest()
{
    QFETCH(int, piece);
    const ApiFixture api;
    const QByteArray body = createBody(demoFlow(QStringLiteral("x")));
    const QByteArray create = request(api, "POST /api/flows HTTP/1.1", "Content-Type: application/json\r\nContent-Length: "
                                                                           + QByteArray::number(body.size()) + "\r\n") + body;
    const auto socket = connectTo(api);
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    const auto sendInPieces = [&](const QByteArray &bytes) {
        for (qsizetype at = 0; at < bytes.size(); at += piece) {
            socket->write(bytes.mid(at, piece));
            socket->waitForBytesWritten(1000);
        }
    };
    sendInPieces(create);
    QCOMPARE(readStatus(*socket), 201);
    sendInPieces(create); // the second one on the same connection is seen whole as well
    QCOMPARE(readStatus(*socket), 409);
    sendInPieces(request(api, "GET /api/flows/x HTTP/1.1"));
    QCOMPARE(readStatus(*socket), 200);
}

void TestApiConnections::oneConnectionManyRequests()
{
    const ApiFixture api;
    const auto socket = connectTo(api);
    for (int round = 0; round < 200; ++round) {
        socket->write(request(api, round % 2 ? "GET /api/tasks HTTP/1.1" : "GET /api/nothing HTTP/1.1"));
        QCOMPARE(readStatus(*socket), round % 2 ? 200 : 404);
    }
}

void TestApiConnections::closesWhenAsked_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QByteArray>("more");
    QTest::newRow("Connection: close") << QByteArray("GET /api/tasks HTTP/1.1") << QByteArray("Connection: close\r\n");
    QTest::newRow("HTTP/1.0") << QByteArray("GET /api/tasks HTTP/1.0") << QByteArray();
}

void TestApiConnections::closesWhenAsked()
{
    QFETCH(QByteArray, line);
    QFETCH(QByteArray, more);
    const ApiFixture api;
    const auto socket = connectTo(api);
    socket->write(request(api, line, more));
    const QByteArray reply = readUntilClosed(*socket);
    QVERIFY2(reply.startsWith("HTTP/1.1 200 OK\r\n"), reply.constData());
    QVERIFY(reply.contains("Connection: close\r\n"));
    QVERIFY(reply.endsWith("}\n"));
}

void TestApiConnections::waitsForTheReply()
{
    // A second request before the first is answered is refused, in one piece with it or later.
    ApiFixture api;
    QCOMPARE(api.send("POST", "/api/flows", waitingFlow()).status, 201);
    const QByteArray one = request(api, "POST /api/tasks/flows/waits/execute HTTP/1.1");
    const auto together = connectTo(api);
    together->write(one + one);
    QVERIFY(readUntilClosed(*together).startsWith("HTTP/1.1 400 "));

    const auto later = connectTo(api);
    later->write(one);
    QTRY_COMPARE(api.service().runningExecutions(), 1);
    later->write(one);
    QVERIFY(readUntilClosed(*later).startsWith("HTTP/1.1 400 "));
    QCOMPARE(api.service().runningExecutions(), 1);
}

void TestApiConnections::bodyLongerThanAnnounced()
{
    const ApiFixture api;
    const auto socket = connectTo(api);
    socket->write(request(api, "POST /api/flows HTTP/1.1", "Content-Type: application/json\r\nContent-Length: 2\r\n")
                  + "{}GET /api/flows HTTP/1.1\r\n\r\n");
    const QByteArray reply = readUntilClosed(*socket);
    QVERIFY(reply.startsWith("HTTP/1.1 400 "));
    QCOMPARE(reply.count("HTTP/1.1"), 1);
}

void TestApiConnections::continueIsSaid()
{
    const ApiFixture api;
    const auto socket = connectTo(api);
    socket->write(request(api, "POST /api/flows HTTP/1.1",
                          "Content-Type: application/json\r\nExpect: 100-continue\r\nContent-Length: 2\r\n"));
    QVERIFY(socket->waitForReadyRead(5000));
    QCOMPARE(socket->readAll(), QByteArray("HTTP/1.1 100 Continue\r\n\r\n"));
    socket->write("{}");
    QCOMPARE(readStatus(*socket), 400);

    const auto refused = connectTo(api); // no "continue" for a client that may not come in
    refused->write("POST /api/flows HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(api.port())
                   + "\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    QCOMPARE(readStatus(*refused), 401);
}

void TestApiConnections::slowClientsAreSentAway_data()
{
    QTest::addColumn<bool>("inTheBody");
    QTest::newRow("in the head") << false;
    QTest::newRow("in the body") << true;
}

void TestApiConnections::slowClientsAreSentAway()
{
    QFETCH(bool, inTheBody);
    const ApiFixture api("secret", {.headTime = 100ms, .bodyTime = 100ms, .idleTime = 60s});
    const auto socket = connectTo(api);
    const QByteArray head = request(api, "POST /api/flows HTTP/1.1", "Content-Type: application/json\r\nContent-Length: 10\r\n");
    socket->write(inTheBody ? head + "{" : head.left(20));
    QVERIFY(readUntilClosed(*socket).startsWith("HTTP/1.1 408 "));
}

void TestApiConnections::idleConnectionsAreClosed()
{
    const ApiFixture api("secret", {.idleTime = 100ms});
    const auto fresh = connectTo(api);
    QCOMPARE(readUntilClosed(*fresh), QByteArray());
    const auto used = connectTo(api);
    used->write(request(api, "GET /api/tasks HTTP/1.1"));
    QVERIFY(readUntilClosed(*used).startsWith("HTTP/1.1 200 "));
}

void TestApiConnections::refusalsEndTheConnection()
{
    const ApiFixture api;
    const auto socket = connectTo(api);
    const QByteArray bad = "GET /api/tasks HTTP/1.1\r\nHost: evil\r\n\r\n";
    socket->write(bad + request(api, "GET /api/tasks HTTP/1.1"));
    const QByteArray reply = readUntilClosed(*socket);
    QVERIFY(reply.startsWith("HTTP/1.1 421 "));
    QCOMPARE(reply.count("HTTP/1.1"), 1);
}

void TestApiConnections::bodyLimit()
{
    const ApiFixture api("secret", {.bodyBytes = 1000});
    const QByteArray fits = '"' + QByteArray(998, 'x') + '"';
    QCOMPARE(api.send("POST", "/api/flows", fits).status, 400);
    const ApiFixture::Reply reply = api.send("POST", "/api/flows", fits + ' ');
    QCOMPARE(reply.status, 413);
    QCOMPARE(reply.json().value(QStringLiteral("message")).toString(), QStringLiteral("The request body is larger than 1000 bytes"));
}

void TestApiConnections::connectionsAreBounded()
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

void TestApiConnections::whoIsSentAwayTakesNoPlace()
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

void TestApiConnections::massesAreNotEvenTold()
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

void TestApiConnections::clientsMayLeaveWhileTheyWait()
{
    ApiFixture api;
    QCOMPARE(api.send("POST", "/api/flows", waitingFlow()).status, 201);
    for (int round = 0; round < 40; ++round) {
        const auto socket = connectTo(api);
        socket->write(request(api, "POST /api/tasks/flows/waits/execute HTTP/1.1"));
        QTRY_COMPARE(api.service().runningExecutions(), round + 1);
        socket->abort();
    }
    // Their executions go on; ending them replies into nothing.
    QCOMPARE(api.send("DELETE", "/api/flows/waits").status, 200);
    QCOMPARE(api.service().runningExecutions(), 0);
    QCOMPARE(api.send("GET", "/api/tasks").status, 200);
}

void TestApiConnections::waitingClientsAreToldOfTheStop()
{
    ApiFixture api;
    QCOMPARE(api.send("POST", "/api/flows", waitingFlow()).status, 201);
    const auto waiting = connectTo(api);
    const auto idle = connectTo(api);
    waiting->write(request(api, "POST /api/tasks/flows/waits/execute HTTP/1.1"));
    QTRY_COMPARE(api.service().runningExecutions(), 1);
    api.server().stop();
    QVERIFY(readUntilClosed(*waiting).startsWith("HTTP/1.1 503 "));
    QCOMPARE(readUntilClosed(*idle), QByteArray());
    QVERIFY(api.server().url().isNull());
    QVERIFY(api.server().start({.port = 0, .token = "secret"}));
    QCOMPARE(api.send("GET", "/api/executions/1").json().value(QStringLiteral("data")).toObject().value(QStringLiteral("status")).toString(),
             QStringLiteral("running"));
}

void TestApiConnections::networkAccessManager()
{
    const ApiFixture api;
    QNetworkAccessManager manager;
    QNetworkRequest request(QUrl(QStringLiteral("http://127.0.0.1:%1/api/flows").arg(api.port())));
    request.setRawHeader("Authorization", "Bearer secret");
    request.setHeader(QNetworkRequest::ContentTypeHeader, QStringLiteral("application/json; charset=utf-8"));
    QList<QNetworkReply *> replies;
    for (int number = 0; number < 30; ++number)
        replies << manager.post(request, createBody(demoFlow(QStringLiteral("flow-%1").arg(number))));
    for (QNetworkReply *reply : replies) {
        QTRY_VERIFY(reply->isFinished());
        QCOMPARE(reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(), 201);
    }
    QCOMPARE(api.send("GET", "/api/flows").json().value(QStringLiteral("pagination")).toObject()
                 .value(QStringLiteral("total")).toInt(), 30);
}

void TestApiConnections::wholeLargeBodyArrives()
{
    const ApiFixture api;
    QCOMPARE(api.send("POST", "/api/flows", createBody(demoFlow(QStringLiteral("x")))).status, 201);
    const QString text(8 * 1024 * 1024, u'a');
    const QByteArray body = "{\"input_context\": {\"text\": \"" + text.toLatin1() + "\"}}";
    const ApiFixture::Reply reply = api.send("POST", "/api/tasks/flows/x/execute", body);
    QCOMPARE(reply.status, 200);
    QCOMPARE(reply.json().value(QStringLiteral("data")).toObject().value(QStringLiteral("input_context")).toObject()
                 .value(QStringLiteral("text")).toString(), text);
}

QTEST_GUILESS_MAIN(TestApiConnections)
#include "tst_api_connections.moc"
