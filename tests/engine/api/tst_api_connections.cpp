// SPDX-License-Identifier: GPL-3.0-or-later
#include "raw_connection.h"
#include "support/flow_test.h"

#include <QJsonArray>
#include <QNetworkAccessManager>
#include <QNetworkReply>

/// How connections are kept and ended: real sockets, byte by byte where it matters.
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
    void clientsMayLeaveWhileTheyWait();
    void waitingClientsAreToldOfTheStop();
    void networkAccessManager();

private:
    static QByteArray waitingFlow();
};

QByteArray TestApiConnections::waitingFlow()
{
    const QJsonArray tasks{QJsonObject{{QStringLiteral("name"), QStringLiteral("delay")},
                                       {QStringLiteral("config"), QJsonObject{{QStringLiteral("seconds"), 600}}}}};
    return createBody(
        demoFlow(QStringLiteral("waits"),
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
    const QByteArray create =
        request(api, "POST /api/flows HTTP/1.1",
                "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n") +
        body;
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
    socket->write(request(api, "POST /api/flows HTTP/1.1", "Content-Type: application/json\r\nContent-Length: 2\r\n") +
                  "{}GET /api/flows HTTP/1.1\r\n\r\n");
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
    refused->write("POST /api/flows HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(api.port()) +
                   "\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n");
    QCOMPARE(readStatus(*refused), 401);
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
    QCOMPARE(api.send("GET", "/api/executions/1")
                 .json()
                 .value(QStringLiteral("data"))
                 .toObject()
                 .value(QStringLiteral("status"))
                 .toString(),
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
    QCOMPARE(api.send("GET", "/api/flows")
                 .json()
                 .value(QStringLiteral("pagination"))
                 .toObject()
                 .value(QStringLiteral("total"))
                 .toInt(),
             30);
}

QTEST_GUILESS_MAIN(TestApiConnections)
#include "tst_api_connections.moc"
