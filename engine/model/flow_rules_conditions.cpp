// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/flow_rules.h"

/// Rules on conditions: their ends exist, and they can decide something.

namespace flow::rules {

namespace {

/// A repair of one field of one condition, as long as that condition is still what it was.
Fix changeCondition(const QString &label, qsizetype index, const Condition &condition, void (*change)(Condition &))
{
    return {label, [index, condition, change](Flow &flow) {
                if (index < flow.conditions.size() && flow.conditions[index] == condition)
                    change(flow.conditions[index]);
            }};
}

void checkTarget(const FlowFacts &facts, qsizetype index, QList<Issue> *issues)
{
    const Condition &condition = facts.flow.conditions[index];
    const QString unknown = QStringLiteral("unknown-target");
    if (condition.targetTaskSuccess.isEmpty()) {
        issues->append({Severity::Error, unknown, issueText("Condition '%1' leads nowhere.").arg(condition.name),
                        conditionPlace(index, QStringLiteral("target_task_success")),
                        removeCondition(index, condition)});
    } else if (!facts.index.isTarget(condition.targetTaskSuccess)) {
        issues->append({Severity::Error, unknown,
                        issueText("Condition '%1' leads to the task '%2', which does not exist.")
                            .arg(condition.name, condition.targetTaskSuccess),
                        conditionPlace(index, QStringLiteral("target_task_success")),
                        changeCondition(issueText("Lead to the end instead"), index, condition,
                                        [](Condition &changed) { changed.targetTaskSuccess = endTarget; })});
    }
    if (!condition.targetTaskFailure.isEmpty() && !facts.index.isTarget(condition.targetTaskFailure)) {
        issues->append(
            {Severity::Error, unknown,
             issueText("Condition '%1' leads to the task '%2' where it does not match, and there is no such task.")
                 .arg(condition.name, condition.targetTaskFailure),
             conditionPlace(index, QStringLiteral("target_task_failure")),
             changeCondition(issueText("Clear that target"), index, condition,
                             [](Condition &changed) { changed.targetTaskFailure.clear(); })});
    }
}

/// What is known of the two routes of one condition.
struct TwoRoutes
{
    const Route *matched = nullptr;
    const Route *refused = nullptr; ///< null when the condition has no failure target
};

void checkNeverTaken(const FlowFacts &facts, qsizetype index, const TwoRoutes &routes, QList<Issue> *issues)
{
    const Condition &condition = facts.flow.conditions[index];
    const bool neverMatches = routes.matched && routes.matched->neverTaken;
    const bool neverRefuses = routes.refused && routes.refused->neverTaken;
    if (neverMatches && (neverRefuses || !routes.refused)) {
        issues->append({Severity::Warning, QStringLiteral("condition-never-decides"),
                        issueText("Condition '%1' never decides anything: the conditions of '%2' before it always do.")
                            .arg(condition.name, condition.sourceTask),
                        conditionPlace(index), removeCondition(index, condition)});
    } else if (neverMatches) {
        issues->append(
            {Severity::Warning, QStringLiteral("edge-never-taken"),
             issueText("Condition '%1' never matches, so nothing goes from '%2' to '%3' here: the conditions before it "
                       "have decided that case already.")
                 .arg(condition.name, condition.sourceTask, condition.targetTaskSuccess),
             conditionPlace(index, QStringLiteral("target_task_success"))});
    } else if (neverRefuses && condition.targetTaskFailure != endTarget &&
               condition.targetTaskFailure != condition.targetTaskSuccess) {
        // The reference demands a failure target also where it cannot matter; there it is usually `end`.
        issues->append({Severity::Warning, QStringLiteral("edge-never-taken"),
                        issueText("Condition '%1' always matches, so nothing ever goes from '%2' to '%3' here.")
                            .arg(condition.name, condition.sourceTask, condition.targetTaskFailure),
                        conditionPlace(index, QStringLiteral("target_task_failure")),
                        changeCondition(issueText("Clear that target"), index, condition,
                                        [](Condition &changed) { changed.targetTaskFailure.clear(); })});
    }
}

} // namespace

void checkConditionReferences(const FlowFacts &facts, QList<Issue> *issues)
{
    for (qsizetype i = 0; i < facts.flow.conditions.size(); ++i) {
        const Condition &condition = facts.flow.conditions[i];
        if (facts.index.task(condition.sourceTask) < 0) {
            issues->append({Severity::Error, QStringLiteral("unknown-source"),
                            issueText("Condition '%1' comes after the task '%2', which does not exist.")
                                .arg(condition.name, condition.sourceTask),
                            conditionPlace(i, QStringLiteral("source_task")), removeCondition(i, condition)});
        }
        checkTarget(facts, i, issues);
    }
}

void checkRoutesNeverTaken(const FlowFacts &facts, QList<Issue> *issues)
{
    QList<TwoRoutes> found(facts.flow.conditions.size());
    for (const Route &route : facts.routes) {
        if (route.condition >= 0)
            (route.matched ? found[route.condition].matched : found[route.condition].refused) = &route;
    }
    for (qsizetype i = 0; i < found.size(); ++i)
        checkNeverTaken(facts, i, found[i], issues);
}

} // namespace flow::rules
