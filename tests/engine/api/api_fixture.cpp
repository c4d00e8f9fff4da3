// SPDX-License-Identifier: GPL-3.0-or-later
#include "api_fixture.h"

#include <QJsonArray>
#include <QJsonDocument>

using namespace flow;

ApiFixture::ApiFixture(const QByteArray &token, const DoorLimits &limits)
    : m_token(token)
{
    ServiceSettings settings;
    settings.dataDir = m_folder.path();
    auto service = FlowService::open(settings);
    if (!service)
        qFatal("%s", qPrintable(service.error().text()));
    m_service = std::move(service).value();
    m_server = std::make_unique<ApiServer>(*m_service);
    if (const Result<void> started = m_server->start({.port = 0, .token = token, .limits = limits}); !started)
        qFatal("%s", qPrintable(started.error().text()));
}

QJsonObject ApiFixture::Reply::json() const
{
    return QJsonDocument::fromJson(body).object();
}

QByteArray ApiFixture::Reply::header(const QByteArray &name) const
{
    for (const QByteArray &line : head.split('\n')) {
        if (line.toLower().startsWith(name.toLower() + ':'))
            return line.mid(name.size() + 1).trimmed();
    }
    return {};
}

ApiFixture::Reply ApiFixture::send(const QByteArray &method, const QByteArray &path, const QByteArray &body,
                                   const QByteArray &contentType) const
{
    QByteArray bytes = method + ' ' + path + " HTTP/1.1\r\nHost: @HOST@\r\n";
    if (!m_token.isEmpty())
        bytes += "Authorization: Bearer " + m_token + "\r\n";
    if (!body.isNull())
        bytes += "Content-Type: " + contentType + "\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    return raw(bytes + "\r\n" + body);
}

ApiFixture::Reply ApiFixture::raw(QByteArray bytes) const
{
    const bool withoutBody = bytes.startsWith("HEAD ");
    bytes.replace("@HOST@", "127.0.0.1:" + QByteArray::number(port()));
    QTcpSocket socket;
    socket.connectToHost(QHostAddress::LocalHost, port());
    if (!socket.waitForConnected(5000))
        return {};
    socket.write(bytes);
    return readReply(socket, withoutBody);
}

ApiFixture::Reply ApiFixture::readReply(QTcpSocket &socket, bool withoutBody)
{
    Reply reply;
    QByteArray received;
    for (;;) {
        const qsizetype headEnd = received.indexOf("\r\n\r\n");
        if (headEnd >= 0) {
            reply.head = received.left(headEnd);
            reply.body = received.mid(headEnd + 4);
            reply.status = received.mid(9, 3).toInt();
            const qint64 length = withoutBody || reply.status == 204 ? 0 : reply.header("Content-Length").toLongLong();
            if (reply.body.size() >= length)
                return reply;
        }
        if (!socket.waitForReadyRead(20000)) {
            const QByteArray rest = socket.readAll();
            if (rest.isEmpty())
                return reply;
            received += rest;
            continue;
        }
        received += socket.readAll();
    }
}

QJsonObject demoFlow(const QString &id, const QJsonObject &changes, const QStringList &removed)
{
    const auto task = [](const char *name) {
        return QJsonObject{{QStringLiteral("name"), QString::fromLatin1(name)},
                           {QStringLiteral("config"),
                            QJsonObject{{QStringLiteral("delay_seconds"), 0}, {QStringLiteral("failure_rate"), 0}}}};
    };
    const auto after = [](const char *source, const char *target) {
        return QJsonObject{{QStringLiteral("name"), QStringLiteral("after_") + QString::fromLatin1(source)},
                           {QStringLiteral("source_task"), QString::fromLatin1(source)},
                           {QStringLiteral("outcome"), QStringLiteral("success")},
                           {QStringLiteral("target_task_success"), QString::fromLatin1(target)},
                           {QStringLiteral("target_task_failure"), QStringLiteral("end")}};
    };
    QJsonObject flow{{QStringLiteral("id"), id},
                     {QStringLiteral("name"), QStringLiteral("Demo")},
                     {QStringLiteral("start_task"), QStringLiteral("task1")},
                     {QStringLiteral("tasks"), QJsonArray{task("task1"), task("task2"), task("task3")}},
                     {QStringLiteral("conditions"), QJsonArray{after("task1", "task2"), after("task2", "task3")}}};
    for (auto change = changes.begin(); change != changes.end(); ++change)
        flow.insert(change.key(), change.value());
    for (const QString &key : removed)
        flow.remove(key);
    return flow;
}

QByteArray createBody(const QJsonObject &flow)
{
    return QJsonDocument(QJsonObject{{QStringLiteral("flow"), flow}}).toJson(QJsonDocument::Compact);
}
