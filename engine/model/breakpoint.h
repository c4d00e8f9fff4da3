// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/flow.h"

#include <QJsonArray>

namespace flow {

/// Where an execution is to pause: before a task runs, or after a condition has decided and before what it leads to.
/// Belongs to executions, not to flows. A value.
struct Breakpoint
{
    QString task;      ///< empty where it stands on a condition
    QString condition; ///< empty where it stands on a task
    QString when;      ///< expression that has to be true as well; empty: always

    bool operator==(const Breakpoint &) const = default;
};

/// `{"task": ..., "when": ...}` or `{"condition": ..., "when": ...}`.
QJsonArray toJson(const QList<Breakpoint> &breakpoints);
/// The first problem with its place below `path`.
Result<QList<Breakpoint>> breakpointsFromJson(const QJsonArray &list, const FieldPath &path);
/// Refuses names that the flow does not have and expressions that do not compile there.
Result<void> checkBreakpoints(const QList<Breakpoint> &breakpoints, const Flow &flow, const FieldPath &path);

} // namespace flow
