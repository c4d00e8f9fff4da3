// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/last_runs.h"

#include "service/flow_service.h"
#include "shell/background.h"
#include "shell/document_tabs.h"
#include "shell/service_handle.h"

#include <QPointer>

namespace flow {

namespace {

/// Longer runs are only read where somebody asks for them.
constexpr int mostTasks = 2'000;

} // namespace

LastRuns::LastRuns(const ShellContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
    connect(context.tabs, &DocumentTabs::added, this, &LastRuns::show);
    connect(context.service, &ServiceHandle::opened, this, [this](const FlowService *service) {
        connect(service, &FlowService::executionTakenUp, this, &LastRuns::showTakenUp);
        for (FlowTab *tab : m_context.tabs->all())
            show(tab);
    });
}

/// The newest. Blocks; on a thread of the service.
Result<std::optional<TabRun>> LastRuns::read(const FlowService *service, const FlowId &flow)
{
    const Result<Page<Execution>> newest =
        service->executions({.flowId = flow, .status = {}, .perPage = 1, .topLevel = true, .withOutput = false});
    if (!newest)
        return newest.error();
    if (newest->items.isEmpty())
        return std::optional<TabRun>();
    const Execution &last = newest->items.first();
    // One that goes on can be stopped and continued where it is seen, however long it is.
    if (isFinished(last.status) && last.totalTasksExecuted > mostTasks)
        return std::optional<TabRun>();
    const Result<ExecutionDetails> details = service->execution(last.id, true);
    if (!details)
        return details.error();
    const Result<QList<ExecutionEvent>> events = service->executionLog(last.id);
    if (!events)
        return events.error();
    TabRun run;
    run.id = last.id;
    run.trace = ExecutionTrace::fromRecords(details->execution, details->tasks);
    run.events = *events;
    run.execution = details->execution;
    run.tasks = details->tasks;
    return std::optional(run);
}

void LastRuns::show(FlowTab *tab)
{
    if (!tab->run().id)
        readLast(tab);
}

/// Also where an older one is shown, or the same as it was when it stood still.
void LastRuns::showTakenUp(const FlowId &flow)
{
    for (FlowTab *tab : m_context.tabs->all()) {
        if (tab->document()->flow().id == flow)
            readLast(tab);
    }
}

void LastRuns::readLast(FlowTab *tab)
{
    const FlowService *service = m_context.service->service();
    if (!service || tab->document()->isReadOnly() || tab->run().isActive())
        return;
    const FlowId id = tab->document()->flow().id;
    whenReady(service->async([service, id] { return read(service, id); }), this,
              [this, tab = QPointer(tab), id, shown = tab->run().id](const Result<std::optional<TabRun>> &last) {
                  // Without it nothing is missing that the history does not have.
                  if (!last || !*last || !tab || tab->run().id != shown || tab->document()->flow().id != id)
                      return;
                  TabRun run = **last;
                  run.flowName = tab->document()->flow().name;
                  tab->showRun(run);
                  if (run.isActive())
                      Q_EMIT goesOn(tab);
              });
}

} // namespace flow
