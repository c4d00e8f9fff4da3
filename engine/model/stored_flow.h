// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/timestamp.h"
#include "model/execution.h"
#include "model/flow_file.h"

namespace flow {

/// A flow of the library.
struct StoredFlow
{
    FlowFile file; ///< in lists only id, name, description and start task are filled in
    RevisionId revision;
    bool isActive = true; ///< an inactive flow is kept but does not run
    int version = 1;      ///< grows by one with each save
    Timestamp createdAt;
    Timestamp updatedAt;
    std::optional<ExecutionStatus> lastStatus; ///< of its newest execution (addition)
    std::optional<Timestamp> lastExecutedAt;   ///< when that started (addition)

    bool operator==(const StoredFlow &) const = default;
};

/// A slice of a list; `total` counts all that match.
template <typename T>
struct Page
{
    QList<T> items;
    qint64 total = 0;
    bool operator==(const Page &) const = default;
};

struct FlowQuery
{
    int page = 1;     ///< from 1
    int perPage = 20; ///< 1 to 1,000
    bool activeOnly = false;
};

struct ExecutionQuery
{
    FlowId flowId; ///< empty: all flows
    std::optional<ExecutionStatus> status;
    int page = 1;
    int perPage = 20;
    std::optional<ExecutionId> olderThan; ///< keyset paging: only ids below; `page` is then ignored
    bool topLevel = false;                ///< without those that other executions started
    std::optional<ExecutionId> parent;    ///< only those that this one started
    bool withOutput = true; ///< false: outputData is left out, which saves putting it together from the attempts
};

} // namespace flow
