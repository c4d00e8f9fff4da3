// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/http_reply.h"

#include "base/json.h"

namespace flow {

namespace {

QByteArray phrase(int status)
{
    switch (status) {
    case 200:
        return "OK";
    case 201:
        return "Created";
    case 204:
        return "No Content";
    case 400:
        return "Bad Request";
    case 401:
        return "Unauthorized";
    case 403:
        return "Forbidden";
    case 404:
        return "Not Found";
    case 405:
        return "Method Not Allowed";
    case 408:
        return "Request Timeout";
    case 409:
        return "Conflict";
    case 411:
        return "Length Required";
    case 413:
        return "Payload Too Large";
    case 414:
        return "URI Too Long";
    case 415:
        return "Unsupported Media Type";
    case 417:
        return "Expectation Failed";
    case 421:
        return "Misdirected Request";
    case 431:
        return "Request Header Fields Too Large";
    case 501:
        return "Not Implemented";
    case 503:
        return "Service Unavailable";
    case 505:
        return "HTTP Version Not Supported";
    case 507:
        return "Insufficient Storage";
    default:
        return "Internal Server Error";
    }
}

} // namespace

HttpReply errorReply(int status, const QString &message, const QJsonValue &details)
{
    HttpReply reply{.status = status};
    reply.body.insert(QStringLiteral("error"), QString::fromLatin1(phrase(status)));
    reply.body.insert(QStringLiteral("message"), message);
    if (!details.isUndefined())
        reply.body.insert(QStringLiteral("details"), details);
    return reply;
}

QByteArray toBytes(const HttpReply &reply, bool withoutBody, bool close)
{
    const bool empty = reply.status == 204;
    const QByteArray body = empty ? QByteArray() : json::writeCompact(reply.body) + '\n';
    QByteArray bytes = "HTTP/1.1 " + QByteArray::number(reply.status) + ' ' + phrase(reply.status) + "\r\n";
    if (!empty)
        bytes += "Content-Type: application/json\r\nContent-Length: " + QByteArray::number(body.size()) + "\r\n";
    bytes += "Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n";
    for (const auto &[name, value] : reply.headers)
        bytes += name + ": " + value + "\r\n";
    bytes += close ? "Connection: close\r\n\r\n" : "Connection: keep-alive\r\n\r\n";
    return withoutBody ? bytes : bytes + body;
}

} // namespace flow
