// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_position.h"
#include "model/flow.h"

namespace flow {

/// Where an execution begins that resumes another, and how much of that it takes over.
struct ResumePlan
{
    QString from; ///< runs first; empty: the start; `end`: only what runs at the end is left
    int kept = 0; ///< the attempts up to this sequence number keep their results; -1: `from` did not run
    /// `from` is the last that is kept and does not run: what went wrong came after it, in a condition or by a limit,
    /// and where to go from there is asked again.
    bool decides = false;

    bool operator==(const ResumePlan &) const = default;
};

/// `flow` is the revision that ran, `old` where its execution stood when it ended. `from` is a task of its main part;
/// empty: where that part ended, so that nothing of it runs twice that went well. What ran at the end (the failure
/// task, the final task) is never taken over, as each execution has its own end. Pure.
ResumePlan resumePlan(const Flow &flow, const ExecutionPosition &old, const QString &from);

} // namespace flow
