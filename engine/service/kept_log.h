// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_event.h"

#include <functional>
#include <map>
#include <mutex>

namespace flow {

/// Hands on the log lines that are kept: of each attempt so many lines and bytes, and then one that says so; a line
/// that is very long is cut, and says so. Any thread.
class KeptLog
{
public:
    using Store = std::function<void(const ExecutionEvent &line)>;

    KeptLog(int linesOfAnAttempt, Store store);

    /// Of each execution in order.
    void take(const ExecutionEvent &event);

    static constexpr int longestLine = 16 * 1024;                 ///< characters
    static constexpr qint64 largestLog = qint64(8) * 1024 * 1024; ///< characters of an attempt

private:
    struct Taken
    {
        int lines = 0;
        qint64 characters = 0;
        bool isFull = false;
    };

    void takeLine(const ExecutionEvent &event, const TaskLogged &line);

    const int m_most;
    const Store m_store;
    std::mutex m_mutex;
    std::map<ExecutionId, Taken> m_taken; ///< of the attempt that runs
};

} // namespace flow
