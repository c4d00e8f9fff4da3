// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace flow {

/// Puts a copy of a backup in the place of a database, which no program has open or opens meanwhile. The old database
/// is kept beside it, together with what SQLite had not yet written back to it: lying beside the new one, that would
/// damage it. Gives the old one's new name, empty where there was none. The disk has all of it then. A program that
/// dies in the middle leaves the old database or the new one; the old one may have two names, and is not opened before
/// undoRestoring().
///
/// NotFound, Io, NotAllowed (the database itself), NewerSchema, Corrupt (no backup, or a damaged one): then all is as
/// it was, unless the disk fails in the last step.
Result<QString> putBackupBack(const QString &backup, const QString &database);

/// NotFound, or Io for what is no file.
Result<void> lookForBackup(const QString &backup);
/// What a program left that died in the middle of that: the database gets its log back, and one name only. While nobody
/// puts a backup back; several programs may do this at once. Io where it does not get its log back: it is not to be
/// opened then.
Result<void> undoRestoring(const QString &database);

} // namespace flow
