// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/owner_lock.h"

#include "service/logging.h"
#include "storage/database.h"
#include "storage/storage_statement.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <chrono>

namespace flow {

namespace {

constexpr std::chrono::milliseconds lookEvery{500};
constexpr std::chrono::milliseconds tryEvery{100};

/// False while a connection from before still has it.
Result<bool> tryToTake(StorageConnection &connection, qint64 key)
{
    Statement statement(connection, QStringLiteral("SELECT pg_try_advisory_lock(?)"));
    if (Result<void> done = statement.run(key); !done)
        return done.error();
    const Result<bool> row = statement.next();
    return row ? Result<bool>(statement.boolean(0)) : row.error();
}

bool takes(StorageConnection &connection, qint64 key)
{
    const Result<bool> taken = tryToTake(connection, key);
    return taken && *taken;
}

bool answers(StorageConnection &connection)
{
    return Statement(connection, QStringLiteral("SELECT 1")).run().ok();
}

} // namespace

qint64 OwnerLock::keyOf(const QString &owner)
{
    const QByteArray hash = QCryptographicHash::hash(owner.toUtf8(), QCryptographicHash::Sha256);
    return qFromBigEndian<qint64>(hash.constData());
}

Result<std::unique_ptr<OwnerLock>> OwnerLock::take(const DatabaseLocation &location, const QString &owner)
{
    std::unique_ptr<OwnerLock> lock(new OwnerLock);
    lock->m_thread = std::thread([self = lock.get(), location, key = keyOf(owner)] { self->keep(location, key); });
    std::unique_lock guard(lock->m_mutex);
    lock->m_changed.wait(guard, [&] { return lock->m_taken.has_value(); });
    const Result<void> taken = *lock->m_taken;
    guard.unlock();
    if (!taken)
        return taken.error();
    return lock;
}

OwnerLock::~OwnerLock()
{
    {
        const std::lock_guard guard(m_mutex);
        m_stop = true;
    }
    m_changed.notify_all();
    m_thread.join();
}

void OwnerLock::onReturn(const std::function<void()> &call)
{
    const std::lock_guard guard(m_callMutex);
    m_onReturn = call;
}

void OwnerLock::tellOfReturn()
{
    const std::lock_guard guard(m_callMutex);
    if (m_onReturn)
        m_onReturn();
}

void OwnerLock::keep(const DatabaseLocation &location, qint64 key)
{
    Result<std::unique_ptr<StorageConnection>> connection =
        StorageConnection::open(storageBackend(location), StorageConnection::Mode::ReadOnly);
    Result<bool> held = connection ? tryToTake(**connection, key) : Result<bool>(connection.error());
    std::unique_lock guard(m_mutex);
    m_taken = held ? Result<void>() : Result<void>(held.error());
    m_changed.notify_all();
    while (held && !m_stop) {
        m_changed.wait_for(guard, *held ? lookEvery : tryEvery, [this] { return m_stop; });
        if (m_stop)
            return;
        guard.unlock();
        if (*held && !answers(**connection)) {
            qCInfo(lcService, "The connection that tells other programs of this one was lost; connecting again");
            held = false;
        }
        if (!*held && (!(*connection)->isLost() || (*connection)->reopen())) {
            held = takes(**connection, key);
            if (*held)
                tellOfReturn();
        }
        guard.lock();
    }
}

} // namespace flow
