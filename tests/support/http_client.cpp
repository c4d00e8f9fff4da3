// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/http_client.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace flow::test {

HttpClient::HttpClient(quint16 port)
    : m_socket(::socket(AF_INET, SOCK_STREAM, 0))
    , m_port(port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    const timeval patience{.tv_sec = 60, .tv_usec = 0};
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(m_socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    if (::connect(m_socket, reinterpret_cast<const sockaddr *>(&address), sizeof address) != 0) {
        ::close(m_socket);
        m_socket = -1;
    }
}

HttpClient::~HttpClient()
{
    if (m_socket >= 0)
        ::close(m_socket);
}

HttpClient::Reply HttpClient::post(const QByteArray &path, const QByteArray &token, const QByteArray &body)
{
    return request("POST " + path, token,
                   "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" +
                       body);
}

HttpClient::Reply HttpClient::get(const QByteArray &path, const QByteArray &token)
{
    return request("GET " + path, token, "\r\n");
}

HttpClient::Reply HttpClient::request(const QByteArray &head, const QByteArray &token, const QByteArray &rest)
{
    const QByteArray text = head + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) +
                               "\r\nAuthorization: Bearer " + token + "\r\n" + rest;
    if (::send(m_socket, text.constData(), size_t(text.size()), MSG_NOSIGNAL) != text.size())
        return {};

    QByteArray received;
    char buffer[16384];
    qsizetype bodyStart = -1;
    qsizetype needed = 0;
    while (bodyStart < 0 || received.size() < bodyStart + needed) {
        const ssize_t count = ::recv(m_socket, buffer, sizeof buffer, 0);
        if (count <= 0)
            return {};
        received.append(buffer, count);
        const qsizetype headEnd = received.indexOf("\r\n\r\n");
        if (bodyStart < 0 && headEnd >= 0) {
            bodyStart = headEnd + 4;
            const QByteArray fields = received.left(headEnd).toLower();
            const qsizetype field = fields.indexOf("content-length:");
            const qsizetype from = field + qsizetype(sizeof "content-length:") - 1;
            needed = field < 0 ? 0 : fields.mid(from, fields.indexOf('\r', from) - from).trimmed().toLongLong();
        }
    }
    return {received.mid(9, 3).toInt(), received.mid(bodyStart)};
}

} // namespace flow::test
