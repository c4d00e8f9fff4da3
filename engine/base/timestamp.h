// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QString>

#include <chrono>
#include <optional>

namespace flow {

/// A moment in UTC with microseconds. Stored as an integer of microseconds since 1970.
using Timestamp = std::chrono::sys_time<std::chrono::microseconds>;

/// `2026-01-10T15:55:30.251170`: ISO 8601, UTC, six digits, no zone: the form of the REST contract.
QString toIso(Timestamp time);

/// Reads what toIso writes, also with fewer digits, with a space for the T, and with a final Z. Nothing on bad text.
std::optional<Timestamp> timestampFromIso(const QString &text);

/// For display in local time; milliseconds only.
QDateTime toDateTime(Timestamp time);

} // namespace flow
