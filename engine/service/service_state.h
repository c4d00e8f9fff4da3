// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/execution_pool.h"
#include "service/child_runner.h"
#include "service/execution_launcher.h"
#include "service/execution_waiters.h"
#include "service/flow_service.h"
#include "service/history_keeper.h"
#include "service/kept_log.h"
#include "service/kept_progress.h"
#include "service/other_programs.h"
#include "service/owners.h"
#include "service/secret_families.h"
#include "service/secret_store.h"
#include "service/unstored_ends.h"
#include "service/unstored_wishes.h"
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
    std::unique_ptr<SecretStore> secrets;
    std::shared_ptr<const void> presence; ///< until the database is closed: whoever finds nobody alive may replace it
    std::unique_ptr<Database> database;
    std::unique_ptr<Owners> owners;
    FlowStore flows;
    ExecutionStore executions;
    SecretFamilies secretFamilies;
    UnstoredEnds ends;
    KeptLog log;
    KeptProgress progress;
    std::unique_ptr<HistoryKeeper> history;
    ExecutionWaiters waiters;
    mutable QThreadPool personWorkers;
    mutable QThreadPool serverWorkers;
    mutable QThreadPool urgentWorkers; ///< who waits for the end of an execution is told here, too
    ChildFamilies families;
    std::function<void(ExecutionOrder)> submitAndTell; ///< what was stored before, or was started by a task
    std::function<void(const ExecutionOrder &)> tellTakenUp;
    std::unique_ptr<ChildRunner> children;
    std::unique_ptr<OtherPrograms> others;
    std::unique_ptr<ExecutionPool> pool;
    std::unique_ptr<ExecutionLauncher> launcher;
    std::unique_ptr<UnstoredWishes> wishes; ///< for what is above
    LeftBehind leftBehind;
    std::atomic<bool> closing = false;
    bool takingFails = false; ///< the last look at what others left failed; on the thread of `others`

    /// What is needed to go on with an execution of this program.
    Result<ExecutionOrder> orderFor(ExecutionId id);
    ExecutionLimits limits() const;
    enum class Stopped { Here, Elsewhere, Over };
    /// Tells whoever runs it to cancel it; one that nobody runs is ended here.
    Result<Stopped> stop(ExecutionId id, CancelReach reach = CancelReach::Further);
    /// Tells whoever runs it to pause it before its next task.
    Result<void> pause(ExecutionId id);
    /// Before its next task, together with what it has started; false when it does not run here.
    bool pauseHere(ExecutionId id);
    /// False when it does not run here.
    bool useBreakpoints(ExecutionId id, const QList<Breakpoint> &breakpoints);
    /// What another program asks; false when it is for others, or for later.
    bool carryOut(const OwnerRequest &request);
    bool isMoot(const OwnerRequest &request) const;
    void noteCancel(ExecutionId id);
    UnstoredWishes::Outcome carryOut(const UnstoredWish &wish);
    /// Now, or later where it cannot be done now.
    void doOrKeep(const UnstoredWish &wish);
    Result<bool> isAliveOwner(ExecutionId id) const;
    /// Settles what dead programs have left, and takes over what others may go on with, as far as there are threads.
    void takeReleased();
    /// To `pause` before its next task where that was asked for meanwhile.
    void takeUp(ExecutionId id, bool pause);
    void giveUp(ExecutionId id, const Error &error);
    void executionLeft(ExecutionId id, const ExecutionOutcome &outcome);
    void prepareChildren(std::function<void(const ExecutionEvent &)> tell);
    /// Gives it what every execution of this program has. One that `isNew` has not run before, and resumes none.
    void equip(ExecutionOrder &order, bool isNew = false);
    /// Whether its last attempt goes on with what it has started.
    bool waitsForFlows(ExecutionId id) const;
    void childLeft(ExecutionId id);
    /// Who has it in hand; what dead programs have left is settled.
    Result<ChildCalls::Place> placeOf(ExecutionId id);
    void pauseChildren(ExecutionId id);
    Result<void> goOn(ExecutionId id, const ContinueWish &wish);
    Result<bool> goOnThroughParent(const Execution &child, const ContinueWish &wish);
    Result<bool> letParentGoOn(const Execution &child);
    Result<bool> isWaitedFor(const Execution &child) const;
    void goOnWithoutChild(ExecutionId child);
    /// Refuses an execution that is not paused.
    Result<Execution> paused(ExecutionId id) const;

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
