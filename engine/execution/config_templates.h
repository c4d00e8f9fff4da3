// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/template.h"
#include "model/flow.h"

#include <QHash>
#include <QSet>

namespace flow {

/// The `${...}` in the settings of a flow's tasks: compiled once for an execution, expanded for each attempt. A value;
/// any thread.
class ConfigTemplates
{
public:
    explicit ConfigTemplates(const Flow &flow);

    /// Whether any task has one; otherwise expand() does not look at the variables.
    bool readVariables() const { return !m_templates.isEmpty(); }
    /// The task's settings with every expression replaced by its value. BadExpression names field and column. Settings
    /// that use secrets are not expanded here: NotAllowed.
    Result<QJsonObject> expand(const Flow &flow, qsizetype task, const Expression::Variables &variables) const;
    bool readSecrets() const { return !m_readingSecrets.isEmpty(); }
    /// The settings of a task that use secrets: see ExecutionSecrets. Null when they use none.
    const Template *readingSecrets(qsizetype task) const;

private:
    QHash<qsizetype, Result<Template>> m_templates; ///< by index of the task; tasks with plain settings are not there
    QSet<qsizetype> m_readingSecrets;
};

} // namespace flow
