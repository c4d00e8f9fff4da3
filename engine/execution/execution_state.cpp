// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_state.h"

#include "execution/execution_messages.h"
#include "execution/retry_delay.h"
#include "tasks/seconds.h"

namespace flow {

ExecutionState::ExecutionState(const Flow &flow, const QJsonObject &input, const ExecutionLimits &limits,
                               ExecutionId id, const ExecutionPosition &position, const ExecutionControls &controls)
    : m_flow(flow)
    , m_conditions(flow)
    , m_templates(flow)
    , m_breakpoints(controls.breakpoints, flow)
    , m_limits(limits)
    , m_id(id)
    , m_context(flow, input, m_conditions.readsScope() || m_templates.readVariables())
    , m_forced(controls.forced)
    , m_refusal(controls.refusal)
    , m_skipReason(controls.skipReason)
    , m_pause(controls.pause)
    , m_passesFirst(controls.passesFirst)
{
    m_indexes.reserve(flow.tasks.size());
    for (qsizetype index = 0; index < flow.tasks.size(); ++index) {
        if (!m_indexes.contains(flow.tasks[index].name))
            m_indexes.insert(flow.tasks[index].name, index);
    }
    restore(position);
}

ExecutionState::Next ExecutionState::start(qsizetype task, int attempt, Time now, std::optional<ExecutionEnding> ending)
{
    const QString &name = m_flow.tasks[task].name;
    const bool isEnding = m_ending.phase != ExecutionPhase::Main;
    if (!isEnding && now >= m_limits.flowTime)
        return conclude({ExecutionStatus::Failure, messages::flowTimeLimit(m_flow.name, m_limits.flowTime, name), name},
                        now);
    if (m_started >= mostSteps())
        return conclude({ExecutionStatus::Failure, messages::stepLimit(m_flow.name, m_limits.steps, name), name}, now);
    m_task = task;
    m_attempt = attempt;
    ++m_started;
    ++m_sequence;
    Attempt next = makeAttempt(task);
    next.ending = std::move(ending);
    return next;
}

/// Where the limit is what ended a part, the next has some steps of its own.
int ExecutionState::mostSteps() const
{
    switch (m_ending.phase) {
    case ExecutionPhase::Main:
        break;
    case ExecutionPhase::Failure:
        return m_limits.steps + m_limits.endingSteps;
    case ExecutionPhase::Final:
        return m_limits.steps + 2 * m_limits.endingSteps;
    }
    return m_limits.steps;
}

ExecutionState::Attempt ExecutionState::makeAttempt(qsizetype task)
{
    m_runs = true;
    return {.task = task,
            .sequenceNumber = m_sequence,
            .attempt = m_attempt,
            .timeLimit = timeLimit(),
            .config = configOf(task),
            .context = m_context.all(),
            .history = m_context.history(),
            .forced = std::exchange(m_forced, std::nullopt)};
}

/// At a place between two tasks: pause there, or go on.
ExecutionState::Next ExecutionState::arrive(const Place &place, Time now)
{
    // A phase that begins without an attempt's end to be committed with cannot be found again after a pause.
    const bool canHold = !place.ending || m_endsAttempt;
    if (!std::exchange(m_passesFirst, false) && canHold) {
        const QString reason = reasonToHold(place);
        if (!reason.isNull())
            return Hold{nameOf(place), reason, place.ending};
    }
    return start(place.task, 1, now, place.ending);
}

QString ExecutionState::reasonToHold(const Place &place) const
{
    if (isPauseWanted())
        return messages::pausedByPerson(nameOf(place));
    return reasonOfBreakpoint(place);
}

QString ExecutionState::reasonOfBreakpoint(const Place &place) const
{
    return m_breakpoints.isEmpty() || isCancelled()
               ? QString()
               : m_breakpoints.reasonToPause(place.condition, nameOf(place), m_flow, scope());
}

bool ExecutionState::isCancelled() const
{
    return m_ending.phase != ExecutionPhase::Main && (m_wasCancelled || m_ending.status == ExecutionStatus::Cancelled);
}

QString ExecutionState::nameOf(const Place &place) const
{
    return place.task < 0 ? endTarget : m_flow.tasks[place.task].name;
}

ExecutionState::Time ExecutionState::timeLimit() const
{
    if (current().timeoutSeconds)
        return nanosecondsOf(*current().timeoutSeconds);
    return m_limits.patientTypes.contains(current().typeName()) ? m_limits.flowTime : m_limits.taskTime;
}

DecisionScope ExecutionState::scope() const
{
    DecisionScope scope = m_context.scope();
    scope.executionId = m_id;
    scope.error = m_ending.error;
    scope.errorTask = m_ending.errorTask;
    return scope;
}

/// Anew for each attempt, because the results so far may have changed.
Result<QJsonObject> ExecutionState::configOf(qsizetype task) const
{
    if (!m_templates.readVariables())
        return m_flow.tasks[task].config.value_or(QJsonObject());
    return m_templates.expand(m_flow, task, variablesOf(m_flow, scope()));
}

ExecutionState::Step ExecutionState::attemptEnded(const Report &report, Time now)
{
    Q_ASSERT(m_runs);
    m_runs = false;
    m_endsAttempt = true;
    Step step;
    const bool isLate = m_ending.phase == ExecutionPhase::Main && now > m_limits.flowTime;
    if (report.stopped == CancelReason::None && report.result.open != TaskResult::Open::No && !isLate) {
        leaveOpen(report, step);
        m_ended += step.status == TaskStatus::Running ? 0 : 1;
        return step;
    }
    ++m_ended;
    if (isCancel(report.stopped)) {
        m_wasCancelled = true;
        step.status = TaskStatus::Cancelled;
        step.error = messages::because(messages::attemptCancelled(current().name), report.stopped);
        conclude(stopped(report.stopped, true), now, step);
        return step;
    }
    if (report.stopped == CancelReason::FlowTimeLimit || isLate) {
        const End end = stopped(CancelReason::FlowTimeLimit, true);
        step.status = TaskStatus::Failure;
        step.error = end.error;
        m_context.remember(current().name, step.status, step.data, step.error);
        conclude(end, now, step);
        return step;
    }
    settle(report, step);
    m_context.remember(current().name, step.status, step.data, step.error);
    if (!retried(report, now, step))
        route(now, step);
    return step;
}

/// What the attempt counts as, by what it returned and how long it took.
void ExecutionState::settle(const Report &report, Step &step) const
{
    const QString &name = current().name;
    if (report.stopped == CancelReason::TaskTimeLimit || report.duration > timeLimit()) {
        step.status = TaskStatus::Failure;
        step.error = messages::taskTimeLimit(name, timeLimit());
        return;
    }
    step.status = report.result.status;
    step.data = report.result.data;
    step.error = report.result.error;
    if (step.status != TaskStatus::Success && step.status != TaskStatus::Failure) {
        step.error = messages::badStatus(name, toString(step.status));
        step.status = TaskStatus::Failure;
    } else if (step.status == TaskStatus::Failure && step.error.isEmpty()) {
        step.error = messages::failedWithoutReason(name);
    }
}

bool ExecutionState::retried(const Report &report, Time now, Step &step)
{
    const std::optional<RetryPolicy> &retry = current().retry;
    if (step.status != TaskStatus::Failure || !report.worthRetrying || !retry || m_attempt >= retry->maxAttempts)
        return false;
    const Time pause = retryDelay(*retry, m_attempt, m_id);
    step.retryAt = now + pause;
    // One that is to pause does so before it waits: the wait may be long, and then nobody remembers the wish.
    if (pause > Time::zero() && !isPauseWanted())
        step.next = Pause{m_task, now + pause};
    else
        step.next = tryAgain(now);
    const auto *next = std::get_if<Attempt>(&step.next);
    const auto *hold = std::get_if<Hold>(&step.next);
    if (std::holds_alternative<End>(step.next) || (next && next->ending) || (hold && hold->ending)) {
        step.retryAt.reset(); // a limit did not let it
        step.nextTask = nameAfter(step.next);
    }
    return true;
}

ExecutionState::Next ExecutionState::tryAgain(Time now)
{
    if (isPauseWanted())
        return Hold{current().name, messages::pausedByPerson(current().name), {}};
    return start(m_task, m_attempt + 1, now);
}

ExecutionState::Next ExecutionState::pauseEnded(Time now, CancelReason reason)
{
    m_endsAttempt = false;
    m_wasCancelled = m_wasCancelled || isCancel(reason);
    if (isCancel(reason) || reason == CancelReason::FlowTimeLimit)
        return conclude(stopped(reason, false), now);
    return tryAgain(now);
}

} // namespace flow
