// SPDX-License-Identifier: GPL-3.0-or-later
// What a simulated execution checks: while its tasks run, when something is told, and when it is over.
#include "simulation.h"

#include "execution/execution_state.h"

#include <algorithm>

namespace flow::test {

TaskResult Simulation::perform(TaskRun &run)
{
    moment(QStringLiteral("effect %1 %2").arg(run.sequenceNumber).arg(run.taskName));
    if (m_journal.isDead)
        return TaskResult::failure(QStringLiteral("dead"));
    const SimulatedJournal::Row *row = m_journal.running();
    if (!row || row->record.sequenceNumber != run.sequenceNumber || row->record.taskName != run.taskName) {
        m_journal.wrong(QStringLiteral("the effect of attempt %1 before its commit").arg(run.sequenceNumber));
        return TaskResult::success();
    }
    const bool isAgain = m_effects.contains(run.sequenceNumber);
    m_counts.reentries += isAgain ? 1 : 0;
    if (isAgain && row->onLoss != OnLoss::Reenter)
        m_journal.wrong(QStringLiteral("attempt %1 has two effects").arg(run.sequenceNumber));
    m_effects.insert(run.sequenceNumber);
    m_counts.retries += row->record.attempt > 1 ? 1 : 0;
    checkContinuation(run);
    m_clock.advance(std::chrono::milliseconds(chance(15) ? below(5000) : below(200)));
    moment(QStringLiteral("effect done"));
    if (m_steering->pauseRequested() && !m_journal.isDead)
        m_journal.mustHold = true;
    const TaskResult result = m_random.result(run.taskName, m_journal.endedAttemptsOf(run.taskName));
    return row->onLoss == OnLoss::Reenter ? waitForFlows(result) : result;
}

/// One that waits for executions of its own comes to the same result, however often these wait for a person.
TaskResult Simulation::waitForFlows(const TaskResult &result)
{
    if (!m_isDisturbed || m_disturbances == 0 || !chance(30))
        return result;
    --m_disturbances;
    TaskResult open = TaskResult::failure(QStringLiteral("a flow of its own waits"));
    open.open = chance(75) ? TaskResult::Open::Paused : TaskResult::Open::Interrupted;
    return open;
}

/// A program that knows nothing but the journal would do the same now.
void Simulation::checkContinuation(const TaskRun &run)
{
    const SimulatedJournal::Row &row = m_journal.kept.rows.last();
    const bool isFirstOfPhase =
        m_journal.kept.rows.size() > 1 && m_journal.kept.rows[m_journal.kept.rows.size() - 2].phase != row.phase;
    if (isFirstOfPhase) // which is committed together with the reason for it
        return;
    ExecutionState again(m_random.flow, m_random.input, m_limits, ExecutionId(m_random.seed),
                         m_journal.positionBeforeLast(), {.passesFirst = true});
    const Timestamp farAway = m_clock.now() + std::chrono::hours(1000);
    const ExecutionState::Next next = again.begin(CancelReason::None, farAway);
    const auto *attempt = std::get_if<NextAttempt>(&next);
    if (!attempt || m_random.flow.tasks[attempt->task].name != run.taskName ||
        attempt->sequenceNumber != run.sequenceNumber || attempt->attempt != run.attempt)
        m_journal.wrong(QStringLiteral("the journal does not lead to attempt %1").arg(run.sequenceNumber));
    else if (attempt->context != run.context || attempt->history != run.history)
        m_journal.wrong(QStringLiteral("the journal gives attempt %1 another context").arg(run.sequenceNumber));
}

/// Nothing is told before it is committed.
void Simulation::heard(const ExecutionEvent &event)
{
    if (m_journal.isDead)
        return;
    const SimulatedJournal::Kept &kept = m_journal.kept;
    const auto rowOf = [&](int number) {
        return number >= 1 && number <= kept.rows.size() ? &kept.rows[number - 1].record : nullptr;
    };
    if (std::holds_alternative<ExecutionStarted>(event.what) && kept.status != ExecutionStatus::Running)
        m_journal.wrong(QStringLiteral("a start is told before its commit"));
    if (const auto *started = std::get_if<TaskStarted>(&event.what)) {
        const AttemptRecord *row = rowOf(started->sequenceNumber);
        if (!row || row->status != TaskStatus::Running || row->taskName != started->taskName)
            m_journal.wrong(QStringLiteral("attempt %1 is told before its commit").arg(started->sequenceNumber));
    }
    if (const auto *ended = std::get_if<TaskFinished>(&event.what)) {
        const AttemptRecord *row = rowOf(ended->sequenceNumber);
        if (!row || row->status != ended->status || row->nextTask != ended->nextTask || row->error != ended->error)
            m_journal.wrong(QStringLiteral("the end of %1 is told before its commit").arg(ended->sequenceNumber));
    }
    if (const auto *paused = std::get_if<ExecutionPaused>(&event.what);
        paused && (kept.status != ExecutionStatus::Paused || kept.heldBefore != paused->nextTask))
        m_journal.wrong(QStringLiteral("a pause is told before its commit"));
    if (const auto *over = std::get_if<ExecutionFinished>(&event.what);
        over && (kept.status != over->status || kept.error != over->error))
        m_journal.wrong(QStringLiteral("the end is told before its commit"));
    moment(QStringLiteral("told"));
}

void Simulation::checkEnd()
{
    const SimulatedJournal::Kept &kept = m_journal.kept;
    if (kept.status == ExecutionStatus::Interrupted || kept.rows.isEmpty() || m_journal.singleTask)
        return;
    const Flow &flow = m_random.flow;
    const bool hadFinal = kept.phases.contains(int(ExecutionPhase::Final));
    if (!flow.finalTask.isEmpty() && !hadFinal)
        m_journal.wrong(QStringLiteral("the final task did not run"));
    const bool failed =
        hadFinal ? kept.ending.status == ExecutionStatus::Failure : kept.status == ExecutionStatus::Failure;
    if (failed && !flow.failureTask.isEmpty() && !kept.phases.contains(int(ExecutionPhase::Failure)))
        m_journal.wrong(QStringLiteral("the failure task did not run"));
}

bool Simulation::isComparable() const
{
    if (!m_calm || kept().status == ExecutionStatus::Interrupted || kept().rows.size() >= m_limits.steps)
        return false;
    return std::none_of(kept().rows.begin(), kept().rows.end(), [this](const SimulatedJournal::Row &row) {
        const Task *task = m_random.flow.task(row.record.taskName);
        return row.record.status == TaskStatus::Interrupted && task->retry; // one attempt less is left
    });
}

QStringList Simulation::result() const
{
    QStringList lines;
    for (const SimulatedJournal::Row &row : kept().rows) {
        const AttemptRecord &record = row.record;
        if (record.status != TaskStatus::Interrupted)
            lines << QStringLiteral("%1 %2 %3 in %4")
                         .arg(record.taskName, toString(record.status), record.error, toString(row.phase));
    }
    return lines << toString(kept().status) + u' ' + kept().errorTask + u' ' + kept().error;
}

} // namespace flow::test
