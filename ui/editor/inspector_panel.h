// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/flow_document.h"
#include "look/look.h"
#include "model/execution_trace.h"
#include "model/stored_flow.h"

#include <QWidget>

namespace flow {

/// Properties of what is selected: task (settings from its schema, routing, last run, help), condition, or the flow
/// itself. Follows one document at a time. GUI thread.
class InspectorPanel : public QWidget
{
    Q_OBJECT

public:
    InspectorPanel(Look *look, QWidget *parent = nullptr);
    ~InspectorPanel() override;

    void setDocument(FlowDocument *document); ///< null: shows the empty state
    /// The execution shown on the canvas, with inputs and outputs once its records are read.
    void setExecution(const std::optional<ExecutionTrace> &trace, const QList<TaskExecution> &tasks,
                      const std::optional<ExecutionId> &resumedFrom = {});

    void focusField(const QString &field); ///< JSON field name, as in Place::field

private:
    class Private;
    Private *d;
};

} // namespace flow
