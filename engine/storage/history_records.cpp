// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/history_records.h"

#include "storage/storage_error.h"
#include "storage/storage_statement.h"

#include <algorithm>
#include <limits>

namespace flow::history_records {

namespace {

const QString ended = QStringLiteral("('completed', 'failure', 'cancelled', 'interrupted')");
/// Deleting more lines than this at once would keep others waiting.
constexpr int logLinesAtOnce = 2000;
/// So many take about as long as an execution.
constexpr int logLinesPerExecution = 50;

qint64 orEndless(qint64 limit)
{
    return limit > 0 ? limit : std::numeric_limits<qint64>::max();
}

Timestamp endedBefore(const RetentionLimits &limits, Timestamp now)
{
    return limits.age.count() > 0 ? now - limits.age : Timestamp(Timestamp::duration(0));
}

Result<QList<Member>> members(StorageConnection &connection, const QString &condition, ExecutionId id, qsizetype atMost)
{
    Statement statement(connection, QStringLiteral("SELECT id, flow_id, status, pinned FROM flow_executions WHERE ") +
                                        condition + QStringLiteral(" LIMIT ?"));
    if (Result<void> done = statement.run(id, qint64(atMost)); !done)
        return done.error();
    QList<Member> members;
    for (Result<bool> more = statement.next();; more = statement.next()) {
        if (!more)
            return more.error();
        if (!*more)
            return members;
        const std::optional<ExecutionStatus> status = executionStatusFromString(statement.text(2));
        if (!status)
            return corruptError(connection.file(), QStringLiteral("status \"%1\"").arg(statement.text(2)));
        members.append({statement.integer(0), statement.text(1), *status, statement.boolean(3)});
    }
}

/// Appends an execution and those below it, each after all that it has started, until there are `atMost`. A family may
/// be large, and is never read as a whole.
Result<void> takeFromBelow(StorageConnection &connection, const Member &top, qsizetype atMost, QList<Member> &taken)
{
    const Result<QList<Member>> children =
        members(connection, QStringLiteral("parent_id = ?"), top.id, atMost - taken.size());
    if (!children)
        return children.error();
    for (const Member &child : *children) {
        if (Result<void> done = takeFromBelow(connection, child, atMost, taken); !done)
            return done;
        if (taken.size() >= atMost)
            return {};
    }
    taken.append(top);
    return {};
}

/// How many lines are gone; fewer than `logLinesAtOnce`: all that there were.
Result<int> thinLog(StorageConnection &connection, ExecutionId id)
{
    Statement statement(connection,
                        QStringLiteral("DELETE FROM execution_logs WHERE id IN (SELECT id FROM execution_logs"
                                       " WHERE flow_execution_id = ? ORDER BY id LIMIT ?)"));
    if (Result<void> done = statement.run(id, logLinesAtOnce); !done)
        return done.error();
    return statement.changedRows();
}

} // namespace

Result<QList<Size>> sizes(StorageConnection &connection, int atMost)
{
    // Characters of what is large, and about what a row costs besides.
    Statement statement(connection,
                        QStringLiteral("SELECT e.id, 300 + length(e.input_context)"
                                       " + (SELECT coalesce(sum(200 + coalesce(length(output_data), 0)"
                                       " + coalesce(length(error_message), 0)), 0) FROM task_executions t"
                                       " WHERE t.flow_execution_id = e.id)"
                                       " + (SELECT coalesce(sum(80 + length(message)), 0) FROM execution_logs l"
                                       " WHERE l.flow_execution_id = e.id)"
                                       " FROM flow_executions e WHERE e.stored_bytes IS NULL AND e.status IN %1"
                                       " ORDER BY e.id LIMIT ?")
                            .arg(ended));
    if (Result<void> done = statement.run(atMost); !done)
        return done.error();
    QList<Size> sizes;
    for (Result<bool> more = statement.next();; more = statement.next()) {
        if (!more)
            return more.error();
        if (!*more)
            return sizes;
        sizes.append({statement.integer(0), statement.integer(1)});
    }
}

Result<void> noteSizes(WriteTransaction &transaction, const QList<Size> &sizes)
{
    for (const Size &size : sizes) {
        Statement statement(transaction.connection,
                            QStringLiteral("UPDATE flow_executions SET stored_bytes = ? WHERE id = ?"));
        if (Result<void> done = statement.run(size.bytes, size.id); !done)
            return done;
    }
    return {};
}

Result<QList<ExecutionId>> surplus(StorageConnection &connection, const RetentionRules &rules, Timestamp now,
                                   int atMost)
{
    // Counted from the newest. Executions that others have started go with these, and count with their bytes where
    // these do: in the flow of whoever started them, because only there removing makes room.
    Statement statement(
        connection,
        QStringLiteral("WITH RECURSIVE above (bytes, ancestor) AS (SELECT coalesce(stored_bytes, 0), parent_id"
                       " FROM flow_executions WHERE parent_id IS NOT NULL AND status IN %1 AND NOT pinned"
                       " UNION ALL SELECT a.bytes, p.parent_id FROM above a JOIN flow_executions p ON p.id = a.ancestor"
                       " WHERE p.parent_id IS NOT NULL),"
                       " below (root, bytes) AS (SELECT ancestor, sum(bytes) FROM above GROUP BY ancestor)"
                       " SELECT id FROM (SELECT e.id, e.completed_at, count(*) OVER by_flow AS flow_count,"
                       " sum(coalesce(e.stored_bytes, 0) + coalesce(b.bytes, 0)) OVER by_flow AS flow_bytes,"
                       " count(*) OVER by_all AS all_count,"
                       " sum(coalesce(e.stored_bytes, 0) + coalesce(b.bytes, 0)) OVER by_all AS all_bytes"
                       " FROM flow_executions e LEFT JOIN below b ON b.root = e.id"
                       " WHERE e.parent_id IS NULL AND e.status IN %1 AND NOT e.pinned"
                       " WINDOW by_flow AS (PARTITION BY e.flow_id ORDER BY e.id DESC ROWS UNBOUNDED PRECEDING),"
                       " by_all AS (ORDER BY e.id DESC ROWS UNBOUNDED PRECEDING)) kept"
                       " WHERE completed_at < ? OR completed_at < ? OR flow_count > ? OR all_count > ?"
                       " OR flow_bytes > ? OR all_bytes > ? ORDER BY id LIMIT ?")
            .arg(ended));
    if (Result<void> done = statement.run(endedBefore(rules.perFlow, now), endedBefore(rules.all, now),
                                          orEndless(rules.perFlow.executions), orEndless(rules.all.executions),
                                          orEndless(rules.perFlow.bytes), orEndless(rules.all.bytes), atMost);
        !done)
        return done.error();
    return statement.integers();
}

bool isDispensable(const Member &member)
{
    return isFinished(member.status) && !member.pinned;
}

Result<bool> isDispensable(StorageConnection &connection, ExecutionId root)
{
    Statement statement(connection,
                        QStringLiteral("WITH RECURSIVE tree (id) AS (SELECT id FROM flow_executions WHERE id = ?"
                                       " UNION ALL SELECT c.id FROM flow_executions c JOIN tree t"
                                       " ON c.parent_id = t.id) SELECT 1 FROM tree t JOIN flow_executions e"
                                       " ON e.id = t.id WHERE e.pinned OR e.status NOT IN %1 LIMIT 1")
                            .arg(ended));
    if (Result<void> done = statement.run(root); !done)
        return done.error();
    const Result<bool> found = statement.next();
    return found ? Result<bool>(!*found) : found.error();
}

Result<Removed> removeTree(WriteTransaction &transaction, ExecutionId root, const MayGo &mayGo, int *budget)
{
    const Result<QList<Member>> top = members(transaction.connection, QStringLiteral("id = ?"), root, 1);
    if (!top || top->isEmpty())
        return top ? Result<Removed>(Removed{.isOver = true}) : top.error();
    QList<Member> next;
    if (Result<void> taken = takeFromBelow(transaction.connection, top->first(), std::max(*budget, 1), next); !taken)
        return taken.error();
    if (!std::all_of(next.begin(), next.end(), mayGo))
        return Removed{.isOver = true, .stays = true};
    Removed removed;
    for (const Member &member : next) {
        if (*budget <= 0)
            return removed;
        const Result<int> lines = thinLog(transaction.connection, member.id);
        if (!lines)
            return lines.error();
        *budget -= 1 + *lines / logLinesPerExecution;
        if (*lines == logLinesAtOnce)
            return removed; // more may be left
        if (Result<void> done =
                Statement(transaction.connection, QStringLiteral("DELETE FROM flow_executions WHERE id = ?"))
                    .run(member.id);
            !done)
            return done.error();
        transaction.counts.add(member.flowId, member.status, -1);
        ++removed.executions;
    }
    removed.isOver = next.constLast().id == root;
    return removed;
}

Result<QList<RevisionId>> unusedRevisions(StorageConnection &connection, Timestamp before, int atMost)
{
    Statement statement(connection,
                        QStringLiteral("SELECT id FROM flow_revisions r WHERE created_at < ?"
                                       " AND NOT EXISTS (SELECT 1 FROM flow_versions v WHERE v.flow_id = r.flow_id"
                                       " AND v.revision = r.id)"
                                       " AND id NOT IN (SELECT revision FROM flow_executions) ORDER BY id LIMIT ?"));
    if (Result<void> done = statement.run(before, atMost); !done)
        return done.error();
    QList<RevisionId> revisions;
    for (Result<bool> more = statement.next();; more = statement.next()) {
        if (!more)
            return more.error();
        if (!*more)
            return revisions;
        revisions.append(statement.text(0));
    }
}

Result<bool> removeRevision(WriteTransaction &transaction, const RevisionId &revision)
{
    Statement statement(transaction.connection,
                        QStringLiteral("DELETE FROM flow_revisions WHERE id = ? AND NOT EXISTS (SELECT 1 FROM"
                                       " flow_executions e WHERE e.flow_id = flow_revisions.flow_id"
                                       " AND e.revision = flow_revisions.id) AND NOT EXISTS (SELECT 1 FROM"
                                       " flow_versions v WHERE v.flow_id = flow_revisions.flow_id"
                                       " AND v.revision = flow_revisions.id)"));
    if (Result<void> done = statement.run(revision); !done)
        return done.error();
    return statement.changedRows() == 1;
}

} // namespace flow::history_records
