// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "model/flow.h"

#include <chrono>

namespace flow {

/// The pause after the failed attempt with this number (from 1): the delay times the backoff for each further one,
/// made longer or shorter by the jitter, and at most the maximum. The jitter is drawn from the execution and the
/// attempt, so that the same execution waits the same after a restart, and executions that failed together do not come
/// back together.
std::chrono::nanoseconds retryDelay(const RetryPolicy &retry, int attempt, ExecutionId execution);

} // namespace flow
