// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/library_flows.h"

#include <optional>

namespace flow {

struct DatabaseLocation;

/// The flows of a database that nobody opens for that: it is neither made nor brought up to date, and the program does
/// not become one of those that share it. Nothing where there is no database, or no tables in it. Blocks; any thread.
/// While nobody puts a backup in its place. Errors: Io, Corrupt, NewerSchema, NotAllowed (a file with several names,
/// which may be without its log).
Result<std::optional<LibraryFlows>> lookAtLibrary(const DatabaseLocation &location);

} // namespace flow
