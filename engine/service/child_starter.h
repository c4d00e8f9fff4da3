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
    /// What the attempt has started before.
    struct Before
    {
        QMap<int, Execution> current; ///< the last one for each index
        QList<Execution> replaced;    ///< those before it, which somebody had no use for any more
    };
    Result<Before> before();
    /// Whether one of these is what the plan says now: a person may have changed what the plan is made of.
    Result<bool> isStillWanted(const ChildFlow &child, const Execution &execution);
    /// What the attempt that this one takes up again had come to in an execution that is being resumed: its children,
    /// by index. Empty when it takes up none.
    Result<QMap<int, Execution>> earlier() const;
    /// Whether the earlier execution did the same work: the same flow with the same input.
    Result<bool> isSame(const ChildFlow &child, const Execution &earlier);
    /// A new child: its record is committed. Conflict: the execution is not ours any more, or does not run. With
    /// `earlier` it takes over what that one has done. Where the attempt has one of that index before, this one
    /// replaces it.
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
    Result<bool> isSameFlow(const ChildFlow &child, const Execution &execution);
    Result<bool> isEdited() const;
    Result<QJsonObject> inputFor(const RevisionId &revision, const QJsonObject &input);

    Stores m_stores;
    const TaskRun &m_run;
    Execution m_parent;
    Flow m_flow;             ///< of the parent
    bool m_isEdited = false; ///< since the attempt has begun
    QHash<QString, Target> m_targets;
    QHash<RevisionId, Flow> m_flows; ///< of children
    QHash<int, int> m_lastNumbers;   ///< of the records, by index
};

} // namespace flow
