// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/execution_run.h"

#include "execution/attempt_runner.h"
#include "execution/execution_messages.h"
#include "tasks/seconds.h"

#include <algorithm>

namespace flow {

using namespace std::chrono_literals;

namespace {

ExecutionLimits limitsFor(const ExecutionOrder &order, const TaskRegistry &registry)
{
    ExecutionLimits limits = order.limits;
    for (const TaskType &type : registry.types()) {
        if (type.waitsForFlows)
            limits.patientTypes.insert(type.name);
    }
    return limits;
}

/// What a restart may do with an attempt of this task.
OnLoss onLoss(const Task &task, const TaskType &type)
{
    if (type.waitsForFlows)
        return OnLoss::Reenter;
    return task.retrySafe.value_or(type.retrySafe) ? OnLoss::Repeat : OnLoss::Ask;
}

} // namespace

ExecutionRun::ExecutionRun(const TaskRegistry &registry, ExecutionJournal &journal, const Clock &clock,
                           const FlowEngine::Listener &listener, Watchdog &watchdog, const ExecutionOrder &order)
    : m_registry(registry)
    , m_journal(journal)
    , m_clock(clock)
    , m_listener(listener)
    , m_order(order)
    , m_state(order.flow, order.input, limitsFor(order, registry), order.id, order.position, order.controls)
    , m_secrets(order.secrets, order.familySecrets, registry)
    , m_activeBefore(nanosecondsOf(order.position.activeUntil(clock.now())))
    , m_openBefore(nanosecondsOf(order.position.openSeconds()))
    , m_began(clock.monotonic() - m_activeBefore)
    , m_cancel(order.cancel, order.abort, order.limits.flowTime - m_activeBefore, watchdog)
{
    // Cancelled while it was paused or slept in there, it ends: nothing runs that a first cancel could have ended.
    if (m_state.ending().phase != ExecutionPhase::Main && !order.cancel.isCancelled())
        m_cancel.beginEnding(m_state.ending().phase);
}

ExecutionOutcome ExecutionRun::run()
{
    heedWishes();
    Next first = m_state.begin(m_cancel.reason(), m_clock.now(), m_activeBefore);
    if (const auto *over = std::get_if<ExecutionState::End>(&first))
        return end({}, *over);
    const Timestamp now = m_clock.now();
    if (const Result<void> stored = m_journal.executionStarted(m_order.id, now); !stored)
        return endUnstored({}, stored.error(), {});
    tell(now, ExecutionStarted{m_order.flow.id, m_order.revision, m_order.parent});
    return go(std::move(first));
}

/// From what comes first to the end, or to where it has to wait for longer.
ExecutionOutcome ExecutionRun::go(Next next)
{
    std::optional<Ended> last; // has ended, and is not committed yet
    for (;;) {
        if (const auto *over = std::get_if<ExecutionState::End>(&next))
            return end(last, *over);
        if (const auto *hold = std::get_if<ExecutionState::Hold>(&next))
            return wait(last, *hold);
        if (const auto *pause = std::get_if<ExecutionState::Pause>(&next)) {
            if (const Result<void> stored = commitEnd(last); !stored)
                return endUnstored(last, stored.error(), last->event.taskName);
            last.reset();
            const std::chrono::nanoseconds time = pause->until - elapsed();
            heedWishes();
            if (time > m_order.limits.longestWait && !m_state.isPauseWanted())
                return sleep(time);
            if (!m_state.isPauseWanted())
                m_cancel.pause(time);
            heedWishes();
            next = m_state.pauseEnded(elapsed(), m_cancel.reason());
            continue;
        }
        ExecutionState::Attempt &attempt = std::get<ExecutionState::Attempt>(next);
        if (attempt.ending)
            m_cancel.beginEnding(attempt.ending->phase);
        const AttemptStart start = startOf(attempt, last ? last->record.completedAt : m_clock.now());
        if (const Result<void> stored = attempt.isReentered ? Result<void>() : commitStart(last, start); !stored)
            return endUnstored(last, stored.error(), last ? last->event.taskName : start.taskName);
        last.reset();
        tellStart(start);
        const ExecutionState::Report report = perform(std::move(attempt));
        heedWishes();
        ExecutionState::Step step = m_state.attemptEnded(report, elapsed());
        if (step.status != TaskStatus::Running)
            last = ended(start, report, step);
        next = std::move(step.next);
    }
}

void ExecutionRun::heedWishes()
{
    if (!m_order.steering)
        return;
    if (m_order.steering->pauseRequested())
        m_state.setPause(true);
    if (const std::optional<QList<Breakpoint>> breakpoints = m_order.steering->takeBreakpoints())
        m_state.setBreakpoints(*breakpoints);
}

/// The effect. What the task held of the context is gone when this returns, so that the state can change it in place.
ExecutionState::Report ExecutionRun::perform(ExecutionState::Attempt attempt)
{
    const Task &task = m_state.flow().tasks[attempt.task];
    const auto before = attempt.isReentered ? m_openBefore : std::chrono::nanoseconds::zero();
    TaskRun run{.taskName = task.name,
                .context = std::move(attempt.context),
                .history = std::move(attempt.history),
                .attempt = attempt.attempt,
                .cancel = m_cancel.beginAttempt(std::max(attempt.timeLimit - before, 1ns)),
                .clock = &m_clock,
                .log =
                    [this, &task](LogLevel level, const QString &text) {
                        tell(m_clock.now(), TaskLogged{task.name, level, m_secrets.redacted(text)});
                    },
                .progress =
                    [this, &task](double fraction, const QString &text) {
                        const double bounded = fraction > 0 ? std::min(fraction, 1.0) : 0;
                        tell(m_clock.now(), TaskProgressed{task.name, bounded, m_secrets.redacted(text)});
                    },
                .executionId = m_order.id,
                .sequenceNumber = attempt.sequenceNumber,
                .flows = m_order.childFlows,
                .abort = m_order.abort,
                .isPauseWanted =
                    [this, fromBefore = attempt.isReentered && isPauseOrdered()] {
                        return fromBefore || (m_order.steering && m_order.steering->pauseRequested());
                    },
                .wakes = attempt.isReentered ? wakes() : TaskRun::Wakes::Nothing,
                .withoutSecrets = [this](const QString &text, TextCut cut) { return m_secrets.redacted(text, cut); }};
    const std::chrono::nanoseconds began = m_clock.monotonic();
    ExecutionState::Report report;
    // Stopped while the start was committed: the effect must not happen.
    if (attempt.forced) {
        report.result = *attempt.forced;
        report.worthRetrying = false; // what a person says is the last word, and another attempt would be a real one
    } else if (!run.cancel.isCancelled() || attempt.isReentered) { // which ends what it has started
        if (const auto unknown = m_secrets.recall(m_order.position.attempts, m_state, run.cancel))
            tell(m_clock.now(), TaskLogged{task.name, LogLevel::Warning, *unknown});
        m_secrets.fillIn(attempt, m_state, run.cancel);
        report = runAttempt(m_registry, task, attempt.config, run);
        m_secrets.redact(report, run.cancel);
    }
    report.duration = m_clock.monotonic() - began + before;
    report.stopped = m_cancel.endAttempt();
    return report;
}

/// Somebody wanted it to pause while nobody ran it; a single step is something else.
bool ExecutionRun::isPauseOrdered() const
{
    return m_order.controls.pause && !m_order.controls.passesFirst;
}

TaskRun::Wakes ExecutionRun::wakes() const
{
    if (!m_order.controls.wakesChildren)
        return TaskRun::Wakes::Nothing;
    return m_order.controls.pause ? TaskRun::Wakes::ForOneStep : TaskRun::Wakes::Freely;
}

ExecutionRun::Ended ExecutionRun::ended(const AttemptStart &start, const ExecutionState::Report &report,
                                        const ExecutionState::Step &step) const
{
    const double seconds = secondsOf(report.duration);
    const std::optional<Timestamp> retryAt = retryTime(step);
    return {AttemptEnd{.executionId = m_order.id,
                       .sequenceNumber = start.sequenceNumber,
                       .status = step.status,
                       .data = step.data,
                       .error = step.error,
                       .decidedBy = step.condition < 0 ? QString() : m_state.flow().conditions[step.condition].name,
                       .nextTask = step.nextTask,
                       .completedAt = m_clock.now(),
                       .durationSeconds = seconds,
                       .retryAt = retryAt},
            TaskFinished{start.taskName, start.sequenceNumber, start.attempt, step.status, step.error, seconds,
                         step.condition, step.matched, step.nextTask, retryAt}};
}

/// By the time of day, because it may be another program that tries again.
std::optional<Timestamp> ExecutionRun::retryTime(const ExecutionState::Step &step) const
{
    if (!step.retryAt)
        return std::nullopt;
    const auto wait = std::max(*step.retryAt - elapsed(), std::chrono::nanoseconds::zero());
    return m_clock.now() + std::chrono::ceil<Timestamp::duration>(wait);
}

AttemptStart ExecutionRun::startOf(const ExecutionState::Attempt &attempt, Timestamp now) const
{
    const Task &task = m_state.flow().tasks[attempt.task];
    const auto type = m_registry.types().constFind(task.typeName());
    const bool known = type != m_registry.types().constEnd();
    AttemptStart start{.executionId = m_order.id,
                       .taskName = task.name,
                       .taskDescription = task.description.isEmpty() && known ? type->description : task.description,
                       .sequenceNumber = attempt.sequenceNumber,
                       .attempt = attempt.attempt,
                       .startedAt = now,
                       .touchesWorld = known && type->touches != Touch::Nothing && !attempt.forced,
                       .onLoss = known ? onLoss(task, *type) : OnLoss::Repeat,
                       .origin = AttemptOrigin::Run,
                       .ending = attempt.ending};
    if (attempt.forced) {
        start.onLoss = OnLoss::Repeat;
        start.origin = AttemptOrigin::Forced;
    }
    return start;
}

Result<void> ExecutionRun::commitEnd(const std::optional<Ended> &last)
{
    if (!last)
        return {};
    const Result<void> stored = m_journal.attemptEnded(last->record, {});
    if (stored)
        tell(last->record.completedAt, last->event);
    return stored;
}

/// The start of an attempt, with the end of the one before it.
Result<void> ExecutionRun::commitStart(const std::optional<Ended> &last, const AttemptStart &start)
{
    if (!last)
        return m_journal.attemptStarted(start);
    const Result<void> stored = m_journal.attemptEnded(last->record, start);
    if (stored)
        tell(last->record.completedAt, last->event);
    return stored;
}

ExecutionOutcome ExecutionRun::wait(const std::optional<Ended> &last, const ExecutionState::Hold &hold)
{
    const ExecutionHold record{m_order.id, hold.nextTask, hold.reason, secondsOf(elapsed()), hold.ending};
    const Result<void> stored = m_journal.executionHeld(last ? std::optional(last->record) : std::nullopt, record);
    if (!stored)
        return endUnstored(last, stored.error(), last ? last->event.taskName : QString());
    if (last)
        tell(last->record.completedAt, last->event);
    tell(m_clock.now(), ExecutionPaused{hold.nextTask, hold.reason});
    ExecutionOutcome outcome;
    outcome.suspended = ExecutionOutcome::Suspended::Paused;
    outcome.error = hold.reason;
    outcome.cancelHeeded = m_state.isCancelled();
    return outcome;
}

/// The next attempt is far away: somebody else may have the thread until then, or until the flow's time limit passes.
ExecutionOutcome ExecutionRun::sleep(std::chrono::nanoseconds time) const
{
    if (m_state.ending().phase == ExecutionPhase::Main)
        time = std::min(time, m_order.limits.flowTime - elapsed());
    ExecutionOutcome outcome;
    outcome.suspended = ExecutionOutcome::Suspended::Sleeping;
    outcome.wakeAfter = time;
    outcome.cancelHeeded = m_state.isCancelled();
    return outcome;
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
    return {.status = end.status,
            .context = m_state.context(),
            .error = end.error,
            .errorTask = end.errorTask,
            .totalTasksExecuted = end.totalTasksExecuted,
            .durationSeconds = end.durationSeconds};
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
