// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/flow_file.h"
#include "model/library_flows.h"
#include "model/stored_flow.h"

#include <QSet>

#include <functional>
#include <mutex>
#include <optional>

namespace flow {

class Database;
namespace flow_removal {
struct Whatever;
}

/// Flows and every revision of them. Reading and writing calls block; never call them on the GUI thread. Any thread.
class FlowStore
{
public:
    explicit FlowStore(Database &database);

    /// Newest first by creation; without definitions.
    Result<Page<StoredFlow>> list(const FlowQuery &query) const;
    /// NotFound: `Flow 'x' not found`.
    Result<StoredFlow> get(const FlowId &id) const;
    /// The same without the definition and the layout, which are not even read.
    Result<StoredFlow> summary(const FlowId &id) const;
    /// Ids and names of all flows.
    Result<LibraryFlows> names() const;
    /// Any state that was ever saved or run.
    Result<FlowFile> revision(const RevisionId &revision) const;
    /// Version 1. Conflict: `Flow with id 'x' already exists`.
    Result<StoredFlow> create(const FlowFile &file);
    /// Creates it, or stores it as the next version and leaves the rest (active or not) as it is. `basedOn` is the
    /// version that the caller has seen: 0 means that the flow must be new, nothing that any will do. Conflict when
    /// another one is stored; decided on the writer's thread, so that of several who are based on the same version one
    /// wins.
    Result<StoredFlow> save(const FlowFile &file, std::optional<int> basedOn = {});
    /// Version + 1, also when two callers change it at once: `change` is called on the caller's thread with the state
    /// as it is, and may refuse. When somebody saves the flow meanwhile it is called again with that state. Conflict
    /// after very many times.
    Result<StoredFlow> update(const FlowId &id, const std::function<Result<void>(StoredFlow &current)> &change);
    /// Keeps an unsaved state that is about to run; does nothing when it is known.
    Result<RevisionId> keepRevision(const FlowFile &file);
    /// With its executions and all that these have started, whatever they do. NotFound as above.
    Result<void> remove(const FlowId &id);
    /// Conflict when an execution of another flow would go with it that is pinned.
    Result<void> mayBeRemoved(const FlowId &id) const;
    /// One small step of removing a flow with its executions and all that these have started; true when that was the
    /// last one, in which the flow itself went. Conflict, and what is left stays, when one of these executions has not
    /// ended, or one that this step would remove is pinned as of mayBeRemoved(), which is to be asked first; nobody can
    /// start one in between, whatever program he uses. `over` are those that are known to have ended although their
    /// records do not say so yet. NotFound as above.
    Result<bool> removeStep(const FlowId &id, const QSet<ExecutionId> &over = {});
    /// How many executions would go with the flow, those of other flows included that they have started.
    /// Visits its whole history: for a question to a person.
    Result<qint64> executionCount(const FlowId &id) const;

private:
    Result<bool> removeStep(const FlowId &id, const flow_removal::Whatever &whatever);

    Database &m_database;
    std::recursive_mutex
        m_turn; ///< of those whose update came too late; recursive because `change` may update another flow
};

} // namespace flow
