// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QLoggingCategory>
#include <QSqlError>

namespace flow {

Q_DECLARE_LOGGING_CATEGORY(lcStorage)

/// The one place where the numbers of SQLite become Errors. Broken rules of the schema come out as UnknownReference
/// (foreign key), Conflict (unique) or OutOfRange (check, not null), so that callers can branch on the code.
Error storageError(const QSqlError &error, const QString &file);

/// Another program, or another connection of this one, holds the lock: worth trying again.
bool isBusy(const QSqlError &error);

/// The stored data of `file` cannot be read; `details` says what is damaged.
Error corruptError(const QString &file, const QString &details);

} // namespace flow
