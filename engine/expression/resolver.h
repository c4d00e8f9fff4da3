// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "expression/failure.h"
#include "expression/program.h"
#include "expression/shape.h"

namespace flow::cel {

/// Gives every name its place and every call its function, and reads patterns that are written out. Without `scope` any
/// name may turn out to be a variable. The failure is a pattern that cannot be read.
std::optional<Failure> resolve(Program &program, const Scope *scope);

/// `a.b.c` where a node is nothing but names joined by dots; null otherwise.
QString dottedName(const Node &node);

} // namespace flow::cel
