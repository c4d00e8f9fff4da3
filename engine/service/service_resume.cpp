// SPDX-License-Identifier: GPL-3.0-or-later
// The part of FlowService that takes up what has ended.
#include "service/flow_check.h"
#include "service/flow_service.h"
#include "service/resume_plan.h"
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

Result<void> checkResumable(const Execution &before, const ResumeOptions &options)
{
    if (!isFinished(before.status))
        return notAllowed(Messages::tr("Execution %1 has not ended (%2): only one that has can be resumed")
                              .arg(QString::number(before.id), toString(before.status)));
    if (before.parent)
        return notAllowed(
            Messages::tr("Execution %1 was started by execution %2: resume that one, it takes up this one")
                .arg(before.id)
                .arg(before.parent->id));
    if (before.status == ExecutionStatus::Completed && options.fromTask.isEmpty())
        return notAllowed(Messages::tr("Execution %1 has completed, and nothing of it is left to do. Name one of its "
                                       "tasks to run that one and what follows again")
                              .arg(before.id));
    return {};
}

/// The task is none at which the main part of what ran could be taken up.
Error cannotBeginAt(const QString &task, ExecutionId id, const Flow &ran)
{
    if (task == ran.failureTask || task == ran.finalTask)
        return notAllowed(Messages::tr("Task '%1' did not run in the main part of execution %2 but at its end, as it "
                                       "does by itself in each execution. Name a task of the main part, or none")
                              .arg(task)
                              .arg(id));
    return notAllowed(Messages::tr("Task '%1' did not run in execution %2. Resume it from a task that did, or start "
                                   "the flow at this task with a context")
                          .arg(task)
                          .arg(id));
}

Result<void> checkBeginning(const Flow &flow, const QString &from, const ResumeOptions &options)
{
    if (!from.isEmpty() && from != endTarget && flow.taskIndex(from) < 0)
        return notAllowed(
            Messages::tr("Flow '%1' has no task '%2' any more: resume the execution from another task, or "
                         "with the revision that ran")
                .arg(flow.id, from));
    return checkBreakpoints(options.breakpoints, flow, FieldPath(QStringLiteral("breakpoints")));
}

/// Where nothing is taken over, it begins like a new run: a newer flow may ask for other input. Behind that there is a
/// whole context, of which the input is only a part.
Result<QJsonObject> inputOf(const Execution &before, const Flow &flow, const ResumePlan &plan,
                            const ResumeOptions &options)
{
    const bool begins = plan.kept == 0 && before.startTask.isEmpty();
    return options.newestRevision && begins ? checkedInput(flow, before.inputContext) : before.inputContext;
}

} // namespace

Result<ExecutionId> FlowService::resume(ExecutionId id, const ResumeOptions &options)
{
    const Result<StandingExecution> old = m_state->executions.standing(id);
    if (!old)
        return old.error();
    const Execution &before = old->execution;
    if (const Result<void> resumable = checkResumable(before, options); !resumable)
        return resumable.error();
    const Result<FlowFile> ran = m_state->flows.revision(before.revision);
    if (!ran)
        return ran.error();
    const ResumePlan plan = resumePlan(ran->flow, old->position, options.fromTask);
    if (plan.kept < 0)
        return cannotBeginAt(plan.from, id, ran->flow);
    Flow flow = ran->flow;
    RevisionId revision = before.revision;
    if (options.newestRevision) {
        const Result<StoredFlow> newest = m_state->flows.get(before.flowId);
        if (!newest)
            return newest.error();
        flow = newest->file.flow;
        revision = newest->revision;
    }
    // Not with the library: what a task has run before may be gone from it, and its results still stand.
    if (const Result<void> runnable = checkRunnable(flow, taskTypes()); !runnable)
        return runnable.error();
    if (const Result<void> fits = checkBeginning(flow, plan.from, options); !fits)
        return fits.error();
    const Result<QJsonObject> input = inputOf(before, flow, plan, options);
    if (!input)
        return input.error();
    Execution execution{.flowId = before.flowId, .revision = revision, .inputContext = *input};
    execution.resumedFrom = id;
    execution.startTask = plan.from.isEmpty() ? before.startTask : plan.from;
    execution.singleTask = before.singleTask;
    return launch(flow, std::move(execution),
                  {.recoverable = settings().stays, .breakpoints = options.breakpoints, .reusedUpTo = plan.kept},
                  {.breakpoints = options.breakpoints, .pause = options.pause});
}

} // namespace flow
