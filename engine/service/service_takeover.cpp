// SPDX-License-Identifier: GPL-3.0-or-later
// The part of FlowService that takes up what other programs left, and what became of what it ran itself.
#include "service/flow_check.h"
#include "service/flow_service.h"
#include "service/logging.h"
#include "service/service_errors.h"
#include "service/service_state.h"

namespace flow {

Result<ExecutionOrder> FlowService::State::orderFor(ExecutionId id)
{
    Result<StandingExecution> standing = executions.standing(id);
    if (!standing)
        return standing.error();
    const Result<FlowFile> file = flows.revision(standing->execution.revision);
    if (!file)
        return file.error();
    ExecutionOrder order;
    order.id = id;
    order.flow = file->flow;
    order.revision = standing->execution.revision;
    order.input = standing->execution.inputContext;
    order.parent = standing->execution.parent ? standing->execution.parent->id : 0;
    equip(order);
    order.position = std::move(standing->position);
    order.controls.breakpoints = std::move(standing->breakpoints);
    // A child that was to be refused, and whose program died before it was.
    if (order.parent != 0 && order.position.attempts.isEmpty() && order.position.startTask.isEmpty()) {
        if (const Result<QJsonObject> input = checkedInput(order.flow, order.input); !input)
            order.controls.refusal = input.error().text();
    }
    return order;
}

void FlowService::State::takeReleased()
{
    constexpr int mostWaiting = 64;
    constexpr int mostAtOnce = 256;
    if (closing)
        return;
    // What the dead left is settled however much waits here: others may have room for it, and a person may wait.
    const Result<LeftBehind> left = executions.releaseLeftBehind(owners->whoIsDead());
    if (left && pool->waiting() >= mostWaiting)
        return;
    const Result<QList<ExecutionId>> ids = left ? executions.claimReleased(mostAtOnce) : left.error();
    if (!ids) {
        if (!std::exchange(takingFails, true)) // once for as long as the database is away
            qCWarning(lcService, "Executions that other programs left cannot be looked at: %s",
                      qUtf8Printable(ids.error().text()));
        return;
    }
    takingFails = false;
    if (ids->isEmpty())
        return;
    const QList<ExecutionId> here = waiters.running(*ids);
    const QList<OwnerRequest> asked = owners->requests();
    for (const ExecutionId id : *ids) {
        if (closing) {
            executions.giveBack(id, ExecutionStatus::Pending).ok(); // or else it goes back with this program's end
            continue;
        }
        if (here.contains(id)) // others took this program for dead; what it runs can write nothing more and ends soon
            executions.giveBack(id, ExecutionStatus::Pending).ok();
        else
            takeUp(id, asked.contains(OwnerRequest{id, OwnerRequest::What::Pause}));
    }
}

void FlowService::State::takeUp(ExecutionId id, bool pause)
{
    Result<ExecutionOrder> order = orderFor(id);
    if (!order && !isAway(order.error())) {
        giveUp(id, order.error());
        return;
    }
    waiters.expect(id);
    others->executionStarted();
    if (!order) { // away between two questions: what was taken must not be forgotten
        launcher->sleep(id, {});
        return;
    }
    order->controls.pause = pause;
    tellTakenUp(*order);
    launcher->submit(*std::move(order));
}

/// It is ours and cannot be read: it must not wait for ever.
void FlowService::State::giveUp(ExecutionId id, const Error &error)
{
    qCWarning(lcService, "Execution %lld cannot go on: %s", static_cast<long long>(id), qUtf8Printable(error.text()));
    ExecutionEnd end;
    end.executionId = id;
    end.status = ExecutionStatus::Failure;
    end.error = error.text();
    end.completedAt = systemClock().now();
    if (!ends.executionEnded({}, end))
        ends.executionOver(id); // it is stored later
}

void FlowService::State::executionLeft(ExecutionId id, const ExecutionOutcome &outcome)
{
    const bool isPaused = outcome.suspended == ExecutionOutcome::Suspended::Paused;
    if (outcome.suspended == ExecutionOutcome::Suspended::Sleeping) {
        launcher->sleep(id, outcome.wakeAfter);
        // Where it cannot be read now it sleeps on, and whoever wants this was told that it will be done.
        if (outcome.cancelWanted && !launcher->cancel(id))
            wishes->keep({id, UnstoredWish::What::Stop});
        else if (!outcome.cancelWanted && outcome.pauseWanted &&
                 !launcher->change(id, [](ExecutionOrder &order) { order.controls.pause = true; }))
            wishes->keep({id, UnstoredWish::What::Pause});
        return;
    }
    // What other programs ask of it is forgotten when it leaves; one that has ended needs no cancel.
    const bool isToEnd =
        isPaused && (outcome.cancelWanted || owners->requests().contains(OwnerRequest{id, OwnerRequest::What::Cancel}));
    executionEnded(id);
    secretFamilies.left(id, isPaused);
    childLeft(id);
    if (isToEnd) {
        families.noteStopped(id); // so that a parent which has paused because of it goes on
        urgentWorkers.start([this, id] { doOrKeep({id, UnstoredWish::What::Stop}); }); // which may have been by now
    }
    if (launcher)
        launcher->roomMayBeFree();
}

void FlowService::State::executionEnded(ExecutionId id)
{
    others->executionEnded(id);
    const QList<ExecutionPromise> promises = waiters.take(id);
    if (promises.isEmpty())
        return;
    urgentWorkers.start([this, id, promises] {
        for (const ExecutionPromise &promise : promises)
            keepPromise(*promise, [this, id] { return detailsOf(id); });
    });
}

} // namespace flow
