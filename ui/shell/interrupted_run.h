// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "base/result.h"

#include <functional>
#include <optional>

class QWidget;

namespace flow {

class FlowService;

/// A run that ended with its program, in the middle of a task that is not safe to repeat.
struct InterruptedRun
{
    ExecutionId id = 0;
    QString task;
};

/// The newest run of this flow, if it is such a one. Blocks; for a thread of the service.
Result<std::optional<InterruptedRun>> leftInterrupted(const FlowService *service, const FlowId &flow);

/// Before the flow runs from its start once more: whether that is what the person wants. GUI thread.
void askAboutInterrupted(QWidget *window, const InterruptedRun &run, const std::function<void()> &resume,
                         const std::function<void()> &runAnew);

} // namespace flow
