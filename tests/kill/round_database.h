// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QStringList>

namespace flow::test {

/// All rows of a statement on a SQLite file, which is only read; columns joined by "|".
Result<QStringList> rowsOf(const QString &file, const QString &sql);

} // namespace flow::test
