// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/execution_position.h"

namespace flow {

/// Where an execution begins that resumes another, and how much of that it takes over.
struct ResumePlan
{
    QString from; ///< runs first; empty: the start
    int kept = 0; ///< the attempts up to this sequence number keep their results; -1: `from` did not run
};

/// `from` empty: the task at which the old one ended. Pure.
ResumePlan resumePlan(const Execution &old, const ExecutionPosition &position, const QString &from);

} // namespace flow
