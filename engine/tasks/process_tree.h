// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <csignal>
#include <sys/types.h>

/// Ending whatever is below a process, for guards. All of it runs behind fork(): it makes system calls only, and needs
/// one thread, /proc, and PR_SET_CHILD_SUBREAPER.
namespace flow {

/// Empties a signalfd.
void drain(int signals);

/// True when it has ended. It is not reaped, so that its number, which is that of its group, stays its own.
bool hasEnded(pid_t process, siginfo_t *how);

/// The command with its group, also when it has gone to another one. Only while it is not reaped.
void signalCommand(pid_t command, int number);

/// Reaps what ended below, but not `command`.
void reapOrphans(pid_t command);

/// Kills until nothing is left below us. What a child leaves behind becomes our child, so going on ends with all.
/// `command`: one that is reaped last, so that its number stays that of its group; 0: there is none. `signals` becomes
/// readable when a child ends.
void killAll(pid_t command, int signals);

} // namespace flow
