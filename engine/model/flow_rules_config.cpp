// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_rules.h"

/// A task's settings against the schema that its type gives for them: what the engine refuses when the task's turn
/// comes is better known before the run.
#include "model/config_schema.h"

namespace flow::rules {

void checkTaskSettings(const FlowFacts &facts, QList<Issue> *issues)
{
    for (qsizetype i = 0; i < facts.flow.tasks.size(); ++i) {
        const Task &task = facts.flow.tasks[i];
        const auto type = facts.types.constFind(task.typeName());
        if (type == facts.types.constEnd())
            continue; // a rule of its own
        for (const Error &error : checkConfig(type->configSchema, task.config.value_or(QJsonObject()))) {
            issues->append({Severity::Error, QStringLiteral("bad-setting"),
                            issueText("Settings of task '%1': %2.").arg(task.name, error.text()),
                            taskPlace(i, QStringLiteral("config.") + error.path.toString())});
        }
    }
}

} // namespace flow::rules
