// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/library_look.h"

#include "storage/database.h"
#include "storage/database_file.h"
#include "storage/flow_records.h"
#include "storage/migrations.h"
#include "storage/storage_connection.h"

#include <QFileInfo>

namespace flow {

Result<std::optional<LibraryFlows>> lookAtLibrary(const DatabaseLocation &location)
{
    if (!location.server && QFileInfo(location.file).size() == 0) // 0 also where there is none
        return std::optional<LibraryFlows>();
    const Result<DatabaseLocation> place = location.resolved();
    if (!place)
        return place.error();
    if (const Result<void> named = place->server ? Result<void>() : checkOnlyName(place->file); !named)
        return named.error();
    const Result<std::unique_ptr<StorageConnection>> opened =
        StorageConnection::open(storageBackend(*place), StorageConnection::Mode::ReadOnly);
    if (!opened)
        return opened.error();
    const Result<int> version = checkVersion(**opened, migrations());
    if (!version)
        return version.error();
    if (*version == 0)
        return std::optional<LibraryFlows>();
    const Result<LibraryFlows> flows = flow_records::readNames(**opened);
    return flows ? Result(std::optional(*flows)) : flows.error();
}

} // namespace flow
