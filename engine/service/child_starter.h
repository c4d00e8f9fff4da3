// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "execution/flow_engine.h"
#include "storage/execution_store.h"
#include "storage/flow_store.h"

#include <QHash>
#include <QMap>

namespace flow {

/// Finds the flows that an attempt wants to run, and makes executions of them. Lives on the execution's thread as long
/// as the attempt runs.
class ChildStarter
{
public:
    struct Stores
    {
        ExecutionStore &executions;
        FlowStore &flows;
        const TaskTypes &types;
        bool recoverable = false; ///< see ExecutionBeginning
    };

    ChildStarter(const Stores &stores, const TaskRun &run);

    /// Reads what is to be known of the execution whose attempt this is. Error: flows are nested too deeply, or what
    /// the store says.
    Result<void> prepare();
    /// What the attempt has started before, by index.
    Result<QMap<int, Execution>> children() const;
    /// What the attempt that this one takes up again had come to in an execution that is being resumed: its children,
    /// by index. Empty when it takes up none.
    Result<QMap<int, Execution>> earlier() const;
    /// Whether the earlier execution did the same work: the same flow with the same input.
    Result<bool> isSame(const ChildFlow &child, const Execution &earlier);
    /// A new child: its record is committed. With `earlier` it takes over what that one has done.
    Result<ExecutionOrder> start(const ChildFlow &child, int index, const std::optional<Execution> &earlier);

private:
    /// What a name means here.
    struct Target
    {
        Flow flow;
        RevisionId revision;
    };

    Result<Target> find(const QString &name);
    Result<Target> resolve(const QString &name) const;
    Result<Target> subFlow(const QString &name) const;
    Result<Target> libraryFlow(const FlowId &id) const;

    Stores m_stores;
    const TaskRun &m_run;
    Execution m_parent;
    Flow m_flow; ///< of the parent
    QHash<QString, Target> m_targets;
};

} // namespace flow
