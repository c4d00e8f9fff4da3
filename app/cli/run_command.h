// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

namespace flow::cli {

int runFlow(const Call &call);
int validateFiles(const Call &call);
int evaluate(const Call &call);

/// The end of a run in one line: "completed in 1.0 s, 3 tasks".
QString summaryOf(const Execution &execution);
QString seconds(const std::optional<double> &duration);

} // namespace flow::cli
