// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/actions.h"
#include "shell/shell_context.h"

#include <QPointer>

namespace flow {

class FlowTab;
class RunController;
class WindowState;

/// Joins run, run with input, stop and clear with the current tab. GUI thread.
class RunActions : public QObject
{
    Q_OBJECT

public:
    RunActions(const ShellContext &context, const Actions &actions, RunController *runner, WindowState *state,
               QObject *parent = nullptr);

    void setTab(FlowTab *tab); ///< may be null

private:
    void run();
    void runWithInput();
    void refresh();

    ShellContext m_context;
    const Actions &m_actions;
    RunController *m_runner;
    WindowState *m_state;
    QPointer<FlowTab> m_tab;
};

} // namespace flow
