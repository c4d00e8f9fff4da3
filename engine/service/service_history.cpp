// SPDX-License-Identifier: GPL-3.0-or-later
// The part of FlowService that knows what has run.
#include "service/execution_history.h"
#include "service/flow_service.h"
#include "service/service_state.h"

#include <algorithm>

namespace flow {

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
            const Result<LeftBehind> left = executions.releaseLeftBehind(owners->whoIsDead());
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

Result<QList<Execution>> FlowService::executionsHere() const
{
    QList<ExecutionId> ids = m_state->waiters.all();
    std::sort(ids.begin(), ids.end());
    QList<Execution> here;
    for (const ExecutionId id : ids) {
        const Result<Execution> execution = m_state->execution(id);
        if (!execution && execution.error().code != ErrorCode::NotFound) // or it went with its flow
            return execution.error();
        if (execution && !isFinished(execution->status) && execution->status != ExecutionStatus::Paused)
            here.append(*execution);
    }
    return here;
}

int FlowService::runningExecutions() const
{
    return m_state->pool->running() + m_state->pool->waiting() + m_state->launcher->waiting();
}

} // namespace flow
