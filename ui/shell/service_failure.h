// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "shell/shell_context.h"

namespace flow {

/// The database could not be opened: says why and what to do, and offers to try again or to use another folder.
void askForAnotherFolder(const ShellContext &context, const Error &error);

} // namespace flow
