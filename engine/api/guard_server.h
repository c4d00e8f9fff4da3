// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/door_policy.h"

#include <QTcpServer>

namespace flow {

class GuardSocket;

/// The listening end: gives every connection a GuardSocket and keeps their number bounded. Lives on the server's
/// thread.
class GuardServer : public QTcpServer
{
    Q_OBJECT

public:
    explicit GuardServer(const DoorLimits &limits);

    /// Listens and makes up the rules for who may come in; false with errorString() when the address is taken.
    bool open(const QHostAddress &address, quint16 port, const QByteArray &token);
    /// Takes no more connections; waiting requests are told that the server stops, the others are closed.
    void shutDown();

protected:
    void incomingConnection(qintptr descriptor) override;

private:
    /// Connections at this moment: the ones being served, and these with the ones that are being sent away.
    struct Count
    {
        int served = 0;
        int all = 0;
    };
    QList<GuardSocket *> sockets() const;
    Count count() const;

    DoorLimits m_limits;
    std::optional<DoorPolicy> m_policy;
};

} // namespace flow
