// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/condition_evaluator.h"
#include "expression/expression.h"
#include "model/breakpoint.h"

namespace flow {

/// Breakpoints of one execution, compiled once. A value; any thread.
class BreakpointSet
{
public:
    BreakpointSet() = default;
    BreakpointSet(const QList<Breakpoint> &breakpoints, const Flow &flow);

    bool isEmpty() const { return m_points.isEmpty(); }
    /// Why to pause between a condition that has decided (empty: none did) and a task that would run next (or `end`);
    /// null: go on. An expression that fails is a reason to pause as well, and says so.
    QString reasonToPause(const QString &condition, const QString &nextTask, const Flow &flow,
                          const DecisionScope &scope) const;

private:
    struct Point
    {
        Breakpoint where;
        std::optional<Result<Expression>> when;
    };
    QList<Point> m_points;
};

} // namespace flow
