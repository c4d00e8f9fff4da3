// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/execution_cancel.h"
#include "execution/execution_secrets.h"
#include "execution/flow_engine.h"

namespace flow {

/// One execution on its way from start to end: what FlowEngine::run() needs while it runs. Keeps the order of the
/// promises: commit the attempt, run the effect, commit its result with the next attempt, tell the listener.
class ExecutionRun
{
public:
    ExecutionRun(const TaskRegistry &registry, ExecutionJournal &journal, const Clock &clock,
                 const FlowEngine::Listener &listener, Watchdog &watchdog, const ExecutionOrder &order);
    ExecutionOutcome run();

private:
    using Next = ExecutionState::Next;

    /// An attempt that has ended, as it is stored and as it is told.
    struct Ended
    {
        AttemptEnd record;
        TaskFinished event;
    };

    ExecutionOutcome go(Next next);
    ExecutionState::Report perform(ExecutionState::Attempt attempt);
    bool isPauseOrdered() const;
    TaskRun::Wakes wakes() const;
    Ended ended(const AttemptStart &start, const ExecutionState::Report &report,
                const ExecutionState::Step &step) const;
    AttemptStart startOf(const ExecutionState::Attempt &attempt, Timestamp now) const;
    std::optional<Timestamp> retryTime(const ExecutionState::Step &step) const;
    void heedWishes();
    Result<void> commitStart(const std::optional<Ended> &last, const AttemptStart &start);
    Result<void> commitEnd(const std::optional<Ended> &last);

    ExecutionOutcome wait(const std::optional<Ended> &last, const ExecutionState::Hold &hold);
    ExecutionOutcome sleep(std::chrono::nanoseconds time) const;
    ExecutionOutcome end(const std::optional<Ended> &last, const ExecutionState::End &end);
    ExecutionOutcome endUnstored(const std::optional<Ended> &last, const Error &error, const QString &task);
    ExecutionEnd endRecord(const ExecutionState::End &end) const;
    ExecutionOutcome outcome(const ExecutionEnd &end) const;

    std::chrono::nanoseconds elapsed() const { return m_clock.monotonic() - m_began; }
    void tell(Timestamp at, ExecutionEvent::What what) const;
    void tellStart(const AttemptStart &start) const;

    const TaskRegistry &m_registry;
    ExecutionJournal &m_journal;
    const Clock &m_clock;
    const FlowEngine::Listener &m_listener;
    const ExecutionOrder &m_order;
    ExecutionState m_state;
    ExecutionSecrets m_secrets;
    std::chrono::nanoseconds m_activeBefore;
    std::chrono::nanoseconds m_openBefore; ///< of it, what the attempt took that is re-entered
    std::chrono::nanoseconds m_began;      ///< its active time before taken off
    ExecutionCancel m_cancel;
};

} // namespace flow
