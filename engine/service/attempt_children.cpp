// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/attempt_children.h"

#include "service/logging.h"

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
    , m_wish(families.takeWish(run.executionId))
    , m_children(size_t(plan.flows.size()))
{
    m_counts[size_t(State::NotStarted)] = int(m_children.size());
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
    return outcome();
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
    if (m_good && !isCancelled() && !isDecided())
        m_good = startMore();
    const bool ends = !m_good || isCancelled() || isDecided();
    if (ends)
        stopRest();
    m_isOver = isOver(ends);
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

void AttemptChildren::wait()
{
    const bool sawCancel = m_run.cancel.isCancelled();
    const bool sawAbort = m_run.abort.isCancelled();
    const bool sawPause = isPauseWanted();
    const auto ready = [&] {
        return m_isOver || m_run.cancel.isCancelled() != sawCancel || m_run.abort.isCancelled() != sawAbort ||
               isPauseWanted() != sawPause;
    };
    if (m_plan.rest == ChildPlan::Rest::LetGo && !sawCancel)
        m_calls.stepAside(m_parent, ready, [this] { return isCancelled(); });
    else
        m_calls.help(m_parent, ready);
}

/// What the same attempt has started before a pause or a restart.
Result<void> AttemptChildren::findBefore()
{
    const Result<QMap<int, Execution>> children = m_starter.children();
    if (!children)
        return children.error();
    for (auto child = children->begin(); child != children->end(); ++child) {
        if (child.key() >= int(m_children.size()))
            continue; // the plan has changed; what it did stays in the history
        if (Result<void> done = takeUp(child.key(), child.value()); !done)
            return done;
    }
    return {};
}

Result<void> AttemptChildren::takeUp(int index, const Execution &execution)
{
    Child &child = m_children[size_t(index)];
    child.result.execution = execution.id;
    m_indexes.insert(execution.id, index);
    if (isFinished(execution.status)) {
        settle(index, execution);
        return {};
    }
    m_families.add(m_parent, execution.id);
    if (execution.status == ExecutionStatus::Paused) {
        child.result.error = execution.pausedBecause;
        move(child, State::Paused);
        if (isCancelled())
            return {};
        const bool isWanted = m_families.hasWish(execution.id) || (m_wish && m_wish->reachesAll);
        return isWanted ? goOn(index, execution) : Result<void>();
    }
    return goOn(index, execution);
}

/// Takes one that is paused, or that a program which died has left.
Result<void> AttemptChildren::goOn(int index, const Execution &execution)
{
    const Result<bool> claimed = m_stores.executions.claim(execution.id, execution.status);
    if (!claimed)
        return claimed.error();
    move(m_children[size_t(index)], State::Running);
    if (!*claimed) { // somebody in this program was faster and has it in hand
        const Result<Execution> now = m_calls.record(execution.id);
        if (now && isFinished(now->status))
            settle(index, *now);
        return {};
    }
    Result<ExecutionOrder> order = m_calls.order(execution.id);
    if (!order) {
        giveUp(index, execution.id, order.error());
        return {};
    }
    if (execution.status == ExecutionStatus::Paused)
        order->controls = controlsFor(execution.id, std::move(order->controls));
    m_calls.submit(*std::move(order));
    return {};
}

/// As the person wants it who let the parent, or this one, go on.
ExecutionControls AttemptChildren::controlsFor(ExecutionId id, ExecutionControls controls)
{
    if (!m_families.hasWish(id) && m_wish)
        m_families.setWish(id, {{.step = m_wish->options.step, .forced = {}}, true});
    const ContinueWish wish = m_families.takeWish(id).value_or(ContinueWish());
    m_families.setWish(id, wish); // for those that it has started itself
    controls.passesFirst = true;
    controls.pause = wish.options.step;
    controls.forced = wish.options.forced;
    return controls;
}

/// It is ours, and cannot be read: it must not wait for ever.
void AttemptChildren::giveUp(int index, ExecutionId id, const Error &error)
{
    ExecutionEnd end;
    end.executionId = id;
    end.status = ExecutionStatus::Failure;
    end.error = error.text();
    end.completedAt = systemClock().now();
    if (const Result<void> ended = m_stores.executions.executionEnded({}, end); !ended)
        qCWarning(lcService, "The end of execution %lld cannot be stored: %s", static_cast<long long>(id),
                  qUtf8Printable(ended.error().text()));
    Child &child = m_children[size_t(index)];
    child.result.status = end.status;
    child.result.error = end.error;
    ++m_failed;
    move(child, State::Over);
}

/// Results of the execution that this one resumes.
Result<void> AttemptChildren::findEarlier()
{
    const Result<QMap<int, Execution>> earlier = m_starter.earlier();
    if (!earlier)
        return earlier.error();
    for (auto one = earlier->begin(); one != earlier->end(); ++one) {
        const int index = one.key();
        if (index >= int(m_children.size()) || m_children[size_t(index)].state != State::NotStarted ||
            !isFinished(one->status))
            continue;
        const Result<bool> same = m_starter.isSame(m_plan.flows[index], *one);
        if (!same)
            return same.error();
        if (!*same)
            continue;
        if (one->status == ExecutionStatus::Completed) {
            m_children[size_t(index)].result.execution = one->id;
            settle(index, *one);
        } else {
            m_children[size_t(index)].earlier = *one;
        }
    }
    return {};
}

Result<void> AttemptChildren::startMore()
{
    while (mayStart() && count(State::Running) + count(State::Paused) < m_plan.atOnce) {
        const int index = m_next++;
        if (m_children[size_t(index)].state != State::NotStarted)
            continue;
        if (Result<void> started = start(index); !started)
            return started;
    }
    return {};
}

/// Not while somebody wants to pause, or has to look at one first.
bool AttemptChildren::mayStart() const
{
    const bool isStuck = count(State::Interrupted) > 0 && !m_plan.goesOn;
    return m_next < int(m_children.size()) && !isStuck && !isPauseWanted();
}

Result<void> AttemptChildren::start(int index)
{
    Child &child = m_children[size_t(index)];
    Result<ExecutionOrder> order = m_starter.start(m_plan.flows[index], index, child.earlier);
    if (!order)
        return order.error();
    child.result.execution = order->id;
    m_indexes.insert(order->id, index);
    m_families.add(m_parent, order->id);
    move(child, State::Running);
    if (m_run.log && int(m_children.size()) <= mostLogged)
        m_run.log(
            LogLevel::Info,
            Messages::tr("Execution %1 runs flow '%2'").arg(QString::number(order->id), m_plan.flows[index].flow));
    m_calls.submit(*std::move(order));
    return {};
}

void AttemptChildren::told(ExecutionId id, ChildNews news)
{
    {
        const std::lock_guard lock(m_mutex);
        const int index = m_indexes.value(id, -1);
        if (m_returned || m_isOver || index < 0)
            return;
        Child &child = m_children[size_t(index)];
        const Result<Execution> execution = m_calls.record(id);
        if (news == ChildNews::GoesOn) {
            move(child, State::Running);
        } else if (news == ChildNews::Paused) {
            child.result.error = execution ? execution->pausedBecause : QString();
            move(child, State::Paused);
        } else if (execution) {
            settle(index, *execution);
        } else { // its flow was deleted, or the store is away
            child.result.status = ExecutionStatus::Failure;
            child.result.error = execution.error().text();
            ++m_failed;
            move(child, State::Over);
        }
        tellProgress();
        step();
    }
    m_calls.wakeHelpers();
}

void AttemptChildren::tellProgress() const
{
    if (m_run.progress && m_children.size() > 1)
        m_run.progress(double(count(State::Over)) / double(m_children.size()),
                       Messages::tr("%1 of %2").arg(count(State::Over)).arg(m_children.size()));
}

/// It has ended.
void AttemptChildren::settle(int index, const Execution &execution)
{
    Child &child = m_children[size_t(index)];
    child.result.status = execution.status;
    child.result.error = execution.errorMessage;
    if (execution.status == ExecutionStatus::Interrupted) {
        move(child, State::Interrupted);
        return;
    }
    move(child, State::Over);
    if (execution.status != ExecutionStatus::Completed) {
        ++m_failed;
        return;
    }
    const Result<QJsonValue> data = m_stores.executions.result(execution.id);
    if (data) {
        child.result.data = *data;
        ++m_completed;
    } else {
        child.result.status = ExecutionStatus::Failure;
        child.result.error = data.error().text();
        ++m_failed;
    }
}

/// Once when they are not needed any more, and once more when not even their final tasks may run.
void AttemptChildren::stopRest()
{
    const int wanted = m_run.abort.isCancelled() ? 2 : 1;
    if (m_plan.rest == ChildPlan::Rest::LetGo && !isCancelled())
        return;
    for (; m_stops < wanted; ++m_stops) {
        for (Child &child : m_children) {
            if (child.state != State::Running && child.state != State::Paused)
                continue;
            move(child, State::Running); // until it is told that it is over
            m_calls.cancel(child.result.execution, m_stops == 0 ? CancelReach::Work : CancelReach::All);
        }
    }
}

void AttemptChildren::move(Child &child, State state)
{
    --m_counts[size_t(child.state)];
    child.state = state;
    ++m_counts[size_t(state)];
}

/// Whether what has ended settles how the attempt ends.
bool AttemptChildren::isDecided() const
{
    const int all = int(m_children.size());
    return m_completed >= m_plan.enough || (m_failed > all - m_plan.enough && !m_plan.goesOn);
}

bool AttemptChildren::isOver(bool decided) const
{
    if (decided && m_plan.rest == ChildPlan::Rest::LetGo && !isCancelled())
        return true;
    if (count(State::Running) > 0)
        return false;
    // The others wait for a person, or for those that do.
    return decided || !mayStart() || count(State::Paused) >= m_plan.atOnce;
}

ChildOutcome AttemptChildren::outcome() const
{
    ChildOutcome outcome;
    for (const Child &child : m_children)
        outcome.results.append(child.result);
    if (isCancelled() || isDecided())
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

QString AttemptChildren::reasonOfFirst(State state) const
{
    for (size_t i = 0; i < m_children.size(); ++i) {
        if (m_children[i].state == state)
            return Messages::tr("Execution %1 of flow '%2': %3")
                .arg(QString::number(m_children[i].result.execution), m_plan.flows[qsizetype(i)].flow,
                     m_children[i].result.error);
    }
    return {};
}

} // namespace flow
