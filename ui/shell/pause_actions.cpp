// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/pause_actions.h"

#include "look/format.h"
#include "shell/background.h"
#include "shell/context_dialog.h"
#include "shell/flow_tab.h"
#include "shell/questions.h"
#include "shell/result_dialog.h"
#include "shell/run_controller.h"
#include "shell/service_handle.h"
#include "shell/steer_controller.h"

#include <QPointer>

namespace flow {

PauseActions::PauseActions(const ShellContext &context, const Actions &actions, RunController *runner,
                           SteerController *steering, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_actions(actions)
    , m_runner(runner)
    , m_steering(steering)
{
    connect(actions[ActionId::EditContext], &QAction::triggered, this, &PauseActions::editContext);
    connect(actions[ActionId::ForceResult], &QAction::triggered, this, &PauseActions::forceResult);
    connect(steering, &SteerController::stateChanged, this, &PauseActions::refresh);
    refresh();
}

void PauseActions::setTab(FlowTab *tab)
{
    if (m_tab)
        disconnect(m_tab, nullptr, this, nullptr);
    m_tab = tab;
    if (tab) {
        connect(tab, &FlowTab::runChanged, this, &PauseActions::refresh);
        connect(tab, &FlowTab::eventsApplied, this, &PauseActions::refresh);
    }
    refresh();
}

void PauseActions::refresh()
{
    const bool paused = m_steering->canContinue(m_tab);
    m_actions[ActionId::EditContext]->setEnabled(paused && m_tab->run().context);
    m_actions[ActionId::ForceResult]->setEnabled(paused && m_tab->run().trace.nextTask != endTarget);
}

void PauseActions::editContext()
{
    const ExecutionId id = m_tab->run().id;
    auto *dialog =
        new ContextDialog(*m_tab->run().context, m_tab->run().trace.nextTask, m_context.look, m_context.window);
    const auto change = [this, dialog, id, tab = m_tab](const QJsonObject &set, const QStringList &removed) {
        FlowService *service = m_context.service->service();
        const auto editing =
            service->async([service, id, set, removed] { return service->editContext(id, set, removed); });
        whenReady(editing, this, [this, id, tab, open = QPointer<ContextDialog>(dialog)](const Result<void> &edited) {
            if (!edited && open)
                return open->refuse(edited.error().text());
            if (!edited)
                return tell(m_context.window, tr("The context of run %1 was not changed").arg(formatNumber(id)),
                            edited.error());
            if (open)
                open->accept();
            if (tab && tab->run().id == id)
                m_runner->readRecords(tab);
        });
    };
    connect(dialog, &ContextDialog::changeRequested, this, change);
    dialog->open();
}

void PauseActions::forceResult()
{
    const ExecutionId id = m_tab->run().id;
    auto *dialog = new ResultDialog(m_tab->run().trace.nextTask, m_context.look, m_context.window);
    connect(dialog, &QDialog::accepted, this, [this, dialog, id, tab = m_tab] {
        if (tab && tab->run().id == id)
            m_steering->goOn(tab, {.step = dialog->pausesAgain(), .forced = dialog->result()});
    });
    dialog->open();
}

} // namespace flow
