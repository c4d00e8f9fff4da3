// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/execution.h"

namespace flow {

class StorageConnection;

/// Whether an attempt that ended like this leaves an entry in the context.
bool entersContext(TaskStatus status);
/// `{status[, data][, error]}`: what the context holds under the task's name. Undefined data and a null error have no
/// key.
QJsonObject contextEntry(TaskStatus status, const QJsonValue &data, const QString &error);

/// The context after the last attempt: the input and the newest entry of each task.
Result<QJsonObject> lastContext(StorageConnection &connection, ExecutionId id, const QJsonObject &input);

} // namespace flow
