// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_run.h"

#include "execution/attempt_runner.h"
#include "execution/execution_messages.h"
#include "tasks/seconds.h"

#include <algorithm>

namespace flow {

ExecutionRun::ExecutionRun(const TaskRegistry &registry, ExecutionJournal &journal, const Clock &clock,
                           const FlowEngine::Listener &listener, Watchdog &watchdog, const ExecutionOrder &order)
    : m_registry(registry)
    , m_journal(journal)
    , m_clock(clock)
    , m_listener(listener)
    , m_order(order)
    , m_state(order.flow, order.input, order.limits, order.id)
    , m_began(clock.monotonic())
    , m_cancel(order.cancel, order.limits.flowTime, watchdog)
{
}

ExecutionOutcome ExecutionRun::run()
{
    Next first = m_state.begin(m_cancel.reason());
    if (const auto *over = std::get_if<ExecutionState::End>(&first))
        return end({}, *over);
    const Timestamp now = m_clock.now();
    if (const Result<void> stored = m_journal.executionStarted(m_order.id, now); !stored)
        return endUnstored({}, stored.error(), {});
    tell(now, ExecutionStarted{m_order.flow.id, m_order.revision});
    return go(std::move(first));
}

/// From the first attempt, which is not committed yet, to the end.
ExecutionOutcome ExecutionRun::go(Next next)
{
    AttemptStart start = startOf(std::get<ExecutionState::Attempt>(next), m_clock.now());
    if (const Result<void> stored = commitStart(start); !stored)
        return endUnstored({}, stored.error(), start.taskName);
    for (;;) {
        const ExecutionState::Report report = perform(std::move(std::get<ExecutionState::Attempt>(next)));
        ExecutionState::Step step = m_state.attemptEnded(report, elapsed());
        const Ended last = ended(start, report, step);
        next = std::move(step.next);
        if (const auto *over = std::get_if<ExecutionState::End>(&next))
            return end(last, *over);

        std::optional<AttemptStart> following;
        if (const auto *attempt = std::get_if<ExecutionState::Attempt>(&next))
            following = startOf(*attempt, last.record.completedAt);
        if (const Result<void> stored = m_journal.attemptEnded(last.record, following); !stored)
            return endUnstored(last, stored.error(), start.taskName);
        tell(last.record.completedAt, last.event);
        if (following) {
            start = *following;
            tellStart(start);
            continue;
        }
        next = pause(std::get<ExecutionState::Pause>(next));
        if (const auto *over = std::get_if<ExecutionState::End>(&next))
            return end({}, *over);
        start = startOf(std::get<ExecutionState::Attempt>(next), m_clock.now());
        if (const Result<void> stored = commitStart(start); !stored)
            return endUnstored({}, stored.error(), start.taskName);
    }
}

/// The effect. What the task held of the context is gone when this returns, so that the state can change it in place.
ExecutionState::Report ExecutionRun::perform(ExecutionState::Attempt attempt)
{
    const Task &task = m_state.flow().tasks[attempt.task];
    TaskRun run{.taskName = task.name,
                .context = std::move(attempt.context),
                .history = std::move(attempt.history),
                .attempt = attempt.attempt,
                .cancel = m_cancel.beginAttempt(attempt.timeLimit),
                .clock = &m_clock,
                .log =
                    [this, &task](LogLevel level, const QString &text) {
                        tell(m_clock.now(), TaskLogged{task.name, level, text});
                    },
                .progress =
                    [this, &task](double fraction, const QString &text) {
                        const double bounded = fraction > 0 ? std::min(fraction, 1.0) : 0;
                        tell(m_clock.now(), TaskProgressed{task.name, bounded, text});
                    }};
    const std::chrono::nanoseconds began = m_clock.monotonic();
    ExecutionState::Report report;
    // Stopped while the start was committed: the effect must not happen.
    if (!run.cancel.isCancelled())
        report = runAttempt(m_registry, task, attempt.config, run);
    report.duration = m_clock.monotonic() - began;
    report.stopped = m_cancel.endAttempt();
    return report;
}

ExecutionRun::Ended ExecutionRun::ended(const AttemptStart &start, const ExecutionState::Report &report,
                                        const ExecutionState::Step &step) const
{
    const double seconds = secondsOf(report.duration);
    return {AttemptEnd{.executionId = m_order.id,
                       .sequenceNumber = start.sequenceNumber,
                       .status = step.status,
                       .data = step.data,
                       .error = step.error,
                       .decidedBy = step.condition < 0 ? QString() : m_state.flow().conditions[step.condition].name,
                       .nextTask = step.nextTask,
                       .completedAt = m_clock.now(),
                       .durationSeconds = seconds},
            TaskFinished{start.taskName, start.sequenceNumber, start.attempt, step.status, step.error, seconds,
                         step.condition, step.matched, step.nextTask}};
}

AttemptStart ExecutionRun::startOf(const ExecutionState::Attempt &attempt, Timestamp now) const
{
    const Task &task = m_state.flow().tasks[attempt.task];
    const auto type = m_registry.types().constFind(task.typeName());
    const bool known = type != m_registry.types().constEnd();
    return {.executionId = m_order.id,
            .taskName = task.name,
            .taskDescription = task.description.isEmpty() && known ? type->description : task.description,
            .sequenceNumber = attempt.sequenceNumber,
            .attempt = attempt.attempt,
            .startedAt = now,
            .touchesWorld = known && type->touches != Touch::Nothing};
}

ExecutionRun::Next ExecutionRun::pause(const ExecutionState::Pause &pause)
{
    m_cancel.pause(pause.until - elapsed());
    return m_state.pauseEnded(elapsed(), m_cancel.reason());
}

Result<void> ExecutionRun::commitStart(const AttemptStart &start)
{
    const Result<void> stored = m_journal.attemptStarted(start);
    if (stored)
        tellStart(start);
    return stored;
}

ExecutionOutcome ExecutionRun::end(const std::optional<Ended> &last, const ExecutionState::End &end)
{
    const ExecutionEnd record = endRecord(end);
    const Result<void> stored = m_journal.executionEnded(last ? std::optional(last->record) : std::nullopt, record);
    if (!stored)
        return endUnstored(last, stored.error(), last ? last->event.taskName : QString());
    if (last)
        tell(last->record.completedAt, last->event);
    tell(record.completedAt,
         ExecutionFinished{end.status, end.error, end.errorTask, record.totalTasksExecuted, record.durationSeconds});
    return outcome(record);
}

/// The journal has failed: the execution fails with that. Whether or not this can be stored, whoever watches has to
/// know.
ExecutionOutcome ExecutionRun::endUnstored(const std::optional<Ended> &last, const Error &error, const QString &task)
{
    std::optional<Ended> final = last;
    if (final) {
        final->record.nextTask = QString();
        final->event.nextTask = QString();
    }
    const ExecutionEnd record = endRecord({ExecutionStatus::Failure, messages::notStored(error.text()), task});
    const Result<void> stored = m_journal.executionEnded(final ? std::optional(final->record) : std::nullopt, record);
    if (final && stored)
        tell(final->record.completedAt, final->event);
    tell(record.completedAt, ExecutionFinished{record.status, record.error, record.errorTask, record.totalTasksExecuted,
                                               record.durationSeconds});
    return outcome(record);
}

ExecutionEnd ExecutionRun::endRecord(const ExecutionState::End &end) const
{
    return {.executionId = m_order.id,
            .status = end.status,
            .error = end.error,
            .errorTask = end.errorTask,
            .totalTasksExecuted = m_state.attemptsEnded(),
            .completedAt = m_clock.now(),
            .durationSeconds = secondsOf(elapsed())};
}

ExecutionOutcome ExecutionRun::outcome(const ExecutionEnd &end) const
{
    return {end.status, m_state.context(), end.error, end.errorTask, end.totalTasksExecuted, end.durationSeconds};
}

void ExecutionRun::tell(Timestamp at, ExecutionEvent::What what) const
{
    if (m_listener)
        m_listener(ExecutionEvent{m_order.id, at, std::move(what)});
}

void ExecutionRun::tellStart(const AttemptStart &start) const
{
    tell(start.startedAt, TaskStarted{start.taskName, start.sequenceNumber, start.attempt});
}

} // namespace flow
