// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "api/http_head.h"
#include "api/http_reply.h"

#include <QByteArray>
#include <QHostAddress>
#include <QSet>

#include <chrono>
#include <optional>

namespace flow {

/// How much a client may ask for, and how long it may take.
struct DoorLimits
{
    HeadLimits head;
    qint64 bodyBytes = 64 * 1024 * 1024;
    int connections = 64;                        ///< that are served; as many again may be told to come back later
    std::chrono::milliseconds headTime{10'000};  ///< from the first byte of a request to the end of its head
    std::chrono::milliseconds bodyTime{20'000};  ///< for the body, and a second more for each 64 KiB
    std::chrono::milliseconds idleTime{60'000};  ///< between two requests, and for a reply nobody reads
    std::chrono::milliseconds farewellTime{300}; ///< for a client that was sent away to read why
};

/// Who may come in. Decides by the head alone, before a body is read. A value, used on the server's thread.
class DoorPolicy
{
public:
    /// `token` empty: everybody who can connect may come in. `address` and `port` are what the server listens on.
    DoorPolicy(const QHostAddress &address, quint16 port, const QByteArray &token, const DoorLimits &limits);

    const DoorLimits &limits() const { return m_limits; }
    /// The reply that sends the client away; nothing when it may come in.
    std::optional<HttpReply> refusal(const HttpHead &head) const;

private:
    bool knowsHost(const QByteArray &host) const;
    bool knowsToken(const QByteArray &authorization) const;

    QSet<QByteArray> m_hosts; ///< lower case, with the port
    bool m_anyAddress;        ///< listens everywhere: an address as Host is fine, a foreign name is not
    QByteArray m_port;
    QByteArray m_tokenHash; ///< empty: no token is asked for
    DoorLimits m_limits;
};

} // namespace flow
