// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "shell/shell_context.h"

namespace flow {

/// The database could not be opened: says why and what to do, and offers to try again or to use another folder.
void askForAnotherFolder(const ShellContext &context, const Error &error);

/// Another folder than the configured one is open: asks whether it shall be used from now on, which `settingsFile`
/// remembers then.
void askToRememberFolder(const ShellContext &context, const QString &settingsFile);

} // namespace flow
