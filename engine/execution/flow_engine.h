// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancellation.h"
#include "base/clock.h"
#include "execution/execution_controls.h"
#include "execution/execution_limits.h"
#include "execution/execution_steering.h"
#include "execution/family_secrets.h"
#include "model/execution_event.h"
#include "model/execution_position.h"
#include "model/flow.h"
#include "tasks/child_flows.h"
#include "tasks/secret_source.h"
#include "tasks/task_registry.h"

#include <functional>
#include <memory>

namespace flow {

/// Everything one execution needs; the pointers outlive it.
struct ExecutionOrder
{
    ExecutionId id = 0;
    Flow flow;
    RevisionId revision;
    QJsonObject input;
    ExecutionLimits limits;
    ExecutionPosition position = {}; ///< where it goes on; empty: it begins
    ExecutionControls controls = {};
    CancelToken cancel;                                ///< ends it; its final task still runs
    CancelToken abort;                                 ///< ends that, too
    std::shared_ptr<ExecutionSteering> steering = {};  ///< null: nobody steers
    const SecretSource *secrets = nullptr;             ///< null: there are none
    std::shared_ptr<FamilySecrets> familySecrets = {}; ///< null: it has no family
    ChildFlows *childFlows = nullptr;                  ///< runs flows for its tasks; null: nobody does
    ExecutionId parent = 0;                            ///< the execution that has started it; 0: none
};

/// How an execution ended, or why it left its thread without having ended.
struct ExecutionOutcome
{
    enum class Suspended {
        No,
        Paused,   ///< waits for a person
        Sleeping, ///< waits for its next attempt; somebody has to run it again after `wakeAfter`
    };

    ExecutionStatus status = ExecutionStatus::Completed;
    QJsonObject context; ///< input and all results
    QString error;       ///< null when there is none
    QString errorTask;   ///< null when there is none
    int totalTasksExecuted = 0;
    double durationSeconds = 0;
    Suspended suspended = Suspended::No;
    std::chrono::nanoseconds wakeAfter{};
    bool cancelHeeded = false; ///< where it is suspended: its final task runs because somebody has cancelled it
    bool cancelWanted = false; ///< somebody has cancelled it, which does not count yet where it is suspended
    bool pauseWanted = false;  ///< the same for a pause

    bool operator==(const ExecutionOutcome &) const = default;
};

class Watchdog;

/// Runs one execution from start to end on the calling thread: asks ExecutionState what comes next, runs it, commits it
/// to the journal, then tells the listener. Thin by intent: the rules are in ExecutionState.
class FlowEngine
{
public:
    /// Called on the execution's thread, after the commit. Must be quick. ExecutionFinished also comes when the journal
    /// failed for good, so that nobody waits for ever; ExecutionQueued does not come from here: whoever stored the
    /// order tells it.
    using Listener = std::function<void(const ExecutionEvent &)>;

    /// `watchdog` watches the time limits; null: one of its own.
    FlowEngine(const TaskRegistry &registry, ExecutionJournal &journal, const Clock &clock, Listener listener,
               Watchdog *watchdog = nullptr);
    ~FlowEngine();

    /// Returns when the execution has ended, for whatever reason, or waits for longer. Never throws. An order that is
    /// cancelled already ends as cancelled without having started.
    ExecutionOutcome run(const ExecutionOrder &order);

private:
    const TaskRegistry &m_registry;
    ExecutionJournal &m_journal;
    const Clock &m_clock;
    Listener m_listener;
    std::unique_ptr<Watchdog> m_ownWatchdog;
    Watchdog *m_watchdog;
};

} // namespace flow
