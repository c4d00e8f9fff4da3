// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/validate.h"

#include "model/flow_rules.h"

#include <algorithm>
#include <tuple>

namespace flow {

QList<Issue> rules::issuesOf(const FlowFacts &facts)
{
    constexpr Rule all[] = {
        checkThatThereAreTasks,
        checkStartTask,
        checkTaskNames,
        checkTextLengths,
        checkNumbers,
        checkTaskTypes,
        checkTaskSettings,
        checkExpressions,
        checkConditionReferences,
        checkRoutesNeverTaken,
        checkReachability,
        checkCycles,
        checkWayToEnd,
        checkHandlers,
        checkSubFlows,
        checkInputs,
        checkIdleSettings,
        checkCalledFlows,
        checkFlowCalls,
        checkFlowCircles,
    };
    QList<Issue> issues;
    for (const Rule rule : all)
        rule(facts, &issues);
    std::stable_sort(issues.begin(), issues.end(), [](const Issue &a, const Issue &b) {
        return std::tuple(a.severity, a.place.kind, a.place.index) <
               std::tuple(b.severity, b.place.kind, b.place.index);
    });
    return issues;
}

QList<Issue> validate(const Flow &flow, const TaskTypes &types, const LibraryFlows *library)
{
    return rules::issuesOf(rules::FlowFacts(flow, types, library));
}

bool hasErrors(const QList<Issue> &issues)
{
    return std::any_of(issues.begin(), issues.end(),
                       [](const Issue &issue) { return issue.severity == Severity::Error; });
}

} // namespace flow
