// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

/// The database's file and folder, readable and writable by their owner only. The part that differs between systems.
namespace flow {

/// Makes the folders that are missing (0700) and the file (0600), and gives the name that all links to it lead to.
Result<QString> makeDatabaseFile(const QString &file);
/// NotAllowed for a file that has several names of its own: SQLite would keep a log for each. Io where it cannot be
/// seen.
Result<void> checkOnlyName(const QString &file);
/// Takes rights away from a database, and what belongs to it, that others may read.
void keepPrivate(const QString &file);
/// A new, empty file (0600); Conflict when it exists.
Result<void> makePrivateFile(const QString &file);
/// Conflict when `to` exists.
Result<void> renameFile(const QString &from, const QString &to);
/// The file has both names from now on. Conflict when the other one is taken.
Result<void> giveSecondName(const QString &file, const QString &other);
/// Takes the place of `to` in one step: at every moment there is the old file or the new one.
Result<void> replaceFile(const QString &from, const QString &to);
/// Waits until the disk has all of the file. Io.
Result<void> syncFile(const QString &file);
/// Waits until the disk has the names that files were given in the folder of this one. Io, but not for a file system
/// that cannot be asked for this.
Result<void> syncFolderOf(const QString &file);
void removeFile(const QString &file);

} // namespace flow
