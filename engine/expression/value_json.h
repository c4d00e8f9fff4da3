// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/value.h"

#include <variant>

namespace flow {

/// A value as JSON: ints exact, bytes as base64, timestamps, durations and types as text, keys of maps as text.
/// Otherwise why not: a double that is no number, a uint beyond 64 signed bits, two keys that are the same text.
std::variant<QJsonValue, QString> toJson(const Value &value);

} // namespace flow
