// SPDX-License-Identifier: GPL-3.0-or-later
// The part of FlowService that runs flows and knows what has run.
#include "service/context_check.h"
#include "service/execution_history.h"
#include "service/flow_check.h"
#include "service/flow_service.h"
#include "service/logging.h"
#include "service/service_state.h"

#include <QCoreApplication>

namespace flow {

namespace {

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(FlowService)
};

Error beingDeleted(const FlowId &id)
{
    return {.code = ErrorCode::Conflict, .reason = QStringLiteral("Flow '%1' is being deleted").arg(id)};
}

Error unknownTask(const Flow &flow, const QString &task)
{
    return {.code = ErrorCode::UnknownReference,
            .reason = Messages::tr("Flow '%1' has no task '%2' to start from").arg(flow.id, task)};
}

/// Whoever starts in the middle gives a context, with results of tasks in it, and not the flow's input.
Result<QJsonObject> inputOf(const Flow &flow, const QJsonObject &input, const StartOptions &options)
{
    if (options.startTask.isEmpty())
        return checkedInput(flow, input);
    if (const Result<void> good = checkResults(flow, input, input); !good)
        return good.error();
    return input;
}

} // namespace

Result<ExecutionId> FlowService::start(const FlowId &id, const QJsonObject &input, const StartOptions &options)
{
    const Result<StoredFlow> stored = m_state->flows.get(id);
    if (!stored)
        return stored.error();
    if (!stored->isActive)
        return Error{.code = ErrorCode::NotAllowed, .reason = QStringLiteral("Flow '%1' is not active").arg(id)};
    if (const Result<void> runnable = checkRunnable(stored->file.flow, taskTypes()); !runnable)
        return runnable.error();
    const Result<QJsonObject> fitting = inputOf(stored->file.flow, input, options);
    if (!fitting)
        return fitting.error();
    return launch(stored->file.flow, stored->revision, *fitting, options);
}

Result<ExecutionId> FlowService::start(const RunRequest &request)
{
    const Flow &flow = request.file.flow;
    if (m_state->owners->isBeingDeleted(flow.id))
        return beingDeleted(flow.id);
    if (const Result<void> runnable = checkRunnable(flow, taskTypes()); !runnable)
        return runnable.error();
    const Result<QJsonObject> input = inputOf(flow, request.input, request.options);
    if (!input)
        return input.error();

    const Result<StoredFlow> known = m_state->flows.summary(flow.id);
    if (!known && known.error().code != ErrorCode::NotFound)
        return known.error();
    if (!known) {
        const Result<StoredFlow> added = m_state->flows.create(request.file);
        if (added)
            Q_EMIT flowSaved(flow.id, added->version);
        else if (added.error().code != ErrorCode::Conflict) // somebody added it in between: it stays as it is
            return added.error();
    }
    const Result<RevisionId> revision = m_state->flows.keepRevision(request.file);
    if (!revision)
        return revision.error();
    return launch(flow, *revision, *input, request.options);
}

Result<ExecutionId> FlowService::launch(const Flow &flow, const RevisionId &revision, const QJsonObject &input,
                                        const StartOptions &options)
{
    if (!options.startTask.isEmpty() && flow.taskIndex(options.startTask) < 0)
        return unknownTask(flow, options.startTask);
    if (const Result<void> fit = checkBreakpoints(options.breakpoints, flow, FieldPath(QStringLiteral("breakpoints")));
        !fit)
        return fit.error();
    Execution execution{.flowId = flow.id, .revision = revision, .inputContext = input};
    execution.startTask = options.startTask.isEmpty() ? QString() : options.startTask;
    execution.singleTask = options.singleTask;
    return launch(flow, std::move(execution),
                  {.recoverable = settings().stays, .breakpoints = options.breakpoints, .reusedUpTo = 0},
                  {.breakpoints = options.breakpoints, .pause = options.pause});
}

Result<ExecutionId> FlowService::launch(const Flow &flow, Execution execution, const ExecutionBeginning &beginning,
                                        const ExecutionControls &controls)
{
    if (m_state->closing)
        return Error{.code = ErrorCode::NotAllowed, .reason = QStringLiteral("The program is shutting down")};
    if (m_state->owners->isBeingDeleted(flow.id))
        return beingDeleted(flow.id);
    const Result<Execution> created = m_state->executions.create(std::move(execution), beginning);
    if (!created)
        return created.error();
    const ExecutionId id = created->id;
    m_state->ends.tryNow();
    m_state->waiters.expect(id);
    m_state->others->executionStarted();
    Q_EMIT executionEvent({id, systemClock().now(), ExecutionQueued{flow.id, created->revision}});

    ExecutionOrder order;
    order.id = id;
    order.flow = flow;
    order.revision = created->revision;
    order.input = created->inputContext;
    m_state->equip(order);
    order.controls = controls;
    order.position.startTask = created->startTask;
    order.position.singleTask = created->singleTask;
    if (beginning.reusedUpTo > 0) {
        Result<StandingExecution> standing = m_state->executions.standing(id);
        if (!standing) {
            m_state->giveUp(id, standing.error());
            m_state->executionEnded(id);
            return standing.error();
        }
        order.position = std::move(standing->position);
    }
    m_state->submit(std::move(order));
    return id;
}

ExecutionLimits FlowService::State::limits() const
{
    ExecutionLimits limits;
    limits.taskTime = settings.taskTimeLimit;
    limits.flowTime = settings.flowTimeLimit;
    limits.steps = settings.stepLimit;
    limits.longestWait = std::chrono::seconds(1);
    return limits;
}

/// By the flow's limit of executions at once, where it has one.
void FlowService::State::submit(ExecutionOrder order)
{
    const std::optional<Concurrency> &limit = order.flow.concurrency;
    if (limit && order.parent == 0 && limit->whenBusy != WhenBusy::Queue) {
        const Result<int> running = executions.runningCount(order.flow.id);
        if (running && *running >= limit->limit) {
            if (limit->whenBusy == WhenBusy::Skip) {
                order.controls.skipReason =
                    Messages::tr("Skipped: as many runs of flow '%1' as it allows at once (%2) have not ended")
                        .arg(order.flow.name, QString::number(limit->limit));
                pool->start(std::move(order));
                return;
            }
            if (const Result<std::optional<ExecutionId>> oldest = executions.oldestRunning(order.flow.id);
                oldest && *oldest) [[maybe_unused]]
                const Result<Stopped> stopped = stop(**oldest);
        }
    }
    launcher->submit(std::move(order));
}

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
    equip(order);
    order.position = std::move(standing->position);
    order.controls.breakpoints = std::move(standing->breakpoints);
    order.parent = standing->execution.parent ? standing->execution.parent->id : 0;
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
    if (closing || pool->waiting() >= mostWaiting)
        return;
    const Result<LeftBehind> left =
        executions.releaseLeftBehind([this](const QString &owner) { return owners->isAlive(owner); });
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
        if (here.contains(id)) // others took this program for dead; what it runs can write nothing more and ends soon
            executions.giveBack(id, ExecutionStatus::Pending).ok();
        else
            takeUp(id, asked.contains(OwnerRequest{id, OwnerRequest::What::Pause}));
    }
}

void FlowService::State::takeUp(ExecutionId id, bool pause)
{
    Result<ExecutionOrder> order = orderFor(id);
    const bool isAway = !order && (order.error().code == ErrorCode::Io || order.error().code == ErrorCode::Full);
    if (!order && !isAway) {
        giveUp(id, order.error());
        return;
    }
    waiters.expect(id);
    others->executionStarted();
    if (isAway) { // the database, between two questions: what was taken must not be forgotten
        launcher->sleep(id, {});
        return;
    }
    order->controls.pause = pause;
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
        if (outcome.cancelWanted)
            launcher->cancel(id);
        else if (outcome.pauseWanted)
            launcher->change(id, [](ExecutionOrder &order) { order.controls.pause = true; });
        return;
    }
    executionEnded(id);
    if (!isPaused)
        families.takeWish(id);
    if (isPaused && outcome.cancelWanted)
        urgentWorkers.start([this, id] { stop(id).ok(); });
    childLeft(id, isPaused);
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

Result<Execution> FlowService::State::execution(ExecutionId id) const
{
    const std::optional<UnstoredEnd> unstored = ends.find(id); // first: see there
    Result<Execution> execution = executions.get(id);
    if (execution && unstored)
        unstored->applyTo(*execution);
    return execution;
}

Result<ExecutionDetails> FlowService::State::executionWithTasks(ExecutionId id) const
{
    const std::optional<UnstoredEnd> unstored = ends.find(id);
    Result<Execution> execution = executions.get(id);
    if (!execution)
        return execution.error();
    Result<QList<TaskExecution>> tasks = executions.taskExecutions(id);
    if (!tasks)
        return tasks.error();
    if (unstored) {
        unstored->applyTo(*execution);
        unstored->applyTo(*tasks);
    }
    return ExecutionDetails{*std::move(execution), *std::move(tasks)};
}

ExecutionDetails FlowService::State::detailsOf(ExecutionId id) const
{
    Result<ExecutionDetails> read = executionWithTasks(id);
    if (read)
        return *std::move(read);
    ExecutionDetails details;
    details.execution.id = id;
    details.execution.status = ExecutionStatus::Failure;
    details.execution.errorMessage = read.error().text();
    return details;
}

std::optional<ExecutionDetails> FlowService::State::endedElsewhere(ExecutionId id)
{
    const Result<Execution> known = execution(id);
    if (known && !isFinished(known->status)) {
        const Result<QString> owner = executions.owner(id);
        const bool waitsForPerson = known->status == ExecutionStatus::Paused;
        if (!waitsForPerson && owner && (owner->isEmpty() || owners->isAlive(*owner)))
            return std::nullopt;
        // Its program is gone; what becomes of it is what a new start would have found.
        if (!waitsForPerson) {
            const Result<LeftBehind> left =
                executions.releaseLeftBehind([this](const QString &other) { return owners->isAlive(other); });
            if (!left || left->released > 0)
                return std::nullopt;
        }
    }
    owners->dropRequests(id); // nobody is left to carry it out
    return detailsOf(id);
}

QFuture<ExecutionDetails> FlowService::finished(ExecutionId id) const
{
    if (std::optional<QFuture<ExecutionDetails>> here = m_state->waiters.wait(id))
        return *here;
    auto promise = std::make_shared<QPromise<ExecutionDetails>>();
    promise->start();
    m_state->urgentWorkers.start([state = m_state.get(), id, promise] {
        std::optional<ExecutionDetails> details;
        try {
            details = state->endedElsewhere(id);
        } catch (...) {
            keepPromise(*promise, []() -> ExecutionDetails { throw; });
            return;
        }
        if (details)
            keepPromise(*promise, [&] { return std::move(*details); });
        else
            state->others->waitFor(id, promise);
    });
    return promise->future();
}

Result<Page<Execution>> FlowService::executions(const ExecutionQuery &query) const
{
    const std::map<ExecutionId, UnstoredEnd> unstored = m_state->ends.all();
    Result<Page<Execution>> page = m_state->executions.list(query);
    if (!page)
        return page;
    for (Execution &execution : page->items) {
        if (const auto end = unstored.find(execution.id); end != unstored.end())
            end->second.applyTo(execution);
    }
    return page;
}

Result<ExecutionDetails> FlowService::execution(ExecutionId id, bool withTasks) const
{
    if (withTasks)
        return m_state->executionWithTasks(id);
    const Result<Execution> execution = m_state->execution(id);
    if (!execution)
        return execution.error();
    return ExecutionDetails{*execution, {}};
}

Result<QList<ExecutionEvent>> FlowService::executionLog(ExecutionId id) const
{
    const Result<ExecutionDetails> details = execution(id, true);
    if (!details)
        return details.error();
    const Result<QList<ExecutionEvent>> lines = m_state->executions.log(id);
    if (!lines)
        return lines.error();
    const Result<FlowFile> file = m_state->flows.revision(details->execution.revision);
    if (!file)
        return file.error();
    return executionHistory(details->execution, details->tasks, *lines, file->flow);
}

int FlowService::runningExecutions() const
{
    return m_state->pool->running() + m_state->pool->waiting() + m_state->launcher->waiting();
}

} // namespace flow
