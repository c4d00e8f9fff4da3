// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/door_policy.h"

#include <QTcpSocket>
#include <QTimer>

namespace flow {

/// A client's connection with the door in front of it. It sees every byte before QHttpServer does and lets a request
/// through only when its head is well-formed and allowed, its body is as long as announced, and no other request is
/// being answered. Everybody else gets a reply that says why, and the connection is closed. Lives on the server's
/// thread; deletes itself.
class GuardSocket : public QTcpSocket
{
    Q_OBJECT

public:
    GuardSocket(const DoorPolicy &policy, QObject *parent);

    /// To be called after QHttpServer has connected itself, so that what it leaves unread is known.
    void watchLeftOver();

    /// The head of the request that waits for its reply.
    const HttpHead &head() const { return m_head; }
    bool isBusy() const { return m_state == State::Busy; }
    /// Neither sent away nor closed.
    bool isServed() const { return m_state != State::Refused && state() != UnconnectedState; }

    /// Answers the waiting request and makes ready for the next, or closes when the client or `last` says so. Without a
    /// waiting request it does nothing.
    void reply(const HttpReply &reply, bool last = false);
    /// Sends the client away.
    void refuse(const HttpReply &reply);

private:
    enum class State { Head, Body, Busy, Refused };

    void readAhead();
    void readHeadBytes(const QByteArray &fresh);
    void takeBody(qint64 bytes);
    void late();
    void startTimer(std::chrono::milliseconds time);

    const DoorPolicy &m_policy;
    State m_state = State::Head;
    QByteArray m_headBytes;
    HttpHead m_head;
    qint64 m_bodyLeft = 0;
    qint64 m_leftOver = 0; ///< bytes that were seen and that QHttpServer has not taken yet
    QTimer m_timer;
};

} // namespace flow
