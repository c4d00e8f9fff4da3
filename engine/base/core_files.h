// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

/// The memory of our programs may hold secrets; a core file would show them to whoever gets it with a bug report.
namespace flow {

/// From now on this process, and what it forks, leaves no core file and gives none to a crash reporter. Once, at the
/// start of a program, before there are threads. A debugger can still be attached.
void leaveNoCoreFiles();

/// Gives the limit that was there before to a process of somebody else's program. Also behind fork(): it only makes a
/// system call.
void restoreCoreFiles();

} // namespace flow
