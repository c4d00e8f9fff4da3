// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "tasks/file_handle.h"

#include <chrono>
#include <cstdint>

/// The processes that stand between us and a command, and the only file that forks. Belongs to ChildProcess.
///
/// Everything that the command starts, also what leaves its group and session, ends up below the guard, and the guard
/// ends only when nothing is left below it. One socket joins it to us: what it has to tell comes in as GuardMessages;
/// GuardWish::Stop asks it to end the command politely; when our end is closed or shut down, or our program dies in
/// whatever way, it kills at once.
///
/// A guard can be killed as well, so another process watches over it: our child is the watcher, the guard is the
/// watcher's, and the command the guard's. When one of the two dies the other kills whatever is left. Needs /proc.
namespace flow {

/// How long the command has from Stop (SIGTERM) to SIGKILL.
inline constexpr std::chrono::milliseconds guardPatience{100};

enum class GuardWish : char { Stop = 'S' };

struct GuardMessage
{
    enum class Kind : std::int32_t {
        Started,    ///< value: number of the command's process and of its group
        NoProcess,  ///< the command could not be forked; value: errno
        NoFolder,   ///< its folder could not be entered; value: errno
        NoProgram,  ///< the program could not be executed; value: errno
        Exited,     ///< value: exit code
        Signalled,  ///< value: signal number
        NobodyLeft, ///< the last message: no process of the command is alive
    };
    Kind kind;
    std::int32_t value;
};

/// What the guard needs, made ready before the fork; all of it only has to live until startGuard() returns.
struct GuardOrder
{
    const char *program;      ///< absolute path
    char *const *arguments;   ///< the first is the program's name; ends with nullptr
    char *const *environment; ///< `name=value`; ends with nullptr
    const char *folder;       ///< absolute path
    int input;
    int output;
    int errors;
};

struct Guard
{
    qint64 processId;   ///< of the watcher, to be reaped
    FileHandle control; ///< a sequenced-packet socket: sends GuardWishes, receives GuardMessages, never blocks
};

/// Any thread. Fails when the system has no sockets or processes left.
Result<Guard> startGuard(const GuardOrder &order);

} // namespace flow
