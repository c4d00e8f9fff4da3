// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/execution_event.h"
#include "model/execution_journal.h"
#include "model/stored_flow.h"

namespace flow {

class Database;

/// Executions, their attempts and their log. Calls block until read or committed; never call them on the GUI thread.
class ExecutionStore final : public ExecutionJournal
{
public:
    explicit ExecutionStore(Database &database);

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

    /// At start: every execution that is still pending or running belongs to a program that died. Marks it and its running
    /// attempt interrupted, with a message; returns how many.
    Result<int> markInterrupted();

private:
    Database &m_database;
};

} // namespace flow
