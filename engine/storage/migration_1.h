// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/migrations.h"

namespace flow {

/// The first schema: flows and their revisions, executions, attempts, log lines, kept totals.
Migration migration1();

} // namespace flow
