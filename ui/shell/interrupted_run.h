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

/// This run, if it is such a one. Blocks, like the next; for a thread of the service.
Result<std::optional<InterruptedRun>> interruptedRun(const FlowService *service, ExecutionId id);
/// The newest run of this flow, if it is such a one.
Result<std::optional<InterruptedRun>> leftInterrupted(const FlowService *service, const FlowId &flow);

/// What would run its task once more.
enum class Again { FromTheStart, Resumed };

/// Whether that is what the person wants. GUI thread.
void askAboutInterrupted(QWidget *window, const InterruptedRun &run, Again wish,
                         const std::function<void()> &pauseThere, const std::function<void()> &goAhead);

} // namespace flow
