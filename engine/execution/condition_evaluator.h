// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/execution.h"
#include "model/flow.h"

#include <memory>

namespace flow {

/// What comes after a task.
struct Decision
{
    QString next;             ///< a task, or `end`
    qsizetype condition = -1; ///< index of the condition that decided; -1: none was left, the flow ends
    bool matched = false;     ///< that condition's answer

    bool operator==(const Decision &) const = default;
};

/// What `when` expressions can read, besides the flow's id and name.
struct DecisionScope
{
    QJsonObject input; ///< the execution's input context
    QJsonObject tasks; ///< `{status, data, error}` of each task that has run, by name, the finished one included
    ExecutionId executionId = 0;
    QString error;     ///< why it is about to end; null while all is well
    QString errorTask; ///< the task that failed; null when there is none
};

/// The same as variables of expressions: `input`, `tasks`, `flow` (id, name), `execution` (id, error, error_task), and
/// what the input says of a for-each as `item` and `index`.
QMap<QString, QJsonValue> variablesOf(const Flow &flow, const DecisionScope &scope);

/// Routing as a pure function of a flow: compiles the flow's expressions once, then decides any number of times.
/// A value; any thread. The rules stand in docs/architecture.md under "Routing".
///
/// `when` sees the variables of variablesOf().
class ConditionEvaluator
{
public:
    /// Keeps what it needs of the flow. Expressions that do not compile are reported when they are asked.
    explicit ConditionEvaluator(const Flow &flow);
    ~ConditionEvaluator();
    ConditionEvaluator(ConditionEvaluator &&) noexcept;
    ConditionEvaluator &operator=(ConditionEvaluator &&) noexcept;

    /// Whether any condition has a `when`; otherwise decide() does not look at the scope.
    bool readsScope() const;

    /// `status` is Success or Failure. The error of a failing `when` names the condition.
    Result<Decision> decide(const QString &taskName, TaskStatus status, const DecisionScope &scope) const;

private:
    struct Compiled;
    std::unique_ptr<Compiled> m_compiled;
};

} // namespace flow
