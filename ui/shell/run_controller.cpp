// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/run_controller.h"

#include "document/breakpoint_list.h"
#include "look/format.h"
#include "model/validate.h"
#include "shell/background.h"
#include "shell/document_tabs.h"
#include "shell/questions.h"
#include "shell/service_handle.h"

namespace flow {

namespace {

struct Records
{
    ExecutionDetails details;
    std::optional<QJsonObject> context;
};

/// Blocks; on a thread of the service.
Result<Records> read(FlowService *service, ExecutionId id)
{
    const Result<ExecutionDetails> details = service->execution(id, true);
    if (!details)
        return details.error();
    if (details->execution.status != ExecutionStatus::Paused)
        return Records{*details, std::nullopt};
    const Result<QJsonObject> context = service->executionContext(id);
    if (!context)
        return context.error();
    return Records{*details, *context};
}

/// What came of the wish to run: it runs, or somebody has to be asked first.
struct Beginning
{
    ExecutionId id = 0;
    std::optional<InterruptedRun> last;
};

/// Blocks; on a thread of the service.
Result<Beginning> start(FlowService *service, const RunRequest &request, bool looksBack)
{
    if (looksBack) {
        const Result<std::optional<InterruptedRun>> last = leftInterrupted(service, request.file.flow.id);
        if (!last)
            return last.error();
        if (*last)
            return Beginning{0, *last};
    }
    const Result<ExecutionId> id = service->start(request);
    if (!id)
        return id.error();
    return Beginning{*id, {}};
}

} // namespace

RunController::RunController(const ShellContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
    connect(context.service, &ServiceHandle::opened, this, &RunController::stateChanged);
}

FlowService *RunController::service() const
{
    return m_context.service->service();
}

bool RunController::canRun(const FlowTab *tab) const
{
    return tab && service() && !tab->document()->isReadOnly() && !tab->run().isActive() && !m_starting.contains(tab);
}

bool RunController::canStop(const FlowTab *tab) const
{
    return tab && service() && tab->run().isActive();
}

bool RunController::isStopping(const FlowTab *tab) const
{
    return canStop(tab) && m_stopping.contains(tab->run().id);
}

void RunController::run(FlowTab *tab, const QJsonObject &input)
{
    run(tab, input, {});
}

void RunController::run(FlowTab *tab, const QJsonObject &input, const StartOptions &options, bool known)
{
    if (!canRun(tab))
        return;
    if (hasErrors(tab->document()->issues())) {
        Q_EMIT problemsFound(tab);
        return;
    }
    m_starting.insert(tab);
    Q_EMIT stateChanged();
    RunRequest request{.file = tab->document()->file(), .input = input, .options = options};
    request.options.breakpoints = tab->canvas()->breakpoints()->all();
    const bool looksBack = !known && options.startTask.isEmpty();
    const auto starting =
        service()->async([service = service(), request, looksBack] { return start(service, request, looksBack); });
    whenReady(starting, this,
              [this, key = tab, tab = QPointer<FlowTab>(tab), request, options](const Result<Beginning> &beginning) {
                  m_starting.remove(key);
                  if (!beginning)
                      tell(m_context.window, tr("The flow could not be started"), beginning.error());
                  else if (tab && beginning->last)
                      Q_EMIT heldBack(tab, *beginning->last, request.input, options);
                  else if (tab)
                      begin(tab, beginning->id, request.file.flow);
                  if (m_starting.isEmpty())
                      m_early.clear();
                  Q_EMIT stateChanged();
              });
}

void RunController::begin(FlowTab *tab, ExecutionId id, const Flow &flow)
{
    tab->beginRun(id, flow);
    Q_EMIT started(tab);
    watch(tab, id);
}

void RunController::watch(FlowTab *tab, ExecutionId id)
{
    m_tabs.insert(id, tab);
    const QList<ExecutionEvent> early = m_early.take(id);
    if (!early.isEmpty())
        apply(early);
}

void RunController::apply(const QList<ExecutionEvent> &events)
{
    QHash<ExecutionId, QList<ExecutionEvent>> byExecution;
    for (const ExecutionEvent &event : events)
        byExecution[event.executionId].append(event);
    for (auto it = byExecution.cbegin(); it != byExecution.cend(); ++it) {
        const auto known = m_tabs.constFind(it.key());
        if (known == m_tabs.cend()) {
            if (!m_starting.isEmpty())
                m_early[it.key()].append(it.value());
            continue;
        }
        FlowTab *tab = known->data();
        if (tab && tab->run().id == it.key())
            tab->apply(it.value());
        if (tab && tab->run().isPaused())
            readRecords(tab);
        if (tab && tab->run().isActive())
            continue;
        m_tabs.remove(it.key());
        m_stopping.remove(it.key());
        if (!tab)
            continue;
        readRecords(tab);
        Q_EMIT ended(tab);
        Q_EMIT stateChanged();
    }
}

/// The records hold what the events do not: inputs and outputs.
void RunController::follow(FlowTab *tab)
{
    const ExecutionId id = tab->run().id;
    watch(tab, id);
    readRecords(tab, true);
    // No event tells the end of one that another program runs.
    whenReady(service()->finished(id), this, [this, id, tab = QPointer(tab)](const ExecutionDetails &) {
        if (tab && tab->run().id == id && tab->run().isActive() && !tab->run().isPaused())
            readRecords(tab, true);
    });
}

void RunController::readRecords(FlowTab *tab, bool whatever)
{
    const ExecutionId id = tab->run().id;
    whenReady(service()->async([service = service(), id] { return read(service, id); }), this,
              [this, id, whatever, tab = QPointer<FlowTab>(tab)](const Result<Records> &records) {
                  if (!tab || tab->run().id != id)
                      return;
                  if (!whatever && tab->run().isActive() && !tab->run().isPaused())
                      return; // it went on meanwhile
                  if (records)
                      tab->setRecords(records->details.execution, records->details.tasks, records->context);
                  else
                      Q_EMIT said(
                          tr("The results of run %1 cannot be read: %2").arg(formatNumber(id), records.error().text()));
              });
}

void RunController::stop(FlowTab *tab)
{
    if (canStop(tab))
        cancel(tab->run().id);
}

void RunController::cancel(ExecutionId id)
{
    if (!service())
        return;
    Q_EMIT said(m_stopping.contains(id) ? tr("Stopping run %1 at once...").arg(formatNumber(id))
                                        : tr("Stopping run %1...").arg(formatNumber(id)));
    m_stopping.insert(id);
    Q_EMIT stateChanged();
    const auto stopping =
        service()->async([service = service(), id] { return service->cancel(id); }, FlowService::Workers::Urgent);
    whenReady(stopping, this, [this, id](const Result<void> &cancelled) {
        // It may have ended by itself in the meantime.
        if (!cancelled && cancelled.error().code != ErrorCode::NotAllowed)
            tell(m_context.window, tr("Run %1 was not stopped").arg(formatNumber(id)), cancelled.error());
    });
}

} // namespace flow
