// SPDX-License-Identifier: GPL-3.0-or-later
// The part of FlowService that joins executions to those that their tasks have started.
#include "service/service_state.h"

#include <QCoreApplication>

namespace flow {

namespace {

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(FlowService)
};

} // namespace

void FlowService::State::prepareChildren(std::function<void(const ExecutionEvent &)> tell)
{
    const auto submitChild = [this, tell = std::move(tell)](ExecutionOrder order) {
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
            .submit = submitChild,
            .submitLater =
                [this](ExecutionId id) {
                    waiters.expect(id);
                    others->executionStarted();
                    launcher->sleep(id, {});
                },
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
    const Result<LeftBehind> left =
        executions.releaseLeftBehind([this](const QString &owner) { return owners->isAlive(owner); });
    return left ? ChildCalls::Place::Nowhere : Result<ChildCalls::Place>(left.error());
}

/// Those that it has started pause as well, and so it pauses itself.
void FlowService::State::pauseChildren(ExecutionId id)
{
    for (const ExecutionId child : families.children(id)) {
        if (!pauseHere(child)) // it is on its way between two of this program's places
            owners->request({child, OwnerRequest::What::Pause}).ok();
    }
    pool->wakeHelpers();
}

/// A child of one that is paused goes on together with its parent, which then takes it up: true when that was done.
Result<bool>
FlowService::State::continueWithParent(const Execution &execution, const ContinueOptions &options,
                                       const std::function<Result<void>(ExecutionId parent)> &continueParent)
{
    if (!execution.parent || families.isListening(execution.parent->id))
        return false;
    const ExecutionId parentId = execution.parent->id;
    const Result<Execution> parent = this->execution(parentId);
    if (!parent)
        return parent.error();
    if (isFinished(parent->status)) // it was let go
        return false;
    if (parent->status != ExecutionStatus::Paused)
        return Error{.code = ErrorCode::NotAllowed,
                     .reason = Messages::tr("Execution %1 belongs to execution %2, which another program runs: go on "
                                            "with it there")
                                   .arg(execution.id)
                                   .arg(parentId)};
    families.setWish(execution.id, {options, true});
    families.setWish(parentId, {{}, false});
    const Result<void> done = continueParent(parentId);
    if (!done) {
        families.takeWish(execution.id);
        families.takeWish(parentId);
        return done.error();
    }
    return true;
}

} // namespace flow
