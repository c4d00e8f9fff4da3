// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/stored_flow.h"
#include "shell/actions.h"
#include "shell/command_palette.h"
#include "shell/shell_context.h"

namespace flow {

class OpenController;

/// Everything that can be found: the tasks of the open flow, the flows of the library, and what the menus do.
QList<Command> everything(const ShellContext &context, const Actions &actions, const QList<StoredFlow> &flows,
                          OpenController *opener);

} // namespace flow
