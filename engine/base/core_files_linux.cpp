// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/core_files.h"

#include <sys/resource.h>

namespace flow {

namespace {

rlimit s_before{};
bool s_changed = false;

} // namespace

void leaveNoCoreFiles()
{
    if (s_changed || ::getrlimit(RLIMIT_CORE, &s_before) != 0)
        return;
    // 0 would still feed a program that takes core files from a pipe (core(5)); 1 also says no to that. The hard limit
    // stays: commands may want theirs.
    rlimit none = s_before;
    none.rlim_cur = s_before.rlim_max < 1 ? s_before.rlim_max : 1;
    s_changed = ::setrlimit(RLIMIT_CORE, &none) == 0;
}

void restoreCoreFiles()
{
    if (s_changed)
        ::setrlimit(RLIMIT_CORE, &s_before);
}

} // namespace flow
