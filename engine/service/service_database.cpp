// SPDX-License-Identifier: GPL-3.0-or-later
// The part of FlowService that looks after the database as a whole.
#include "service/database_door.h"
#include "service/flow_service.h"
#include "service/owner_folder.h"
#include "service/private_file.h"
#include "service/service_state.h"
#include "storage/database_inspection.h"
#include "storage/database_statistics.h"
#include "storage/restoring.h"

#include <QDir>

namespace flow {

Result<PruneReport> FlowService::prune(const PruneOptions &options)
{
    return m_state->history->prune(options);
}

Result<DatabaseStats> FlowService::databaseStats() const
{
    if (Result<void> measured = m_state->history->measure(); !measured)
        return measured.error();
    return statistics(*m_state->database);
}

Result<QStringList> FlowService::checkDatabase() const
{
    return inspect(*m_state->database);
}

Result<void> FlowService::backUpDatabase(const QString &file, ExistingFile existing) const
{
    return copyTo(*m_state->database, QDir::current().absoluteFilePath(file), existing);
}

Result<QString> FlowService::restoreDatabase(const ServiceSettings &settings, const QString &backup)
{
    const QString file = QDir::current().absoluteFilePath(backup);
    // Where that was mistaken, nothing is made in a folder that may be mistaken as well.
    if (const Result<void> there = lookForBackup(file); !there)
        return there.error();
    if (const Result<void> made = makePrivateFolder(settings.dataDir); !made)
        return made.error();
    const Result<DatabaseDoor> door = DatabaseDoor::shut(settings);
    if (!door)
        return door.error();
    const Result<PutBack> done = putBackupBack(file, door->location().file);
    if (!done)
        return done.error();
    OwnerFolder::forgetAll(door->location().file); // what was asked of executions meant those of the old database
    return done->isOnDisk ? Result<QString>(done->old) : done->isOnDisk.error();
}

} // namespace flow
