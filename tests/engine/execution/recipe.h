// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "recording.h"
#include "script.h"

namespace flow::test {

/// One execution in words (see flowOf and Script) and everything that can be known about how it went.
struct Recipe
{
    QString tasks;
    QString conditions;
    QString script;
    QJsonObject input;
    ExecutionLimits limits;
};

struct Ran
{
    ExecutionOutcome outcome;
    QList<ExecutionEvent> events;
    QStringList log; ///< commits, effects (`run a#1`) and events in their order
    QString summary;
};

/// Runs it by the engine with a clock that only the script moves. Checks, too, what holds for every execution: the
/// journal saw each start before its effect, each end before the listener did, and the events name each attempt once,
/// in order.
Ran runRecipe(const Recipe &recipe);

/// What is wrong with the order of things in a log of an execution whose journal did not fail; null when all is well.
QString orderProblem(const QStringList &log);

} // namespace flow::test
