// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancellation.h"
#include "execution/watchdog.h"
#include "model/execution_journal.h"

namespace flow {

/// Everything that can stop one execution: a person, the flow's time limit, and the time limit of the attempt that
/// runs. Lives on the execution's thread as long as the execution runs.
class ExecutionCancel
{
public:
    ExecutionCancel(const CancelToken &person, const CancelToken &abort, std::chrono::nanoseconds flowTime,
                    Watchdog &watchdog);
    ExecutionCancel(const ExecutionCancel &) = delete;
    ExecutionCancel &operator=(const ExecutionCancel &) = delete;

    /// From now on the failure or final task runs: what has stopped the execution so far does not count any more. A
    /// person stops the failure task like the main part, the final task only by `abort`.
    void beginEnding(ExecutionPhase phase);

    /// Cancelled, FlowTimeLimit or None.
    CancelReason reason() const;
    /// Waits; cut short when the execution is stopped.
    void pause(std::chrono::nanoseconds time) const;

    /// The token for an attempt that may take this long.
    CancelToken beginAttempt(std::chrono::nanoseconds limit);
    /// Why the attempt was stopped; the execution's own reason comes first. Its limit may still pass until the next one
    /// begins, which tells nobody.
    CancelReason endAttempt();

private:
    void renewAttempt();

    Watchdog &m_watchdog;
    const CancelToken m_personToken;
    const CancelToken m_abort;
    CancelSource m_execution;
    CancelSource m_attempt; ///< serves one attempt after the other until it is used up
    // Last, because what these call back must not outlive the sources.
    std::shared_ptr<void> m_link;
    std::shared_ptr<void> m_person;
    Watchdog::Deadline m_flowDeadline;
    Watchdog::Deadline m_attemptDeadline;
};

} // namespace flow
