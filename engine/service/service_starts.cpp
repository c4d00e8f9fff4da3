// SPDX-License-Identifier: GPL-3.0-or-later
// The part of FlowService that starts flows.
#include "service/context_check.h"
#include "service/flow_check.h"
#include "service/flow_service.h"
#include "service/library_check.h"
#include "service/logging.h"
#include "service/service_errors.h"
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

/// Of values that are named as tasks are, those that the flow asks for as its input.
QJsonObject askedFor(const Flow &flow, const QJsonObject &context)
{
    const QJsonObject asked = flow.inputs.value_or(QJsonObject()).value(u"properties").toObject();
    QJsonObject values;
    for (auto value = context.begin(); value != context.end(); ++value) {
        if (asked.contains(value.key()))
            values.insert(value.key(), *value);
    }
    return values;
}

/// Whoever starts in the middle gives a context, with results of tasks in it, and not the flow's input.
Result<QJsonObject> inputOf(const Flow &flow, const QJsonObject &input, const StartOptions &options)
{
    if (options.startTask.isEmpty())
        return checkedInput(flow, input);
    if (const Result<void> good = checkResults(flow, askedFor(flow, input), input); !good)
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
    if (const Result<void> runnable = checkRunnableHere(stored->file.flow, taskTypes(), m_state->flows); !runnable)
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
    if (const Result<void> runnable = checkRunnableHere(flow, taskTypes(), m_state->flows); !runnable)
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
        return shuttingDown();
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
    m_state->equip(order, !created->resumedFrom);
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
    m_state->launcher->submit(std::move(order));
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

} // namespace flow
