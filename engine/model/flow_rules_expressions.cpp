// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_rules.h"

/// Rules on expressions: what conditions ask can be asked, and answered with yes or no.
#include "expression/expression.h"
#include "model/secret_settings.h"

namespace flow::rules {

namespace {

/// What is wrong with a `when`; null when nothing is.
QString mistakeIn(const QString &when, const Scope &scope)
{
    if (when.contains(secrets::variable())) {
        const Result<Expression> parsed = Expression::parse(when);
        if (const QString misuse = parsed ? secrets::mistakeIn(*parsed) : QString(); !misuse.isNull())
            return misuse;
    }
    const Result<Expression> compiled = Expression::compile(when, scope);
    if (!compiled)
        return compiled.error().reason;
    if (!compiled->types().has(ValueType::Bool))
        return issueText("the result must be true or false, and it is %1").arg(compiled->types().words());
    return {};
}

} // namespace

void checkExpressions(const FlowFacts &facts, QList<Issue> *issues)
{
    for (qsizetype i = 0; i < facts.flow.conditions.size(); ++i) {
        const Condition &condition = facts.flow.conditions[i];
        if (condition.when.isEmpty())
            continue;
        const QString mistake = mistakeIn(condition.when, facts.scope());
        if (!mistake.isNull()) {
            issues->append(
                {Severity::Error, QStringLiteral("bad-expression"),
                 issueText("The expression of condition '%1' does not work: %2.").arg(condition.name, mistake),
                 conditionPlace(i, QStringLiteral("when"))});
        }
    }
}

} // namespace flow::rules
