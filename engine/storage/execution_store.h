// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/execution_event.h"
#include "model/execution_journal.h"
#include "model/stored_flow.h"
#include "storage/world_touches.h"

#include <functional>

namespace flow {

class Database;

/// Executions, their attempts and their log. Calls block until read or committed; never call them on the GUI thread.
/// Any thread.
class ExecutionStore final : public ExecutionJournal
{
public:
    /// Executions made through this store carry `owner`, the id of the program that runs them (may be empty). Journal
    /// calls for an execution of another owner are refused with Conflict.
    explicit ExecutionStore(Database &database, const QString &owner = {});

    /// A new pending execution. NotFound when the flow or the revision (of this flow) is unknown.
    Result<Execution> create(const FlowId &flowId, const RevisionId &revision, const QJsonObject &input);

    // ExecutionJournal. NotFound when the execution is gone (its flow was deleted), Conflict when it has ended already.
    // Start and end of an attempt that touches the world are on the disk when the call returns.
    Result<void> executionStarted(ExecutionId id, Timestamp at) override;
    Result<void> attemptStarted(const AttemptStart &start) override;
    Result<void> attemptEnded(const AttemptEnd &end, const std::optional<AttemptStart> &next) override;
    Result<void> executionEnded(const std::optional<AttemptEnd> &last, const ExecutionEnd &end) override;

    /// Newest first. The total comes from kept counts; a page costs the same whatever the history's length (a page far
    /// back costs a step along the index for each execution that it skips; olderThan does not).
    Result<Page<Execution>> list(const ExecutionQuery &query) const;
    /// NotFound: `Execution 7 not found`. outputData is put together from the attempts' outputs.
    Result<Execution> get(ExecutionId id) const;
    /// In order of starting, inputData put together. NotFound as above.
    Result<QList<TaskExecution>> taskExecutions(ExecutionId id) const;

    /// Log lines (TaskLogged; other events are passed over), appended in order; gathered, so a line may be lost in a
    /// crash. Lines of an execution that is gone are dropped.
    void appendLog(const QList<ExecutionEvent> &lines);
    /// Everything appended before, in order. NotFound as above.
    Result<QList<ExecutionEvent>> log(ExecutionId id) const;

    /// Executions of the flow that are pending or running, whoever runs them.
    Result<QList<ExecutionId>> unfinished(const FlowId &flowId) const;

    /// The program that runs or ran the execution (column `owner` of flow_executions); NotFound as above.
    Result<QString> owner(ExecutionId id) const;

    /// At start: an execution that is still pending or running and whose owner does not live belongs to a program that
    /// died. Marks it and its running attempt interrupted, with a message; returns how many. Without `isAlive` no owner
    /// lives.
    Result<int> markInterrupted(const std::function<bool(const QString &owner)> &isAlive = {});

private:
    Database &m_database;
    QString m_owner;
    WorldTouches m_touches;
};

} // namespace flow
