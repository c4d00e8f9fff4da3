// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/existing_file.h"
#include "base/result.h"

/// Where a backup may go. Blocking; any thread.
namespace flow {

/// The file that a backup of `database` to `target` has to become: `target`, or what it links to. Refused before
/// anything is written:
/// - NotAllowed for the database itself, by whatever name (links, other spellings of the path), and for the files that
///   SQLite keeps beside it; also for a database that a program has open
/// - Conflict when it exists and is to be kept
/// - Io for a folder, or in a folder that does not exist
Result<QString> backupTarget(const QString &database, const QString &target, ExistingFile existing);

/// Whether the file is that database, by whatever name, or one that SQLite keeps beside it.
bool belongsTo(const QString &database, const QString &file);

/// Gives `unfinished` the name `target` once the disk has all of it, so that a loss of power leaves the old file or
/// the new one, and returns when the name is on the disk as well. Conflict when `target` exists and is to be kept.
Result<void> putBackupInPlace(const QString &unfinished, const QString &target, ExistingFile existing);

/// What to say of backups that lie beside a database: names the newest one, or the command that makes them.
QString whereBackupsAre(const QString &database);

} // namespace flow
