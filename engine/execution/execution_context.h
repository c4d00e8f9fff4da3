// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/condition_evaluator.h"
#include "execution/execution_step.h"
#include "model/execution_position.h"

#include <QSet>

namespace flow {

/// What the tasks and expressions of one execution can see: the input, and what each task returned last. A value.
class ExecutionContext
{
public:
    /// `forExpressions`: the flow has some, so the results are kept in their form as well. What the input says of tasks
    /// (`{"fetch": {"status": "success", "data": 5}}`) counts as their results, so that a flow can begin anywhere.
    ExecutionContext(const Flow &flow, const QJsonObject &input, bool forExpressions);

    /// Puts a result where later tasks and conditions find it.
    void remember(const QString &task, TaskStatus status, const QJsonValue &data, const QString &error);
    void apply(const ContextEdit &edit);

    /// Input and results.
    const QJsonObject &all() const { return m_all; }
    /// Names of the attempts that have ended, oldest first.
    const QStringList &history() const { return m_history; }
    /// For expressions; the caller adds the rest. Put together on demand where the flow itself has no expressions.
    DecisionScope scope() const;

private:
    QList<Task> m_tasks;
    QSet<QString> m_taskNames; ///< only for a flow with expressions
    QJsonObject m_input;
    QJsonObject m_all;
    QJsonObject m_results; ///< for expressions: kept only where the flow has some
    QStringList m_history;
    bool m_forExpressions;
};

} // namespace flow
