// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/api_server.h"
#include "service/flow_service.h"

#include <QJsonObject>
#include <QTcpSocket>
#include <QTemporaryDir>

/// A server on a free port with a data folder of its own, and a client that sends exactly the bytes it is told to.
class ApiFixture
{
public:
    explicit ApiFixture(const QByteArray &token = "secret", const flow::DoorLimits &limits = {});

    struct Reply
    {
        int status = 0; ///< 0: no reply, the connection was closed
        QByteArray head;
        QByteArray body;
        QJsonObject json() const;
        QByteArray header(const QByteArray &name) const; ///< null when absent
    };
    /// A request with everything a well-behaved client sends.
    Reply send(const QByteArray &method, const QByteArray &path, const QByteArray &body = {},
               const QByteArray &contentType = "application/json") const;
    /// These bytes on a new connection, until the server closes or a whole reply has come. `@HOST@` stands for the
    /// server's own.
    Reply raw(QByteArray bytes) const;

    quint16 port() const { return m_server->port(); }
    flow::FlowService &service() { return *m_service; }
    flow::ApiServer &server() { return *m_server; }

private:
    static Reply readReply(QTcpSocket &socket, bool withoutBody);

    QTemporaryDir m_folder;
    QByteArray m_token;
    std::unique_ptr<flow::FlowService> m_service;
    std::unique_ptr<flow::ApiServer> m_server;
};

/// Three demo tasks that take no time and never fail, joined on success; `changes` replaces fields, undefined removes
/// them.
QJsonObject demoFlow(const QString &id, const QJsonObject &changes = {}, const QStringList &removed = {});
QByteArray createBody(const QJsonObject &flow);
