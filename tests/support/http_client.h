// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>

namespace flow::test {

/// A blocking HTTP/1.1 connection to 127.0.0.1 that is kept open: as little client as possible.
class HttpClient
{
public:
    explicit HttpClient(quint16 port);
    ~HttpClient();
    HttpClient(const HttpClient &) = delete;
    HttpClient &operator=(const HttpClient &) = delete;

    bool isConnected() const { return m_socket >= 0; }
    /// Status code and body; status 0 when the connection broke.
    struct Reply
    {
        int status = 0;
        QByteArray body;
    };
    Reply post(const QByteArray &path, const QByteArray &token, const QByteArray &body);
    Reply get(const QByteArray &path, const QByteArray &token);

private:
    Reply request(const QByteArray &head, const QByteArray &token, const QByteArray &rest);

    int m_socket = -1;
    quint16 m_port = 0;
};

} // namespace flow::test
