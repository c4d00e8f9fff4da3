// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/run_actions.h"

#include "model/config_schema.h"
#include "model/validate.h"
#include "shell/flow_tab.h"
#include "shell/run_controller.h"
#include "shell/run_input_dialog.h"
#include "shell/window_state.h"

namespace flow {

RunActions::RunActions(const ShellContext &context, const Actions &actions, RunController *runner, WindowState *state,
                       QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_actions(actions)
    , m_runner(runner)
    , m_state(state)
{
    connect(actions[ActionId::Run], &QAction::triggered, this, &RunActions::run);
    connect(actions[ActionId::RunWithInput], &QAction::triggered, this, &RunActions::runWithInput);
    connect(actions[ActionId::Stop], &QAction::triggered, this, [this] { m_runner->stop(m_tab); });
    connect(actions[ActionId::ClearRun], &QAction::triggered, this, [this] { m_tab->clearRun(); });
    connect(runner, &RunController::stateChanged, this, &RunActions::refresh);
    refresh();
}

void RunActions::setTab(FlowTab *tab)
{
    if (m_tab)
        disconnect(m_tab, nullptr, this, nullptr);
    m_tab = tab;
    if (tab)
        connect(tab, &FlowTab::runChanged, this, &RunActions::refresh);
    refresh();
}

void RunActions::refresh()
{
    const bool canRun = m_runner->canRun(m_tab);
    m_actions[ActionId::Run]->setEnabled(canRun);
    m_actions[ActionId::RunWithInput]->setEnabled(canRun);
    m_actions[ActionId::Stop]->setEnabled(m_runner->canStop(m_tab));
    m_actions[ActionId::ClearRun]->setEnabled(m_tab && m_tab->run().id && !m_tab->run().isActive() &&
                                              !m_tab->pastRun());
}

/// Runs at once; a flow that cannot do without input is asked for it first.
void RunActions::run()
{
    if (!m_tab)
        return;
    const QJsonObject schema = m_tab->document()->flow().inputs.value_or(QJsonObject());
    const QJsonObject input = withDefaults(schema, {});
    if (checkConfig(schema, input).isEmpty())
        m_runner->run(m_tab, input);
    else
        runWithInput();
}

void RunActions::runWithInput()
{
    if (!m_runner->canRun(m_tab))
        return;
    if (hasErrors(m_tab->document()->issues()))
        return m_runner->run(m_tab); // says what is wrong
    const Flow &flow = m_tab->document()->flow();
    auto *dialog = new RunInputDialog(flow, m_state->lastInput(flow.id), m_context.look, m_context.window);
    connect(dialog, &QDialog::accepted, this, [this, dialog, id = flow.id, tab = m_tab] {
        m_state->setLastInput(id, dialog->input());
        if (tab)
            m_runner->run(tab, dialog->input());
    });
    dialog->open();
}

} // namespace flow
