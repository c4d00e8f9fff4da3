// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "shell/shell_context.h"

#include <functional>

namespace flow {

class UnsavedGuard;

/// Asks what there is to ask before the window closes: about flows that still run, then about unsaved work. Calls
/// `close` when nothing stands against it.
void askToClose(const ShellContext &context, UnsavedGuard *guard, std::function<void()> close);

} // namespace flow
