// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "base/timestamp.h"
#include "model/execution.h"

#include <QMap>

#include <optional>

/// What a database holds. Plain values.
namespace flow {

/// What a flow takes.
struct FlowStats
{
    QMap<ExecutionStatus, qint64> executions; ///< by status
    qint64 bytes = 0;                         ///< about; only what has ended is measured
    std::optional<Timestamp> oldest;          ///< start of the oldest execution
    std::optional<Timestamp> newest;
};

struct DatabaseStats
{
    QString name;        ///< file or server; holds no password
    qint64 bytes = 0;
    qint64 freeBytes = 0;
    qint64 flows = 0;
    qint64 revisions = 0;
    qint64 pinned = 0;
    QMap<FlowId, FlowStats> perFlow;
};

} // namespace flow
