// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "command.h"

namespace flow::cli {

int runFlow(const Call &call);
int validateFiles(const Call &call);
int evaluate(const Call &call);

} // namespace flow::cli
