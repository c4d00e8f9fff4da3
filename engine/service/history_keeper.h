// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancellation.h"
#include "service/database_care.h"
#include "storage/history_store.h"

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace flow {

class Database;

/// Keeps the history within its limits: on a thread of its own, step by step, resting as long as it works.
class HistoryKeeper
{
public:
    /// Without an interval nothing happens by itself; prune() still works.
    HistoryKeeper(Database &database, const RetentionRules &rules, std::optional<std::chrono::milliseconds> interval);
    ~HistoryKeeper();
    Q_DISABLE_COPY_MOVE(HistoryKeeper)

    /// Notes the sizes of what has ended since it looked last.
    Result<void> measure() { return measureAll({}, Pace::AtOnce); }
    /// Gives all free space back to the file system, now, on the calling thread.
    Result<void> giveBack();
    /// Now, on the calling thread. Cancelled: what is gone is gone, the rest stays.
    Result<PruneReport> prune(const PruneOptions &options);

private:
    enum class Pace { Resting, AtOnce };

    void loop();
    Result<PruneReport> work(const PruneOptions &options, Pace pace);
    Result<void> measureAll(const CancelToken &cancel, Pace pace);
    Result<void> removeAll(const QList<ExecutionId> &ids, const PruneOptions &options, Pace pace, PruneReport &report);
    Result<void> removeRevisions(const CancelToken &cancel, Pace pace, PruneReport &report);
    Result<void> giveBackAll(const CancelToken &cancel, Pace pace);
    void rest(std::chrono::nanoseconds worked, const CancelToken &cancel, Pace pace) const;

    HistoryStore m_store;
    const RetentionRules m_rules;
    const std::optional<std::chrono::milliseconds> m_interval;
    std::mutex m_working; ///< one at a time
    CancelSource m_stop;
    std::thread m_thread; // last: it uses everything above
};

} // namespace flow
