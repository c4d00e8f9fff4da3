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
        delay *= 1 + retry.jitter * (2 * part - 1);
    }
    return nanosecondsOf(delay);
}

} // namespace flow
