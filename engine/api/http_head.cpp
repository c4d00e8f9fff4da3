// SPDX-License-Identifier: GPL-3.0-or-later
#include "api/http_head.h"

#include <QList>
#include <QSet>

#include <algorithm>

namespace flow {

namespace {

using Refusal = std::optional<HeadRefusal>;

Refusal badRequest(const char *reason)
{
    return HeadRefusal{400, QString::fromLatin1(reason)};
}

bool isTokenCharacter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           QByteArrayView("!#$%&'*+-.^_`|~").contains(c);
}

bool isVisible(char c)
{
    return c > ' ' && c < 0x7f;
}

bool isToken(const QByteArray &text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenCharacter);
}

/// Spaces, tabs, visible characters and bytes above ASCII; no control characters.
bool isFieldValue(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) {
        return c == ' ' || c == '\t' || isVisible(c) || static_cast<unsigned char>(c) >= 0x80;
    });
}

Refusal readRequestLine(const QByteArray &line, HttpHead &head, const HeadLimits &limits)
{
    static const QList<QByteArray> methods = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
    const QList<QByteArray> parts = line.split(' ');
    if (parts.size() != 3 || !isToken(parts[0]))
        return badRequest("The request line is malformed");
    if (!parts[2].startsWith("HTTP/"))
        return badRequest("The request line is malformed");
    if (parts[2] != "HTTP/1.1" && parts[2] != "HTTP/1.0")
        return HeadRefusal{505, QStringLiteral("Only HTTP/1.1 and HTTP/1.0 are spoken here")};
    if (!methods.contains(parts[0]))
        return HeadRefusal{501, QStringLiteral("This method is not supported")};
    const QByteArray &target = parts[1];
    if (target.size() > limits.target)
        return HeadRefusal{414, QStringLiteral("The address is too long")};
    if (!target.startsWith('/') || target.startsWith("//") || target.contains('#') || target.contains('\\') ||
        !std::all_of(target.begin(), target.end(), isVisible))
        return badRequest("The address must be a path that starts with one slash");
    head.method = parts[0];
    head.target = target;
    head.keepAlive = parts[2] == "HTTP/1.1";
    return std::nullopt;
}

Refusal takeContentLength(const QByteArray &value, HttpHead &head)
{
    const bool digits =
        !value.isEmpty() && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (!digits)
        return badRequest("Content-Length must be a whole number");
    bool ok = false;
    head.contentLength = value.toLongLong(&ok);
    return ok ? std::nullopt : Refusal(HeadRefusal{413, QStringLiteral("The request body is too large")});
}

Refusal takeField(const QByteArray &name, const QByteArray &value, HttpHead &head)
{
    if (name == "host")
        head.host = value;
    else if (name == "origin")
        head.origin = value;
    else if (name == "authorization")
        head.authorization = value;
    else if (name == "content-type")
        head.contentType = value;
    else if (name == "content-length")
        return takeContentLength(value, head);
    else if (name == "transfer-encoding")
        return HeadRefusal{411, QStringLiteral("Send the body with a Content-Length instead of in chunks")};
    else if (name == "upgrade")
        return HeadRefusal{501, QStringLiteral("Upgrading the connection is not supported")};
    else if (name == "expect" && value.toLower() != "100-continue")
        return HeadRefusal{417, QStringLiteral("Only Expect: 100-continue is understood")};
    else if (name == "expect")
        head.expectsContinue = true;
    else if (name == "connection" && value.toLower().contains("close"))
        head.keepAlive = false;
    return std::nullopt;
}

Refusal readField(const QByteArray &line, QSet<QByteArray> &seen, HttpHead &head)
{
    static const QSet<QByteArray> once = {"host",         "origin",         "authorization",
                                          "content-type", "content-length", "transfer-encoding",
                                          "expect",       "connection"};
    const qsizetype colon = line.indexOf(':');
    const QByteArray name = line.left(colon).toLower();
    if (colon < 1 || !isToken(name))
        return badRequest("A header line is malformed");
    const QByteArray value = line.mid(colon + 1).trimmed();
    if (!isFieldValue(value))
        return badRequest("A header holds a control character");
    if (once.contains(name) && seen.contains(name))
        return HeadRefusal{400, QStringLiteral("The header %1 is given twice").arg(QString::fromLatin1(name))};
    seen.insert(name);
    return takeField(name, value, head);
}

} // namespace

QByteArray HttpHead::path() const
{
    const qsizetype question = target.indexOf('?');
    return question < 0 ? target : target.left(question);
}

QByteArray HttpHead::query() const
{
    const qsizetype question = target.indexOf('?');
    return question < 0 ? QByteArray() : target.mid(question + 1);
}

HeadReading readHead(const QByteArray &bytes, qsizetype *end, const HeadLimits &limits)
{
    HttpHead head;
    QSet<QByteArray> seen;
    qsizetype start = 0;
    for (int number = 0;; ++number) {
        const qsizetype newline = bytes.indexOf('\n', start);
        const qsizetype lineEnd = newline < 0 ? bytes.size() : newline;
        if (lineEnd > limits.bytes || number > limits.fields + 1)
            return HeadRefusal{431, QStringLiteral("The request's headers are too large")};
        // A carriage return only right before a line feed, a line feed only right after a carriage return.
        const qsizetype carriage = bytes.indexOf('\r', start);
        if ((carriage >= 0 && carriage < lineEnd - 1) ||
            (newline >= 0 && (newline == start || bytes[newline - 1] != '\r')))
            return HeadRefusal{400, QStringLiteral("Lines must end with CR LF")};
        if (bytes.indexOf('\0', start) >= 0 && bytes.indexOf('\0', start) < lineEnd)
            return HeadRefusal{400, QStringLiteral("A header holds a control character")};
        if (newline < 0)
            return HeadIncomplete{};
        const QByteArray line = bytes.mid(start, newline - 1 - start);
        start = newline + 1;
        if (line.isEmpty() && number > 0)
            break;
        const Refusal refusal = number == 0 ? readRequestLine(line, head, limits) : readField(line, seen, head);
        if (refusal)
            return *refusal;
    }
    if (head.host.isEmpty())
        return HeadRefusal{400, QStringLiteral("The header Host is missing")};
    *end = start;
    return head;
}

} // namespace flow
