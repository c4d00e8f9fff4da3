// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/value.h"

/// Timestamps (RFC 3339) and durations (`1h30m`, `-1.5s`) as text.
namespace flow::cel {

constexpr qint64 nanosPerSecond = 1'000'000'000;
constexpr qint64 leastSecond = -62'135'596'800; ///< 0001-01-01T00:00:00Z
constexpr qint64 mostSecond = 253'402'300'799;  ///< 9999-12-31T23:59:59Z

/// Nothing when the text is no timestamp with a zone, or out of range.
std::optional<Value::Instant> instantFromText(QStringView text);
QString toText(Value::Instant instant);

/// Nothing when the text is no duration, or out of range.
std::optional<Value::Span> spanFromText(QStringView text);
/// In seconds: `90s`, `0.25s`.
QString toText(Value::Span span);

/// `+05:30`, `-02:00` and `02:00` as seconds.
std::optional<int> offsetFromText(QStringView text);

} // namespace flow::cel
