// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_journal.h"

#include <chrono>
#include <condition_variable>
#include <map>
#include <mutex>
#include <thread>

namespace flow {

/// The end of an execution as the store would not take it yet.
struct UnstoredEnd
{
    std::optional<AttemptEnd> last;
    ExecutionEnd end;

    /// What the record will say once the end is stored; a record that has it already stays as it is.
    void applyTo(Execution &execution) const;
    void applyTo(QList<TaskExecution> &tasks) const;
};

/// Passes what executions commit on to the store, and keeps the ends that it did not take (a full disk, a database that
/// another program keeps busy). They are stored later: again and again with growing pauses on a thread of its own, at
/// once when another write went through, and a last time when this goes. Until then readers put them over the records.
/// Any thread.
class UnstoredEnds final : public ExecutionJournal
{
public:
    struct Pauses
    {
        std::chrono::milliseconds first{100};
        std::chrono::milliseconds longest{5000};
    };

    /// `store` outlives this.
    explicit UnstoredEnds(ExecutionJournal &store);
    UnstoredEnds(ExecutionJournal &store, Pauses pauses);
    ~UnstoredEnds() override;
    Q_DISABLE_COPY_MOVE(UnstoredEnds)

    Result<void> executionStarted(ExecutionId id, Timestamp at) override;
    Result<void> attemptStarted(const AttemptStart &start) override;
    Result<void> attemptEnded(const AttemptEnd &end, const std::optional<AttemptStart> &next) override;
    Result<void> executionHeld(const std::optional<AttemptEnd> &last, const ExecutionHold &hold) override;
    Result<void> executionEnded(const std::optional<AttemptEnd> &last, const ExecutionEnd &end) override;

    /// The execution makes no further calls and its end is about to be told: what was refused last is what happened.
    void executionOver(ExecutionId id);
    /// A write went through, so it is worth trying now.
    void tryNow();

    /// Ask before reading the record: the end may be stored in between.
    std::optional<UnstoredEnd> find(ExecutionId id) const;
    std::map<ExecutionId, UnstoredEnd> all() const;

private:
    struct Kept
    {
        UnstoredEnd end;
        bool over = false;
    };
    enum class Outcome { Done, Refused, StoreUnusable };

    Result<void> passed(const Result<void> &done);
    void loop();
    bool storeAll();
    Outcome store(UnstoredEnd end);
    bool nothingToDo() const;

    ExecutionJournal &m_store;
    const Pauses m_pauses;
    mutable std::mutex m_mutex;
    std::condition_variable m_changed;
    std::map<ExecutionId, Kept> m_kept;
    bool m_tryNow = false;
    bool m_stop = false;
    std::thread m_thread; // last: it uses everything above
};

} // namespace flow
