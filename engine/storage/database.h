// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "storage/postgres_address.h"

#include <memory>
#include <optional>

namespace flow {

class StorageWriter;
class StorageReader;

/// Where the data lives: a SQLite file, or a database on a PostgreSQL server.
struct DatabaseLocation
{
    QString file;                               ///< absolute path; folders are made (0700), the file is 0600
    std::optional<PostgresAddress> server = {}; ///< then there is no file

    /// `sqlite:///relative.db`, `sqlite:////absolute.db`, `postgresql://user:password@host:port/name`; other schemes
    /// are an error that names what is supported. No error repeats what may be a password.
    static Result<DatabaseLocation> fromUrl(const QString &url);
    /// The same place by the one name that all links to it lead to; makes the file where there is none. Programs know
    /// of each other by that name, and SQLite finds its log by it. Errors as of makeDatabaseFile().
    Result<DatabaseLocation> resolved() const;
    /// For people; holds no password.
    QString name() const;
};

/// An open, migrated and checked database: one thread that writes with group commit, one read-only connection for each
/// thread that reads. Owned by the service; safe from any thread.
class Database
{
public:
    /// Opens, makes a backup beside the file before each migration, migrates, and runs a quick check. Errors: Io
    /// (cannot be opened, read-only folder, no server), NotAllowed (a file with several names), Corrupt, NewerSchema,
    /// Full; each says what to do.
    static Result<std::unique_ptr<Database>> open(const DatabaseLocation &location);
    /// Commits what is queued, then closes.
    ~Database();

    StorageWriter &writer();
    StorageReader &reader();

    /// Resolved.
    const DatabaseLocation &location() const;

private:
    Database();
    struct State;
    std::unique_ptr<State> m_state;
};

} // namespace flow
