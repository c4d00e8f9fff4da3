// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/timestamp.h"
#include "model/flow_file.h"

namespace flow {

class StorageConnection;

/// A flow in the form in which it is stored. Equal flows give equal revisions; the layout is not part of it.
struct EncodedFlow
{
    RevisionId revision;
    QString definition; ///< canonical JSON
    QString layout;     ///< JSON; null when there is nothing to say

    /// InvalidFlow when it could not be read back exactly as it is.
    static Result<EncodedFlow> of(const FlowFile &file);
};

Result<Flow> decodeFlow(const QString &definition, const QString &databaseFile);
Result<Layout> decodeLayout(const QString &layout, const QString &databaseFile);

enum class KnownRevision { KeepLayout, TakeLayout };

/// Stores the revision where it is new, and notes that it was asked for now: see HistoryStore::unusedRevisions().
/// TakeLayout: a known one gets the layout, so that an execution is shown the way the flow is drawn now.
Result<void> storeRevision(StorageConnection &connection, const FlowId &flowId, const EncodedFlow &flow,
                           KnownRevision known, Timestamp at);
/// NotFound when there is no such revision.
Result<FlowFile> readRevision(StorageConnection &connection, const RevisionId &revision);

} // namespace flow
