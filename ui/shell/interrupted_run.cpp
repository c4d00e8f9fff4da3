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

Result<std::optional<InterruptedRun>> leftInterrupted(const FlowService *service, const FlowId &flow)
{
    const Result<Page<Execution>> newest =
        service->executions({.flowId = flow, .status = {}, .perPage = 1, .topLevel = true, .withOutput = false});
    if (!newest)
        return newest.error();
    if (newest->items.isEmpty() || newest->items.first().status != ExecutionStatus::Interrupted)
        return std::optional<InterruptedRun>();
    const Execution &run = newest->items.first();
    const Result<FlowFile> ran = service->revision(run.revision);
    if (!ran)
        return ran.error();
    const Task *task = ran->flow.task(run.errorTask); // none: its program ended between two of them
    if (!task || !isUnsafe(*task, service->taskTypes()))
        return std::optional<InterruptedRun>();
    return std::optional(InterruptedRun{run.id, task->name});
}

void askAboutInterrupted(QWidget *window, const InterruptedRun &run, const std::function<void()> &resume,
                         const std::function<void()> &runAnew)
{
    ask(window, QMessageBox::Warning,
        tr("Run %1 was interrupted while “%2” was at work").arg(formatNumber(run.id), run.task),
        tr("Whether “%1” has done its work is not known, and it is not safe to repeat.\n\n"
           "Resuming keeps what was done before and pauses before “%1”: say there what comes of it, or go on and let "
           "it run again. Running from the start does everything again.")
            .arg(run.task),
        {{.label = tr("Resume and pause"), .role = QMessageBox::AcceptRole, .action = resume, .isDefault = true},
         {.label = tr("Run from the start"), .role = QMessageBox::DestructiveRole, .action = runAnew},
         {.label = tr("Cancel"), .role = QMessageBox::RejectRole}});
}

} // namespace flow
