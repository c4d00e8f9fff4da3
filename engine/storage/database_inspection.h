// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QStringList>

namespace flow {

class Database;

/// Looks for what is wrong, down to the last row: damaged pages, totals that are not the sum of their rows, revisions
/// that are not what their id says. One line for each; empty when all is well. Reads everything; any thread.
Result<QStringList> inspect(Database &database);

} // namespace flow
