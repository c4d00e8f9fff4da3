// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow.h"

namespace flow {

/// What a wire on the canvas means.
enum class RouteKind {
    OnSuccess,  ///< taken when the task succeeded
    OnFailure,  ///< taken when the task failed
    Always,     ///< taken whatever the task did
    Expression, ///< taken when the condition's expression (and outcome) holds
    Otherwise,  ///< taken when the expression before it does not hold
};

/// One way out of a task, said by meaning instead of by field name.
struct Route
{
    QString source; ///< task name; empty for the start marker
    QString target; ///< task name or `end`
    RouteKind kind = RouteKind::Always;
    Outcome outcome =
        Outcome::Any; ///< what the source must have done for the route to be asked; for Expression and Otherwise
    qsizetype condition =
        -1;              ///< index into Flow::conditions; -1: implied (no condition is left, the flow ends; or start)
    bool matched = true; ///< the condition's success target; false: its failure target
    bool neverTaken = false; ///< legal, but nothing can lead here

    bool operator==(const Route &) const = default;
};

/// Every route of a flow in drawing order: start first, then per task as its conditions are asked. Routes that are
/// implied (a task without a deciding condition ends the flow) are included with condition -1 and target `end`.
QList<Route> routes(const Flow &flow);
/// The same for one task.
QList<Route> routesFrom(const Flow &flow, const QString &taskName);

} // namespace flow
