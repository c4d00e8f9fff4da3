// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "storage/execution_counts.h"
#include "storage/storage_connection.h"

#include <chrono>
#include <functional>
#include <optional>
#include <vector>

namespace flow {

/// What a job of the writer works with: the connection inside its transaction, and the totals that the job changes.
struct WriteTransaction
{
    StorageConnection &connection;
    ExecutionCounts counts = {};
};

/// Changes the database inside a transaction. Runs on the writer's thread. After an error it must return it at once. It
/// may run again when its transaction had to be taken back, because of the jobs that shared it or because the
/// connection was lost.
using WriteJob = std::function<Result<void>(WriteTransaction &)>;

struct WriteOptions
{
    bool durable = false; ///< wait until the disk has it, so that it survives a loss of power
    bool readsCounts =
        false; ///< the job works on the kept totals itself: those of earlier jobs are written before it runs
};

struct QueuedWrite
{
    WriteJob job;
    WriteOptions options;
    Result<void> result = {};
};

/// Runs the jobs in one transaction and commits. Afterwards `result` of each tells what became of it. When one fails,
/// as few do, all is taken back and repeated with each job under a savepoint, so that it does not take the others with
/// it: savepoints cost as much as most jobs. A transaction that is lost as a whole even so (a full disk) is repeated
/// job by job, so that only those fail that have to.
///
/// When the connection is lost before the COMMIT was sent, nothing is kept, and the transaction is repeated on a new
/// one. When it is lost with the COMMIT on its way, the mark that went with it tells on a new connection whether it is
/// kept, and it is repeated only when it never will be. Where no server answers for longer than the patience, the jobs
/// fail with Io; only then, and only for a COMMIT on its way, is it unknown whether a job was kept, and its error says
/// so. The next batch tries the server again, without patience until it is back.
class WriteBatch
{
public:
    static constexpr std::chrono::milliseconds usualPatience{10'000};

    explicit WriteBatch(StorageConnection &connection, std::chrono::milliseconds patience = usualPatience);

    void run(std::vector<QueuedWrite> &writes);

private:
    Result<void> begin(bool durable);
    Result<void> setDurable(bool durable);
    /// One transaction, until it is known what became of it.
    Result<void> runThroughLosses(const std::function<Result<void>()> &transaction);
    Result<bool> isKept();
    Result<void> connect();
    enum class Sharing { Trusting, Careful }; ///< with savepoints: careful
    Result<void> runTogether(std::vector<QueuedWrite> &writes, Sharing sharing);
    Result<void> runAlone(QueuedWrite &write);
    Result<void> runSaved(QueuedWrite &write, bool *lost);
    Result<void> runJob(QueuedWrite &write);
    Result<void> commit();

    StorageConnection &m_connection;
    const std::chrono::milliseconds m_patience;
    ExecutionCounts m_counts;
    std::optional<bool> m_durable;
    CommitMark m_mark;
    bool m_begun = false; ///< the last transaction
    bool m_commitSent = false;
    bool m_gaveUp = false; ///< the last transaction failed for want of a connection
    bool m_away = false;   ///< the server did not come back in time
};

} // namespace flow
