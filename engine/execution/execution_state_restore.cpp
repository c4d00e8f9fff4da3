// SPDX-License-Identifier: GPL-3.0-or-later
// The part of ExecutionState that begins, at the start or wherever the journal says that it stands.
#include "execution/execution_messages.h"
#include "execution/execution_state.h"
#include "tasks/seconds.h"

#include <algorithm>

namespace flow {

namespace {

/// Never longer than it was meant to be, also when somebody has set the clock back meanwhile.
Timestamp::duration waitLeft(const AttemptRecord &last, Timestamp now)
{
    constexpr auto none = Timestamp::duration::zero();
    if (!last.retryAt)
        return none;
    const Timestamp::duration whole = last.completedAt ? *last.retryAt - *last.completedAt : *last.retryAt - now;
    return std::max(none, std::min(*last.retryAt - now, whole));
}

} // namespace

void ExecutionState::restore(const ExecutionPosition &position)
{
    m_startTask = position.startTask.isEmpty() ? m_flow.startTask : position.startTask;
    m_singleTask = position.singleTask;
    m_ending = position.ending;
    auto edit = position.edits.begin();
    const auto applyEdits = [&](int upTo) {
        for (; edit != position.edits.end() && edit->afterSequence <= upTo; ++edit)
            m_context.apply(*edit);
    };
    for (const AttemptRecord &attempt : position.attempts) {
        applyEdits(attempt.sequenceNumber - 1);
        if (attempt.status == TaskStatus::Success || attempt.status == TaskStatus::Failure)
            m_context.remember(attempt.taskName, attempt.status, attempt.data, attempt.error);
        m_sequence = attempt.sequenceNumber;
        if (attempt.origin == AttemptOrigin::Reused) {
            m_taken = attempt;
            continue;
        }
        ++m_started;
        m_ended += attempt.status == TaskStatus::Running ? 0 : 1;
        m_last = attempt;
    }
    applyEdits(m_sequence);
}

ExecutionState::Next ExecutionState::begin(CancelReason reason, Timestamp wallClock, Time activeBefore)
{
    m_wasCancelled = isCancel(reason);
    // It passed while it waited for its next attempt, or just before its program died.
    if (reason == CancelReason::None && activeBefore >= m_limits.flowTime && m_ending.phase == ExecutionPhase::Main)
        reason = CancelReason::FlowTimeLimit;
    if (!m_refusal.isNull())
        return End{ExecutionStatus::Failure, m_refusal, {}};
    if (!m_skipReason.isNull())
        return End{ExecutionStatus::Cancelled, m_skipReason, {}};
    if (m_last)
        return goOn(reason, wallClock, activeBefore);
    if (isCancel(reason))
        return End{
            ExecutionStatus::Cancelled, messages::because(messages::cancelledBeforeStart(m_flow.name), reason), {}};
    if (m_startTask == endTarget) // it takes up one whose main part was over
        return conclude(End{}, Time::zero());
    const auto task = m_indexes.constFind(m_startTask);
    if (task == m_indexes.constEnd())
        return End{ExecutionStatus::Failure, messages::startTaskUnknown(m_flow.name, m_startTask), {}};
    m_task = *task;
    const Time now = reason == CancelReason::FlowTimeLimit ? m_limits.flowTime : Time::zero();
    if (!decidesFirst())
        return arrive({*task, {}, {}}, now);
    Step step;
    step.status = TaskStatus::Success;
    route(now, step);
    return step.next;
}

/// What it takes up went wrong after the task that was taken over last, which had not led to where it begins.
bool ExecutionState::decidesFirst() const
{
    return m_taken && m_taken->taskName == m_startTask && m_taken->status == TaskStatus::Success &&
           m_taken->nextTask != m_startTask;
}

/// After a pause, or after its program has died: what was committed last says what comes next.
ExecutionState::Next ExecutionState::goOn(CancelReason reason, Timestamp wallClock, Time now)
{
    const bool isAgain = m_last->nextTask.isNull(); // it was not over, or is tried again
    const QString next = isAgain ? m_last->taskName : m_last->nextTask;
    const qsizetype task = m_indexes.value(next, -1);
    m_task = next == endTarget ? m_indexes.value(m_last->taskName, -1) : task;
    m_attempt = isAgain ? m_last->attempt : 0;
    if (m_task < 0)
        return End{ExecutionStatus::Failure, messages::startTaskUnknown(m_flow.name, next), {}};
    if (m_last->status == TaskStatus::Running) { // also when it is cancelled: it has to end what it has started
        m_passesFirst = false;
        Attempt again = makeAttempt(task);
        again.isReentered = true;
        return again;
    }
    if (isCancel(reason) && m_attempt == 0)
        return conclude({ExecutionStatus::Cancelled,
                         messages::because(messages::cancelledBefore(m_flow.name, next), reason), current().name},
                        now);
    if (next == endTarget && !isCancel(reason)) { // in time, as nothing is left to do
        const bool failed = m_last->status == TaskStatus::Failure;
        return conclude(failed ? End{ExecutionStatus::Failure, m_last->error, m_last->taskName} : End{}, now);
    }
    if (isCancel(reason) || reason == CancelReason::FlowTimeLimit)
        return conclude(stopped(reason, false), now);
    if (m_attempt == 0)
        return arrive({task, {}, {}}, now);
    return waitAgain(task, now, wallClock);
}

/// Before a further attempt. Who makes a single step or says what comes of the attempt does not want to wait; and where
/// it would sleep, nobody would remember that.
ExecutionState::Next ExecutionState::waitAgain(qsizetype task, Time now, Timestamp wallClock)
{
    const bool isStep = std::exchange(m_passesFirst, false) && m_pause;
    if (isStep || m_forced)
        return start(task, m_attempt + 1, now);
    const Timestamp::duration wait = waitLeft(*m_last, wallClock);
    if (wait > Timestamp::duration::zero() && !isPauseWanted())
        return Pause{task, now + wait};
    return tryAgain(now);
}

} // namespace flow
