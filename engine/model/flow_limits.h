// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

/// Bounds of a flow's fields. Those of the reference's fields are the reference's; lengths count characters.
namespace flow::limits {

inline constexpr qint64 name = 100; ///< ids, names and references of tasks and conditions, task types
inline constexpr qint64 flowName = 255;
inline constexpr qint64 description = 500; ///< of tasks and conditions
inline constexpr qint64 flowDescription = 1000;
inline constexpr qint64 expression = 10'000;
inline constexpr qint64 maxAttempts = 100;
inline constexpr double retryDelay = 86'400; ///< seconds
inline constexpr double retryBackoff = 10;
inline constexpr qint64 concurrency = 1000;         ///< executions of one flow at once
inline constexpr double taskTimeout = 31'536'000;   ///< seconds
inline constexpr double coordinate = 1'000'000'000; ///< logical pixels, either side of 0; a chain of 100,000 tasks fits
inline constexpr qint64 layoutItems = 10'000;       ///< frames, notes
inline constexpr qint64 noteText = 10'000;

} // namespace flow::limits
