// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"

#include <QFuture>
#include <QHash>
#include <QList>
#include <QPromise>

#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>

namespace flow {

struct ExecutionDetails;
using ExecutionPromise = std::shared_ptr<QPromise<ExecutionDetails>>;

/// Which executions this program runs, and who waits for their end. Any thread.
class ExecutionWaiters
{
public:
    /// From now on the execution counts as running here, until it is taken. One that was paused may go on before it has
    /// left its thread: then it is expected, and taken, twice.
    void expect(ExecutionId id);
    /// A future for its end; nothing when it does not run here (any more).
    std::optional<QFuture<ExecutionDetails>> wait(ExecutionId id);
    /// Of these, the ones that still run here.
    QList<ExecutionId> running(const QList<ExecutionId> &ids) const;
    /// All that run here.
    QList<ExecutionId> all() const;
    /// Returns when none of them runs here any more, at the latest after that time.
    void waitForEnds(const QList<ExecutionId> &ids, std::chrono::milliseconds atMost);
    /// It has ended, or is paused: those who have waited, unless it goes on already. They are told by the caller.
    QList<ExecutionPromise> take(ExecutionId id);

private:
    struct Running
    {
        int times = 0; ///< on so many threads
        QList<ExecutionPromise> promises;
    };

    mutable std::mutex m_mutex;
    std::condition_variable m_ended;
    QHash<ExecutionId, Running> m_running;
};

} // namespace flow
