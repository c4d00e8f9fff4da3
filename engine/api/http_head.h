// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

#include <optional>
#include <variant>

namespace flow {

/// The head of an HTTP request after a strict reading. A plain value.
struct HttpHead
{
    QByteArray method;
    QByteArray target; ///< as sent: path and query, percent-encoded
    QByteArray host;
    std::optional<QByteArray> origin;
    QByteArray authorization; ///< null when absent
    QByteArray contentType;   ///< null when absent
    qint64 contentLength = 0;
    bool expectsContinue = false;
    bool keepAlive = true;

    QByteArray path() const;  ///< the target up to the question mark
    QByteArray query() const; ///< what follows it; null when there is none
};

/// Why a head is refused.
struct HeadRefusal
{
    int status = 400;
    QString reason;
};

/// Nothing wrong so far, but the end is not there yet.
struct HeadIncomplete
{
};

using HeadReading = std::variant<HeadIncomplete, HeadRefusal, HttpHead>;

/// Bytes and lines a head may have, its final empty line included.
struct HeadLimits
{
    qsizetype bytes = 32 * 1024;
    qsizetype target = 8 * 1024;
    int fields = 64;
};

/// Reads what has arrived of a head, so far or in full; `end` is where the body would begin. Stricter than any lenient
/// parser behind it: CRLF only, one space between the parts of the first line, HTTP/1.0 or 1.1, a path that starts with
/// one slash, exactly one Host, at most one of every other field that matters, a Content-Length of digits, no transfer
/// encodings. What is wrong is refused as soon as its line is complete.
HeadReading readHead(const QByteArray &bytes, qsizetype *end, const HeadLimits &limits = {});

} // namespace flow
