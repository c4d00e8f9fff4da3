// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_rules.h"

/// The description of a flow's input: what is wrong in it would only show when somebody starts the flow.
#include "model/config_schema.h"

namespace flow::rules {

void checkInputs(const FlowFacts &facts, QList<Issue> *issues)
{
    if (!facts.flow.inputs)
        return;
    const auto add = [issues](Severity severity, const char *rule, const Error &error) {
        issues->append({severity,
                        QString::fromLatin1(rule),
                        issueText("The description of the input: %1.").arg(error.text()),
                        {Place::Kind::Flow, -1, error.path.toString()}});
    };
    const SchemaMistakes mistakes = checkSchema(*facts.flow.inputs, FieldPath(QStringLiteral("inputs")));
    for (const Error &error : mistakes.errors)
        add(Severity::Error, "bad-input-schema", error);
    for (const Error &error : mistakes.unchecked)
        add(Severity::Warning, "unchecked-input-schema", error);
}

} // namespace flow::rules
