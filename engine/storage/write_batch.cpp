// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/write_batch.h"

#include "storage/sqlite_file.h"
#include "storage/storage_statement.h"

#include <algorithm>

namespace flow {

WriteBatch::WriteBatch(StorageConnection &connection)
    : m_connection(connection)
{
}

void WriteBatch::run(std::vector<QueuedWrite> &writes)
{
    const bool durable =
        std::any_of(writes.begin(), writes.end(), [](const auto &write) { return write.options.durable; });
    Result<void> ready = setDurable(durable);
    if (ready && writes.size() > 1) {
        ready = sqlite::beginWriting(m_connection);
        if (ready && runTogether(writes))
            return;
    }
    for (QueuedWrite &write : writes)
        write.result = ready ? runAlone(write) : ready;
}

Result<void> WriteBatch::setDurable(bool durable)
{
    if (m_durable == durable)
        return {};
    Result<void> done = sqlite::setDurable(m_connection, durable);
    m_durable = done ? std::optional(durable) : std::nullopt;
    return done;
}

/// False when the transaction was lost and nothing of it was kept.
bool WriteBatch::runTogether(std::vector<QueuedWrite> &writes)
{
    m_counts = {};
    bool lost = false;
    for (QueuedWrite &write : writes) {
        write.result = runSaved(write, &lost);
        if (lost)
            break;
    }
    if (!lost && commit())
        return true;
    sqlite::rollback(m_connection);
    return false;
}

Result<void> WriteBatch::runAlone(QueuedWrite &write)
{
    m_counts = {};
    if (Result<void> begun = sqlite::beginWriting(m_connection); !begun)
        return begun;
    Result<void> done = runJob(write);
    if (done)
        done = commit();
    if (!done)
        sqlite::rollback(m_connection);
    return done;
}

Result<void> WriteBatch::runSaved(QueuedWrite &write, bool *lost)
{
    if (Result<void> saved = Statement(m_connection, QStringLiteral("SAVEPOINT job")).run(); !saved) {
        *lost = true;
        return saved;
    }
    const ExecutionCounts before = m_counts;
    Result<void> done = runJob(write);
    if (!done) {
        m_counts = before;
        // Some errors (a full disk) have taken back the whole transaction already; then the savepoint is gone.
        if (!Statement(m_connection, QStringLiteral("ROLLBACK TO job")).run())
            *lost = true;
    }
    if (!*lost && !Statement(m_connection, QStringLiteral("RELEASE job")).run())
        *lost = true;
    return done;
}

Result<void> WriteBatch::runJob(QueuedWrite &write)
{
    if (write.options.readsCounts) {
        if (Result<void> written = m_counts.write(m_connection); !written)
            return written;
    }
    WriteTransaction transaction{m_connection};
    Result<void> done = write.job(transaction);
    if (done)
        m_counts.merge(transaction.counts);
    return done;
}

Result<void> WriteBatch::commit()
{
    if (Result<void> written = m_counts.write(m_connection); !written)
        return written;
    return sqlite::commit(m_connection);
}

} // namespace flow
