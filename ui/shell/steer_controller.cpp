// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/steer_controller.h"

#include "look/format.h"
#include "shell/background.h"
#include "shell/flow_tab.h"
#include "shell/questions.h"
#include "shell/service_handle.h"

namespace flow {

SteerController::SteerController(const ShellContext &context, QObject *parent)
    : QObject(parent)
    , m_context(context)
{
}

FlowService *SteerController::service() const
{
    return m_context.service->service();
}

bool SteerController::canPause(const FlowTab *tab) const
{
    return tab && service() && tab->run().isActive() && !tab->run().isPaused() && !m_pausing.contains(tab->run().id);
}

bool SteerController::canContinue(const FlowTab *tab) const
{
    return tab && service() && tab->run().isPaused() && !m_going.contains(tab->run().id);
}

void SteerController::pause(FlowTab *tab)
{
    if (!canPause(tab))
        return;
    const ExecutionId id = tab->run().id;
    m_pausing.insert(id);
    Q_EMIT said(tr("Run %1 pauses after the task that runs now").arg(formatNumber(id)));
    Q_EMIT stateChanged();
    const auto pausing =
        service()->async([service = service(), id] { return service->pause(id); }, FlowService::Workers::Urgent);
    whenReady(pausing, this, [this, id](const Result<void> &paused) {
        if (paused)
            return; // told by an event
        forget(&m_pausing, id);
        tell(m_context.window, tr("Run %1 was not paused").arg(formatNumber(id)), paused.error());
    });
}

void SteerController::goOn(FlowTab *tab, const ContinueOptions &options)
{
    if (!canContinue(tab))
        return;
    const ExecutionId id = tab->run().id;
    m_going.insert(id);
    Q_EMIT stateChanged();
    const auto going =
        service()->async([service = service(), id, options] { return service->continueExecution(id, options); });
    whenReady(going, this, [this, id](const Result<void> &gone) {
        if (gone)
            return;
        forget(&m_going, id);
        tell(m_context.window, tr("Run %1 does not go on").arg(formatNumber(id)), gone.error());
    });
}

void SteerController::forget(QSet<ExecutionId> *asked, ExecutionId id)
{
    if (asked->remove(id))
        Q_EMIT stateChanged();
}

void SteerController::apply(const QList<ExecutionEvent> &events)
{
    for (const ExecutionEvent &event : events) {
        const bool ended = std::holds_alternative<ExecutionFinished>(event.what);
        if (ended || std::holds_alternative<ExecutionPaused>(event.what))
            forget(&m_pausing, event.executionId);
        if (ended || std::holds_alternative<ExecutionQueued>(event.what) ||
            std::holds_alternative<ExecutionStarted>(event.what))
            forget(&m_going, event.executionId);
    }
}

} // namespace flow
