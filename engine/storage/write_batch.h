// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "storage/execution_counts.h"
#include "storage/storage_connection.h"

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
/// may run a second time when the transaction that it shared with others had to be taken back.
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

/// Runs the jobs in one transaction, each under a savepoint, so that one that fails does not take the others with it,
/// and commits. Afterwards `result` of each tells what became of it. A transaction that is lost as a whole (a full
/// disk) is repeated job by job, so that only those fail that have to.
class WriteBatch
{
public:
    explicit WriteBatch(StorageConnection &connection);

    void run(std::vector<QueuedWrite> &writes);

private:
    Result<void> setDurable(bool durable);
    bool runTogether(std::vector<QueuedWrite> &writes);
    Result<void> runAlone(QueuedWrite &write);
    Result<void> runSaved(QueuedWrite &write, bool *lost);
    Result<void> runJob(QueuedWrite &write);
    Result<void> commit();

    StorageConnection &m_connection;
    ExecutionCounts m_counts;
    std::optional<bool> m_durable;
};

} // namespace flow
