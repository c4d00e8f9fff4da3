// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/actions.h"
#include "shell/shell_context.h"

#include <QPointer>

class QMenu;

namespace flow {

class FlowTab;
class ResumeController;
class RunController;
class SteerController;
struct InterruptedRun;
struct StartOptions;
class WindowState;

/// Joins run, run with input, pause, continue, step, stop and clear with the current tab. GUI thread.
class RunActions : public QObject
{
    Q_OBJECT

public:
    RunActions(const ShellContext &context, const Actions &actions, RunController *runner, SteerController *steering,
               ResumeController *resuming, WindowState *state, QObject *parent = nullptr);

    void setTab(FlowTab *tab); ///< may be null
    /// For a task of a flow that can run: to begin there, or to run it alone.
    void offer(QMenu *menu, FlowTab *tab, const QString &task);

private:
    void run();
    void step();
    void begin(const StartOptions &options);
    void runWithInput(const StartOptions &options);
    void askAgain(FlowTab *tab, const InterruptedRun &last, const QJsonObject &input, const StartOptions &options);
    void ask(FlowTab *tab, const StartOptions &options, const QJsonObject &input, const QString &title);
    void say(ActionId id, const QString &text, const QString &hint);
    void refresh();

    ShellContext m_context;
    const Actions &m_actions;
    RunController *m_runner;
    SteerController *m_steering;
    ResumeController *m_resuming;
    WindowState *m_state;
    QPointer<FlowTab> m_tab;
};

} // namespace flow
