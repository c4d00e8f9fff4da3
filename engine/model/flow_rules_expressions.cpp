// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_rules.h"

/// Rules on expressions: what conditions ask can be asked.
#include "expression/expression.h"

namespace flow::rules {

void checkExpressions(const FlowFacts &facts, QList<Issue> *issues)
{
    const QStringList variables = {QStringLiteral("input"), QStringLiteral("tasks"), QStringLiteral("flow"),
                                   QStringLiteral("execution")};
    for (qsizetype i = 0; i < facts.flow.conditions.size(); ++i) {
        const Condition &condition = facts.flow.conditions[i];
        if (condition.when.isEmpty())
            continue;
        const Result<Expression> compiled = Expression::compile(condition.when, variables);
        if (!compiled) {
            issues->append({Severity::Error, QStringLiteral("bad-expression"),
                            issueText("The expression of condition '%1' does not work: %2.")
                                .arg(condition.name, compiled.error().reason),
                            conditionPlace(i, QStringLiteral("when"))});
        }
    }
}

} // namespace flow::rules
