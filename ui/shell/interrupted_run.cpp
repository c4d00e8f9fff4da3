// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/interrupted_run.h"

#include "look/format.h"
#include "service/flow_service.h"
#include "shell/questions.h"

#include <QCoreApplication>

namespace flow {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("InterruptedRun", text);
}

/// Whether running this task once more may do harm: itself, or what it had started and waited for.
bool isUnsafe(const Task &task, const TaskTypes &types)
{
    const auto type = types.constFind(task.typeName());
    const bool isKnown = type != types.cend();
    return (isKnown && type->waitsForFlows) || !task.retrySafe.value_or(isKnown && type->retrySafe);
}

} // namespace

Result<std::optional<InterruptedRun>> interruptedRun(const FlowService *service, ExecutionId id)
{
    const Result<ExecutionDetails> run = service->execution(id, false);
    if (!run)
        return run.error();
    if (run->execution.status != ExecutionStatus::Interrupted)
        return std::optional<InterruptedRun>();
    const Result<FlowFile> ran = service->revision(run->execution.revision);
    if (!ran)
        return ran.error();
    const Task *task = ran->flow.task(run->execution.errorTask); // none: its program ended between two of them
    if (!task || !isUnsafe(*task, service->taskTypes()))
        return std::optional<InterruptedRun>();
    return std::optional(InterruptedRun{id, task->name});
}

Result<std::optional<InterruptedRun>> leftInterrupted(const FlowService *service, const FlowId &flow)
{
    const Result<Page<Execution>> newest =
        service->executions({.flowId = flow, .status = {}, .perPage = 1, .topLevel = true, .withOutput = false});
    if (!newest)
        return newest.error();
    if (newest->items.isEmpty())
        return std::optional<InterruptedRun>();
    return interruptedRun(service, newest->items.first().id);
}

void askAboutInterrupted(QWidget *window, const InterruptedRun &run, Again wish,
                         const std::function<void()> &pauseThere, const std::function<void()> &goAhead)
{
    QString detail = tr("Whether “%1” has done its work is not known, and it is not safe to repeat.\n\n"
                        "Resuming keeps what was done before and pauses before “%1”: say there what comes of it, or go "
                        "on and let it run again.");
    if (wish == Again::FromTheStart)
        detail += u' ' + tr("Running from the start does everything again.");
    ask(window, QMessageBox::Warning,
        tr("Run %1 was interrupted while “%2” was at work").arg(formatNumber(run.id), run.task), detail.arg(run.task),
        {{.label = tr("Resume and pause"), .role = QMessageBox::AcceptRole, .action = pauseThere, .isDefault = true},
         {.label = wish == Again::FromTheStart ? tr("Run from the start") : tr("Let it run again"),
          .role = QMessageBox::DestructiveRole,
          .action = goAhead},
         {.label = tr("Cancel"), .role = QMessageBox::RejectRole}});
}

} // namespace flow
