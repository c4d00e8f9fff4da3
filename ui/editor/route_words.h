// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/theme.h"
#include "model/flow.h"

#include <QString>

/// How routing is said to people. The same words on the canvas, in the inspector and in the log.
namespace flow {

struct RouteWords
{
    QString text; ///< "on success", "on failure", "always", "if", "otherwise"
    QString icon;
    Role role;
};

/// The branch of a condition that is taken when it matches, or when it does not.
RouteWords routeWords(const Condition &condition, bool matched);
/// True when the branch can never be taken, whatever its source does.
bool branchIsDead(const Condition &condition, bool matched);

} // namespace flow
