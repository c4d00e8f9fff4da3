// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QStringList>

namespace flow::cli {

/// All of a file, `-` being stdin.
Result<QByteArray> readInput(const QString &file);
/// `k=v` pairs over the object of a JSON file (null: none). A value that is JSON is taken as such, anything else as text.
Result<QJsonObject> inputContext(const QStringList &pairs, const QString &jsonFile);

} // namespace flow::cli
