// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

namespace flow::cli {

/// Starts or goes on with an execution, tells its progress on stderr, and waits until it has ended or is paused; an
/// interrupt cancels it.
Result<ExecutionDetails> runToEnd(FlowService &service,
                                  const std::function<Result<ExecutionId>(FlowService &service)> &begin);
/// Prints how it ended and returns the exit code.
int report(const ExecutionDetails &details, bool json);

/// The end of a run in one line: "completed in 1.0 s, 3 tasks".
QString summaryOf(const Execution &execution);
/// What a task ended with and when it is tried again, as it follows on its state: ": No such file; tries again at
/// 2026-11-24T12:00:00Z". Empty for one that went well.
QString errorOf(const TaskFinished &task);
QString seconds(const std::optional<double> &duration);

} // namespace flow::cli
