// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QJsonValue>

/// JSON in a text column: written compactly and only when it can be read back. Any thread.
namespace flow::stored {

/// TooDeep or TooLarge when it could not be read again.
Result<QString> jsonText(const QJsonValue &value);
/// Corrupt (about `file`) when the text is not JSON.
Result<QJsonValue> jsonValue(const QString &text, const QString &file);
Result<QJsonObject> jsonObject(const QString &text, const QString &file);

} // namespace flow::stored
