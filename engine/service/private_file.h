// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QString>

/// Files and folders that only their owner may see. The part that differs between systems.
namespace flow {

/// Makes the folder (0700) and what is missing above it. One that exists is left as it is. Io when it cannot be made.
Result<void> makePrivateFolder(const QString &path);

/// Gives a file a second name, unless that name is taken; false when it is, or when the system refuses.
bool linkFile(const QString &from, const QString &to);

} // namespace flow
