// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/database_door.h"

#include "service/logging.h"
#include "service/owner_folder.h"
#include "service/private_file.h"
#include "storage/database_file.h"
#include "storage/restoring.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <thread>
#include <unistd.h>
#include <utility>

namespace flow {

namespace {

struct Messages
{
    Q_DECLARE_TR_FUNCTIONS(DatabaseDoor)
};

/// False where the lock is somebody else's, or when there is none to be had: see errno.
bool lock(int descriptor, int kind)
{
    int done = 0;
    do {
        done = ::flock(descriptor, kind);
    } while (done != 0 && errno == EINTR);
    return done == 0;
}

/// How long somebody who comes in waits before he says so.
constexpr std::chrono::seconds silence{1};
constexpr std::chrono::milliseconds lookEvery{10};

/// Waits for the lock, and says so when that takes long.
bool lockPatiently(int descriptor, int kind, const QString &file)
{
    const auto began = std::chrono::steady_clock::now();
    do {
        if (lock(descriptor, kind | LOCK_NB))
            return true;
        if (errno != EWOULDBLOCK)
            return false;
        std::this_thread::sleep_for(lookEvery);
    } while (std::chrono::steady_clock::now() - began < silence);
    qCWarning(lcService, "%s: waits while a backup is put in the place of this database", qUtf8Printable(file));
    return lock(descriptor, kind);
}

Error notLocked(const QString &folder)
{
    return {.code = ErrorCode::Io,
            .reason =
                Messages::tr("This folder cannot be locked (%1), so programs could not know of each other. Choose "
                             "a folder on a local disk with --data-dir")
                    .arg(QString::fromLocal8Bit(std::strerror(errno))),
            .file = folder};
}

Error inUse(const QString &file)
{
    return {.code = ErrorCode::NotAllowed,
            .reason = Messages::tr("A program has this database open. Close all that use it (the desktop program, "
                                   "\"flowctl serve\", runs at a terminal), then try again"),
            .file = file};
}

} // namespace

Result<DatabaseLocation> databaseOf(const ServiceSettings &settings)
{
    if (!settings.databaseUrl.isEmpty())
        return DatabaseLocation::fromUrl(settings.databaseUrl);
    return DatabaseLocation{QDir(settings.dataDir).filePath(QStringLiteral("flows.db"))};
}

DatabaseDoor::DatabaseDoor(DatabaseLocation location)
    : m_location(std::move(location))
{
}

DatabaseDoor::DatabaseDoor(DatabaseDoor &&other) noexcept
    : m_location(std::move(other.m_location))
    , m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

DatabaseDoor::~DatabaseDoor()
{
    if (m_descriptor >= 0)
        ::close(m_descriptor);
}

DatabaseDoor DatabaseDoor::at(const DatabaseLocation &place)
{
    DatabaseDoor door(place);
    // Close-on-exec: a task's process must not keep the door open.
    if (!place.server)
        door.m_descriptor = ::open(QFile::encodeName(OwnerFolder::folderOf(place.file)).constData(),
                                   O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    return door;
}

Result<DatabaseDoor> DatabaseDoor::makeDoor(const ServiceSettings &settings)
{
    const Result<DatabaseLocation> location = databaseOf(settings);
    const Result<DatabaseLocation> place = location ? location->resolved() : location;
    if (!place)
        return place.error();
    if (place->server)
        return at(*place);
    const QString folder = OwnerFolder::folderOf(place->file);
    if (const Result<void> made = makePrivateFolder(folder); !made)
        return made.error();
    DatabaseDoor door = at(*place);
    if (door.m_descriptor < 0)
        return notLocked(folder);
    return door;
}

Result<DatabaseDoor> DatabaseDoor::comeIn(Result<DatabaseDoor> door)
{
    if (!door || door->m_descriptor < 0)
        return door;
    const QString &file = door->m_location.file;
    if (!lockPatiently(door->m_descriptor, LOCK_SH, file))
        return notLocked(OwnerFolder::folderOf(file));
    // Not earlier: somebody may be in the middle of it.
    if (const Result<void> undone = undoRestoring(file); !undone)
        return undone.error();
    return door;
}

Result<DatabaseDoor> DatabaseDoor::enter(const ServiceSettings &settings)
{
    return comeIn(makeDoor(settings));
}

Result<DatabaseDoor> DatabaseDoor::look(const ServiceSettings &settings)
{
    const Result<DatabaseLocation> location = databaseOf(settings);
    if (!location)
        return location.error();
    if (!location->server && QFileInfo(location->file).size() == 0) // 0 also where there is none
        return DatabaseDoor(*location);
    const Result<DatabaseLocation> place = location->resolved();
    return place ? comeIn(at(*place)) : place.error();
}

Result<DatabaseDoor> DatabaseDoor::shut(const ServiceSettings &settings)
{
    Result<DatabaseDoor> door = makeDoor(settings);
    if (!door)
        return door;
    if (door->m_location.server)
        return Error{.code = ErrorCode::NotAllowed,
                     .reason =
                         Messages::tr("This database is on a server. Put its backup back with pg_restore or psql, "
                                      "as for any database")};
    if (!lock(door->m_descriptor, LOCK_EX | LOCK_NB))
        return errno == EWOULDBLOCK ? inUse(door->m_location.file)
                                    : notLocked(OwnerFolder::folderOf(door->m_location.file));
    if (OwnerFolder::countLiving(door->m_location.file) > 0)
        return inUse(door->m_location.file);
    if (const Result<void> undone = undoRestoring(door->m_location.file); !undone)
        return undone.error();
    if (const Result<void> named = checkOnlyName(door->m_location.file); !named)
        return named.error();
    return door;
}

void DatabaseDoor::tidyUpAndLetGo()
{
    if (m_descriptor < 0)
        return;
    if (lock(m_descriptor, LOCK_EX | LOCK_NB))
        OwnerFolder::countLiving(m_location.file);
    ::close(std::exchange(m_descriptor, -1));
}

} // namespace flow
