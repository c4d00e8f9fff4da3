// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

namespace flow {

/// The backup is in the place of the database.
struct PutBack
{
    QString old;           ///< the name of the old database; empty where there was none
    Result<void> isOnDisk; ///< Io where the disk failed in the last step: after a power cut it may be the old one again
};

/// Puts a copy of a backup in the place of a database, which no program has open or opens meanwhile. The old database
/// is kept beside it, together with what SQLite had not yet written back to it: lying beside the new one, that would
/// damage it. A program that
/// dies in the middle leaves the old database or the new one; the old one may have two names, and is not opened before
/// undoRestoring().
///
/// NotFound, Io, NotAllowed (the database itself), NewerSchema, Corrupt (no backup, or a damaged one): then all is as
/// it was.
Result<PutBack> putBackupBack(const QString &backup, const QString &database);

/// NotFound, or Io for what is no file.
Result<void> lookForBackup(const QString &backup);
/// What a program left that died in the middle of that: the database gets its log back, and one name only. While nobody
/// puts a backup back; several programs may do this at once. Io where it does not get its log back: it is not to be
/// opened then.
Result<void> undoRestoring(const QString &database);

} // namespace flow
