// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/value.h"

#include <variant>

namespace flow {

/// How large a value may become as JSON. Values share their parts, so a short expression can make one that is far
/// larger than all the memory once each part is written where it belongs.
struct JsonSize
{
    qint64 values;     ///< items and members at all depths, and the value itself
    qint64 characters; ///< of what they are when they are written, at least
};

/// A value as JSON: ints exact, bytes as base64, timestamps, durations and types as text, keys of maps as text.
/// Otherwise why not: a double that is no number, a uint beyond 64 signed bits, two keys that are the same text, or
/// more than `most`. A value that is JSON already costs nothing and may have any size.
std::variant<QJsonValue, QString> toJson(const Value &value, const JsonSize &most);

/// Whether JSON is larger than that; looks at no more of it than needed.
bool isLarger(const QJsonValue &json, const JsonSize &most);

} // namespace flow
