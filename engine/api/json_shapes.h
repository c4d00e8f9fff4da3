// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/task_type.h"
#include "service/flow_service.h"

#include <QJsonObject>

/// The JSON of the REST contract, made in one place; the command line prints the same. Pure; any thread.
namespace flow {

/// `definition` is what was saved, field by field.
QJsonObject flowJson(const StoredFlow &stored, bool withDefinition);
QJsonObject executionJson(const Execution &execution);
/// With `task_executions`.
QJsonObject executionJson(const ExecutionDetails &details);
QJsonObject taskExecutionJson(const TaskExecution &task);
QJsonObject taskTypeJson(const TaskType &type);
/// A line of an execution's log; empty for events that are none.
QJsonObject logJson(const ExecutionEvent &event);
/// `{page, per_page, total, pages}`.
QJsonObject paginationJson(int page, int perPage, qint64 total);

} // namespace flow
