// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/history_store.h"

#include "storage/database.h"
#include "storage/history_records.h"
#include "storage/storage_reader.h"
#include "storage/storage_writer.h"

namespace flow {

namespace {

constexpr int pagesAtOnce = 256;

} // namespace

HistoryStore::HistoryStore(Database &database)
    : m_database(database)
{
}

/// Reads apart from writing, so that nobody has to wait for it: what has ended does not change any more.
Result<int> HistoryStore::measure(int atMost)
{
    const auto sizes = m_database.reader().read(
        [&](StorageConnection &connection) { return history_records::sizes(connection, atMost); });
    if (!sizes)
        return sizes.error();
    if (sizes->isEmpty())
        return 0;
    const Result<void> noted = m_database.writer().run(
        [&](WriteTransaction &transaction) { return history_records::noteSizes(transaction, *sizes); });
    if (!noted)
        return noted.error();
    return int(sizes->size());
}

Result<QList<ExecutionId>> HistoryStore::surplus(const RetentionRules &rules, Timestamp now, int atMost) const
{
    return m_database.reader().read(
        [&](StorageConnection &connection) { return history_records::surplus(connection, rules, now, atMost); });
}

Result<RemovalStep> HistoryStore::remove(const QList<ExecutionId> &executions)
{
    const ExecutionId begun = m_begun;
    const auto removeOf = [begun](WriteTransaction &transaction, ExecutionId root,
                                  int *budget) -> Result<history_records::Removed> {
        const Result<bool> may =
            root == begun ? Result<bool>(true) : history_records::isDispensable(transaction.connection, root);
        if (!may || !*may)
            return may ? Result<history_records::Removed>({.isOver = true, .stays = true}) : may.error();
        return history_records::removeTree(
            transaction, root,
            [](const history_records::Member &member) { return history_records::isDispensable(member); }, budget);
    };
    ExecutionId unfinished = 0;
    const auto done =
        m_database.writer().runFor<RemovalStep>([&](WriteTransaction &transaction) -> Result<RemovalStep> {
            RemovalStep step{0, 0, executions};
            unfinished = 0; // this may run more than once
            int budget = history_records::executionsAtOnce;
            while (!step.left.isEmpty() && budget > 0) {
                const Result<history_records::Removed> removed = removeOf(transaction, step.left.first(), &budget);
                if (!removed)
                    return removed.error();
                step.executions += removed->executions;
                unfinished = removed->isOver ? 0 : step.left.first();
                step.roots += removed->isOver && !removed->stays ? 1 : 0;
                if (removed->isOver)
                    step.left.removeFirst();
            }
            return step;
        });
    // A family that was begun was looked at as a whole: each step would, and a large one takes thousands.
    m_begun = done ? unfinished : 0;
    return done;
}

Result<QList<RevisionId>> HistoryStore::unusedRevisions(Timestamp before, int atMost) const
{
    return m_database.reader().read(
        [&](StorageConnection &connection) { return history_records::unusedRevisions(connection, before, atMost); });
}

Result<int> HistoryStore::removeRevisions(const QList<RevisionId> &revisions)
{
    return m_database.writer().runFor<int>([&](WriteTransaction &transaction) -> Result<int> {
        int removed = 0;
        for (const RevisionId &revision : revisions) {
            const Result<bool> gone = history_records::removeRevision(transaction, revision);
            if (!gone)
                return gone.error();
            removed += *gone ? 1 : 0;
        }
        return removed;
    });
}

Result<bool> HistoryStore::hasFreeSpace() const
{
    return m_database.reader().read([](StorageConnection &connection) -> Result<bool> {
        const Result<qint64> bytes = connection.backend().freeBytes(connection);
        return bytes ? Result<bool>(*bytes > 0) : bytes.error();
    });
}

Result<bool> HistoryStore::giveBack()
{
    return m_database.writer().runFor<bool>([](WriteTransaction &transaction) {
        return transaction.connection.backend().giveBack(transaction.connection, pagesAtOnce);
    });
}

Result<void> HistoryStore::tidyUp()
{
    m_database.writer().settle();
    const Result<std::unique_ptr<StorageConnection>> connection =
        StorageConnection::open(storageBackend(m_database.location()), StorageConnection::Mode::ReadWrite);
    if (!connection)
        return connection.error();
    return (*connection)->backend().tidyUp(**connection);
}

} // namespace flow
