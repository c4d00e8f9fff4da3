// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QString>

namespace flow::cli {

/// What must not show on a terminal, nor in its history or in the list of processes. On a terminal `question` is asked
/// and a line is read without showing it; otherwise all of stdin is read, and where that is one line its line end is
/// left away. Io when it cannot be read; Cancelled when there is no answer.
Result<QByteArray> readHidden(const QString &question);

} // namespace flow::cli
