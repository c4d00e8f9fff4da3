// SPDX-License-Identifier: GPL-3.0-or-later
// The part of FlowService that joins executions to those that their tasks have started.
#include "service/service_errors.h"
#include "service/service_state.h"

#include <QCoreApplication>

#include <algorithm>

namespace flow {

namespace {

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(FlowService)
};

Error goesOnAlready(ExecutionId id)
{
    return {.code = ErrorCode::NotAllowed, .reason = Messages::tr("Execution %1 goes on already").arg(id)};
}

} // namespace

void FlowService::State::prepareChildren(std::function<void(const ExecutionEvent &)> tell)
{
    submitAndTell = [this, tell = std::move(tell)](ExecutionOrder order) {
        equip(order);
        waiters.expect(order.id);
        others->executionStarted();
        tell({order.id, systemClock().now(), ExecutionQueued{order.flow.id, order.revision}});
        launcher->submit(std::move(order));
    };
    children = std::make_unique<ChildRunner>(
        ChildStarter::Stores{executions, flows, registry.types(), settings.stays},
        ChildCalls{
            .record = [this](ExecutionId id) { return execution(id); },
            .order = [this](ExecutionId id) { return orderFor(id); },
            .submit = submitAndTell,
            .pause = [this](ExecutionId id) { pauseHere(id); },
            .submitLater =
                [this](ExecutionId id, const std::optional<ContinueWish> &wish) {
                    waiters.expect(id);
                    others->executionStarted();
                    const auto asWished = [wish](ExecutionOrder &order) {
                        order.controls = wish->controls(std::move(order.controls));
                    };
                    launcher->sleep(id, {}, wish ? asWished : ExecutionSchedule::Change());
                },
            .giveUp = [this](ExecutionId id, const Error &error) { giveUp(id, error); },
            .place = [this](ExecutionId id) { return placeOf(id); },
            .cancel = [this](ExecutionId id, CancelReach reach) { return stop(id, reach).ok(); },
            .cancelRunning = [this](ExecutionId id, CancelReach reach) { pool->cancel(id, reach); },
            .help = [this](ExecutionId parent, const std::function<bool()> &ready) { pool->help(parent, ready); },
            .stepAside = [this](ExecutionId parent, const std::function<bool()> &ready,
                                const std::function<bool()> &isUrgent) { pool->stepAside(parent, ready, isUrgent); },
            .wakeHelpers = [this] { pool->wakeHelpers(); }},
        families);
}

void FlowService::State::equip(ExecutionOrder &order, bool isNew)
{
    order.limits = limits();
    order.secrets = secrets.get();
    order.familySecrets = secretFamilies.of(order.id, order.parent, isNew);
    order.childFlows = children.get();
}

bool FlowService::State::waitsForFlows(ExecutionId id) const
{
    const Result<StandingExecution> standing = executions.standing(id);
    return standing && !standing->position.attempts.isEmpty() &&
           standing->position.attempts.last().status == TaskStatus::Running;
}

/// Its parent looks after it, if that is waiting for it.
void FlowService::State::childLeft(ExecutionId id)
{
    families.tell(id);
    pool->wakeHelpers();
    // Wished for while it was leaving, too late for it to take them up; where it goes on already, it will.
    if (waiters.running({id}).isEmpty()) {
        for (const auto &[child, wish] : families.takeWishesOf(id))
            urgentWorkers.start([this, child = child, wish = wish] { goOn(child, wish).ok(); });
    }
    // Where this program is about to end, a person lets the parent go on: it would be cancelled here.
    if (families.takeStopped(id) && settings.stays)
        urgentWorkers.start([this, id] { goOnWithoutChild(id); });
}

/// The parent of one that has ended: where it was paused because of those that it has started, and none is any more.
void FlowService::State::goOnWithoutChild(ExecutionId child)
{
    const Result<Execution> record = execution(child);
    const Result<bool> isAwaited = record ? isWaitedFor(*record) : record.error();
    if (!isAwaited || !*isAwaited)
        return;
    const Result<QList<Execution>> siblings = executions.children(record->parent->id, record->parent->sequenceNumber);
    const auto isPaused = [](const Execution &one) { return one.status == ExecutionStatus::Paused; };
    if (siblings && std::none_of(siblings->begin(), siblings->end(), isPaused))
        goOn(record->parent->id, {{}, false}).ok();
}

Result<ChildCalls::Place> FlowService::State::placeOf(ExecutionId id)
{
    if (!waiters.running({id}).isEmpty())
        return ChildCalls::Place::Here;
    const Result<bool> alive = isAliveOwner(id);
    if (!alive)
        return alive.error();
    if (*alive)
        return ChildCalls::Place::Elsewhere;
    const Result<LeftBehind> left = executions.releaseLeftBehind(owners->whoIsDead());
    return left ? ChildCalls::Place::Nowhere : Result<ChildCalls::Place>(left.error());
}

/// Those that it has started pause as well, and so it pauses itself.
void FlowService::State::pauseChildren(ExecutionId id)
{
    for (const ExecutionId child : families.children(id)) {
        // Or it is on its way between two of this program's places.
        if (!pauseHere(child) && !owners->request({child, OwnerRequest::What::Pause}))
            wishes->keep({child, UnstoredWish::What::Pause});
    }
    pool->wakeHelpers();
}

Result<void> FlowService::State::goOn(ExecutionId id, const ContinueWish &wish)
{
    const Result<Execution> paused = this->paused(id);
    if (!paused)
        return paused.error();
    if (closing)
        return shuttingDown();
    if (wish.options.forced && paused->nextTask == endTarget)
        return Error{.code = ErrorCode::NotAllowed,
                     .reason = Messages::tr("No task comes next in execution %1, it stands before its end: there is "
                                            "nothing to say the outcome of")
                                   .arg(id)};
    if (wish.options.forced && waitsForFlows(id))
        return Error{.code = ErrorCode::NotAllowed,
                     .reason = Messages::tr("Task '%1' of execution %2 waits for flows that it has started: say what "
                                            "comes of their tasks, or cancel it")
                                   .arg(paused->nextTask)
                                   .arg(id)};
    const Result<bool> handled = goOnThroughParent(*paused, wish);
    if (!handled || *handled)
        return handled ? Result<void>() : handled.error();
    const Result<bool> claimed = executions.claim(id, ExecutionStatus::Paused);
    if (!claimed)
        return claimed.error();
    if (!*claimed)
        return goesOnAlready(id);
    Result<ExecutionOrder> order = orderFor(id);
    if (!order) {
        executions.giveBack(id, ExecutionStatus::Paused).ok();
        return order.error();
    }
    order->controls = wish.controls(std::move(order->controls));
    submitAndTell(*std::move(order));
    pool->wakeHelpers();
    return {};
}

/// One that another waits for goes on through that one: true when that was done, or will be in a moment.
Result<bool> FlowService::State::goOnThroughParent(const Execution &child, const ContinueWish &wish)
{
    const Result<bool> isAwaited = isWaitedFor(child);
    if (!isAwaited || !*isAwaited)
        return isAwaited;
    // Before anything is looked at: a parent of this program that is on its way anywhere looks for wishes after that.
    families.setWish(child.parent->id, child.id, wish);
    constexpr int mostTries = 3; // others may let it go on, too
    Result<bool> done = false;
    for (int tries = 0; tries < mostTries; ++tries) {
        if (const std::optional<Result<bool>> goesOn = families.goOn(child.id)) {
            if (*goesOn && !goesOn->value())
                return goesOnAlready(child.id);
            return *goesOn;
        }
        done = letParentGoOn(child);
        if (done || done.error().code != ErrorCode::NotAllowed)
            break;
    }
    if (!done)
        families.takeWish(child.id);
    return done;
}

/// So that it takes up the child, and not what else it has started.
Result<bool> FlowService::State::letParentGoOn(const Execution &child)
{
    const ExecutionId id = child.parent->id;
    const Result<QString> owner = executions.owner(id);
    const Result<Execution> parent = owner ? execution(id) : owner.error();
    if (!parent)
        return parent.error();
    if (parent->status == ExecutionStatus::Paused) {
        const Result<void> done = goOn(id, {{}, false});
        return done ? Result<bool>(true) : done.error();
    }
    if (*owner == owners->self())
        return true;
    return Error{.code = ErrorCode::NotAllowed,
                 .reason = Messages::tr("Execution %1 belongs to execution %2, which another program runs: go on with "
                                        "it there")
                               .arg(child.id)
                               .arg(id)};
}

/// Whether the attempt that has started it is not over, so that its parent has to go on together with it.
Result<bool> FlowService::State::isWaitedFor(const Execution &child) const
{
    if (!child.parent)
        return false;
    const Result<StandingExecution> parent = executions.standing(child.parent->id);
    if (!parent)
        return parent.error().code == ErrorCode::NotFound ? Result<bool>(false) : parent.error();
    const QList<AttemptRecord> &attempts = parent->position.attempts;
    return !isFinished(parent->execution.status) && !attempts.isEmpty() &&
           attempts.last().sequenceNumber == child.parent->sequenceNumber &&
           attempts.last().status == TaskStatus::Running;
}

} // namespace flow
