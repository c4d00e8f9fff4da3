// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace flow {

/// Puts a copy of a backup in the place of a database, which no program has open or opens meanwhile. The old database
/// is kept beside it, together with what SQLite had not yet written back to it: lying beside the new one, that would
/// damage it. Gives the old one's new name, empty where there was none. A program that dies in the middle leaves the
/// old database or the new one, or one that is not opened before its second name is removed.
///
/// NotFound, Io, NotAllowed (the database itself), NewerSchema, Corrupt (no backup, or a damaged one): then all is as
/// it was.
Result<QString> putBackupBack(const QString &backup, const QString &database);

} // namespace flow
