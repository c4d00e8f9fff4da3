// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/history_controller.h"

#include "look/format.h"
#include "model/auto_layout.h"
#include "monitor/history_panel.h"
#include "shell/background.h"
#include "shell/document_tabs.h"
#include "shell/questions.h"
#include "shell/service_handle.h"

#include <QTimer>

namespace flow {

HistoryController::HistoryController(const ShellContext &context, HistoryPanel *panel, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_panel(panel)
{
    connect(panel, &HistoryPanel::pageNeeded, this, &HistoryController::readPage);
    connect(panel, &HistoryPanel::executionActivated, this, &HistoryController::openExecution);
    connect(panel, &HistoryPanel::pinRequested, this, &HistoryController::pin);
    connect(context.service, &ServiceHandle::opened, panel, &HistoryPanel::reload);
    if (context.service->service())
        panel->reload();
}

void HistoryController::setFlows(const QList<StoredFlow> &flows)
{
    QList<QPair<FlowId, QString>> names;
    for (const StoredFlow &flow : flows)
        names.append({flow.file.flow.id, flow.file.flow.name});
    m_panel->setFlows(names);
}

void HistoryController::showExecutions(const QList<Execution> &executions)
{
    for (const Execution &execution : executions)
        m_panel->updateExecution(execution);
}

void HistoryController::readPage(const ExecutionQuery &query)
{
    FlowService *service = m_context.service->service();
    if (!service)
        return; // the panel is asked to reload once it is open
    ExecutionQuery lines = query;
    lines.withOutput = false; // the list does not show it
    whenReady(service->async([service, lines] { return service->executions(lines); }), this,
              [this, query](const Result<Page<Execution>> &page) {
                  if (page)
                      m_panel->showPage(query, *page);
                  else
                      m_panel->showError(tr("The history cannot be read: %1").arg(page.error().text()));
              });
}

Result<HistoryController::PastRun> HistoryController::readPastRun(FlowService *service, ExecutionId id)
{
    const Result<ExecutionDetails> details = service->execution(id, true);
    if (!details)
        return details.error();
    const Result<FlowFile> file = service->revision(details->execution.revision);
    if (!file)
        return file.error();
    const Result<QList<ExecutionEvent>> events = service->executionLog(id);
    if (!events)
        return events.error();
    return PastRun{*details, *file, *events};
}

void HistoryController::openExecution(ExecutionId id)
{
    FlowService *service = m_context.service->service();
    if (FlowTab *open = m_context.tabs->ofPastRun(id))
        return m_context.tabs->activate(open);
    if (FlowTab *running = m_context.tabs->ofRun(id); running && running->run().isActive())
        return m_context.tabs->activate(running);
    if (!service || m_opening.contains(id))
        return;
    m_opening.insert(id);
    whenReady(service->async([service, id] { return readPastRun(service, id); }), this,
              [this, id](const Result<PastRun> &run) {
                  m_opening.remove(id);
                  if (!run)
                      return tell(m_context.window, tr("Run %1 cannot be shown").arg(formatNumber(id)), run.error());
                  show(*run);
              });
}

void HistoryController::pin(ExecutionId id, bool pinned)
{
    FlowService *service = m_context.service->service();
    if (!service)
        return;
    whenReady(service->async([service, id, pinned] { return service->setPinned(id, pinned); }), this,
              [this, id, pinned](const Result<void> &done) {
                  if (done)
                      m_panel->showPinned(id, pinned);
                  else
                      tell(m_context.window, tr("Run %1 cannot be pinned").arg(formatNumber(id)), done.error());
              });
}

void HistoryController::show(const PastRun &past)
{
    FlowFile file = past.file;
    file.layout = completeLayout(file.flow, file.layout);
    auto document = std::make_unique<FlowDocument>(file, DocumentHome{}, m_context.types);
    document->setReadOnly(true);
    FlowTab *tab = m_context.tabs->add(std::move(document));

    TabRun run;
    run.id = past.details.execution.id;
    run.flowName = file.flow.name;
    run.trace = ExecutionTrace::fromRecords(past.details.execution, past.details.tasks);
    run.events = past.events;
    run.execution = past.details.execution;
    run.tasks = past.details.tasks;
    tab->showRun(run);
    QTimer::singleShot(0, tab->canvas(), [canvas = tab->canvas()] { canvas->fit(); });
    Q_EMIT runOpened(tab);
}

} // namespace flow
