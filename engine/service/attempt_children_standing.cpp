// SPDX-License-Identifier: GPL-3.0-or-later
// The part of AttemptChildren that takes up what was started before, and looks what has become of it.
#include "service/attempt_children.h"

#include "service/service_errors.h"

namespace flow {

/// What the same attempt has started before a pause or a restart.
Result<void> AttemptChildren::findBefore()
{
    const Result<ChildStarter::Before> before = m_starter.before();
    if (!before)
        return before.error();
    for (auto child = before->current.begin(); child != before->current.end(); ++child) {
        const int index = child.key();
        const bool isInPlan = index < m_tally.size();
        const Result<bool> isWanted = isInPlan ? m_starter.isStillWanted(m_plan.flows[index], *child) : false;
        if (!isWanted)
            return isWanted.error();
        if (!*isWanted)
            leave(*child);
        else if (Result<void> done = takeUp(index, *child); !done)
            return done;
    }
    for (const Execution &child : before->replaced)
        leave(child);
    return {};
}

/// The plan has changed: what it did stays in the history, and what it has not done is of no use.
void AttemptChildren::leave(const Execution &execution) const
{
    if (!isFinished(execution.status))
        m_calls.cancel(execution.id, CancelReach::Work);
}

Result<void> AttemptChildren::takeUp(int index, const Execution &execution)
{
    ChildTally::Child &child = m_tally[index];
    child.result.execution = execution.id;
    m_indexes.insert(execution.id, index);
    if (isFinished(execution.status))
        return settle(index, execution);
    m_families.add(m_parent, execution.id);
    std::optional<ContinueWish> wish;
    if (execution.status == ExecutionStatus::Paused) {
        child.result.error = execution.pausedBecause;
        m_tally.move(index, State::Paused);
        wish = takeWish(execution.id);
        if (!wish || isCancelled() || isPauseWanted())
            return {};
    }
    if (isCancelled()) { // it is told to stop where it is, and does nothing more
        m_tally.move(index, State::Running);
        return {};
    }
    const Result<bool> done = goOn(index, execution, wish);
    return done ? Result<void>() : done.error();
}

/// Takes one that is paused, or that a program which died has left.
Result<bool> AttemptChildren::goOn(int index, const Execution &execution, const std::optional<ContinueWish> &wish)
{
    const Result<bool> claimed = m_stores.executions.claim(execution.id, execution.status);
    if (!claimed)
        return claimed.error();
    m_tally.move(index, State::Running);
    if (!*claimed) { // somebody was faster, in this program or in another
        look(index);
        return false;
    }
    Result<ExecutionOrder> order = m_calls.order(execution.id);
    if (!order && isAway(order.error())) {
        m_calls.submitLater(execution.id, wish);
        return true;
    }
    if (!order) { // it is ours, and cannot be read: it must not wait for ever
        m_calls.giveUp(execution.id, order.error());
        m_tally.fail(index, ExecutionStatus::Failure, order.error().text());
        return true;
    }
    if (wish)
        order->controls = wish->controls(std::move(order->controls));
    submit(*std::move(order));
    return true;
}

/// For one that is paused: what a person wants of it, or of all that this has started.
std::optional<ContinueWish> AttemptChildren::takeWish(ExecutionId child) const
{
    if (const std::optional<ContinueWish> wish = m_families.takeWish(child))
        return wish;
    if (m_run.wakes == TaskRun::Wakes::Nothing)
        return std::nullopt;
    return ContinueWish{{.step = m_run.wakes == TaskRun::Wakes::ForOneStep, .forced = {}}, true};
}

/// Results of the execution that this one resumes.
Result<void> AttemptChildren::findEarlier()
{
    const Result<QMap<int, Execution>> earlier = m_starter.earlier();
    if (!earlier)
        return earlier.error();
    for (auto one = earlier->begin(); one != earlier->end(); ++one) {
        const int index = one.key();
        if (index >= m_tally.size() || m_tally[index].state != State::NotStarted || !isFinished(one->status))
            continue;
        const Result<bool> same = m_starter.isSame(m_plan.flows[index], *one);
        if (!same)
            return same.error();
        if (!*same)
            continue;
        if (one->status != ExecutionStatus::Completed) {
            m_tally[index].earlier = *one;
            continue;
        }
        m_tally[index].result.execution = one->id;
        if (Result<void> settled = settle(index, *one); !settled)
            return settled;
    }
    return {};
}

/// How it stands by its record.
void AttemptChildren::look(int index)
{
    ChildTally::Child &child = m_tally[index];
    if (child.state == State::Over || child.state == State::Interrupted)
        return;
    const Result<Execution> now = m_calls.record(child.result.execution);
    if (!now && isAway(now.error())) {
        lookAgain(index);
    } else if (!now) { // its flow was deleted
        m_tally.fail(index, ExecutionStatus::Failure, now.error().text());
    } else if (isFinished(now->status)) {
        if (!settle(index, *now))
            lookAgain(index);
    } else if (now->status != ExecutionStatus::Paused) {
        lookWhoRuns(index, *now);
    } else if (ends() && m_tally.stopsRest(wanted())) { // just before it was told to stop
        child.told.reset();
        lookAgain(index);
    } else {
        child.result.error = now->pausedBecause;
        m_tally.move(index, State::Paused);
    }
    const State state = child.state;
    if (state == State::Over || state == State::Interrupted)
        m_families.remove(child.result.execution);
}

void AttemptChildren::lookWhoRuns(int index, const Execution &execution)
{
    const Result<ChildCalls::Place> place = m_calls.place(execution.id);
    if (place && *place == ChildCalls::Place::Here) {
        m_tally.move(index, State::Running);
        watch(index, false);
        return;
    }
    lookAgain(index);
    if (!place || *place == ChildCalls::Place::Elsewhere)
        return;
    if (ends())
        m_tally[index].told.reset(); // whoever was told is gone
    else if (execution.status == ExecutionStatus::Pending)
        goOn(index, execution, {}).ok(); // or else when it is looked at next
}

/// It has ended. Error: its result cannot be read now.
Result<void> AttemptChildren::settle(int index, const Execution &execution)
{
    if (execution.status == ExecutionStatus::Interrupted) {
        m_tally[index].result.status = execution.status;
        m_tally[index].result.error = execution.errorMessage;
        m_tally.move(index, State::Interrupted);
        return {};
    }
    if (execution.status != ExecutionStatus::Completed) {
        m_tally.fail(index, execution.status, execution.errorMessage);
        return {};
    }
    const Result<QJsonValue> data = m_stores.executions.result(execution.id);
    if (data)
        m_tally.complete(index, *data);
    else if (isAway(data.error()))
        return data.error();
    else
        m_tally.fail(index, ExecutionStatus::Failure, data.error().text());
    return {};
}

/// It is waited for, and nobody will tell what becomes of it.
void AttemptChildren::lookAgain(int index)
{
    m_tally.move(index, State::Running);
    watch(index, true);
}

void AttemptChildren::watch(int index, bool watched)
{
    m_tally.watch(index, watched);
    m_families.watch(m_tally[index].result.execution, watched);
}

} // namespace flow
