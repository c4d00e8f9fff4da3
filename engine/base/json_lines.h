// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/field_path.h"

#include <QByteArray>
#include <QList>

namespace flow::json {

/// For each path the line (from 1) on which its value starts or, where there is no such value, the line of the
/// innermost value around it that exists. One pass over the text for all paths; 0 when the text holds nothing. Any
/// thread.
QList<int> linesAround(const QByteArray &text, const QList<FieldPath> &paths);

/// The line of a byte offset.
int lineAt(QByteArrayView text, qsizetype offset);

} // namespace flow::json
