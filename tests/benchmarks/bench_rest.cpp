// SPDX-License-Identifier: GPL-3.0-or-later
#include "bench.h"
#include "bench_flows.h"
#include "support/http_client.h"

#include <QCoreApplication>
#include <QElapsedTimer>
#include <QHttpServer>
#include <QHttpServerResponse>
#include <QJsonDocument>
#include <QProcess>
#include <QTcpServer>
#include <QTemporaryDir>
#include <QThread>

#include <atomic>
#include <thread>
#include <vector>

using namespace flow;

namespace {

const QByteArray flowPath = "/api/tasks/flows/chain-3/execute";
const QByteArray body = R"({"input_context": {"day": "2026-01-10"}})";

/// A free port of this moment.
quint16 freePort()
{
    QTcpServer probe;
    if (!probe.listen(QHostAddress::LocalHost))
        qFatal("no free port");
    return probe.serverPort();
}

/// `flowctl serve` as people start it.
class Server
{
public:
    Server()
        : m_port(freePort())
    {
        const QString program = QCoreApplication::applicationDirPath() + QStringLiteral("/flowctl");
        m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        m_process.start(program, {QStringLiteral("serve"), QStringLiteral("--data-dir"), m_folder.path(),
                                  QStringLiteral("--port"), QString::number(m_port)});
        if (!m_process.waitForStarted())
            qFatal("cannot start %s", qPrintable(program));
        QElapsedTimer timer;
        timer.start();
        while (!flow::test::HttpClient(m_port).isConnected()) {
            if (timer.elapsed() > 10000)
                qFatal("the server did not answer within 10 s");
            QThread::msleep(10);
        }
        QFile token(m_folder.filePath(QStringLiteral("token")));
        if (!token.open(QIODevice::ReadOnly))
            qFatal("the server left no token");
        m_token = token.readAll().trimmed();
    }
    ~Server()
    {
        m_process.terminate();
        m_process.waitForFinished();
    }
    quint16 port() const { return m_port; }
    QByteArray token() const { return m_token; }

private:
    QTemporaryDir m_folder;
    QProcess m_process;
    quint16 m_port;
    QByteArray m_token;
};

/// The floor: QHttpServer on a thread of its own that reads the JSON and answers with what it is told to.
class BareServer
{
public:
    explicit BareServer(const QByteArray &answer)
    {
        m_thread.start();
        m_anchor.moveToThread(&m_thread);
        QMetaObject::invokeMethod(
            &m_anchor,
            [this, answer] {
                m_http = std::make_unique<QHttpServer>();
                m_http->route(QString::fromLatin1(flowPath), QHttpServerRequest::Method::Post,
                              [answer](const QHttpServerRequest &request) {
                                  if (!QJsonDocument::fromJson(request.body()).isObject())
                                      return QHttpServerResponse(QHttpServerResponse::StatusCode::BadRequest);
                                  return QHttpServerResponse("application/json", answer);
                              });
                m_port = m_http->listen(QHostAddress::LocalHost);
            },
            Qt::BlockingQueuedConnection);
    }
    ~BareServer()
    {
        QMetaObject::invokeMethod(
            &m_anchor, [this] { m_http.reset(); }, Qt::BlockingQueuedConnection);
        m_thread.quit();
        m_thread.wait();
    }
    quint16 port() const { return m_port; }

private:
    QThread m_thread;
    QObject m_anchor;
    std::unique_ptr<QHttpServer> m_http;
    quint16 m_port = 0;
};

double postMany(quint16 port, const QByteArray &token, int requests, int connections)
{
    std::atomic<int> failed = 0;
    const double time = bench::seconds([&] {
        std::vector<std::thread> clients;
        for (int number = 0; number < connections; ++number) {
            clients.emplace_back([&] {
                flow::test::HttpClient client(port);
                for (int round = 0; round < requests / connections; ++round) {
                    if (client.post(flowPath, token, body).status != 200)
                        ++failed;
                }
            });
        }
        for (std::thread &client : clients)
            client.join();
    });
    if (failed > 0)
        qFatal("%d of %d requests failed", failed.load(), requests);
    return time;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const Server server;
    const QByteArray created = QJsonDocument(QJsonObject{{QStringLiteral("flow"), toJson(bench::chain(3))}}).toJson();
    flow::test::HttpClient client(server.port());
    if (client.post("/api/flows", server.token(), created).status != 201)
        qFatal("the flow was not created");
    const BareServer bare(client.post(flowPath, server.token(), body).body);

    bench::header();
    for (const int connections : {1, 16}) {
        const int requests = connections == 1 ? 800 : 3200;
        const bench::Pair best = bench::fastest(
            3, [&] { return postMany(server.port(), server.token(), requests, connections); },
            [&] { return postMany(bare.port(), server.token(), requests, connections); });
        bench::rate(qPrintable(QStringLiteral("POST execute, 3 instant tasks, %1 connections").arg(connections)),
                    requests, best);
    }
    return 0;
}
