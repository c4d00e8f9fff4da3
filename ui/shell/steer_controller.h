// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/flow_service.h"
#include "shell/shell_context.h"

#include <QHash>
#include <QSet>

namespace flow {

class FlowTab;
class WindowState;

/// Pauses the execution that a tab shows and lets it go on. Asks the service and returns at once. GUI thread.
class SteerController : public QObject
{
    Q_OBJECT

public:
    SteerController(const ShellContext &context, WindowState *state, QObject *parent = nullptr);

    bool canPause(const FlowTab *tab) const;
    bool canContinue(const FlowTab *tab) const;

    void pause(FlowTab *tab); ///< after the task that runs now
    void goOn(FlowTab *tab, const ContinueOptions &options = {});

    /// The breakpoints of this tab: as they were the last time, and from now on sent to what it runs.
    void follow(FlowTab *tab);
    /// Those of an execution that was started elsewhere.
    void readBreakpoints(FlowTab *tab);

    /// What has happened may answer what was asked.
    void apply(const QList<ExecutionEvent> &events);

Q_SIGNALS:
    void stateChanged(); ///< canPause or canContinue may have changed
    void said(const QString &text);

private:
    FlowService *service() const;
    void sendBreakpoints(FlowTab *tab);
    void forget(QSet<ExecutionId> *asked, ExecutionId id);

    ShellContext m_context;
    WindowState *m_state;
    QSet<ExecutionId> m_pausing;        ///< asked to pause, not there yet
    QHash<ExecutionId, bool> m_sending; ///< breakpoints on their way, one after another; true: they changed since
    QSet<ExecutionId> m_going;          ///< asked to go on, not yet on its way
};

} // namespace flow
