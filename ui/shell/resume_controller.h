// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/flow_service.h"
#include "shell/shell_context.h"

class QMenu;

namespace flow {

class FlowTab;

/// Begins new runs where old ones ended, or earlier; what was done before is taken over. GUI thread.
class ResumeController : public QObject
{
    Q_OBJECT

public:
    explicit ResumeController(const ShellContext &context, QObject *parent = nullptr);

    /// A past run that did not end well.
    bool canResume(const FlowTab *tab) const;
    void resume(FlowTab *tab);
    /// Asks first where it would run a task once more that was interrupted and is not safe to repeat.
    void resume(ExecutionId id, const ResumeOptions &options);
    /// For a task of a run that has ended: to begin there again.
    void offer(QMenu *menu, const FlowTab *tab, const QString &task);

Q_SIGNALS:
    void resumed(flow::ExecutionId id); ///< the new one

private:
    void begin(ExecutionId id, const ResumeOptions &options);

    ShellContext m_context;
};

} // namespace flow
