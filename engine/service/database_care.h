// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/cancellation.h"
#include "model/database_stats.h"

#include <functional>

/// What can be asked and done about the database as a whole. Plain values.
namespace flow {

struct PruneOptions
{
    bool dryRun = false; ///< only says what would go
    CancelToken cancel;
    std::function<void(int done, int all)> progress; ///< executions; may be null
};

struct PruneReport
{
    int executions = 0; ///< removed, or with dryRun to be removed: those that a person or a client started
    int together = 0;   ///< removed with all that these had started; not known in a dry run
    int revisions = 0;
    bool cancelled = false;
};

} // namespace flow
