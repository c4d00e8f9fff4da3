// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/run_actions.h"

#include "model/config_schema.h"
#include "model/validate.h"
#include "shell/flow_tab.h"
#include "shell/run_controller.h"
#include "shell/run_input_dialog.h"
#include "shell/steer_controller.h"
#include "shell/window_state.h"

namespace flow {

RunActions::RunActions(const ShellContext &context, const Actions &actions, RunController *runner,
                       SteerController *steering, WindowState *state, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_actions(actions)
    , m_runner(runner)
    , m_steering(steering)
    , m_state(state)
{
    connect(actions[ActionId::Run], &QAction::triggered, this, &RunActions::run);
    connect(actions[ActionId::RunWithInput], &QAction::triggered, this, [this] { runWithInput({}); });
    connect(actions[ActionId::Pause], &QAction::triggered, this, [this] { m_steering->pause(m_tab); });
    connect(actions[ActionId::Step], &QAction::triggered, this, &RunActions::step);
    connect(actions[ActionId::Stop], &QAction::triggered, this, [this] { m_runner->stop(m_tab); });
    connect(actions[ActionId::ClearRun], &QAction::triggered, this, [this] { m_tab->clearRun(); });
    connect(runner, &RunController::stateChanged, this, &RunActions::refresh);
    connect(steering, &SteerController::stateChanged, this, &RunActions::refresh);
    refresh();
}

void RunActions::setTab(FlowTab *tab)
{
    if (m_tab)
        disconnect(m_tab, nullptr, this, nullptr);
    m_tab = tab;
    if (tab) {
        connect(tab, &FlowTab::runChanged, this, &RunActions::refresh);
        connect(tab, &FlowTab::eventsApplied, this, &RunActions::refresh);
    }
    refresh();
}

void RunActions::refresh()
{
    const bool canRun = m_runner->canRun(m_tab);
    const bool isPaused = m_tab && m_tab->run().isPaused();
    const bool canContinue = m_steering->canContinue(m_tab);
    m_actions[ActionId::Run]->setEnabled(canRun || canContinue);
    if (isPaused)
        say(ActionId::Run, tr("&Continue"), tr("Go on to the next breakpoint or the end"));
    else
        say(ActionId::Run, tr("&Run"), tr("Run what is on the canvas, saved or not"));
    m_actions[ActionId::Pause]->setEnabled(m_steering->canPause(m_tab));
    m_actions[ActionId::Step]->setEnabled(canRun || canContinue);
    say(ActionId::Step, tr("S&tep"),
        isPaused ? tr("Run the next task, then pause") : tr("Start and pause before the first task"));
    if (m_runner->isStopping(m_tab) && !m_tab->document()->flow().finalTask.isEmpty())
        say(ActionId::Stop, tr("&Stop at once"), tr("Stop without waiting for the final task"));
    else
        say(ActionId::Stop, tr("&Stop"), tr("Stop"));
    m_actions[ActionId::RunWithInput]->setEnabled(canRun);
    m_actions[ActionId::Stop]->setEnabled(m_runner->canStop(m_tab));
    m_actions[ActionId::ClearRun]->setEnabled(m_tab && m_tab->run().id && !m_tab->run().isActive() &&
                                              !m_tab->pastRun());
}

/// Or goes on.
void RunActions::run()
{
    if (m_steering->canContinue(m_tab))
        m_steering->goOn(m_tab);
    else if (m_runner->canRun(m_tab))
        begin({});
}

void RunActions::step()
{
    if (m_steering->canContinue(m_tab))
        m_steering->goOn(m_tab, {.step = true});
    else if (m_runner->canRun(m_tab))
        begin({.pause = true});
}

/// Runs at once; a flow that cannot do without input is asked for it first.
void RunActions::begin(const StartOptions &options)
{
    const QJsonObject schema = m_tab->document()->flow().inputs.value_or(QJsonObject());
    const QJsonObject input = withDefaults(schema, {});
    if (checkConfig(schema, input).isEmpty())
        m_runner->run(m_tab, input, options);
    else
        runWithInput(options);
}

void RunActions::say(ActionId id, const QString &text, const QString &hint)
{
    QAction *action = m_actions[id];
    action->setText(text);
    action->setToolTip(QStringLiteral("%1 (%2)").arg(hint, action->shortcut().toString(QKeySequence::NativeText)));
}

void RunActions::runWithInput(const StartOptions &options)
{
    if (!m_runner->canRun(m_tab))
        return;
    if (hasErrors(m_tab->document()->issues()))
        return m_runner->run(m_tab); // says what is wrong
    const Flow &flow = m_tab->document()->flow();
    auto *dialog = new RunInputDialog(flow, m_state->lastInput(flow.id), m_context.look, m_context.window);
    connect(dialog, &QDialog::accepted, this, [this, dialog, id = flow.id, tab = m_tab, options] {
        m_state->setLastInput(id, dialog->input());
        if (tab)
            m_runner->run(tab, dialog->input(), options);
    });
    dialog->open();
}

} // namespace flow
