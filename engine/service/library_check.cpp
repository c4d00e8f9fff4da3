// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/library_check.h"

#include "service/flow_check.h"
#include "storage/flow_store.h"

namespace flow {

Result<LibraryFlows> libraryFor(const Flow &flow, const TaskTypes &types, const FlowStore &flows)
{
    LibraryFlows library;
    for (const FlowId &id : flowsOfLibrary(flow, types)) {
        const Result<StoredFlow> found = flows.summary(id);
        if (!found && found.error().code == ErrorCode::NotFound)
            return flows.names(); // what else could be meant
        if (!found)
            return found.error();
        library.names.insert(id, found->file.flow.name);
    }
    return library;
}

Result<void> checkRunnableHere(const Flow &flow, const TaskTypes &types, const FlowStore &flows)
{
    const Result<LibraryFlows> library = libraryFor(flow, types, flows);
    return library ? checkRunnable(flow, types, &*library) : library.error();
}

} // namespace flow
