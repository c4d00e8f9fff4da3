// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/attempt_children.h"

#include <QCoreApplication>

namespace flow {

namespace {

/// More lines than this are of no use to anybody.
constexpr int mostLogged = 64;

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(ChildFlows)
};

} // namespace

AttemptChildren::AttemptChildren(const ChildStarter::Stores &stores, const ChildCalls &calls, ChildFamilies &families,
                                 const ChildPlan &plan, const TaskRun &run)
    : m_stores(stores)
    , m_starter(stores, run)
    , m_calls(calls)
    , m_families(families)
    , m_plan(plan)
    , m_run(run)
    , m_parent(run.executionId)
    , m_tally(plan)
{
}

Result<ChildOutcome> AttemptChildren::run()
{
    m_families.begin(m_parent, weak_from_this());
    {
        // This thread may be busy with a child, which has to end first.
        const auto cancelled = m_run.cancel.onCancelled([this] { stopRunning(); });
        const auto aborted = m_run.abort.onCancelled([this] { stopRunning(); });
        begin();
        while (!m_isOver) {
            wait();
            const std::lock_guard lock(m_mutex);
            step();
        }
    }
    m_families.end(m_parent);
    const std::lock_guard lock(m_mutex);
    m_returned = true;
    if (!m_good)
        return m_good.error();
    return m_tally.outcome(wanted());
}

void AttemptChildren::begin()
{
    const std::lock_guard lock(m_mutex);
    m_good = m_starter.prepare();
    if (m_good)
        m_good = findBefore();
    if (m_good && !isCancelled())
        m_good = findEarlier();
    step();
}

/// What is to be done now. With the lock.
void AttemptChildren::step()
{
    if (m_returned || m_isOver)
        return;
    m_seen = wanted(); // what comes from now on is seen by wait(), and decided by the next step
    if (!ends())
        m_good = startMore();
    if (isLost()) {
        stopRunning();
        m_isOver = true;
        return;
    }
    const bool isEnding = !m_good || m_seen.isCancelled || m_tally.isDecided();
    if (isEnding && m_tally.stopsRest(m_seen))
        stopRest();
    m_isOver = m_tally.isOver(isEnding, m_seen);
}

/// Others took this program for dead and go on with the execution: what it has started is theirs, too, and must not be
/// stopped. What runs of it here can write nothing more.
bool AttemptChildren::isLost() const
{
    return !m_good && m_good.error().code == ErrorCode::Conflict;
}

void AttemptChildren::wait()
{
    ChildTally::Wanted seen;
    {
        const std::lock_guard lock(m_mutex);
        seen = m_seen;
    }
    const auto ready = [&] { return m_isOver || wanted() != seen; };
    if (m_plan.rest == ChildPlan::Rest::LetGo && !seen.isCancelled)
        m_calls.stepAside(m_parent, ready, [this] { return isCancelled(); });
    else
        m_calls.help(m_parent, ready);
}

Result<void> AttemptChildren::startMore()
{
    while (const std::optional<int> index = m_tally.takeNext(wanted())) {
        if (Result<void> started = start(*index); !started)
            return started;
    }
    return {};
}

Result<void> AttemptChildren::start(int index)
{
    ChildTally::Child &child = m_tally[index];
    Result<ExecutionOrder> order = m_starter.start(m_plan.flows[index], index, child.earlier);
    if (!order)
        return order.error();
    child.result.execution = order->id;
    m_indexes.insert(order->id, index);
    m_families.add(m_parent, order->id);
    m_tally.move(index, State::Running);
    if (m_run.log && m_tally.size() <= mostLogged)
        m_run.log(
            LogLevel::Info,
            Messages::tr("Execution %1 runs flow '%2'").arg(QString::number(order->id), m_plan.flows[index].flow));
    // A single step goes on with what was paused; what is new waits for the next one.
    order->controls.pause = m_run.wakes == TaskRun::Wakes::ForOneStep;
    submit(*std::move(order));
    return {};
}

/// Who pauses this attempt's execution first lets everybody know that, and then looks for its children.
void AttemptChildren::submit(ExecutionOrder order)
{
    const ExecutionId id = order.id;
    const bool pauses = isPauseWanted();
    if (pauses && !order.controls.passesFirst)
        order.controls.pause = true;
    m_calls.submit(std::move(order));
    if (!pauses && isPauseWanted()) // just now, and this one might not have been there yet
        m_calls.pause(id);
}

void AttemptChildren::told(ExecutionId id)
{
    {
        const std::lock_guard lock(m_mutex);
        const int index = m_indexes.value(id, -1);
        if (m_returned || m_isOver || index < 0)
            return;
        look(index);
        tellProgress();
        step();
    }
    m_calls.wakeHelpers();
}

std::optional<Result<bool>> AttemptChildren::goOn(ExecutionId id)
{
    Result<bool> goesOn = false;
    {
        const std::lock_guard lock(m_mutex);
        const int index = m_indexes.value(id, -1);
        if (m_returned || m_isOver || index < 0)
            return std::nullopt;
        const std::optional<ContinueWish> wish = m_families.takeWish(id);
        const Result<Execution> now = m_calls.record(id);
        if (!now)
            return Result<bool>(now.error());
        if (now->status == ExecutionStatus::Paused && ends())
            return Result<bool>(
                Error{.code = ErrorCode::NotAllowed,
                      .reason = Messages::tr("Execution %1 is about to be stopped: execution %2, which has started it, "
                                             "does not need it any more")
                                    .arg(id)
                                    .arg(m_parent)});
        if (now->status == ExecutionStatus::Paused)
            goesOn = goOn(index, *now, wish);
    }
    m_calls.wakeHelpers();
    return goesOn;
}

void AttemptChildren::tellProgress() const
{
    const int over = m_tally.count(State::Over);
    if (m_run.progress && m_tally.size() > 1)
        m_run.progress(double(over) / double(m_tally.size()), Messages::tr("%1 of %2").arg(over).arg(m_tally.size()));
}

/// Called by who cancels, who must not wait. They are told again by stopRest(), which is why this does not count.
void AttemptChildren::stopRunning() const
{
    for (const ExecutionId child : m_families.children(m_parent))
        m_calls.cancelRunning(child, reach());
    m_calls.wakeHelpers();
}

/// Theirs end with this one's: a stop that lets its final task run lets theirs run as well.
CancelReach AttemptChildren::reach() const
{
    return m_run.abort.isCancelled() ? CancelReach::All : CancelReach::Work;
}

/// Once when they are not needed any more, and once more when not even their final tasks may run.
void AttemptChildren::stopRest()
{
    const CancelReach far = m_seen.isAborted ? CancelReach::All : CancelReach::Work;
    for (int index = 0; index < m_tally.size(); ++index) {
        ChildTally::Child &child = m_tally[index];
        const bool isOpen = child.state == State::Running || child.state == State::Paused;
        if (!isOpen || child.told == far)
            continue;
        child.told = far;
        m_tally.move(index, State::Running); // until its record says that it is over
        if (!m_calls.cancel(child.result.execution, far))
            child.told.reset();
        look(index); // it may be over already, or belong to another program
    }
}

} // namespace flow
