// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>

namespace flow::test {

/// What SQLite asks of the disk and has to hear of when it does not work.
enum class FileOperation { Open, Write, Truncate, Sync, Delete };

/// Sees every operation of SQLite on the files of this program, except those on its shared memory (-shm), which is no
/// file that has to outlive a loss of power. Called on the thread that does the operation, on several at once.
class FileWatcher
{
public:
    virtual ~FileWatcher() = default;

    /// The SQLite code with which the operation is to fail; 0 lets it happen. A write that fails leaves its first half,
    /// as one does that ran out of space.
    virtual int before(FileOperation, const QString &) { return 0; }

    // What has happened.
    virtual void opened(const QString &, bool /*created*/) {}
    virtual void written(const QString &, qint64 /*offset*/, const QByteArray &) {}
    virtual void truncated(const QString &, qint64 /*size*/) {}
    virtual void synced(const QString &) {}
    virtual void removed(const QString &) {}
    /// Which files are in the folder of this one is on the disk.
    virtual void folderSynced(const QString &) {}
};

/// From now on `watcher` sees all; null: nobody does. While somebody watches, nothing waits for a real disk. QtSql
/// comes here as well, because its driver uses the system's SQLite. Only while no database is open.
void watchFiles(FileWatcher *watcher);

} // namespace flow::test
