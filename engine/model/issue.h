// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow.h"

#include <functional>

namespace flow {

enum class Severity { Error, Warning };

/// Where in the drawing an Issue belongs, so that a click can jump there.
struct Place
{
    enum class Kind { Flow, Task, Condition };
    Kind kind = Kind::Flow;
    qsizetype index = -1; ///< into Flow::tasks or Flow::conditions; -1 for the flow itself
    QString field;        ///< JSON field name, such as `start_task`; may be empty

    bool operator==(const Place &) const = default;
};

/// A repair the program can do by itself.
struct Fix
{
    QString label;                         ///< what the button says: "Remove this condition"
    std::function<void(Flow &flow)> apply; ///< changes a copy; the caller makes it one undo step
};

/// A problem found in a flow. Errors prevent a run, warnings do not.
struct Issue
{
    Severity severity = Severity::Error;
    QString rule; ///< stable id of the rule, such as `unreachable-task`
    QString text; ///< plain sentence
    Place place;
    std::optional<Fix> fix;
};

} // namespace flow
