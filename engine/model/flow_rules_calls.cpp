// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_rules.h"

/// Rules on tasks that run flows: what they hand to a sub-flow of the same file is what that takes. Flows of the
/// library are not known here.
#include "model/config_schema.h"

namespace flow::rules {

namespace {

QString fieldOf(const FieldPath &input, const FieldPath &inside)
{
    FieldPath path = FieldPath(QStringLiteral("config"));
    for (const FieldPath &part : {input, inside}) {
        for (const FieldPath::Step &step : part.steps())
            path = step.index >= 0 ? path / step.index : path / step.key;
    }
    return path.toString();
}

QString sentence(const Task &task, const FlowCall &call, const Error &mistake)
{
    if (mistake.code == ErrorCode::MissingField) {
        return issueText("Task '%1' does not give the sub-flow '%2' the input '%3' that it needs. Add it to the task's "
                         "input.")
            .arg(task.name, call.flow, mistake.path.toString());
    }
    return issueText("Task '%1' gives the sub-flow '%2' an input that it does not take: %3.")
        .arg(task.name, call.flow, mistake.text());
}

void checkInput(qsizetype index, const Task &task, const FlowCall &call, const QJsonObject &schema,
                QList<Issue> *issues)
{
    for (const Error &mistake : lastingMistakes(schema, withDefaults(schema, call.input))) {
        issues->append({Severity::Error, QStringLiteral("sub-flow-input"), sentence(task, call, mistake),
                        taskPlace(index, fieldOf(call.inputField, mistake.path))});
    }
}

} // namespace

void checkFlowCalls(const FlowFacts &facts, QList<Issue> *issues)
{
    for (qsizetype i = 0; i < facts.flow.tasks.size(); ++i) {
        const Task &task = facts.flow.tasks[i];
        const auto type = facts.types.constFind(task.typeName());
        if (type == facts.types.constEnd() || !type->flowsOf)
            continue;
        const QJsonObject config = withDefaults(type->configSchema, task.config.value_or(QJsonObject()));
        for (const FlowCall &call : type->flowsOf(config)) {
            const Flow *called = facts.subFlow(call.flow);
            if (called && called->inputs && call.isInputKnown)
                checkInput(i, task, call, *called->inputs, issues);
        }
    }
}

} // namespace flow::rules
