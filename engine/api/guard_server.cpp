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

GuardServer::Count GuardServer::count() const
{
    Count count;
    for (const GuardSocket *socket : sockets()) {
        count.all += socket->state() != QAbstractSocket::UnconnectedState;
        count.served += socket->isServed();
    }
    return count;
}

void GuardServer::incomingConnection(qintptr descriptor)
{
    const Count before = count();
    auto *socket = new GuardSocket(*m_policy, this);
    if (!socket->setSocketDescriptor(descriptor)) {
        socket->deleteLater();
        return;
    }
    // A reply for those who come a little too much; who comes in masses is not even told.
    if (before.all >= 2 * m_limits.connections)
        return socket->abort();
    socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
    if (before.served >= m_limits.connections)
        return socket->refuse(errorReply(503, QStringLiteral("Too many connections; try again in a moment")));
    addPendingConnection(socket);
    // Queued: QHttpServer connects itself to the socket when this function has returned.
    QMetaObject::invokeMethod(socket, &GuardSocket::watchLeftOver, Qt::QueuedConnection);
}

} // namespace flow
