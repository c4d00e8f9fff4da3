// SPDX-License-Identifier: GPL-3.0-or-later
#include "simulated_journal.h"

#include "tasks/seconds.h"

#include <algorithm>

namespace flow::test {

SimulatedJournal::SimulatedJournal(const Flow &flow, const ExecutionLimits &limits, FakeClock &clock)
    : m_flow(flow)
    , m_limits(limits)
    , m_clock(clock)
{
}

void SimulatedJournal::wrong(const QString &what)
{
    if (problem.isNull())
        problem = what;
}

Result<void> SimulatedJournal::commit(const QString &what, const std::function<void()> &change)
{
    onCommit(QStringLiteral("before: ") + what);
    if (isDead)
        return Error{.code = ErrorCode::Full, .reason = QStringLiteral("the program is dead")};
    if (isFinished(kept.status))
        wrong(QStringLiteral("a commit after the end: ") + what);
    change();
    onCommit(QStringLiteral("kept: ") + what);
    return {};
}

Result<void> SimulatedJournal::executionStarted(ExecutionId, Timestamp)
{
    return commit(QStringLiteral("started"), [this] {
        kept.status = ExecutionStatus::Running;
        if (running()) // it goes on with that attempt
            kept.heldBefore.clear();
    });
}

Result<void> SimulatedJournal::attemptStarted(const AttemptStart &next)
{
    return commit(QStringLiteral("start %1 %2#%3").arg(next.sequenceNumber).arg(next.taskName).arg(next.attempt),
                  [&] { start(next); });
}

Result<void> SimulatedJournal::attemptEnded(const AttemptEnd &last, const std::optional<AttemptStart> &next)
{
    QString what = QStringLiteral("end %1 %2 -> %3").arg(last.sequenceNumber).arg(toString(last.status), last.nextTask);
    if (next)
        what += QStringLiteral("; start %1 %2#%3").arg(next->sequenceNumber).arg(next->taskName).arg(next->attempt);
    return commit(what, [&] {
        end(last);
        if (next)
            start(*next);
        else if (!last.retryAt)
            wrong(QStringLiteral("an end that leads nowhere: ") + what);
        else
            onRetryWait();
    });
}

Result<void> SimulatedJournal::executionHeld(const std::optional<AttemptEnd> &last, const ExecutionHold &hold)
{
    return commit(QStringLiteral("held before ") + hold.nextTask, [&] {
        if (last)
            end(*last);
        kept.status = ExecutionStatus::Paused;
        kept.heldBefore = hold.nextTask;
        kept.heldSeconds = hold.activeSeconds;
        if (hold.ending) {
            kept.ending = *hold.ending;
            kept.phases.insert(int(hold.ending->phase));
        }
        mustHold = false;
    });
}

Result<void> SimulatedJournal::executionEnded(const std::optional<AttemptEnd> &last, const ExecutionEnd &over)
{
    return commit(QStringLiteral("over ") + toString(over.status) + u' ' + over.error, [&] {
        if (last)
            end(*last);
        if (running())
            wrong(QStringLiteral("the execution has ended while an attempt runs"));
        kept.status = over.status;
        kept.error = over.error;
        kept.errorTask = over.errorTask;
        kept.totalTasksExecuted = over.totalTasksExecuted;
        if (over.totalTasksExecuted != int(kept.rows.size()))
            wrong(QStringLiteral("the end counts %1 attempts").arg(over.totalTasksExecuted));
    });
}

void SimulatedJournal::end(const AttemptEnd &last)
{
    if (!running() || running()->record.sequenceNumber != last.sequenceNumber)
        return wrong(QStringLiteral("a result for attempt %1, which does not run").arg(last.sequenceNumber));
    Row &row = kept.rows.last();
    row.record.status = last.status;
    row.record.data = last.data;
    row.record.error = last.error;
    row.record.nextTask = last.nextTask;
    row.record.completedAt = last.completedAt;
    row.record.retryAt = last.retryAt;
    row.seconds = last.durationSeconds;
}

void SimulatedJournal::start(const AttemptStart &next)
{
    if (kept.status != ExecutionStatus::Running)
        wrong(QStringLiteral("attempt %1 of an execution that does not run").arg(next.sequenceNumber));
    if (running())
        wrong(QStringLiteral("two attempts at once"));
    if (next.sequenceNumber != kept.rows.size() + 1)
        wrong(QStringLiteral("attempt %1 follows %2").arg(next.sequenceNumber).arg(kept.rows.size()));
    const bool runsThrough = isCancelled || (next.ending ? *next.ending : kept.ending).status ==
                                                ExecutionStatus::Cancelled; // its final task runs through
    if (mustHold && !runsThrough)
        wrong(QStringLiteral("attempt %1 although it was to pause").arg(next.sequenceNumber));
    if (startsLeft == 0 && !runsThrough)
        wrong(QStringLiteral("attempt %1 is more than a single step").arg(next.sequenceNumber));
    startsLeft -= startsLeft > 0 ? 1 : 0;
    ++starts;
    checkDecision(next);
    checkLimits(next);
    if (next.ending) {
        kept.ending = *next.ending;
        kept.phases.insert(int(next.ending->phase));
    }
    Row row;
    row.record.taskName = next.taskName;
    row.record.sequenceNumber = next.sequenceNumber;
    row.startedAt = next.startedAt;
    row.record.attempt = next.attempt;
    row.record.origin = next.origin;
    row.onLoss = next.onLoss;
    row.phase = kept.ending.phase;
    row.wasRestarted = std::exchange(m_isRestarted, false);
    kept.heldBefore.clear();
    kept.rows.append(row);
}

/// A task starts only after what leads to it is committed.
void SimulatedJournal::checkDecision(const AttemptStart &next)
{
    const QString text = QStringLiteral("attempt %1 of %2").arg(next.sequenceNumber).arg(next.taskName);
    const bool isHandler =
        next.ending && next.attempt == 1 &&
        next.taskName == (next.ending->phase == ExecutionPhase::Failure ? m_flow.failureTask : m_flow.finalTask);
    if (next.ending && !isHandler)
        return wrong(text + QStringLiteral(" begins a phase that it does not belong to"));
    if (isHandler)
        return;
    if (!kept.heldBefore.isEmpty() && kept.heldBefore != next.taskName)
        return wrong(text + QStringLiteral(" after a pause before ") + kept.heldBefore);
    if (kept.rows.isEmpty()) {
        if (next.taskName != (startTask.isEmpty() ? m_flow.startTask : startTask) || next.attempt != 1)
            wrong(text + QStringLiteral(" is not where the flow starts"));
        return;
    }
    const AttemptRecord &last = kept.rows.last().record;
    if (!last.nextTask.isNull()) {
        if (last.nextTask != next.taskName || next.attempt != 1)
            wrong(text + QStringLiteral(" although the decision was ") + last.nextTask);
        return;
    }
    const bool isAgain = last.retryAt || last.status == TaskStatus::Interrupted;
    if (!isAgain || last.taskName != next.taskName || last.attempt + 1 != next.attempt)
        wrong(text + QStringLiteral(" that nothing leads to"));
    if (last.retryAt && m_clock.now() < *last.retryAt && !std::exchange(mayHurry, false))
        wrong(text + QStringLiteral(" before its pause was over"));
}

void SimulatedJournal::checkLimits(const AttemptStart &next)
{
    const QString text = QStringLiteral("attempt %1 of %2 ").arg(next.sequenceNumber).arg(next.taskName);
    const bool isMain = kept.ending.phase == ExecutionPhase::Main && !next.ending;
    const ExecutionPhase phase = next.ending ? next.ending->phase : kept.ending.phase;
    const int parts = isMain ? 0 : phase == ExecutionPhase::Failure ? 1 : 2;
    if (kept.rows.size() >= m_limits.steps + parts * m_limits.endingSteps)
        wrong(text + QStringLiteral("is beyond the step limit"));
    const Task *task = m_flow.task(next.taskName);
    const int most = task && task->retry ? task->retry->maxAttempts : 1;
    if (!m_isRestarted && next.attempt > most)
        wrong(text + QStringLiteral("is one too many: %1").arg(next.attempt));
    if (isMain && m_clock.monotonic() - began >= m_limits.flowTime)
        wrong(text + QStringLiteral("starts after the flow's time"));
}

const SimulatedJournal::Row *SimulatedJournal::running() const
{
    const bool runs = !kept.rows.isEmpty() && kept.rows.last().record.status == TaskStatus::Running;
    return runs ? &kept.rows.last() : nullptr;
}

int SimulatedJournal::endedAttemptsOf(const QString &task) const
{
    return int(std::count_if(kept.rows.begin(), kept.rows.end(), [&](const Row &row) {
        return row.record.taskName == task &&
               (row.record.status == TaskStatus::Success || row.record.status == TaskStatus::Failure);
    }));
}

ExecutionPosition SimulatedJournal::position() const
{
    ExecutionPosition position{.startTask = startTask, .singleTask = singleTask, .edits = kept.edits};
    double seconds = 0;
    for (const Row &row : kept.rows) {
        if (!position.attempts.isEmpty())
            seconds += waitedAfter(position.attempts.last(), row.startedAt);
        position.attempts.append(row.record);
        seconds += row.seconds;
    }
    position.ending = kept.ending;
    position.activeSeconds = seconds;
    position.heldSeconds = kept.heldSeconds;
    return position;
}

ExecutionPosition SimulatedJournal::positionBeforeLast() const
{
    ExecutionPosition before = position();
    before.attempts.removeLast();
    return before;
}

/// See releaseExecutionsOf() of the stores.
void SimulatedJournal::settleLost()
{
    if (kept.status != ExecutionStatus::Pending && kept.status != ExecutionStatus::Running)
        return;
    kept.status = ExecutionStatus::Pending;
    if (!running() || running()->onLoss == OnLoss::Reenter)
        return;
    Row &lost = kept.rows.last();
    lost.record.status = TaskStatus::Interrupted;
    m_isRestarted = lost.onLoss == OnLoss::Repeat;
    if (lost.onLoss == OnLoss::Ask) {
        kept.status = ExecutionStatus::Interrupted;
        kept.error = QStringLiteral("whether %1 did its work is unknown").arg(lost.record.taskName);
    }
}

} // namespace flow::test
