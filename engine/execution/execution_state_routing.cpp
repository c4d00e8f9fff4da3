// SPDX-License-Identifier: GPL-3.0-or-later
// The part of ExecutionState that knows where to go after a task, and how an execution ends.
#include "execution/execution_messages.h"
#include "execution/execution_state.h"

namespace flow {

void ExecutionState::route(Time now, Step &step)
{
    const QString name = current().name;
    const End byResult = step.status == TaskStatus::Success ? End{} : End{ExecutionStatus::Failure, step.error, name};
    if (m_singleTask) {
        step.next = byResult;
        return;
    }
    // Where no expression asks for it, all results so far need not be put together.
    const Result<Decision> decision =
        m_conditions.decide(name, step.status, m_conditions.readsScope() ? scope() : DecisionScope());
    if (!decision) {
        conclude({ExecutionStatus::Failure, decision.error().reason, name}, now, step);
        return;
    }
    step.condition = decision->condition;
    step.matched = decision->matched;
    follow(*decision, now, step);
}

void ExecutionState::follow(const Decision &decision, Time now, Step &step)
{
    const QString name = current().name;
    const QString condition = decision.condition < 0 ? QString() : m_flow.conditions[decision.condition].name;
    if (decision.next == endTarget) {
        step.nextTask = endTarget;
        // Only a breakpoint on its condition counts here: nothing is left that a pause or a single step could stop.
        const QString reason = reasonOfBreakpoint({-1, condition, {}});
        if (!reason.isNull())
            step.next = Hold{endTarget, reason, {}};
        else
            conclude(step.status == TaskStatus::Success ? End{} : End{ExecutionStatus::Failure, step.error, name}, now,
                     step);
        return;
    }
    const auto target = m_indexes.constFind(decision.next);
    if (target == m_indexes.constEnd()) {
        conclude({ExecutionStatus::Failure, messages::targetUnknown(condition, name, decision.next), name}, now, step);
        return;
    }
    step.next = arrive({*target, condition, {}}, now);
    step.nextTask = nameAfter(step.next);
}

/// Null for an end.
QString ExecutionState::nameAfter(const Next &next) const
{
    if (const auto *attempt = std::get_if<Attempt>(&next))
        return m_flow.tasks[attempt->task].name;
    if (const auto *hold = std::get_if<Hold>(&next))
        return hold->nextTask;
    return {};
}

ExecutionState::End ExecutionState::stopped(CancelReason reason, bool running) const
{
    const QString &name = current().name;
    if (isCancel(reason)) {
        const QString text =
            running ? messages::cancelledDuring(m_flow.name, name) : messages::cancelledBetween(m_flow.name, name);
        return {ExecutionStatus::Cancelled, messages::because(text, reason), name};
    }
    return {ExecutionStatus::Failure, messages::flowTimeLimit(m_flow.name, m_limits.flowTime, name), name};
}

/// An attempt that waits for executions of its own, which wait for a person.
void ExecutionState::leaveOpen(const Report &report, Step &step) const
{
    const QString &name = current().name;
    if (report.result.open == TaskResult::Open::Paused) {
        step.status = TaskStatus::Running;
        step.next = Hold{name, messages::pausedByChild(name, report.result.error), {}};
        return;
    }
    step.status = TaskStatus::Interrupted;
    step.error = report.result.error;
    step.next = End{ExecutionStatus::Interrupted, report.result.error, name};
}

void ExecutionState::conclude(const End &end, Time now, Step &step)
{
    step.next = conclude(end, now);
    if (!std::holds_alternative<End>(step.next))
        step.nextTask = nameAfter(step.next);
}

/// The end, unless the failure task or the final task has to run first.
ExecutionState::Next ExecutionState::conclude(const End &end, Time now)
{
    if (const std::optional<Place> place = endingPlace(end))
        return arrive(*place, now);
    return endAfterHandlers(end);
}

/// The task that runs before an execution ends in this way; with it the phase begins.
std::optional<ExecutionState::Place> ExecutionState::endingPlace(const End &end)
{
    if (m_singleTask || m_ending.phase == ExecutionPhase::Final)
        return std::nullopt;
    const End reason = endAfterHandlers(end);
    m_forced.reset(); // meant for a task that does not come to run
    const auto begin = [&](ExecutionPhase phase, const QString &task) -> std::optional<Place> {
        const auto index = m_indexes.constFind(task);
        if (task.isEmpty() || index == m_indexes.constEnd())
            return std::nullopt;
        m_ending = {phase, reason.status, reason.error, reason.errorTask};
        return Place{*index, {}, m_ending};
    };
    if (m_ending.phase == ExecutionPhase::Main && end.status == ExecutionStatus::Failure) {
        if (std::optional<Place> place = begin(ExecutionPhase::Failure, m_flow.failureTask))
            return place;
    }
    return begin(ExecutionPhase::Final, m_flow.finalTask);
}

/// What ended the main part stays; only a final task that goes wrong spoils a success.
ExecutionState::End ExecutionState::endAfterHandlers(const End &end) const
{
    const bool isMain = m_ending.phase == ExecutionPhase::Main;
    const bool spoils = m_ending.status == ExecutionStatus::Completed && end.status != ExecutionStatus::Completed;
    return isMain || spoils ? end : End{m_ending.status, m_ending.error, m_ending.errorTask};
}

} // namespace flow
