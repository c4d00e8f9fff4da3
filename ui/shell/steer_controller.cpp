// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/steer_controller.h"

#include "document/breakpoint_list.h"
#include "look/format.h"
#include "shell/background.h"
#include "shell/flow_tab.h"
#include "shell/questions.h"
#include "shell/service_handle.h"
#include "shell/window_state.h"

namespace flow {

SteerController::SteerController(const ShellContext &context, WindowState *state, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_state(state)
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

void SteerController::follow(FlowTab *tab)
{
    BreakpointList *breakpoints = tab->canvas()->breakpoints();
    if (!tab->document()->isReadOnly())
        breakpoints->set(m_state->breakpoints(tab->document()->flow().id));
    connect(breakpoints, &BreakpointList::changed, this, [this, tab] {
        if (!tab->document()->isReadOnly())
            m_state->setBreakpoints(tab->document()->flow().id, tab->canvas()->breakpoints()->all());
        if (tab->run().isActive())
            sendBreakpoints(tab);
    });
}

void SteerController::sendBreakpoints(FlowTab *tab)
{
    if (!service())
        return;
    const ExecutionId id = tab->run().id;
    const QList<Breakpoint> all = tab->canvas()->breakpoints()->all();
    if (m_sending.contains(id)) {
        m_sending[id] = true;
        return;
    }
    m_sending.insert(id, false);
    const auto sending = service()->async([service = service(), id, all] { return service->setBreakpoints(id, all); },
                                          FlowService::Workers::Urgent);
    whenReady(sending, this, [this, id, tab = QPointer<FlowTab>(tab)](const Result<void> &sent) {
        const bool again = m_sending.take(id);
        if (!sent && sent.error().code != ErrorCode::NotAllowed) // it has ended meanwhile
            Q_EMIT said(tr("Run %1 keeps its old breakpoints: %2").arg(formatNumber(id), sent.error().text()));
        if (again && tab && tab->run().id == id && tab->run().isActive())
            sendBreakpoints(tab);
    });
}

void SteerController::readBreakpoints(FlowTab *tab)
{
    if (!service())
        return;
    const ExecutionId id = tab->run().id;
    whenReady(service()->async([service = service(), id] { return service->breakpoints(id); }), tab,
              [tab, id](const Result<QList<Breakpoint>> &read) {
                  if (read && tab->run().id == id && tab->canvas()->breakpoints()->all().isEmpty())
                      tab->canvas()->breakpoints()->set(*read);
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
