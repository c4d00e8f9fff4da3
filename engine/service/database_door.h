// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/service_settings.h"
#include "storage/database.h"

namespace flow {

/// Where the settings say that it is.
Result<DatabaseLocation> databaseOf(const ServiceSettings &settings);

/// The way to the database that the settings name. Who comes in holds it open until he is known to others as an owner;
/// who needs a database file for himself shuts it. The database of a server has no door: it looks after that itself.
///
/// A lock of the system on the folder of the owners, which goes with this object or the program. Any thread.
class DatabaseDoor
{
public:
    /// Makes the folder and the file that are missing. Waits while somebody has it shut, and logs that where it takes
    /// long. What a program left that died while it had it shut is undone. Errors as of DatabaseLocation::resolved(),
    /// Io.
    static Result<DatabaseDoor> enter(const ServiceSettings &settings);
    /// The same for one who only looks: nothing is made, and where nobody has had the database open there is no door.
    static Result<DatabaseDoor> look(const ServiceSettings &settings);
    /// NotAllowed while a program has the database open or comes in, for one on a server, and for a file with several
    /// names.
    static Result<DatabaseDoor> shut(const ServiceSettings &settings);
    ~DatabaseDoor();
    DatabaseDoor(DatabaseDoor &&other) noexcept;
    DatabaseDoor &operator=(DatabaseDoor &&) = delete;

    /// Resolved, where there is a database.
    const DatabaseLocation &location() const { return m_location; }
    /// By who came in, and is known as an owner: removes what dead programs left, unless others come in just now.
    void tidyUpAndLetGo();

private:
    explicit DatabaseDoor(DatabaseLocation location);
    /// Of a place that is resolved. Nothing to hold where there is no folder of owners.
    static DatabaseDoor at(const DatabaseLocation &place);
    static Result<DatabaseDoor> makeDoor(const ServiceSettings &settings);
    static Result<DatabaseDoor> comeIn(Result<DatabaseDoor> door);

    DatabaseLocation m_location;
    int m_descriptor = -1; ///< of the folder; -1: there is no door, or nobody holds it
};

} // namespace flow
