// SPDX-License-Identifier: GPL-3.0-or-later
// What a program does that others may have taken for dead.
#include "service/logging.h"
#include "service/service_state.h"

namespace flow {

void FlowService::State::stopWhatWasTakenAway()
{
    for (const ExecutionId id : waiters.all()) {
        const Result<QString> owner = executions.owner(id);
        const Result<Execution> record = executions.get(id);
        if (!owner || !record) // gone, or to be seen at its next step
            continue;
        if (*owner == owners->self() && !isFinished(record->status))
            continue;
        // It could not write anything more of it; this only spares it the work.
        if (pool->cancel(id))
            qCInfo(lcService, "Execution %lld was taken over while this program could not be seen; it is stopped here",
                   static_cast<long long>(id));
    }
}

} // namespace flow
