// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "model/execution.h"

#include <map>
#include <utility>

namespace flow {

class StorageConnection;

/// Changes of the kept totals that one transaction gathers, so that many executions in one commit change few rows. A
/// value; the writer's thread.
class ExecutionCounts
{
public:
    void add(const FlowId &flowId, ExecutionStatus status, qint64 change);
    void moved(const FlowId &flowId, ExecutionStatus from, ExecutionStatus to);
    void merge(const ExecutionCounts &other);

    /// Writes the changes and forgets them.
    Result<void> write(StorageConnection &connection);

private:
    std::map<std::pair<FlowId, ExecutionStatus>, qint64> m_changes;
};

} // namespace flow
