// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QMap>
#include <QString>

namespace flow {

/// Names and values of a `.env` file.
using EnvFile = QMap<QString, QString>;

/// Reads lines of `NAME=value`. `export ` in front, comments, blank lines, and values in single quotes (taken as they
/// are) or double quotes (with \n, \t, \", \\) are understood; of a repeated name the last one counts. Any other line
/// is a Syntax error with file and line. Nothing is expanded.
Result<EnvFile> parseEnvFile(const QByteArray &text, const QString &fileName);

/// Reads the file; Io when it cannot be read, TooLarge above 1 MiB.
Result<EnvFile> loadEnvFile(const QString &path);

} // namespace flow
