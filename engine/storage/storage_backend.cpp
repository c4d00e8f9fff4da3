// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/storage_backend.h"

#include "storage/database.h"
#include "storage/postgres_backend.h"
#include "storage/sqlite_backend.h"

namespace flow {

StorageBackend::StorageBackend(QString name)
    : m_name(std::move(name))
{
}

StorageBackend::~StorageBackend() = default;

std::shared_ptr<const StorageBackend> storageBackend(const DatabaseLocation &location)
{
    if (location.server)
        return std::make_shared<PostgresBackend>(*location.server);
    return std::make_shared<SqliteBackend>(location.file);
}

} // namespace flow
