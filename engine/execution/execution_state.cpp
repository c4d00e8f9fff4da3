// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_state.h"

#include "execution/execution_messages.h"
#include "tasks/seconds.h"

#include <cmath>

namespace flow {

namespace {

ExecutionState::Time timeLimitOf(const Task &task, const ExecutionLimits &limits)
{
    return task.timeoutSeconds ? nanosecondsOf(*task.timeoutSeconds) : limits.taskTime;
}

/// The pause after the failed attempt with this number.
ExecutionState::Time pauseAfter(int attempt, const RetryPolicy &retry)
{
    double delay = retry.delaySeconds * std::pow(retry.backoff, attempt - 1);
    if (retry.maxDelaySeconds)
        delay = std::min(delay, *retry.maxDelaySeconds);
    return nanosecondsOf(delay);
}

} // namespace

ExecutionState::ExecutionState(const Flow &flow, const QJsonObject &input, const ExecutionLimits &limits,
                               ExecutionId id)
    : m_flow(flow)
    , m_conditions(flow)
    , m_templates(flow)
    , m_limits(limits)
    , m_id(id)
    , m_input(input)
    , m_context(input)
{
    m_indexes.reserve(flow.tasks.size());
    for (qsizetype index = 0; index < flow.tasks.size(); ++index) {
        if (!m_indexes.contains(flow.tasks[index].name))
            m_indexes.insert(flow.tasks[index].name, index);
    }
}

ExecutionState::Next ExecutionState::begin(CancelReason reason)
{
    if (reason == CancelReason::Cancelled)
        return End{ExecutionStatus::Cancelled, messages::cancelledBeforeStart(m_flow.name), {}};
    const auto task = m_indexes.constFind(m_flow.startTask);
    if (task == m_indexes.constEnd())
        return End{ExecutionStatus::Failure, messages::startTaskUnknown(m_flow.name, m_flow.startTask), {}};
    return start(*task, 1, reason == CancelReason::FlowTimeLimit ? m_limits.flowTime : Time::zero());
}

ExecutionState::Next ExecutionState::start(qsizetype task, int attempt, Time now)
{
    const QString &name = m_flow.tasks[task].name;
    if (now >= m_limits.flowTime)
        return End{ExecutionStatus::Failure, messages::flowTimeLimit(m_flow.name, m_limits.flowTime, name), name};
    if (m_started >= m_limits.steps)
        return End{ExecutionStatus::Failure, messages::stepLimit(m_flow.name, m_limits.steps, name), name};
    m_task = task;
    m_attempt = attempt;
    ++m_started;
    return Attempt{task,           m_started, attempt,  timeLimitOf(m_flow.tasks[task], m_limits),
                   configOf(task), m_context, m_history};
}

/// Anew for each attempt, because the results so far may have changed.
Result<QJsonObject> ExecutionState::configOf(qsizetype task) const
{
    if (!m_templates.readVariables())
        return m_flow.tasks[task].config.value_or(QJsonObject());
    return m_templates.expand(m_flow, task, variablesOf(m_flow, {m_input, m_results, m_id}));
}

ExecutionState::End ExecutionState::stopped(CancelReason reason, bool running) const
{
    const QString &name = current().name;
    if (reason == CancelReason::Cancelled) {
        return {ExecutionStatus::Cancelled,
                running ? messages::cancelledDuring(m_flow.name, name) : messages::cancelledBetween(m_flow.name, name),
                name};
    }
    return {ExecutionStatus::Failure, messages::flowTimeLimit(m_flow.name, m_limits.flowTime, name), name};
}

ExecutionState::Step ExecutionState::attemptEnded(const Report &report, Time now)
{
    Q_ASSERT(m_ended + 1 == m_started);
    ++m_ended;
    Step step;
    if (report.stopped == CancelReason::Cancelled) {
        step.status = TaskStatus::Cancelled;
        step.error = messages::attemptCancelled(current().name);
        step.next = stopped(report.stopped, true);
        return step;
    }
    if (report.stopped == CancelReason::FlowTimeLimit || now > m_limits.flowTime) {
        const End end = stopped(CancelReason::FlowTimeLimit, true);
        step.status = TaskStatus::Failure;
        step.error = end.error;
        step.next = end;
        return step;
    }
    settle(report, step);
    remember(step);
    if (!retried(report, now, step))
        route(now, step);
    return step;
}

/// What the attempt counts as, by what it returned and how long it took.
void ExecutionState::settle(const Report &report, Step &step) const
{
    const QString &name = current().name;
    const Time limit = timeLimitOf(current(), m_limits);
    if (report.stopped == CancelReason::TaskTimeLimit || report.duration > limit) {
        step.status = TaskStatus::Failure;
        step.error = messages::taskTimeLimit(name, limit);
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

/// Puts the result where later tasks and conditions find it. In place: nobody else holds the context now.
void ExecutionState::remember(const Step &step)
{
    QJsonObject entry{{QStringLiteral("status"), toString(step.status)}};
    if (!step.data.isUndefined())
        entry.insert(QStringLiteral("data"), step.data);
    if (!step.error.isNull())
        entry.insert(QStringLiteral("error"), step.error);
    m_context.insert(current().name, entry);
    m_history << current().name;
    if (!m_conditions.readsScope() && !m_templates.readVariables())
        return;
    // Expressions find all three members, so that asking for an error that is not there is no mistake.
    for (const QString &member : {QStringLiteral("data"), QStringLiteral("error")}) {
        if (!entry.contains(member))
            entry.insert(member, QJsonValue::Null);
    }
    m_results.insert(current().name, entry);
}

bool ExecutionState::retried(const Report &report, Time now, Step &step)
{
    const std::optional<RetryPolicy> &retry = current().retry;
    if (step.status != TaskStatus::Failure || !report.worthRetrying || !retry || m_attempt >= retry->maxAttempts)
        return false;
    const Time pause = pauseAfter(m_attempt, *retry);
    if (pause > Time::zero())
        step.next = Pause{m_task, now + pause};
    else
        step.next = start(m_task, m_attempt + 1, now);
    return true;
}

void ExecutionState::route(Time now, Step &step)
{
    const QString name = current().name;
    const Result<Decision> decision = m_conditions.decide(name, step.status, {m_input, m_results, m_id});
    if (!decision) {
        step.next = End{ExecutionStatus::Failure, decision.error().reason, name};
        return;
    }
    step.condition = decision->condition;
    step.matched = decision->matched;
    if (decision->next == endTarget) {
        step.nextTask = endTarget;
        step.next = step.status == TaskStatus::Success ? End{} : End{ExecutionStatus::Failure, step.error, name};
        return;
    }
    const auto target = m_indexes.constFind(decision->next);
    if (target == m_indexes.constEnd()) {
        const QString condition = m_flow.conditions[decision->condition].name;
        step.next = End{ExecutionStatus::Failure, messages::targetUnknown(condition, name, decision->next), name};
        return;
    }
    step.next = start(*target, 1, now);
    if (std::holds_alternative<Attempt>(step.next))
        step.nextTask = decision->next;
}

ExecutionState::Next ExecutionState::pauseEnded(Time now, CancelReason reason)
{
    if (reason == CancelReason::Cancelled || reason == CancelReason::FlowTimeLimit)
        return stopped(reason, false);
    return start(m_task, m_attempt + 1, now);
}

} // namespace flow
