// SPDX-License-Identifier: GPL-3.0-or-later
#include "shell/run_actions.h"

#include "model/config_schema.h"
#include "model/validate.h"
#include "shell/flow_tab.h"
#include "shell/resume_controller.h"
#include "shell/run_controller.h"
#include "shell/run_input_dialog.h"
#include "shell/steer_controller.h"
#include "shell/window_state.h"

#include <QMenu>

namespace flow {

RunActions::RunActions(const ShellContext &context, const Actions &actions, RunController *runner,
                       SteerController *steering, ResumeController *resuming, WindowState *state, QObject *parent)
    : QObject(parent)
    , m_context(context)
    , m_actions(actions)
    , m_runner(runner)
    , m_steering(steering)
    , m_resuming(resuming)
    , m_state(state)
{
    connect(actions[ActionId::Run], &QAction::triggered, this, &RunActions::run);
    connect(actions[ActionId::RunWithInput], &QAction::triggered, this, [this] { runWithInput({}); });
    connect(actions[ActionId::Pause], &QAction::triggered, this, [this] { m_steering->pause(m_tab); });
    connect(actions[ActionId::Step], &QAction::triggered, this, &RunActions::step);
    connect(actions[ActionId::Stop], &QAction::triggered, this, [this] { m_runner->stop(m_tab); });
    connect(actions[ActionId::ClearRun], &QAction::triggered, this, [this] { m_tab->clearRun(); });
    connect(runner, &RunController::stateChanged, this, &RunActions::refresh);
    connect(runner, &RunController::heldBack, this, &RunActions::askAgain);
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
    const bool canResume = m_resuming->canResume(m_tab);
    m_actions[ActionId::Run]->setEnabled(canRun || canContinue || canResume);
    if (isPaused)
        say(ActionId::Run, tr("&Continue"), tr("Go on to the next breakpoint or the end"));
    else if (canResume)
        say(ActionId::Run, tr("&Resume"), tr("Begin a new run where this one ended; what was done before is kept"));
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
    else
        m_resuming->resume(m_tab);
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
    ask(m_tab, options, m_state->lastInput(m_tab->document()->flow().id), {});
}

/// The last run may have done what this one would do again.
void RunActions::askAgain(FlowTab *tab, const InterruptedRun &last, const QJsonObject &input,
                          const StartOptions &options)
{
    const auto resume = [this, id = last.id] { m_resuming->resume(id, {.pause = true}); };
    const auto runAnew = [this, tab = QPointer(tab), input, options] {
        if (tab)
            m_runner->run(tab, input, options, true);
    };
    askAboutInterrupted(m_context.window, last, Again::FromTheStart, resume, runAnew);
}

void RunActions::ask(FlowTab *tab, const StartOptions &options, const QJsonObject &input, const QString &title)
{
    Flow flow = tab->document()->flow();
    if (!options.startTask.isEmpty()) // a whole context is given there, of which the flow's input is only a part
        flow.inputs.reset();
    auto *dialog = new RunInputDialog(flow, input, m_context.look, m_context.window, title);
    connect(dialog, &QDialog::accepted, this, [this, dialog, id = flow.id, tab = QPointer(tab), options] {
        if (options.startTask.isEmpty())
            m_state->setLastInput(id, dialog->input());
        if (tab)
            m_runner->run(tab, dialog->input(), options);
    });
    dialog->open();
}

namespace {

/// What the task saw the last time, as far as the run that is shown knows.
std::optional<QJsonObject> lastContext(const TabRun &run, const QString &task)
{
    for (auto record = run.tasks.crbegin(); record != run.tasks.crend(); ++record) {
        if (record->taskName == task)
            return record->inputData;
    }
    if (run.execution)
        return run.execution->outputData ? run.execution->outputData : run.execution->inputContext;
    return std::nullopt;
}

} // namespace

void RunActions::offer(QMenu *menu, FlowTab *tab, const QString &task)
{
    if (tab->document()->isReadOnly())
        return;
    const bool canRun = m_runner->canRun(tab) && !hasErrors(tab->document()->issues());
    const auto add = [&](const QString &icon, const QString &text, const StartOptions &options, const QString &title) {
        QAction *action =
            menu->addAction(m_context.look->icon(icon), text, this, [this, tab = QPointer(tab), options, title] {
                if (tab)
                    ask(tab, options,
                        lastContext(tab->run(), options.startTask)
                            .value_or(m_state->lastInput(tab->document()->flow().id)),
                        title);
            });
        action->setEnabled(canRun);
    };
    menu->addSeparator();
    add(QStringLiteral("play"), tr("Run from here…"), {.startTask = task},
        tr("Run from “%1” on, with this context").arg(task));
    add(QStringLiteral("step"), tr("Run this task alone…"), {.startTask = task, .singleTask = true},
        tr("Run “%1” alone, with this context").arg(task));
}

} // namespace flow
