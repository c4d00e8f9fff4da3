// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "look/look.h"
#include "model/route.h"

#include <QPen>

namespace flow {

/// What a wire has to do with the execution that is shown, or with any.
enum class WireState {
    Plain,    ///< no execution is shown
    Never,    ///< no execution can go this way
    NotTaken, ///< this one did not, so far
    Taken,    ///< this one did
    Running,  ///< this one did, and what it led to is running
};

/// How a wire is drawn. States differ by line, width and strength, not by colour alone.
struct WireLook
{
    Role role = Role::Idle;
    double width = 1;
    QList<qreal> dashes; ///< empty: a solid line
    double strength = 1; ///< opacity
    bool hollowArrow = false;

    bool operator==(const WireLook &) const = default;
    QPen pen(const QColor &color) const;
};

/// `isStrong`: chosen or under the mouse, so that it does not fade.
WireLook wireLook(RouteKind kind, WireState state, bool isStrong = false);

} // namespace flow
