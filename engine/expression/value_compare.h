// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/meter.h"
#include "expression/value.h"

#include <compare>

namespace flow {

/// Equality of the language: numbers by value whatever their type, other types only with themselves, NaN with nothing.
/// Once `meter` is spent the answer means nothing.
bool areEqual(const Value &left, const Value &right, cel::Meter &meter);

/// How two values are ordered; unordered for NaN. Nothing for types without an order between them.
std::optional<std::partial_ordering> compare(const Value &left, const Value &right, cel::Meter &meter);

} // namespace flow
