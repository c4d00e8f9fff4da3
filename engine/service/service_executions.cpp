// SPDX-License-Identifier: GPL-3.0-or-later
// The part of FlowService that runs flows and knows what has run.
#include "service/execution_history.h"
#include "service/flow_check.h"
#include "service/flow_service.h"
#include "service/service_state.h"

namespace flow {

namespace {

Error beingDeleted(const FlowId &id)
{
    return {.code = ErrorCode::Conflict, .reason = QStringLiteral("Flow '%1' is being deleted").arg(id)};
}

} // namespace

Result<ExecutionId> FlowService::start(const FlowId &id, const QJsonObject &input)
{
    const Result<StoredFlow> stored = m_state->flows.get(id);
    if (!stored)
        return stored.error();
    if (!stored->isActive)
        return Error{.code = ErrorCode::NotAllowed, .reason = QStringLiteral("Flow '%1' is not active").arg(id)};
    if (const Result<void> runnable = checkRunnable(stored->file.flow, taskTypes()); !runnable)
        return runnable.error();
    return launch(stored->file.flow, stored->revision, input);
}

Result<ExecutionId> FlowService::start(const RunRequest &request)
{
    const Flow &flow = request.file.flow;
    if (m_state->owners->isBeingDeleted(flow.id))
        return beingDeleted(flow.id);
    if (const Result<void> runnable = checkRunnable(flow, taskTypes()); !runnable)
        return runnable.error();

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
    return launch(flow, *revision, request.input);
}

Result<ExecutionId> FlowService::launch(const Flow &flow, const RevisionId &revision, const QJsonObject &input)
{
    if (m_state->closing)
        return Error{.code = ErrorCode::NotAllowed, .reason = QStringLiteral("The program is shutting down")};
    if (m_state->owners->isBeingDeleted(flow.id))
        return beingDeleted(flow.id);
    const Result<Execution> execution = m_state->executions.create(flow.id, revision, input);
    if (!execution)
        return execution.error();
    m_state->ends.tryNow();
    m_state->waiters.expect(execution->id);
    m_state->others->executionStarted();
    Q_EMIT executionEvent({execution->id, systemClock().now(), ExecutionQueued{flow.id, revision}});

    ExecutionOrder order;
    order.id = execution->id;
    order.flow = flow;
    order.revision = revision;
    order.input = input;
    order.limits = {settings().taskTimeLimit, settings().flowTimeLimit, settings().stepLimit};
    m_state->pool->start(std::move(order));
    return execution->id;
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
        if (owner && owners->isAlive(*owner))
            return std::nullopt;
        // Its program is gone; the mark is what a new start would have made.
        if (const Result<int> marked =
                executions.markInterrupted([this](const QString &other) { return owners->isAlive(other); });
            !marked)
            return std::nullopt;
    }
    owners->dropCancelRequest(id); // nobody is left to carry it out
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

Result<void> FlowService::cancel(ExecutionId id)
{
    const Result<Execution> execution = m_state->execution(id);
    if (!execution)
        return execution.error();
    // The record first: an execution whose end is committed, and so was seen by others, is over even where its thread
    // is not.
    if (!isFinished(execution->status)) {
        if (m_state->pool->cancel(id))
            return {};
        if (!m_state->endedElsewhere(id))
            return m_state->owners->requestCancel(id);
    }
    const Result<Execution> ended = m_state->execution(id);
    if (!ended)
        return ended.error();
    return Error{.code = ErrorCode::NotAllowed,
                 .reason = QStringLiteral("Execution %1 has already ended (%2)").arg(id).arg(toString(ended->status))};
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
    return m_state->pool->running() + m_state->pool->waiting();
}

} // namespace flow
