// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/core_files.h"

#include <sys/resource.h>

namespace flow {

namespace {

rlimit before{};
bool changed = false;

} // namespace

void leaveNoCoreFiles()
{
    if (changed || ::getrlimit(RLIMIT_CORE, &before) != 0)
        return;
    // 0 would still feed a program that takes core files from a pipe (core(5)); 1 also says no to that. The hard limit
    // stays: commands may want theirs.
    rlimit none = before;
    none.rlim_cur = before.rlim_max < 1 ? before.rlim_max : 1;
    changed = ::setrlimit(RLIMIT_CORE, &none) == 0;
}

void restoreCoreFiles()
{
    if (changed)
        ::setrlimit(RLIMIT_CORE, &before);
}

} // namespace flow
