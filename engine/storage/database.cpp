// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/database.h"

#include "storage/database_file.h"
#include "storage/migrations.h"
#include "storage/sqlite_file.h"
#include "storage/storage_connection.h"
#include "storage/storage_reader.h"
#include "storage/storage_writer.h"

#include <QFileInfo>

namespace flow {

namespace {

/// The check reads the whole file, about 500 MiB a second when it is in memory and far less from a cold disk: larger
/// files are only checked by their header, size and schema, and damage elsewhere is told when it is read.
constexpr qint64 largestCheckedBytes = 64 * 1024 * 1024;

Result<void> prepare(const QString &file)
{
    if (Result<void> whole = sqlite::checkSize(file); !whole)
        return whole;
    Result<std::unique_ptr<StorageConnection>> opened =
        StorageConnection::open(file, StorageConnection::Mode::ReadWrite);
    if (!opened)
        return opened.error();
    StorageConnection &connection = **opened;
    // The version first: a file that is not ours, or newer, must not be changed in any way.
    if (Result<int> known = checkVersion(connection, migrations()); !known)
        return known.error();
    if (Result<void> logged = sqlite::useWriteAheadLog(connection); !logged)
        return logged;
    if (Result<void> writable = sqlite::checkWritable(connection); !writable)
        return writable;
    if (QFileInfo(file).size() <= largestCheckedBytes) {
        if (Result<void> checked = sqlite::quickCheck(connection); !checked)
            return checked;
    }
    return migrate(connection, migrations());
}

} // namespace

struct Database::State
{
    explicit State(const DatabaseLocation &where)
        : location(where)
        , reader(where.file)
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
    Q_ASSERT(QFileInfo(location.file).isAbsolute());
    if (Result<void> made = preparePrivateFile(location.file); !made)
        return made.error();
    if (Result<void> ready = prepare(location.file); !ready)
        return ready.error();
    Result<std::unique_ptr<StorageWriter>> writer = StorageWriter::start(location.file);
    if (!writer)
        return writer.error();
    std::unique_ptr<Database> database(new Database);
    database->m_state = std::make_unique<State>(location);
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
