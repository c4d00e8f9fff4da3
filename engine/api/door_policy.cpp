// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/door_policy.h"

#include <QCryptographicHash>
#include <QHostInfo>

namespace flow {

namespace {

QByteArray hash(const QByteArray &text)
{
    return QCryptographicHash::hash(text, QCryptographicHash::Sha256);
}

/// As a Host header writes it: an IPv6 address in brackets.
QByteArray hostText(const QHostAddress &address)
{
    const QByteArray text = address.toString().toLatin1();
    return text.contains(':') ? '[' + text + ']' : text;
}

/// Takes the same time wherever the first difference is.
bool equalInConstantTime(const QByteArray &one, const QByteArray &other)
{
    if (one.size() != other.size())
        return false;
    unsigned char difference = 0;
    for (qsizetype at = 0; at < one.size(); ++at)
        difference = static_cast<unsigned char>(difference | (one[at] ^ other[at]));
    return difference == 0;
}

} // namespace

DoorPolicy::DoorPolicy(const QHostAddress &address, quint16 port, const QByteArray &token, const DoorLimits &limits)
    : m_anyAddress(address == QHostAddress(QHostAddress::AnyIPv4) || address == QHostAddress(QHostAddress::AnyIPv6) ||
                   address == QHostAddress(QHostAddress::Any))
    , m_port(QByteArray::number(port))
    , m_tokenHash(token.isEmpty() ? QByteArray() : hash(token))
    , m_limits(limits)
{
    QList<QByteArray> names = {hostText(address)};
    if (address.isLoopback() || m_anyAddress)
        names << "localhost"
              << "127.0.0.1"
              << "[::1]";
    if (m_anyAddress)
        names << QHostInfo::localHostName().toLower().toLatin1();
    for (const QByteArray &name : names) {
        m_hosts.insert(name + ':' + m_port);
        if (port == 80)
            m_hosts.insert(name);
    }
}

std::optional<HttpReply> DoorPolicy::refusal(const HttpHead &head) const
{
    // Host and Origin first: a web page that was led here learns nothing, not even whether its token is right.
    if (!knowsHost(head.host))
        return errorReply(421, QStringLiteral("This server does not answer for that Host"));
    if (head.origin && !(head.origin->startsWith("http://") && knowsHost(head.origin->mid(7))))
        return errorReply(403, QStringLiteral("Requests from other web sites are refused"));
    if (!m_tokenHash.isEmpty() && !knowsToken(head.authorization)) {
        HttpReply reply =
            errorReply(401, QStringLiteral("Send the header Authorization: Bearer TOKEN; flowctl token prints it"));
        reply.headers.append(qMakePair(QByteArray("WWW-Authenticate"), QByteArray("Bearer")));
        return reply;
    }
    if (head.contentLength > m_limits.bodyBytes)
        return errorReply(413, QStringLiteral("The request body is larger than %1 bytes").arg(m_limits.bodyBytes));
    return std::nullopt;
}

bool DoorPolicy::knowsHost(const QByteArray &host) const
{
    const QByteArray wanted = host.toLower();
    if (m_hosts.contains(wanted))
        return true;
    if (!m_anyAddress || !wanted.endsWith(':' + m_port))
        return false;
    // Leading a browser here under a foreign name needs a name: a bare address cannot be led anywhere.
    QByteArray name = wanted.chopped(m_port.size() + 1);
    if (name.startsWith('[') && name.endsWith(']'))
        name = name.mid(1, name.size() - 2);
    return !QHostAddress(QString::fromLatin1(name)).isNull();
}

bool DoorPolicy::knowsToken(const QByteArray &authorization) const
{
    const bool bearer = authorization.left(7).toLower() == "bearer ";
    return bearer && equalInConstantTime(hash(authorization.mid(7).trimmed()), m_tokenHash);
}

} // namespace flow
