// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "model/stored_flow.h"

namespace flow {

class StorageConnection;

/// Reads rows of flow_executions and task_executions. Inside a transaction of the connection's thread.
namespace execution_records {

Error notFound(ExecutionId id);

/// NotFound: `Execution 7 not found`. Output data put together.
Result<Execution> read(StorageConnection &connection, ExecutionId id);
/// The input context alone. NotFound as above.
Result<QJsonObject> readInput(StorageConnection &connection, ExecutionId id);
/// Newest first, output data put together.
Result<QList<Execution>> readPage(StorageConnection &connection, const ExecutionQuery &query);
/// From the kept totals.
Result<qint64> count(StorageConnection &connection, const ExecutionQuery &query);
/// In order of starting, input data put together from `input`. `contextAfter`, if given, is what a next one would see.
Result<QList<TaskExecution>> readAttempts(StorageConnection &connection, ExecutionId id, const QJsonObject &input,
                                          QJsonObject *contextAfter = nullptr);

/// Those that an attempt of the parent has started, by their index; output data put together.
Result<QList<Execution>> readChildren(StorageConnection &connection, ExecutionId parent, int sequenceNumber);

/// The statement behind readPage(): flow id and status (if asked for), id below, limit, offset.
QString pageSql(const ExecutionQuery &query);
QString childCountSql(const ExecutionQuery &query);

} // namespace execution_records
} // namespace flow
