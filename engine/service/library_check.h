// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/library_flows.h"

namespace flow {

class FlowStore;

/// What validate() has to know of the library for this flow: of all that is there only what it runs, as long as that is
/// there. Blocks; any thread. Errors: of the store.
Result<LibraryFlows> libraryFor(const Flow &flow, const TaskTypes &types, const FlowStore &flows);
/// checkRunnable() with the library: also the flows that it runs are there.
Result<void> checkRunnableHere(const Flow &flow, const TaskTypes &types, const FlowStore &flows);

} // namespace flow
