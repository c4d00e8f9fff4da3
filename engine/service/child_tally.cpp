// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/child_tally.h"

#include <QCoreApplication>

namespace flow {

namespace {

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(ChildFlows)
};

} // namespace

ChildTally::ChildTally(const ChildPlan &plan)
    : m_plan(plan)
    , m_children(size_t(plan.flows.size()))
{
    m_counts[size_t(State::NotStarted)] = size();
}

void ChildTally::move(int index, State state)
{
    Child &child = m_children[size_t(index)];
    --m_counts[size_t(child.state)];
    child.state = state;
    ++m_counts[size_t(state)];
    if (state != State::Running)
        watch(index, false);
}

void ChildTally::watch(int index, bool watched)
{
    Child &child = m_children[size_t(index)];
    m_watched += int(watched) - int(child.isWatched);
    child.isWatched = watched;
}

void ChildTally::complete(int index, const QJsonValue &data)
{
    Child &child = m_children[size_t(index)];
    child.result.status = ExecutionStatus::Completed;
    child.result.data = data;
    child.result.error = QString();
    ++m_completed;
    move(index, State::Over);
}

void ChildTally::fail(int index, ExecutionStatus status, const QString &error)
{
    Child &child = m_children[size_t(index)];
    child.result.status = status;
    child.result.error = error;
    ++m_failed;
    move(index, State::Over);
}

std::optional<int> ChildTally::takeNext(const Wanted &wanted)
{
    while (mayStart(wanted) && count(State::Running) + count(State::Paused) < m_plan.atOnce) {
        const int index = m_next++;
        if (m_children[size_t(index)].state == State::NotStarted)
            return index;
    }
    return std::nullopt;
}

/// Not while somebody wants to pause, or has to look at one first.
bool ChildTally::mayStart(const Wanted &wanted) const
{
    const bool isStuck = count(State::Interrupted) > 0 && !m_plan.goesOn;
    return m_next < size() && !isStuck && !wanted.isPause;
}

bool ChildTally::isDecided() const
{
    return m_completed >= m_plan.enough || (m_failed > size() - m_plan.enough && !m_plan.goesOn);
}

bool ChildTally::stopsRest(const Wanted &wanted) const
{
    return m_plan.rest == ChildPlan::Rest::Cancel || wanted.isCancelled;
}

bool ChildTally::isOver(bool ends, const Wanted &wanted) const
{
    if (ends && !stopsRest(wanted))
        return true;
    // Another program may take its time, and this one may be about to close.
    if (count(State::Running) > (wanted.isAborted ? m_watched : 0))
        return false;
    // The others wait for a person, or for those that do.
    return ends || !mayStart(wanted) || count(State::Paused) >= m_plan.atOnce;
}

ChildOutcome ChildTally::outcome(const Wanted &wanted) const
{
    ChildOutcome outcome;
    for (const Child &child : m_children)
        outcome.results.append(child.result);
    if (wanted.isCancelled || isDecided())
        return outcome;
    if (count(State::Paused) > 0) {
        outcome.open = TaskResult::Open::Paused;
        outcome.reason = reasonOfFirst(State::Paused);
    } else if (count(State::Interrupted) > 0) {
        outcome.open = TaskResult::Open::Interrupted;
        outcome.reason = reasonOfFirst(State::Interrupted);
    } else if (count(State::NotStarted) > 0) {
        outcome.open = TaskResult::Open::Paused;
        outcome.reason = Messages::tr("by a person, before it has started all of its flows");
    }
    return outcome;
}

QString ChildTally::reasonOfFirst(State state) const
{
    for (int index = 0; index < size(); ++index) {
        const ChildResult &result = m_children[size_t(index)].result;
        if (m_children[size_t(index)].state == state)
            return Messages::tr("Execution %1 of flow '%2': %3")
                .arg(QString::number(result.execution), m_plan.flows[index].flow, result.error);
    }
    return {};
}

} // namespace flow
