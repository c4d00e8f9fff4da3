// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/ast.h"
#include "expression/limits.h"

#include <QStringList>

namespace flow::cel {

/// A parsed expression whose names are resolved: everything an evaluation needs, never changed afterwards.
struct Program
{
    QString text;
    ExpressionLimits limits;
    NodePtr root;
    QStringList names;      ///< names out of the environment, by slot
    bool hasDotted = false; ///< some of them may hold a dot
    int locals = 0;         ///< places for the variables of macros
};

} // namespace flow::cel
