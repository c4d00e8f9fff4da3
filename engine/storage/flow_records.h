// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/library_flows.h"
#include "model/stored_flow.h"

#include <optional>

namespace flow {

class StorageConnection;
struct EncodedFlow;
struct WriteTransaction;

/// Rows of the tables flows and flow_versions. Inside a transaction of the connection's thread.
namespace flow_records {

Error notFound(const FlowId &id);

/// NotFound: `Flow 'x' not found`.
Result<StoredFlow> read(StorageConnection &connection, const FlowId &id);
/// The same without the definition and the layout; nothing when there is no such flow.
Result<std::optional<StoredFlow>> readSummary(StorageConnection &connection, const FlowId &id);
Result<QList<StoredFlow>> readPage(StorageConnection &connection, const FlowQuery &query);
Result<qint64> count(StorageConnection &connection, bool activeOnly);
/// Of all flows.
Result<LibraryFlows> readNames(StorageConnection &connection);

/// Conflict: `Flow with id 'x' already exists`.
Result<void> insert(WriteTransaction &transaction, const StoredFlow &flow, const EncodedFlow &encoded);
Result<void> update(WriteTransaction &transaction, const StoredFlow &before, const StoredFlow &after,
                    const EncodedFlow &encoded);
/// With its versions, revisions and totals. Its executions are gone before; see flow_removal.
Result<void> remove(WriteTransaction &transaction, const FlowId &id);

/// The statement behind readPage(): active (if asked for), limit, offset.
QString pageSql(bool activeOnly);

} // namespace flow_records
} // namespace flow
