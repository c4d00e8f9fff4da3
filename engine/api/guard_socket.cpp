// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/guard_socket.h"

namespace flow {

using namespace std::chrono_literals;

namespace {
/// From the close of a connection to a client that was sent away until it is cut.
constexpr auto cutAfter = 500ms;
/// QHttpServer's own buffers must not grow beyond what the door lets through.
constexpr qint64 spareBytes = 4096;
} // namespace

GuardSocket::GuardSocket(const DoorPolicy &policy, QObject *parent)
    : QTcpSocket(parent)
    , m_policy(policy)
{
    const DoorLimits &limits = policy.limits();
    setReadBufferSize(limits.head.bytes + limits.bodyBytes + spareBytes);
    m_timer.setSingleShot(true);
    // Connected first, so that this end sees what arrives before anybody else.
    connect(this, &QTcpSocket::readyRead, this, &GuardSocket::readAhead);
    connect(this, &QTcpSocket::disconnected, this, &QObject::deleteLater);
    connect(&m_timer, &QTimer::timeout, this, &GuardSocket::late);
    // A slow reader is fine as long as it reads.
    connect(this, &QTcpSocket::bytesWritten, this, [this] {
        if (m_state == State::Head && m_headBytes.isEmpty())
            startTimer(m_policy.limits().idleTime);
    });
    startTimer(limits.idleTime);
}

void GuardSocket::watchLeftOver()
{
    connect(this, &QTcpSocket::readyRead, this, [this] { m_leftOver = bytesAvailable(); });
}

void GuardSocket::readAhead()
{
    const qint64 fresh = bytesAvailable() - m_leftOver;
    if (fresh <= 0)
        return;
    switch (m_state) {
    case State::Refused:
        skip(bytesAvailable());
        break;
    case State::Busy:
        refuse(errorReply(400, QStringLiteral("Wait for the reply before sending the next request")));
        break;
    case State::Body:
        takeBody(fresh);
        break;
    case State::Head:
        readHeadBytes(peek(bytesAvailable()).mid(m_leftOver));
        break;
    }
    // Until the last listener has run: nothing of it has been taken yet.
    m_leftOver = bytesAvailable();
}

void GuardSocket::readHeadBytes(const QByteArray &fresh)
{
    if (m_headBytes.isEmpty())
        startTimer(m_policy.limits().headTime);
    m_headBytes += fresh;
    qsizetype end = 0;
    const HeadReading reading = readHead(m_headBytes, &end, m_policy.limits().head);
    if (std::holds_alternative<HeadIncomplete>(reading))
        return;
    if (const HeadRefusal *refusal = std::get_if<HeadRefusal>(&reading))
        return refuse(errorReply(refusal->status, refusal->reason));
    m_head = std::get<HttpHead>(reading);
    if (const std::optional<HttpReply> refusal = m_policy.refusal(m_head))
        return refuse(*refusal);

    const qint64 bodySoFar = m_headBytes.size() - end;
    m_bodyLeft = m_head.contentLength;
    m_state = State::Body;
    if (m_head.expectsContinue && bodySoFar == 0 && m_bodyLeft > 0)
        write("HTTP/1.1 100 Continue\r\n\r\n");
    startTimer(m_policy.limits().bodyTime + std::chrono::seconds(m_bodyLeft / (64 * 1024)));
    takeBody(bodySoFar);
}

void GuardSocket::takeBody(qint64 bytes)
{
    if (bytes > m_bodyLeft)
        return refuse(errorReply(400, QStringLiteral("The request is longer than its Content-Length says")));
    m_bodyLeft -= bytes;
    if (m_bodyLeft > 0)
        return;
    m_state = State::Busy;
    m_timer.stop();
}

void GuardSocket::reply(const HttpReply &reply, bool last)
{
    if (m_state != State::Busy || state() != ConnectedState)
        return;
    const bool close = last || !m_head.keepAlive;
    write(toBytes(reply, m_head.method == "HEAD", close));
    m_state = State::Head;
    m_head = {};
    m_headBytes.clear();
    startTimer(m_policy.limits().idleTime);
    if (close)
        disconnectFromHost();
}

void GuardSocket::refuse(const HttpReply &reply)
{
    m_state = State::Refused;
    // Nobody behind the door hears of this connection again; what still comes is thrown away until it closes.
    QObject::disconnect(this, &QTcpSocket::readyRead, nullptr, nullptr);
    connect(this, &QTcpSocket::readyRead, this, &GuardSocket::readAhead);
    m_leftOver = 0;
    if (isTransactionStarted())
        commitTransaction();
    m_timer.stop();
    write(toBytes(reply, m_head.method == "HEAD", true));
    const auto farewell = m_policy.limits().farewellTime;
    QTimer::singleShot(farewell, this, [this] { disconnectFromHost(); });
    QTimer::singleShot(farewell + cutAfter, this, [this] { abort(); });
}

void GuardSocket::late()
{
    if (m_state == State::Head && m_headBytes.isEmpty())
        abort(); // between two requests there is nothing to say
    else if (m_state == State::Head || m_state == State::Body)
        refuse(errorReply(408, QStringLiteral("The request took too long to arrive")));
}

void GuardSocket::startTimer(std::chrono::milliseconds time)
{
    m_timer.start(time);
}

} // namespace flow
