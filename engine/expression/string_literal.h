// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/failure.h"
#include "expression/value.h"

#include <variant>

namespace flow::cel {

/// What stands between the quotes of a string or bytes literal, with its escapes replaced. `offset` is where it starts.
std::variant<Value, Failure> decodeString(QStringView body, bool isBytes, bool isRaw, qsizetype offset);

} // namespace flow::cel
