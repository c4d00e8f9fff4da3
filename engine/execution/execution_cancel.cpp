// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_cancel.h"

namespace flow {

ExecutionCancel::ExecutionCancel(const CancelToken &person, const CancelToken &abort, std::chrono::nanoseconds flowTime,
                                 Watchdog &watchdog)
    : m_watchdog(watchdog)
    , m_abort(abort)
{
    renewAttempt();
    m_person = person.onCancelled([this] { m_execution.cancel(CancelReason::Cancelled); });
    m_flowDeadline = m_watchdog.watch(flowTime, [this] { m_execution.cancel(CancelReason::FlowTimeLimit); });
}

void ExecutionCancel::beginEnding()
{
    m_flowDeadline.disarm();
    m_person.reset();
    m_link.reset();
    m_execution = CancelSource();
    renewAttempt();
    m_person = m_abort.onCancelled([this] { m_execution.cancel(CancelReason::Cancelled); });
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
    if (m_attempt.token().isCancelled())
        renewAttempt();
    m_attemptDeadline =
        m_watchdog.watch(limit, [source = m_attempt]() mutable { source.cancel(CancelReason::TaskTimeLimit); });
    return m_attempt.token();
}

CancelReason ExecutionCancel::endAttempt()
{
    m_attemptDeadline.disarm();
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
