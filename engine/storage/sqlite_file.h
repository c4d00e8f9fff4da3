// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/existing_file.h"
#include "base/result.h"

#include <QStringList>

namespace flow {
class StorageConnection;
}

/// Everything that only SQLite understands: pragmas, its kinds of BEGIN, backup, checks. All other SQL of this library
/// is the dialect that SQLite and PostgreSQL share.
namespace flow::sqlite {

QString connectOptions(bool readOnly);
Result<void> configure(StorageConnection &connection, bool readOnly);

/// Write-ahead log: readers and the writer do not wait for each other.
Result<void> useWriteAheadLog(StorageConnection &connection);
/// Whether a commit waits until the disk has it (FULL), or only the operating system (NORMAL: safe when the program
/// dies, the last commits may go with a loss of power). Not inside a transaction.
Result<void> setDurable(StorageConnection &connection, bool durable);

/// Takes the lock for writing at once: a deferred BEGIN that reads first could not wait for another writer.
Result<void> beginWriting(StorageConnection &connection);
/// A steady view of the data for several reads.
Result<void> beginReading(StorageConnection &connection);
Result<void> commit(StorageConnection &connection);
void rollback(StorageConnection &connection);

/// Finds a file that was cut off, from its header and size alone. An empty file is fine; so is one with a log beside
/// it, which may hold the rest. Before the file is opened.
Result<void> checkSize(const QString &file);
/// Proves that the file can be written, without changing it.
Result<void> checkWritable(StorageConnection &connection);
/// Finds pages that are damaged; reads the whole file.
Result<void> quickCheck(StorageConnection &connection);

/// 0 for a file without tables of ours. Corrupt when the file has been made by another program.
Result<int> schemaVersion(StorageConnection &connection);
Result<void> setSchemaVersion(StorageConnection &connection, int version);
/// Pages that become free can be given back to the file system later. On a file without tables at once; on others the
/// whole file is written anew, unless it is set already.
Result<void> useIncrementalVacuum(StorageConnection &connection);
Result<void> vacuumForIncremental(StorageConnection &connection);
/// Gives up to so many pages back; false when none is free. Inside a transaction.
Result<bool> giveBack(StorageConnection &connection, int pages);
/// Writes the log back into the file and empties it; what somebody reads or writes just now stays for the next time.
/// The connection waits for nobody from then on.
Result<void> emptyLog(StorageConnection &connection);
/// What PRAGMA integrity_check and foreign_key_check find; at most a hundred lines.
Result<QStringList> damage(StorageConnection &connection);
Result<qint64> size(StorageConnection &connection);
Result<qint64> freeBytes(StorageConnection &connection);
/// A copy of the whole database in a file that is there and empty.
Result<void> copyInto(StorageConnection &connection, const QString &emptyFile);
/// A copy of the whole database in a file (0600), which is not there, or is the old one, until it is whole. Errors as
/// of backupTarget().
Result<void> backup(StorageConnection &connection, const QString &target, ExistingFile existing);

} // namespace flow::sqlite
