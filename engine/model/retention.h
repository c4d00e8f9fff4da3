// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QtGlobal>

#include <chrono>

namespace flow {

/// How much history is kept; 0 means without limit. A value.
struct RetentionLimits
{
    std::chrono::days age{0};  ///< since its end
    qint64 executions = 0;     ///< the newest stay
    qint64 bytes = 0;          ///< of the newest, about

    bool isNone() const { return age.count() == 0 && executions == 0 && bytes == 0; }
    bool operator==(const RetentionLimits &) const = default;
};

/// What has ended and is beyond any of the limits goes, with all that it has started. What is pinned stays and does not
/// count, and neither does what has not ended.
struct RetentionRules
{
    RetentionLimits perFlow{.executions = 10'000};
    RetentionLimits all{.bytes = 2'000'000'000};

    bool operator==(const RetentionRules &) const = default;
};

} // namespace flow
