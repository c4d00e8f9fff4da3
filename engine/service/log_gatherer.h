// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_event.h"

#include <QHash>
#include <QList>

#include <functional>
#include <mutex>

namespace flow {

/// Collects the log lines of tasks for storage, so that a task that logs a lot costs few commits. Lines of an execution stay in
/// order. Any thread.
class LogGatherer
{
public:
    using Store = std::function<void(const QList<ExecutionEvent> &lines)>;

    explicit LogGatherer(Store store);

    /// Keeps the line of a TaskLogged; any other event passes on what its execution has gathered so far.
    void take(const ExecutionEvent &event);
    void flush();

private:
    /// As many lines of one execution are passed on even when nothing else happens.
    static constexpr qsizetype mostLines = 64;

    Store m_store;
    std::mutex m_mutex;
    QHash<ExecutionId, QList<ExecutionEvent>> m_lines;
};

} // namespace flow
