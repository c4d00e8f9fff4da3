// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "storage/write_batch.h"

#include <QStringList>

namespace flow {

/// Who owns executions that are pending or running.
Result<QStringList> ownersOfUnfinished(StorageConnection &connection);

/// Marks the unfinished executions of these owners interrupted, with their running attempts; returns how many.
Result<int> interruptExecutionsOf(WriteTransaction &transaction, const QStringList &owners);

} // namespace flow
