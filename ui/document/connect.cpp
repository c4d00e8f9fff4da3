// SPDX-License-Identifier: GPL-3.0-or-later
#include "document/connect.h"

#include "document/edit_names.h"
#include "model/route.h"

#include <QCoreApplication>

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
void append(Flow &flow, const QString &source, Outcome outcome, const QString &matched, const QString &otherwise)
{
    Condition condition;
    condition.name = freeConditionName(flow, QCoreApplication::translate("FlowDocument", "after %1").arg(source));
    condition.sourceTask = source;
    condition.outcome = outcome;
    condition.targetTaskSuccess = matched;
    condition.targetTaskFailure = otherwise;
    const QList<qsizetype> own = flow.conditionsOf(source);
    flow.conditions.insert(own.isEmpty() ? flow.conditions.size() : own.last() + 1, condition);
}

void connectAlways(Flow &flow, const QString &source, const QString &target)
{
    flow.conditions.removeIf([&](const Condition &condition) {
        return condition.sourceTask == source && condition.when.isEmpty();
    });
    for (Condition &condition : flow.conditions) {
        if (condition.sourceTask == source)
            condition.targetTaskFailure.clear();
    }
    append(flow, source, Outcome::Any, target, endTarget);
}

void connectOne(Flow &flow, const QString &source, Outcome outcome, const QString &target)
{
    const Route way = wayAfter(flow, source, outcome);
    if (way.target == target)
        return;
    if (way.condition < 0) { // nothing decides yet: the flow would end
        append(flow, source, outcome, target, endTarget);
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
        condition.targetTaskFailure.clear();
        append(flow, source, outcome, target, old);
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
