// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "model/execution_event.h"
#include "model/execution_journal.h"
#include "model/stored_flow.h"
#include "storage/execution_creation.h"
#include "storage/execution_positions.h"
#include "storage/interruption.h"
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
    /// The same with all that an execution may begin with; `execution.id` is given by the store. It is committed with
    /// its first rows when this returns, and on the disk unless another execution has started it.
    Result<Execution> create(Execution execution, const ExecutionBeginning &beginning);

    // ExecutionJournal. NotFound when the execution is gone (its flow was deleted), Conflict when it has ended already.
    // Start and end of an attempt that touches the world are on the disk when the call returns.
    Result<void> executionStarted(ExecutionId id, Timestamp at) override;
    Result<void> attemptStarted(const AttemptStart &start) override;
    Result<void> attemptEnded(const AttemptEnd &end, const std::optional<AttemptStart> &next) override;
    Result<void> executionHeld(const std::optional<AttemptEnd> &last, const ExecutionHold &hold) override;
    Result<void> executionEnded(const std::optional<AttemptEnd> &last, const ExecutionEnd &end) override;

    /// What is needed to go on with an execution. NotFound as below.
    Result<StandingExecution> standing(ExecutionId id) const;
    /// Input and results, as the next task of it would see them.
    Result<QJsonObject> context(ExecutionId id) const;
    /// Conflict when it is not paused.
    Result<void> editContext(ExecutionId id, const ContextEdit &edit);
    /// Conflict when it has ended.
    Result<void> setBreakpoints(ExecutionId id, const QList<Breakpoint> &breakpoints);
    /// A person has cancelled it: whoever goes on with it when its program dies ends it. On the disk when this returns;
    /// one that has ended, or is gone, stays as it is.
    Result<void> noteCancel(ExecutionId id);
    Result<void> setPinned(ExecutionId id, bool pinned);
    /// What it gives to whoever has started it: see readResult().
    Result<QJsonValue> result(ExecutionId id) const;
    /// Those that an attempt has started, by their index; without outputData.
    Result<QList<Execution>> children(ExecutionId parent, int sequenceNumber) const;

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
    /// How far an attempt has come, in the same way: gathered, and no error when it is gone.
    void noteProgress(ExecutionId id, int sequenceNumber, double fraction, const QString &text);
    /// Everything appended before, in order. NotFound as above.
    Result<QList<ExecutionEvent>> log(ExecutionId id) const;

    /// Executions of the flow, and those that they have started, that are pending, running or paused, whoever runs
    /// them.
    Result<QList<ExecutionId>> unfinished(const FlowId &flowId) const;

    /// The program that runs or ran the execution (column `owner` of flow_executions); NotFound as above.
    Result<QString> owner(ExecutionId id) const;

    /// What programs that died have left behind is released or interrupted; see releaseExecutionsOf(). Without
    /// `isAlive` no owner lives.
    Result<LeftBehind> releaseLeftBehind(const std::function<QStringList(const QStringList &owners)> &whoIsDead = {});
    /// Makes a pending execution running if fewer than `limit` of its flow are (those that others have started do not
    /// count); false when there is no room. Decided in one transaction, so that several programs keep to it together.
    Result<bool> admit(ExecutionId id, int limit);
    /// Those of the flow that run, as admit() counts; the oldest first.
    Result<QList<ExecutionId>> runningOf(const FlowId &flowId) const;
    /// Takes released executions, oldest first.
    Result<QList<ExecutionId>> claimReleased(int atMost);
    /// Takes one that is paused or released (pending without an owner); false when somebody else was faster.
    Result<bool> claim(ExecutionId id, ExecutionStatus from);
    /// Gives one back that was claimed and has not begun: to be `paused` again, or `pending` and released.
    Result<void> giveBack(ExecutionId id, ExecutionStatus to);

private:
    Database &m_database;
    QString m_owner;
    WorldTouches m_touches;
};

} // namespace flow
