// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database.h"

#include "storage/migrations.h"
#include "storage/storage_connection.h"
#include "storage/storage_reader.h"
#include "storage/storage_writer.h"

namespace flow {

namespace {

Result<void> prepare(const std::shared_ptr<const StorageBackend> &backend)
{
    if (Result<void> there = backend->beforeOpening(); !there)
        return there;
    Result<std::unique_ptr<StorageConnection>> opened =
        StorageConnection::open(backend, StorageConnection::Mode::ReadWrite);
    if (!opened)
        return opened.error();
    StorageConnection &connection = **opened;
    // The version first: a database that is not ours, or newer, must not be changed in any way.
    if (Result<int> known = checkVersion(connection, migrations()); !known)
        return known.error();
    if (Result<void> whole = backend->check(connection); !whole)
        return whole;
    return migrate(connection, migrations());
}

} // namespace

struct Database::State
{
    State(const DatabaseLocation &where, const std::shared_ptr<const StorageBackend> &backend)
        : location(where)
        , reader(backend)
    {
    }

    DatabaseLocation location;
    std::unique_ptr<StorageWriter> writer;
    StorageReader reader; ///< goes first, so that the writer is the last to close and tidies up the log
};

Database::Database() = default;
Database::~Database() = default;

Result<std::unique_ptr<Database>> Database::open(const DatabaseLocation &location)
{
    const Result<DatabaseLocation> place = location.resolved();
    if (!place)
        return place.error();
    const std::shared_ptr<const StorageBackend> backend = storageBackend(*place);
    if (Result<void> ready = prepare(backend); !ready)
        return ready.error();
    Result<std::unique_ptr<StorageWriter>> writer = StorageWriter::start(backend);
    if (!writer)
        return writer.error();
    std::unique_ptr<Database> database(new Database);
    database->m_state = std::make_unique<State>(*place, backend);
    database->m_state->writer = std::move(*writer);
    return database;
}

StorageWriter &Database::writer()
{
    return *m_state->writer;
}

StorageReader &Database::reader()
{
    return m_state->reader;
}

const DatabaseLocation &Database::location() const
{
    return m_state->location;
}

} // namespace flow
