// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

/// Text as it stands on a terminal: columns instead of characters, and nothing that moves the cursor.
namespace flow::cli {

/// With every control character made visible, so that a name or a message out of a flow cannot steer the terminal.
/// Further lines begin with `indent` spaces.
QString visible(const QString &text, int indent = 0);
/// The same on one line.
QString visibleLine(const QString &text);
/// How many columns it takes: none for a combining mark, two for a wide character such as 日.
int columnsOf(const QString &text);
/// The beginning that fits, with an ellipsis where something is left out. `columns` is at least 1.
QString cutToColumns(const QString &text, int columns);

} // namespace flow::cli
