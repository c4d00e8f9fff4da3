// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/validate.h"

#include "model/flow_rules.h"

#include <algorithm>
#include <tuple>

namespace flow {

QList<Issue> validate(const Flow &flow, const TaskTypes &types)
{
    constexpr rules::Rule all[] = {
        rules::checkThatThereAreTasks,
        rules::checkStartTask,
        rules::checkTaskNames,
        rules::checkTextLengths,
        rules::checkNumbers,
        rules::checkTaskTypes,
        rules::checkTaskSettings,
        rules::checkExpressions,
        rules::checkConditionReferences,
        rules::checkRoutesNeverTaken,
        rules::checkReachability,
        rules::checkCycles,
        rules::checkWayToEnd,
        rules::checkHandlers,
        rules::checkSubFlows,
        rules::checkInputs,
    };
    const rules::FlowFacts facts(flow, types);
    QList<Issue> issues;
    for (const rules::Rule rule : all)
        rule(facts, &issues);
    std::stable_sort(issues.begin(), issues.end(), [](const Issue &a, const Issue &b) {
        return std::tuple(a.severity, a.place.kind, a.place.index) <
               std::tuple(b.severity, b.place.kind, b.place.index);
    });
    return issues;
}

bool hasErrors(const QList<Issue> &issues)
{
    return std::any_of(issues.begin(), issues.end(),
                       [](const Issue &issue) { return issue.severity == Severity::Error; });
}

} // namespace flow
