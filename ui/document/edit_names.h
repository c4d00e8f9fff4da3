// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow.h"
#include "model/layout.h"

/// Names and references inside a flow; pure functions for the document's edits.
namespace flow {

/// `wanted`, or `wanted 2`, `wanted 3`, ...: the first that no task has and that is not `end`; at most 100 characters.
QString freeTaskName(const Flow &flow, const QString &wanted);
QString freeConditionName(const Flow &flow, const QString &wanted);

/// Gives a task another name wherever the flow and its layout mention it.
void renameTaskEverywhere(Flow &flow, Layout &layout, const QString &from, const QString &to);

/// Takes tasks out, with the conditions that start from them and their places. What led to them leads to `end`. The
/// start moves to the first task that is left.
void removeTasksEverywhere(Flow &flow, Layout &layout, const QStringList &names);

} // namespace flow
