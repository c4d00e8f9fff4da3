// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/execution_event.h"
#include "model/execution_journal.h"
#include "model/stored_flow.h"

#include <functional>

namespace flow {

class Database;

/// Executions, their attempts and their log. Calls block until read or committed; never call them on the GUI thread.
class ExecutionStore final : public ExecutionJournal
{
public:
    /// Executions made through this store carry `owner`, the id of the program that runs them (may be empty).
    explicit ExecutionStore(Database &database, const QString &owner = {});

    /// A new pending execution. NotFound when the revision is unknown.
    Result<Execution> create(const FlowId &flowId, const RevisionId &revision, const QJsonObject &input);

    // ExecutionJournal
    Result<void> executionStarted(ExecutionId id, Timestamp at) override;
    Result<void> attemptStarted(const AttemptStart &start) override;
    Result<void> attemptEnded(const AttemptEnd &end, const std::optional<AttemptStart> &next) override;
    Result<void> executionEnded(const std::optional<AttemptEnd> &last, const ExecutionEnd &end) override;

    /// Newest first. The total comes from kept counts; a page costs the same whatever the history's length.
    Result<Page<Execution>> list(const ExecutionQuery &query) const;
    /// NotFound: `Execution 7 not found`. outputData is put together from the attempts' outputs.
    Result<Execution> get(ExecutionId id) const;
    /// In order of starting, inputData put together.
    Result<QList<TaskExecution>> taskExecutions(ExecutionId id) const;

    /// Log lines, appended in order; gathered, so a line may be lost in a crash.
    void appendLog(const QList<ExecutionEvent> &lines);
    Result<QList<ExecutionEvent>> log(ExecutionId id) const;

    /// The program that runs or ran the execution (column `owner` of flow_executions); NotFound as above.
    Result<QString> owner(ExecutionId id) const;

    /// At start: an execution that is still pending or running and whose owner does not live belongs to a program that died.
    /// Marks it and its running attempt interrupted, with a message; returns how many. Without `isAlive` no owner lives.
    Result<int> markInterrupted(const std::function<bool(const QString &owner)> &isAlive = {});

private:
    Database &m_database;
    QString m_owner;
};

} // namespace flow
