// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "shell/shell_context.h"
#include "shell/tab_run.h"

#include <QObject>

namespace flow {

class FlowService;
class FlowTab;

/// Shows a flow that is opened with its last run, as it was when it was closed, or as it goes on since. GUI thread.
class LastRuns : public QObject
{
    Q_OBJECT

public:
    explicit LastRuns(const ShellContext &context, QObject *parent = nullptr);

Q_SIGNALS:
    /// The run that the tab now shows has not ended.
    void goesOn(flow::FlowTab *tab);

private:
    static Result<std::optional<TabRun>> read(const FlowService *service, const FlowId &flow);
    void show(FlowTab *tab);
    void showTakenUp(const FlowId &flow);
    void readLast(FlowTab *tab);

    ShellContext m_context;
};

} // namespace flow
