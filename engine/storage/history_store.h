// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/timestamp.h"
#include "model/execution.h"
#include "model/retention.h"

#include <atomic>

namespace flow {

class Database;

/// What one step of removing has done.
struct RemovalStep
{
    int roots = 0;           ///< of those asked for: gone
    int executions = 0;      ///< gone, with those that they had started
    QList<ExecutionId> left; ///< of those asked for: the next step goes on with them
};

/// Takes old executions out of the database, in steps so small that who executes flows does not notice. Each step is
/// one transaction that leaves everything consistent. Calls block; any thread.
class HistoryStore
{
public:
    explicit HistoryStore(Database &database);

    /// Notes the size of ended executions that are not measured yet, the oldest first; how many.
    Result<int> measure(int atMost);
    /// Executions that the rules do not keep, the oldest first. Sizes count as far as they are measured.
    Result<QList<ExecutionId>> surplus(const RetentionRules &rules, Timestamp now, int atMost) const;
    /// Removes some of what the list names, from its beginning. What is pinned, or has started something that is pinned
    /// or has not ended, is left out and stays.
    Result<RemovalStep> remove(const QList<ExecutionId> &executions);
    /// Revisions that neither a version of a flow nor an execution uses, and that were not asked for since `before`.
    Result<QList<RevisionId>> unusedRevisions(Timestamp before, int atMost) const;
    Result<int> removeRevisions(const QList<RevisionId> &revisions);
    /// Whether any is free that giveBack() would give back.
    Result<bool> hasFreeSpace() const;
    /// Gives some free space back to the file system; false when there is none, or when the database does that itself.
    Result<bool> giveBack();
    /// After the last step: shortens the log for writing.
    Result<void> tidyUp();

private:
    Database &m_database;
    std::atomic<ExecutionId> m_begun = 0; ///< of which the last step has removed a part; 0: none
};

} // namespace flow
