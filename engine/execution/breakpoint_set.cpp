// SPDX-License-Identifier: GPL-3.0-or-later
#include "execution/breakpoint_set.h"

#include "execution/execution_messages.h"
#include "model/flow_scope.h"

namespace flow {

BreakpointSet::BreakpointSet(const QList<Breakpoint> &breakpoints, const Flow &flow)
{
    const Scope scope = breakpoints.isEmpty() ? Scope() : scopeOf(flow);
    for (const Breakpoint &breakpoint : breakpoints) {
        Point point{breakpoint, {}};
        if (!breakpoint.when.isEmpty())
            point.when = Expression::compile(breakpoint.when, scope);
        m_points.append(std::move(point));
    }
}

QString BreakpointSet::reasonToPause(const QString &condition, const QString &nextTask, const Flow &flow,
                                     const DecisionScope &scope) const
{
    for (const Point &point : m_points) {
        const bool isHere = point.where.task.isEmpty() ? !condition.isEmpty() && point.where.condition == condition
                                                       : point.where.task == nextTask;
        if (!isHere)
            continue;
        const QString place = point.where.task.isEmpty() ? messages::breakpointAfter(point.where.condition)
                                                         : messages::breakpointBefore(point.where.task);
        if (!point.when)
            return place;
        const Result<bool> holds = point.when->ok() ? (*point.when)->evaluateBool(variablesOf(flow, scope))
                                                    : Result<bool>(point.when->error());
        if (!holds)
            return messages::breakpointFailed(place, holds.error().text());
        if (*holds)
            return place;
    }
    return {};
}

} // namespace flow
