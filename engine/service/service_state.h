// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/execution_pool.h"
#include "service/execution_waiters.h"
#include "service/flow_service.h"
#include "service/other_programs.h"
#include "service/owners.h"
#include "service/unstored_ends.h"
#include "storage/database.h"
#include "storage/execution_store.h"
#include "storage/flow_store.h"

#include <atomic>

namespace flow {

/// What a FlowService consists of. Order matters: members are destroyed from the last to the first, and each uses only
/// what stands above it.
struct FlowService::State
{
    State(ServiceSettings theSettings, TaskRegistry theRegistry, std::unique_ptr<Database> theDatabase,
          std::unique_ptr<Owners> theOwners);
    ~State();

    ServiceSettings settings;
    TaskRegistry registry;
    std::unique_ptr<Database> database;
    std::unique_ptr<Owners> owners;
    FlowStore flows;
    ExecutionStore executions;
    UnstoredEnds ends;
    ExecutionWaiters waiters;
    mutable QThreadPool personWorkers;
    mutable QThreadPool serverWorkers;
    mutable QThreadPool urgentWorkers; ///< who waits for the end of an execution is told here, too
    std::unique_ptr<OtherPrograms> others;
    std::unique_ptr<ExecutionPool> pool;
    int interruptedAtStart = 0;
    std::atomic<bool> closing = false;

    /// The end of an execution that another program runs: nothing while it runs.
    std::optional<ExecutionDetails> endedElsewhere(ExecutionId id);
    /// The record, with its end also where that is not stored yet.
    Result<Execution> execution(ExecutionId id) const;
    Result<ExecutionDetails> executionWithTasks(ExecutionId id) const;
    /// The same; one that cannot be read comes as failed, with the reason.
    ExecutionDetails detailsOf(ExecutionId id) const;
    void executionEnded(ExecutionId id);
    /// Stops what runs here although it is somebody else's by now, or marked as left behind.
    void stopWhatWasTakenAway();
    void waitForWorkers();
};

} // namespace flow
