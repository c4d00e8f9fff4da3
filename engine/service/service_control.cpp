// SPDX-License-Identifier: GPL-3.0-or-later
// The part of FlowService by which a person steers what runs.
#include "service/context_check.h"
#include "service/flow_check.h"
#include "service/flow_service.h"
#include "service/service_errors.h"
#include "service/service_state.h"

#include <QCoreApplication>

namespace flow {

namespace {

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(FlowService)
};

Error notAllowed(const QString &reason)
{
    return {.code = ErrorCode::NotAllowed, .reason = reason};
}

Error alreadyEnded(const Execution &execution)
{
    return notAllowed(
        QStringLiteral("Execution %1 has already ended (%2)").arg(execution.id).arg(toString(execution.status)));
}

} // namespace

Result<bool> FlowService::State::isAliveOwner(ExecutionId id) const
{
    const Result<QString> owner = executions.owner(id);
    if (!owner)
        return owner.error();
    return !owner->isEmpty() && owners->isAlive(*owner);
}

Result<FlowService::State::Stopped> FlowService::State::stop(ExecutionId id, CancelReach reach)
{
    constexpr int mostTries = 3; // its state may change in between
    for (int tries = 0;; ++tries) {
        const Result<Execution> now = execution(id);
        if (!now)
            return now.error();
        // The record first: an execution whose end is committed, and so was seen by others, is over even where its
        // thread is not.
        if (isFinished(now->status))
            return Stopped::Over;
        if (pool->cancel(id, reach) || launcher->cancel(id, reach))
            return Stopped::Here;
        const Result<bool> alive = isAliveOwner(id);
        if (!alive)
            return alive.error();
        if (*alive || tries == mostTries) {
            const auto what = reach == CancelReach::Work ? OwnerRequest::What::Stop : OwnerRequest::What::Cancel;
            if (Result<void> asked = owners->request({id, what}); !asked)
                return asked.error();
            return Stopped::Elsewhere;
        }
        // Nobody runs it: what its program has left is settled, and what waits is ended here.
        if (now->status == ExecutionStatus::Running) {
            const Result<LeftBehind> left = executions.releaseLeftBehind(owners->whoIsDead());
            if (!left)
                return left.error();
        } else if (const Result<bool> claimed = executions.claim(id, now->status); !claimed) {
            return claimed.error();
        } else if (*claimed) {
            Result<ExecutionOrder> order = orderFor(id);
            if (!order) { // nobody has it in hand: whoever comes next may
                executions.giveBack(id, now->status).ok();
                return order.error();
            }
            // By a person, and not by its parent, which knows.
            if (reach == CancelReach::Further && now->status == ExecutionStatus::Paused && now->parent)
                families.noteStopped(id);
            waiters.expect(id);
            others->executionStarted();
            if (reach == CancelReach::Work && order->position.ending.phase == ExecutionPhase::Final)
                pool->start(*std::move(order)); // its program died in its final task, which runs again
            else
                pool->startCancelled(*std::move(order), reach);
            return Stopped::Here;
        }
    }
}

Result<void> FlowService::cancel(ExecutionId id)
{
    const Result<State::Stopped> stopped = m_state->stop(id);
    if (!stopped)
        return stopped.error();
    if (*stopped != State::Stopped::Over) {
        m_state->noteCancel(id);
        // Whoever runs it was asked, and may have let go of it at that moment.
        if (*stopped == State::Stopped::Elsewhere && m_state->paused(id)) {
            if (const Result<State::Stopped> again = m_state->stop(id); !again)
                return again.error();
        }
        return {};
    }
    const Result<Execution> ended = m_state->execution(id);
    return ended ? alreadyEnded(*ended) : ended.error();
}

Result<void> FlowService::pause(ExecutionId id)
{
    return m_state->pause(id);
}

Result<void> FlowService::State::pause(ExecutionId id)
{
    const Result<Execution> before = execution(id);
    if (!before)
        return before.error();
    if (isFinished(before->status))
        return alreadyEnded(*before);
    if (before->status == ExecutionStatus::Paused)
        return notAllowed(Messages::tr("Execution %1 is paused already").arg(id));
    if (pauseHere(id))
        return {};
    // Whoever runs it, or takes it over from a program that has died.
    const Result<bool> alive = isAliveOwner(id);
    if (!alive)
        return alive.error();
    if (!*alive) {
        const Result<LeftBehind> left = executions.releaseLeftBehind(owners->whoIsDead());
        if (!left)
            return left.error();
        const Result<Execution> now = execution(id);
        if (!now)
            return now.error();
        if (isFinished(now->status))
            return alreadyEnded(*now);
    }
    return owners->request({id, OwnerRequest::What::Pause});
}

bool FlowService::State::pauseHere(ExecutionId id)
{
    if (!pool->pause(id) && !launcher->change(id, [](ExecutionOrder &order) { order.controls.pause = true; }))
        return false;
    pauseChildren(id);
    return true;
}

bool FlowService::State::carryOut(const OwnerRequest &request)
{
    const ExecutionId id = request.executionId;
    const auto isDone = [&] {
        switch (request.what) {
        case OwnerRequest::What::Cancel:
            break;
        case OwnerRequest::What::Stop:
            return pool->cancel(id, CancelReach::Work) || launcher->cancel(id, CancelReach::Work);
        case OwnerRequest::What::Pause:
            return pauseHere(id);
        case OwnerRequest::What::ReadBreakpoints: {
            const Result<StandingExecution> standing = executions.standing(id);
            return standing && useBreakpoints(id, standing->breakpoints);
        }
        }
        return pool->cancel(id) || launcher->cancel(id);
    };
    return isDone() || isMoot(request);
}

/// It was asked of one that had just ended, or paused for another reason.
bool FlowService::State::isMoot(const OwnerRequest &request) const
{
    const Result<Execution> found = executions.get(request.executionId);
    if (!found)
        return found.error().code == ErrorCode::NotFound;
    return isFinished(found->status) ||
           (found->status == ExecutionStatus::Paused && request.what != OwnerRequest::What::Cancel);
}

/// It may take a while to end: its final task runs, and those of all that it has started. When the programs die
/// meanwhile, it must not go on. What runs is stopped already, so this is not refused: the database may be what it is
/// stopped for.
void FlowService::State::noteCancel(ExecutionId id)
{
    doOrKeep({id, UnstoredWish::What::Note});
}

void FlowService::State::doOrKeep(const UnstoredWish &wish)
{
    if (carryOut(wish) != UnstoredWishes::Outcome::Done)
        wishes->keep(wish);
}

UnstoredWishes::Outcome FlowService::State::carryOut(const UnstoredWish &wish)
{
    const ExecutionId id = wish.executionId;
    const auto outcomeOf = [](const auto &done) {
        if (done || done.error().code == ErrorCode::NotFound)
            return UnstoredWishes::Outcome::Done;
        return isAway(done.error()) ? UnstoredWishes::Outcome::StoreUnusable : UnstoredWishes::Outcome::Refused;
    };
    switch (wish.what) {
    case UnstoredWish::What::Note:
        return outcomeOf(executions.noteCancel(id));
    case UnstoredWish::What::Pause: {
        const Result<void> paused = pause(id);
        const bool isPast = !paused && paused.error().code == ErrorCode::NotAllowed; // ended, or paused by now
        return isPast ? UnstoredWishes::Outcome::Done : outcomeOf(paused);
    }
    case UnstoredWish::What::Stop:
        break;
    }
    return outcomeOf(stop(id, CancelReach::Work));
}

bool FlowService::State::useBreakpoints(ExecutionId id, const QList<Breakpoint> &breakpoints)
{
    return launcher->changeQueued(id, [&](ExecutionOrder &order) { order.controls.breakpoints = breakpoints; }) ||
           pool->setBreakpoints(id, breakpoints);
}

Result<Execution> FlowService::State::paused(ExecutionId id) const
{
    const Result<Execution> found = execution(id);
    if (!found)
        return found.error();
    if (found->status != ExecutionStatus::Paused)
        return notAllowed(
            Messages::tr("Execution %1 is not paused (%2)").arg(QString::number(id), toString(found->status)));
    return found;
}

Result<void> FlowService::continueExecution(ExecutionId id, const ContinueOptions &options)
{
    return m_state->goOn(id, {options, true});
}

Result<QJsonObject> FlowService::executionContext(ExecutionId id) const
{
    return m_state->executions.context(id);
}

Result<void> FlowService::editContext(ExecutionId id, const QJsonObject &set, const QStringList &removed)
{
    const Result<Execution> paused = m_state->paused(id);
    if (!paused)
        return paused.error();
    const Result<FlowFile> file = m_state->flows.revision(paused->revision);
    if (!file)
        return file.error();
    const Result<QJsonObject> context = m_state->executions.context(id);
    if (!context)
        return context.error();
    if (const Result<void> good = checkEdit(file->flow, *context, set, removed); !good)
        return good;
    return m_state->executions.editContext(id, {0, set, removed});
}

Result<QList<Breakpoint>> FlowService::breakpoints(ExecutionId id) const
{
    Result<StandingExecution> standing = m_state->executions.standing(id);
    if (!standing)
        return standing.error();
    return std::move(standing->breakpoints);
}

Result<void> FlowService::setBreakpoints(ExecutionId id, const QList<Breakpoint> &breakpoints)
{
    const Result<Execution> execution = m_state->execution(id);
    if (!execution)
        return execution.error();
    if (isFinished(execution->status))
        return alreadyEnded(*execution);
    const Result<FlowFile> file = m_state->flows.revision(execution->revision);
    if (!file)
        return file.error();
    if (const Result<void> fit = checkBreakpoints(breakpoints, file->flow, FieldPath(QStringLiteral("breakpoints")));
        !fit)
        return fit;
    if (const Result<void> stored = m_state->executions.setBreakpoints(id, breakpoints); !stored)
        return stored;
    if (m_state->useBreakpoints(id, breakpoints) || execution->status == ExecutionStatus::Paused)
        return {};
    return m_state->owners->request({id, OwnerRequest::What::ReadBreakpoints});
}

Result<void> FlowService::setPinned(ExecutionId id, bool pinned)
{
    return m_state->executions.setPinned(id, pinned);
}

} // namespace flow
