// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_rules.h"

namespace flow::rules {

Place taskPlace(qsizetype index, const QString &field)
{
    return {Place::Kind::Task, index, field};
}

Place conditionPlace(qsizetype index, const QString &field)
{
    return {Place::Kind::Condition, index, field};
}

Fix removeCondition(qsizetype index, const Condition &condition)
{
    return {issueText("Remove this condition"), [index, condition](Flow &flow) {
                // The flow may have changed since; then the Issue is old and nothing happens.
                if (index < flow.conditions.size() && flow.conditions[index] == condition)
                    flow.conditions.removeAt(index);
            }};
}

} // namespace flow::rules
