// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/flow.h"
#include "model/task_type.h"

namespace flow {

/// What is known of the library where a flow is looked at that runs flows of it. A plain value.
struct LibraryFlows
{
    QMap<FlowId, QString> names; ///< what people call each flow
    bool mayBeOld = false;       ///< there may be others by now: what is missing prevents no run

    bool operator==(const LibraryFlows &) const = default;
};

/// The flows that tasks run and that must stand in the library, because the file has none of these names: each once, in
/// no order. Those that an expression names are not known.
QStringList flowsOfLibrary(const Flow &flow, const TaskTypes &types);

} // namespace flow
