// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QStringList>

namespace flow {

class StorageConnection;

/// One step of the schema: brings the database from version - 1 to version. Never changed once it was released.
struct Migration
{
    int version = 0;
    QStringList statements;
};

/// All steps, in order from version 1.
QList<Migration> migrations();

/// The version of the file, 0 for an empty one; NewerSchema when it is ahead of the steps. Changes nothing.
Result<int> checkVersion(StorageConnection &connection, const QList<Migration> &steps);

/// Brings the database up to the last step: a backup of a file that has data, then the step and its number in one
/// transaction, for each step. Errors as checkVersion(). Two programs may do this at once.
Result<void> migrate(StorageConnection &connection, const QList<Migration> &steps);

} // namespace flow
