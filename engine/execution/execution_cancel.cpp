// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_cancel.h"

namespace flow {

ExecutionCancel::ExecutionCancel(const CancelToken &person, const CancelToken &abort, std::chrono::nanoseconds flowTime,
                                 Watchdog &watchdog)
    : m_watchdog(watchdog)
    , m_personToken(person)
    , m_abort(abort)
{
    renewAttempt();
    m_person = person.onCancelled([this, person] { m_execution.cancel(person.reason()); });
    m_flowDeadline = m_watchdog.watch(flowTime, [this] { m_execution.cancel(CancelReason::FlowTimeLimit); });
}

void ExecutionCancel::beginEnding(ExecutionPhase phase)
{
    m_flowDeadline.disarm();
    m_attemptDeadline.disarm(); // it knows the source that is about to go
    m_person.reset();
    m_link.reset();
    m_execution = CancelSource();
    renewAttempt();
    const CancelToken &person = phase == ExecutionPhase::Failure ? m_personToken : m_abort;
    m_person = person.onCancelled([this, person] { m_execution.cancel(person.reason()); });
}

CancelReason ExecutionCancel::reason() const
{
    return m_execution.token().reason();
}

void ExecutionCancel::pause(std::chrono::nanoseconds time) const
{
    m_execution.token().waitFor(time);
}

CancelToken ExecutionCancel::beginAttempt(std::chrono::nanoseconds limit)
{
    // Moved, it has not passed and nobody was told so; that is cheaper than a new one for each attempt.
    if (m_attemptDeadline.renew(limit) && !m_attempt.token().isCancelled())
        return m_attempt.token();
    m_attemptDeadline.disarm();
    if (m_attempt.token().isCancelled())
        renewAttempt();
    m_attemptDeadline =
        m_watchdog.watch(limit, [source = m_attempt]() mutable { source.cancel(CancelReason::TaskTimeLimit); });
    return m_attempt.token();
}

CancelReason ExecutionCancel::endAttempt()
{
    const CancelReason ofExecution = reason();
    return ofExecution == CancelReason::None ? m_attempt.token().reason() : ofExecution;
}

void ExecutionCancel::renewAttempt()
{
    m_attempt = CancelSource();
    m_link = m_execution.token().onCancelled(
        [source = m_attempt, token = m_execution.token()]() mutable { source.cancel(token.reason()); });
}

} // namespace flow
