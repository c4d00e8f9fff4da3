// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QJsonValue>
#include <QList>

/// Strict JSON text. Any thread.
namespace flow::json {

struct Limits
{
    qsizetype bytes = 64 * 1024 * 1024;
    int depth = 200; ///< levels of lists and objects
};

struct Parsed
{
    QJsonValue value;    ///< undefined when the text could not be read to its end
    QList<Error> errors; ///< every duplicate key (with path and line), or the one syntax error; empty when all is well
};

/// Reads one JSON value (RFC 8259): no comments, no NaN, valid UTF-8 only, no duplicate keys, nothing behind the value.
/// Whole numbers within 64 bits stay exact; one that fits neither 64 bits nor a finite double is an error.
Parsed parse(const QByteArray &text, const Limits &limits = {});

/// The line (from 1) on which the value at `path` starts, 0 when there is no such value. For error messages only.
int lineOf(const QByteArray &text, const FieldPath &path);

/// Canonical: two spaces, keys sorted, one trailing newline, UTF-8; numbers in their shortest exact form.
QByteArray write(const QJsonValue &value);
/// The same on one line without spaces and newline.
QByteArray writeCompact(const QJsonValue &value);

/// `value` as short JSON for an error message: at most 60 characters.
QString excerpt(const QJsonValue &value);

} // namespace flow::json
