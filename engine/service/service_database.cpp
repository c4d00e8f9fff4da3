// SPDX-License-Identifier: GPL-3.0-or-later
// The part of FlowService that looks after the database as a whole.
#include "service/flow_service.h"
#include "service/service_state.h"
#include "storage/database_inspection.h"
#include "storage/database_statistics.h"

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

} // namespace flow
