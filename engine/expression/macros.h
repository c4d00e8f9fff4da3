// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/ast.h"
#include "expression/failure.h"

#include <QStringList>

namespace flow::cel {

/// Turns a call of has(), all(), exists(), map() and their kin into what it stands for. Other calls stay as they are.
std::optional<Failure> expandMacro(Node &call);

/// Names of macros, for suggestions: those called like list.all(x, ...) or has(...).
QStringList macroNames(bool isMember);
/// How a macro is written: `list.map(x, value)`.
QString macroForm(const QString &name);

} // namespace flow::cel
