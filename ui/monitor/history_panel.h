// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"
#include "model/execution.h"
#include "model/stored_flow.h"

#include <QWidget>

namespace flow {

/// The executions, newest first, filtered by flow and status, read page by page. Asks through signals, is given values:
/// it never waits. GUI thread.
class HistoryPanel : public QWidget
{
    Q_OBJECT

public:
    HistoryPanel(Look *look, QWidget *parent = nullptr);
    ~HistoryPanel() override;

    void setFlows(const QList<QPair<FlowId, QString>> &flows); ///< id and name, for filter and display
    void setCurrentFlow(const FlowId &id);                     ///< what "this flow" filters by
    /// The answer to pageNeeded(); rows of `query.olderThan` are appended, otherwise they replace what is shown.
    void showPage(const ExecutionQuery &query, const Page<Execution> &page);
    void showError(const QString &text);
    void showPinned(ExecutionId id, bool pinned);
    /// An execution began, changed or ended.
    void updateExecution(const Execution &execution);
    void reload();
    void showOnly(ExecutionStatus status);

Q_SIGNALS:
    void pageNeeded(const flow::ExecutionQuery &query);
    void executionActivated(flow::ExecutionId id);
    void cancelRequested(flow::ExecutionId id);
    void resumeRequested(flow::ExecutionId id, bool newestRevision);
    void pinRequested(flow::ExecutionId id, bool pinned);

private:
    void showMenu(const QPoint &position);
    class Private;
    Private *d;
};

} // namespace flow
