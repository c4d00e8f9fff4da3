// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QSqlError>

namespace flow {

/// The one place where the codes of PostgreSQL (SQLSTATE) become Errors, with the meanings of storageError().
/// `database` is what the error calls it.
Error postgresError(const QSqlError &error, const QString &database);

} // namespace flow
