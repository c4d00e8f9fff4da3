// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "storage/write_batch.h"

#include <atomic>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <vector>

class QThread;

namespace flow {

class StorageBackend;
class StorageConnection;

/// The one thread that writes. It takes everything that is queued, runs it in one transaction, commits, and only then
/// wakes the callers, so that many executions share the cost of a commit. Safe from any thread.
class StorageWriter
{
public:
    /// Takes over an open, migrated database: opens its own connection on its own thread.
    static Result<std::unique_ptr<StorageWriter>> start(const std::shared_ptr<const StorageBackend> &backend);
    /// Commits what is queued and ends the thread.
    ~StorageWriter();
    Q_DISABLE_COPY_MOVE(StorageWriter)

    /// Runs the job and returns when it is committed. An error means that nothing of it was kept, but
    /// see WriteBatch for a connection that breaks. Never from inside a job.
    Result<void> run(WriteJob job, WriteOptions options = {});
    /// The same for a job that gives a value.
    template <typename T>
    Result<T> runFor(std::function<Result<T>(WriteTransaction &)> job, WriteOptions options = {});

    /// Queues a job that nobody waits for; a failure is only logged. Waits while very much is queued already.
    void post(WriteJob job);
    /// Returns when everything queued before is committed.
    void settle();
    /// Jobs that wait for the writer now.
    size_t queued() const;

private:
    StorageWriter() = default;
    struct Waiting;

    void loop(const std::shared_ptr<const StorageBackend> &backend);
    bool takeQueued(std::vector<QueuedWrite> &writes, std::vector<Waiting *> &callers);
    void wake(const std::vector<QueuedWrite> &writes, const std::vector<Waiting *> &callers);
    void logLost(const std::vector<QueuedWrite> &writes, const std::vector<Waiting *> &callers);

    struct Queued
    {
        QueuedWrite write;
        Waiting *caller = nullptr; ///< on the stack of a thread that waits; null for a posted job
    };

    mutable std::mutex m_mutex;
    std::condition_variable m_wake;  ///< the writer waits for work
    std::condition_variable m_space; ///< post() waits for a shorter queue
    std::deque<Queued> m_queue;
    size_t m_posted = 0;                 ///< posted jobs that are not committed yet
    std::atomic<size_t> m_callers = 0;   ///< threads inside run(); changed under the lock
    size_t m_waiting = 0;                ///< those of them whose job is in the queue
    size_t m_expected = 0;               ///< that many will soon wait again, probably; 0: nobody is waited for
    std::atomic<bool> m_hasWork = false; ///< the queue is not empty; read without the lock only to save a sleep
    bool m_stopping = false;
    bool m_losing = false; ///< posted jobs fail; said once in the log
    std::optional<Result<void>> m_opened;
    std::unique_ptr<QThread> m_thread;
};

template <typename T>
Result<T> StorageWriter::runFor(std::function<Result<T>(WriteTransaction &)> job, WriteOptions options)
{
    std::optional<T> value;
    const Result<void> done = run(
        [&](WriteTransaction &transaction) -> Result<void> {
            Result<T> result = job(transaction);
            if (!result)
                return result.error();
            value = std::move(*result);
            return {};
        },
        options);
    if (!done)
        return done.error();
    return std::move(*value);
}

} // namespace flow
