// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/connect.h"

#include "document/edit_names.h"
#include "model/route.h"

#include <QCoreApplication>

#include <algorithm>

namespace flow {

namespace {

/// The way that is taken after this outcome when no expression holds.
Route wayAfter(const Flow &flow, const QString &source, Outcome outcome)
{
    for (const Route &route : routesFrom(flow, source)) {
        const bool isPlain = !route.neverTaken && route.kind != RouteKind::Expression;
        if (isPlain && (route.outcome == outcome || route.outcome == Outcome::Any))
            return route;
    }
    return {};
}

/// Behind the last condition of the same task, so that a task's conditions stand together.
qsizetype placeOfNext(const Flow &flow, const QString &source)
{
    const QList<qsizetype> own = flow.conditionsOf(source);
    return own.isEmpty() ? flow.conditions.size() : own.last() + 1;
}

void insert(Flow &flow, qsizetype place, const QString &source, Outcome outcome, const QString &matched,
            const QString &otherwise)
{
    Condition condition;
    condition.name = freeConditionName(flow, QCoreApplication::translate("FlowDocument", "after %1").arg(source));
    condition.sourceTask = source;
    condition.outcome = outcome;
    condition.targetTaskSuccess = matched;
    condition.targetTaskFailure = otherwise;
    flow.conditions.insert(place, condition);
}

/// Decides without an expression: by outcome, or with the target for when its expression does not hold.
bool decidesPlainly(const Condition &condition)
{
    return condition.when.isEmpty() || !condition.targetTaskFailure.isEmpty();
}

void connectAlways(Flow &flow, const QString &source, const QString &target)
{
    const QList<qsizetype> own = flow.conditionsOf(source);
    const auto decider =
        std::find_if(own.begin(), own.end(), [&](qsizetype index) { return decidesPlainly(flow.conditions[index]); });
    qsizetype place = decider == own.end() ? placeOfNext(flow, source) : *decider;
    if (decider != own.end() && flow.conditions[place].when.isEmpty()) { // it keeps its name
        Condition &condition = flow.conditions[place];
        condition.outcome = Outcome::Any;
        condition.targetTaskSuccess = target;
        condition.targetTaskFailure = endTarget;
    } else {
        if (decider != own.end())
            flow.conditions[place++].targetTaskFailure.clear();
        insert(flow, place, source, Outcome::Any, target, endTarget);
    }
    // Behind it nothing is asked any more: what says no more than an outcome goes, what somebody wrote stays to be
    // seen.
    for (qsizetype index = flow.conditions.size() - 1; index > place; --index) {
        if (flow.conditions[index].sourceTask == source && flow.conditions[index].when.isEmpty())
            flow.conditions.removeAt(index);
    }
}

void connectOne(Flow &flow, const QString &source, Outcome outcome, const QString &target)
{
    const Route way = wayAfter(flow, source, outcome);
    if (way.target == target)
        return;
    if (way.condition < 0) { // nothing decides yet: the flow would end
        insert(flow, placeOfNext(flow, source), source, outcome, target, endTarget);
        return;
    }
    Condition &condition = flow.conditions[way.condition];
    if (way.outcome != Outcome::Any) { // exactly this way
        (way.matched ? condition.targetTaskSuccess : condition.targetTaskFailure) = target;
        return;
    }
    // One way for both outcomes: the other outcome keeps it.
    const QString old = way.target;
    if (way.matched && condition.when.isEmpty()) {
        condition.outcome = outcome;
        condition.targetTaskSuccess = target;
        condition.targetTaskFailure = old;
    } else {
        // Right behind it, so that conditions after it, which were never asked, gain no say.
        condition.targetTaskFailure.clear();
        insert(flow, way.condition + 1, source, outcome, target, old);
    }
}

} // namespace

void connectByMeaning(Flow &flow, const QString &source, Outcome outcome, const QString &target)
{
    if (outcome == Outcome::Any)
        connectAlways(flow, source, target);
    else
        connectOne(flow, source, outcome, target);
}

} // namespace flow
