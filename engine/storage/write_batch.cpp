// SPDX-License-Identifier: GPL-3.0-or-later
#include "storage/write_batch.h"

#include "storage/storage_error.h"

#include <QCoreApplication>
#include <QDeadlineTimer>
#include <QThread>
#include <QUuid>

#include <algorithm>

namespace flow {

namespace {

/// A connection that is lost so often in one transaction is not lost by chance.
constexpr int mostTries = 5;
constexpr std::chrono::milliseconds betweenTries{100};

Error unknownWhetherKept(const Error &why)
{
    return {.code = ErrorCode::Io,
            .reason = QCoreApplication::translate(
                          "StorageError", "Whether this was saved is not known: the connection to the database broke "
                                          "while it was being saved. Look whether it is there (%1)")
                          .arg(why.reason),
            .file = why.file};
}

} // namespace

WriteBatch::WriteBatch(StorageConnection &connection, std::chrono::milliseconds patience)
    : m_connection(connection)
    , m_patience(patience)
    , m_mark{QUuid::createUuid().toString(QUuid::WithoutBraces)}
{
}

void WriteBatch::run(std::vector<QueuedWrite> &writes)
{
    const bool durable =
        std::any_of(writes.begin(), writes.end(), [](const auto &write) { return write.options.durable; });
    for (const Sharing sharing : {Sharing::Trusting, Sharing::Careful}) {
        if (writes.size() < 2)
            break;
        const Result<void> done = runThroughLosses([&] {
            const Result<void> begun = begin(durable);
            return begun ? runTogether(writes, sharing) : begun;
        });
        if (done)
            return;
        if (m_gaveUp || !m_begun) { // each would only wait for the same
            for (QueuedWrite &write : writes)
                write.result = done;
            return;
        }
    }
    for (auto write = writes.begin(); write != writes.end(); ++write) {
        write->result = runThroughLosses([&] {
            const Result<void> begun = begin(durable);
            return begun ? runAlone(*write) : begun;
        });
        if (!write->result && !m_begun) { // the same
            std::for_each(write + 1, writes.end(), [&](QueuedWrite &later) { later.result = write->result; });
            return;
        }
    }
}

Result<void> WriteBatch::runThroughLosses(const std::function<Result<void>()> &transaction)
{
    m_gaveUp = true;
    for (int tries = 1;; ++tries) {
        if (Result<void> connected = connect(); !connected)
            return connected;
        m_commitSent = false;
        const Result<void> done = transaction();
        if (done || !m_connection.isLost()) {
            m_gaveUp = false;
            return done;
        }
        if (m_commitSent) {
            const Result<bool> kept = isKept();
            if (!kept)
                return unknownWhetherKept(kept.error());
            if (*kept) {
                m_gaveUp = false;
                return {};
            }
        }
        if (tries == mostTries)
            return done;
    }
}

/// The answer may only be believed inside a transaction that writes: before it begins, the one that was lost is over.
Result<bool> WriteBatch::isKept()
{
    for (int tries = 1;; ++tries) {
        if (Result<void> connected = connect(); !connected)
            return connected.error();
        const StorageBackend &backend = m_connection.backend();
        const Result<void> begun = backend.beginWriting(m_connection);
        const Result<bool> kept = begun ? backend.wasCommitted(m_connection, m_mark) : Result<bool>(begun.error());
        backend.rollback(m_connection);
        if (kept || tries == mostTries)
            return kept;
    }
}

Result<void> WriteBatch::connect()
{
    if (!m_connection.isLost())
        return {};
    if (!m_away)
        qCInfo(lcStorage, "The connection to the database was lost; connecting again");
    m_durable.reset();
    const QDeadlineTimer patience(m_away ? std::chrono::milliseconds(0) : m_patience);
    for (;;) {
        const Result<void> connected = m_connection.reopen();
        m_away = !connected && patience.hasExpired();
        if (connected || m_away)
            return connected;
        QThread::msleep(betweenTries.count());
    }
}

Result<void> WriteBatch::begin(bool durable)
{
    Result<void> done = setDurable(durable);
    if (done)
        done = m_connection.backend().beginWriting(m_connection);
    m_begun = done.ok();
    return done;
}

Result<void> WriteBatch::setDurable(bool durable)
{
    if (m_durable == durable)
        return {};
    Result<void> done = m_connection.backend().setDurable(m_connection, durable);
    m_durable = done ? std::optional(durable) : std::nullopt;
    return done;
}

/// An error when the transaction was lost and nothing of it was kept.
Result<void> WriteBatch::runTogether(std::vector<QueuedWrite> &writes, Sharing sharing)
{
    m_counts = {};
    bool lost = false;
    Result<void> done;
    for (QueuedWrite &write : writes) {
        if (sharing == Sharing::Careful) {
            write.result = runSaved(write, &lost);
        } else {
            write.result = runJob(write);
            lost = !write.result;
        }
        if (lost) {
            done = write.result;
            break;
        }
    }
    if (done)
        done = commit();
    if (!done)
        m_connection.backend().rollback(m_connection);
    return done;
}

Result<void> WriteBatch::runAlone(QueuedWrite &write)
{
    m_counts = {};
    Result<void> done = runJob(write);
    if (done)
        done = commit();
    if (!done)
        m_connection.backend().rollback(m_connection);
    return done;
}

Result<void> WriteBatch::runSaved(QueuedWrite &write, bool *lost)
{
    const StorageBackend &backend = m_connection.backend();
    if (Result<void> saved = backend.beginJob(m_connection); !saved) {
        *lost = true;
        return saved;
    }
    const ExecutionCounts before = m_counts;
    Result<void> done = runJob(write);
    if (!done) {
        m_counts = before;
        // Some errors (a full disk) have taken back the whole transaction already; then the savepoint is gone.
        if (!backend.undoJob(m_connection))
            *lost = true;
    }
    if (!*lost) {
        if (Result<void> ended = backend.endJob(m_connection); !ended) {
            *lost = true;
            return ended;
        }
    }
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
    ++m_mark.number;
    m_commitSent = true;
    return m_connection.backend().commit(m_connection, m_mark);
}

} // namespace flow
