// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/existing_file.h"
#include "base/result.h"
#include "model/database_stats.h"

namespace flow {

class Database;

/// Counts what is there; reads every execution's row. Any thread.
Result<DatabaseStats> statistics(Database &database);

/// A whole copy in a file, while others go on. Errors as of backupTarget(); NotAllowed for a database on a server.
Result<void> copyTo(Database &database, const QString &file, ExistingFile existing);

} // namespace flow
