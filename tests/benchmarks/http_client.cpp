// SPDX-License-Identifier: GPL-3.0-or-later
#include "http_client.h"

#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

namespace bench {

HttpClient::HttpClient(quint16 port)
    : m_socket(::socket(AF_INET, SOCK_STREAM, 0))
    , m_port(port)
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    const int on = 1;
    ::setsockopt(m_socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
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
    const QByteArray request =
        "POST " + path + " HTTP/1.1\r\nHost: 127.0.0.1:" + QByteArray::number(m_port) + "\r\nAuthorization: Bearer " +
        token + "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) +
        "\r\n\r\n" + body;
    if (::send(m_socket, request.constData(), size_t(request.size()), MSG_NOSIGNAL) != request.size())
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
            const QByteArray head = received.left(headEnd).toLower();
            const qsizetype field = head.indexOf("content-length:");
            const qsizetype from = field + qsizetype(sizeof "content-length:") - 1;
            needed = field < 0 ? 0 : head.mid(from, head.indexOf('\r', from) - from).trimmed().toLongLong();
        }
    }
    return {received.mid(9, 3).toInt(), received.mid(bodyStart)};
}

} // namespace bench
