// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "document/flow_document.h"
#include "look/look.h"
#include "model/execution_trace.h"

#include <QPointer>

#include <functional>

namespace flow {

/// What the pages of the inspector share; owned by the panel. GUI thread.
struct InspectorContext
{
    QPointer<FlowDocument> document;
    Look *look = nullptr;
    std::optional<ExecutionTrace> trace;
    QList<TaskExecution> records;
    std::optional<ExecutionId> resumedFrom; ///< of the execution

    bool canEdit() const { return document && !document->isReadOnly(); }
    /// Issues at this place.
    QList<Issue> issuesAt(Place::Kind kind, qsizetype index) const;
    /// Changes a task or condition of the document through `change`; nothing when it does not exist.
    void changeTask(const QString &name, const QString &field, const std::function<void(Task *)> &change);
    void changeCondition(qsizetype index, const QString &field, const std::function<void(Condition *)> &change);
};

} // namespace flow
