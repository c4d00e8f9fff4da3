// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

/// Errors that several parts of the service meet.
namespace flow {

/// Refuses what would begin while the program ends.
Error shuttingDown();

/// The database does not answer at this moment, or cannot save: what was asked of it is known later.
bool isAway(const Error &error);

} // namespace flow
