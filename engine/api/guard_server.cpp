// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/guard_server.h"

#include "api/guard_socket.h"

namespace flow {

GuardServer::GuardServer(const DoorLimits &limits)
    : m_limits(limits)
{
    setMaxPendingConnections(limits.connections);
}

bool GuardServer::open(const QHostAddress &address, quint16 port, const QByteArray &token)
{
    if (!listen(address, port))
        return false;
    m_policy.emplace(address, serverPort(), token, m_limits);
    return true;
}

void GuardServer::shutDown()
{
    close();
    for (GuardSocket *socket : sockets()) {
        if (socket->isBusy()) {
            socket->reply(errorReply(503, QStringLiteral("The server is stopping")), true);
            socket->waitForBytesWritten(100);
        }
        socket->abort();
    }
}

QList<GuardSocket *> GuardServer::sockets() const
{
    return findChildren<GuardSocket *>(Qt::FindDirectChildrenOnly);
}

void GuardServer::incomingConnection(qintptr descriptor)
{
    const qsizetype open = sockets().size();
    auto *socket = new GuardSocket(*m_policy, this);
    if (!socket->setSocketDescriptor(descriptor)) {
        socket->deleteLater();
        return;
    }
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (open >= m_limits.connections) {
        // A reply for those who come a little too much; who comes in masses is not even told.
        if (open < 2 * m_limits.connections)
            socket->refuse(errorReply(503, QStringLiteral("Too many connections; try again in a moment")));
        else
            socket->abort();
        return;
    }
    addPendingConnection(socket);
    // Queued: QHttpServer connects itself to the socket when this function has returned.
    QMetaObject::invokeMethod(socket, &GuardSocket::watchLeftOver, Qt::QueuedConnection);
}

} // namespace flow
