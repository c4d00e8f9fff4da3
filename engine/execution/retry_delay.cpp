// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/retry_delay.h"

#include "tasks/seconds.h"

#include <algorithm>
#include <cmath>
#include <random>

namespace flow {

std::chrono::nanoseconds retryDelay(const RetryPolicy &retry, int attempt, ExecutionId execution)
{
    double delay = retry.delaySeconds * std::pow(retry.backoff, attempt - 1);
    if (retry.maxDelaySeconds)
        delay = std::min(delay, *retry.maxDelaySeconds);
    if (retry.jitter > 0) {
        std::seed_seq seed{quint32(execution), quint32(execution >> 32), quint32(attempt)};
        std::mt19937 random(seed);
        const double part = double(random()) / double(std::mt19937::max()); // 0 to 1, the same on every system
        const double shortest = delay * (1 - retry.jitter);
        const double longest = std::min(delay * (1 + retry.jitter), retry.maxDelaySeconds.value_or(delay * 2));
        delay = shortest + part * (longest - shortest); // also near the maximum they do not all come at once
    }
    return nanosecondsOf(delay);
}

} // namespace flow
