// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

namespace flow::cli {

/// All commands, or those of a group such as `flows`.
QString overview(const QList<Command> &all, const QString &group);
/// How one command is used.
QString help(const Command &command, const QCommandLineParser &parser);

} // namespace flow::cli
