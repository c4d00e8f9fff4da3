// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/migrations.h"

namespace flow {

/// Executions that pause, go on, resume others and start others: a new state, and where each one stands.
Migration migration2();

/// The three tables of executions as this step leaves them, for a database that begins with it.
QStringList executionTables2();

} // namespace flow
