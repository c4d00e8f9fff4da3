// SPDX-License-Identifier: GPL-3.0-or-later
#include "fault_vfs.h"

#include <QFile>

#include <sqlite3.h>

#include <atomic>
#include <new>

namespace flow::test {

namespace {

std::atomic<FileWatcher *> s_watcher = nullptr;
FileWatcher s_nobody;
sqlite3_vfs *s_real = nullptr;

FileWatcher &watcher()
{
    FileWatcher *current = s_watcher;
    return current ? *current : s_nobody;
}

/// Ours, with the real one behind it in the same piece of memory.
struct ShimFile
{
    sqlite3_file base; ///< first: SQLite knows no more of it
    QString name;
    bool folderSyncDue; ///< the first sync of a log or journal that was made also puts its name on the disk

    sqlite3_file *real() { return reinterpret_cast<sqlite3_file *>(this + 1); }
};

ShimFile *shim(sqlite3_file *file)
{
    return reinterpret_cast<ShimFile *>(file);
}

sqlite3_file *real(sqlite3_file *file)
{
    return shim(file)->real();
}

int closeFile(sqlite3_file *file)
{
    const int code = real(file)->pMethods->xClose(real(file));
    shim(file)->~ShimFile();
    return code;
}

int writeFile(sqlite3_file *file, const void *data, int size, sqlite3_int64 offset)
{
    const QString &name = shim(file)->name;
    const int fault = watcher().before(FileOperation::Write, name);
    const int length = fault ? size / 2 : size;
    const int code = real(file)->pMethods->xWrite(real(file), data, length, offset);
    if (code == SQLITE_OK)
        watcher().written(name, offset, QByteArray(static_cast<const char *>(data), length));
    return fault ? fault : code;
}

int truncateFile(sqlite3_file *file, sqlite3_int64 size)
{
    if (const int fault = watcher().before(FileOperation::Truncate, shim(file)->name))
        return fault;
    const int code = real(file)->pMethods->xTruncate(real(file), size);
    if (code == SQLITE_OK)
        watcher().truncated(shim(file)->name, size);
    return code;
}

int syncFile(sqlite3_file *file, int flags)
{
    if (const int fault = watcher().before(FileOperation::Sync, shim(file)->name))
        return fault;
    if (!s_watcher)
        return real(file)->pMethods->xSync(real(file), flags);
    watcher().synced(shim(file)->name);
    if (std::exchange(shim(file)->folderSyncDue, false))
        watcher().folderSynced(shim(file)->name);
    return SQLITE_OK;
}

/// All that is handed on as it is.
template <auto Method, typename... Arguments>
int pass(sqlite3_file *file, Arguments... arguments)
{
    return (real(file)->pMethods->*Method)(real(file), arguments...);
}

void passBarrier(sqlite3_file *file)
{
    real(file)->pMethods->xShmBarrier(real(file));
}

const sqlite3_io_methods *methods()
{
    using Methods = sqlite3_io_methods;
    // Version 2: with shared memory, without mapping the file itself, which would write behind the watcher's back.
    static const Methods table{2,
                               closeFile,
                               pass<&Methods::xRead, void *, int, sqlite3_int64>,
                               writeFile,
                               truncateFile,
                               syncFile,
                               pass<&Methods::xFileSize, sqlite3_int64 *>,
                               pass<&Methods::xLock, int>,
                               pass<&Methods::xUnlock, int>,
                               pass<&Methods::xCheckReservedLock, int *>,
                               pass<&Methods::xFileControl, int, void *>,
                               pass<&Methods::xSectorSize>,
                               pass<&Methods::xDeviceCharacteristics>,
                               pass<&Methods::xShmMap, int, int, int, void volatile **>,
                               pass<&Methods::xShmLock, int, int, int>,
                               passBarrier,
                               pass<&Methods::xShmUnmap, int>,
                               nullptr,
                               nullptr};
    return &table;
}

int openFile(sqlite3_vfs *, const char *name, sqlite3_file *file, int flags, int *outFlags)
{
    constexpr int logs = SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_SUPER_JOURNAL | SQLITE_OPEN_WAL;
    const QString path = QString::fromUtf8(name);
    file->pMethods = nullptr; // nothing to close when it fails
    if (const int fault = watcher().before(FileOperation::Open, path))
        return fault;
    const bool created = (flags & SQLITE_OPEN_CREATE) && !QFile::exists(path);
    ShimFile *made = new (file) ShimFile{{nullptr}, path, created && (flags & logs)};
    if (const int code = s_real->xOpen(s_real, name, made->real(), flags, outFlags); code != SQLITE_OK) {
        made->~ShimFile();
        return code;
    }
    made->base.pMethods = methods();
    watcher().opened(path, created);
    return SQLITE_OK;
}

int deleteFile(sqlite3_vfs *, const char *name, int syncFolder)
{
    const QString path = QString::fromUtf8(name);
    if (const int fault = watcher().before(FileOperation::Delete, path))
        return fault;
    const int code = s_real->xDelete(s_real, name, s_watcher ? 0 : syncFolder);
    if (code != SQLITE_OK)
        return code;
    watcher().removed(path);
    if (syncFolder)
        watcher().folderSynced(path);
    return SQLITE_OK;
}

void install()
{
    static sqlite3_vfs vfs;
    if (s_real)
        return;
    s_real = sqlite3_vfs_find(nullptr);
    vfs = *s_real; // paths, time and random numbers come from the real one
    vfs.zName = "flow-fault";
    vfs.pNext = nullptr;
    vfs.szOsFile = int(sizeof(ShimFile)) + s_real->szOsFile;
    vfs.xOpen = openFile;
    vfs.xDelete = deleteFile;
    sqlite3_vfs_register(&vfs, 1);
}

} // namespace

void watchFiles(FileWatcher *watcher)
{
    install();
    s_watcher = watcher;
}

} // namespace flow::test
