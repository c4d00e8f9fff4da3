// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/flow_service.h"
#include "shell/shell_context.h"

#include <QObject>

namespace flow {

class FlowTab;
class HistoryPanel;

/// Answers the history panel from the service, and opens an execution on the revision that ran. GUI thread.
class HistoryController : public QObject
{
    Q_OBJECT

public:
    HistoryController(const ShellContext &context, HistoryPanel *panel, QObject *parent = nullptr);

    void setFlows(const QList<StoredFlow> &flows);
    void showExecutions(const QList<Execution> &executions);
    void openExecution(ExecutionId id);

Q_SIGNALS:
    void said(const QString &text);
    void runOpened(flow::FlowTab *tab);

private:
    struct PastRun
    {
        ExecutionDetails details;
        FlowFile file;
        QList<ExecutionEvent> events;
    };
    static Result<PastRun> readPastRun(FlowService *service, ExecutionId id);
    void pin(ExecutionId id, bool pinned);
    void readPage(const ExecutionQuery &query);
    void show(const PastRun &run);

    ShellContext m_context;
    HistoryPanel *m_panel;
    QSet<ExecutionId> m_opening;
};

} // namespace flow
