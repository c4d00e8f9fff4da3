// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_event.h"

#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <optional>

namespace flow {

/// Hands on how far attempts have come, so seldom that a task which tells it often costs nothing, and always the last
/// before an attempt ends. Any thread.
class KeptProgress
{
public:
    using Store = std::function<void(ExecutionId id, int sequenceNumber, const TaskProgressed &progress)>;

    explicit KeptProgress(Store store);

    /// Of each execution in order.
    void take(const ExecutionEvent &event);

    static constexpr std::chrono::milliseconds pause{250};

private:
    struct Attempt
    {
        int sequenceNumber = 1;
        TaskProgressed last;
        bool isKept = true; ///< nothing is to be stored
        std::chrono::steady_clock::time_point keptAt{};
    };

    std::optional<Attempt> whatIsDue(const ExecutionEvent &event);

    const Store m_store;
    std::mutex m_mutex;
    std::map<ExecutionId, Attempt> m_attempts; ///< those that run
};

} // namespace flow
