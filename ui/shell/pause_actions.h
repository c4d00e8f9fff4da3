// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/actions.h"
#include "shell/shell_context.h"

#include <QPointer>

namespace flow {

class FlowTab;
class RunController;
class SteerController;

/// What can be done to the current tab's run while it is paused, besides going on: change its context, and say what
/// comes of the next task. GUI thread.
class PauseActions : public QObject
{
    Q_OBJECT

public:
    PauseActions(const ShellContext &context, const Actions &actions, RunController *runner, SteerController *steering,
                 QObject *parent = nullptr);

    void setTab(FlowTab *tab); ///< may be null

private:
    void editContext();
    void forceResult();
    void refresh();

    ShellContext m_context;
    const Actions &m_actions;
    RunController *m_runner;
    SteerController *m_steering;
    QPointer<FlowTab> m_tab;
};

} // namespace flow
