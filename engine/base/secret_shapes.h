// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QJsonValue>
#include <QStringList>

namespace flow {

/// The shortest secret: anything shorter would be found in the middle of ordinary words.
constexpr qsizetype leastSecretLength = 4;

/// The texts as which a secret commonly comes back: as it is, without the space around it, each of its lines, the texts
/// inside of one that is JSON, and all of it escaped for JSON (also twice), shells, scripts, HTML and XML,
/// percent-encoded, in base64 (standard and for URLs, with and without padding, alone and as part of a longer text) and
/// in hexadecimal digits. None is shorter than leastSecretLength; none comes twice. Any thread.
QStringList shapesOfSecret(const QString &value);

/// The value that a secret has when somebody reads it as JSON: a number, an object or a list; undefined for any other.
QJsonValue readAsJson(const QString &secret);

} // namespace flow
