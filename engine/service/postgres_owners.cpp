// SPDX-License-Identifier: GPL-3.0-or-later
#include "service/postgres_owners.h"

#include "storage/database.h"
#include "storage/storage_reader.h"
#include "storage/storage_statement.h"
#include "storage/storage_writer.h"

#include <QUuid>

namespace flow {

namespace {

/// Programs look after their lock twice a second; see OwnerLock.
constexpr std::chrono::milliseconds timeToComeBack{1500};
/// The same after a start of the server, when all come at once.
constexpr std::chrono::seconds afterStart{4};
constexpr double secondsAfterStart = afterStart.count();
constexpr std::chrono::milliseconds lookEvery{100};
/// Who is asked for less often may have been back in between. Programs look once a second, or somewhat later.
constexpr std::chrono::seconds askedAgainWithin{3};

struct Liveness
{
    bool locked = false;
    double serverSeconds = 0; ///< since the server started
};

Result<Liveness> readLiveness(StorageConnection &connection, qint64 key)
{
    Statement statement(
        connection, QStringLiteral("SELECT EXISTS (SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND granted"
                                   " AND database = (SELECT oid FROM pg_database WHERE datname = current_database())"
                                   " AND classid::bigint = ? AND objid::bigint = ? AND objsubid = 1),"
                                   " extract(epoch FROM clock_timestamp() - pg_postmaster_start_time())"));
    const qint64 high = qint64(quint64(key) >> 32);
    const qint64 low = qint64(quint64(key) & 0xffffffff);
    if (Result<void> done = statement.run(high, low); !done)
        return done.error();
    if (const Result<bool> row = statement.next(); !row)
        return row.error();
    return Liveness{statement.boolean(0), statement.optionalNumber(1).value_or(0)};
}

/// Runs one statement; whether it changed a row.
template <typename... Values>
Result<bool> change(Database &database, const QString &sql, const Values &...values)
{
    return database.writer().runFor<bool>([&](WriteTransaction &transaction) -> Result<bool> {
        Statement statement(transaction.connection, sql);
        if (Result<void> done = statement.run(values...); !done)
            return done.error();
        return statement.changedRows() > 0;
    });
}

} // namespace

Result<std::unique_ptr<PostgresOwners>> PostgresOwners::join(Database &database)
{
    const QString self = QUuid::createUuid().toString(QUuid::WithoutBraces);
    Result<std::unique_ptr<OwnerLock>> lock = OwnerLock::take(database.location(), self);
    if (!lock)
        return lock.error();
    return std::unique_ptr<PostgresOwners>(new PostgresOwners(database, self, *std::move(lock)));
}

PostgresOwners::PostgresOwners(Database &database, QString self, std::unique_ptr<OwnerLock> lock)
    : m_database(database)
    , m_self(std::move(self))
    , m_lock(std::move(lock))
{
}

QStringList PostgresOwners::deadOf(const QStringList &owners) const
{
    return deadOf(owners, mayWait() ? Unknown::Wait : Unknown::Lives);
}

QStringList PostgresOwners::deadOf(const QStringList &owners, Unknown unknown) const
{
    QStringList dead;
    for (QStringList open = owners;; std::this_thread::sleep_for(lookEvery)) {
        open.removeIf([&](const QString &owner) {
            const std::optional<bool> known = isDead(owner);
            if (known.value_or(false))
                dead.append(owner);
            return known.has_value();
        });
        if (open.isEmpty() || unknown == Unknown::Lives)
            return dead;
    }
}

/// Nothing while that is not known.
std::optional<bool> PostgresOwners::isDead(const QString &owner) const
{
    if (owner == m_self)
        return false;
    if (owner.isEmpty())
        return true;
    const qint64 key = OwnerLock::keyOf(owner);
    const Result<Liveness> found =
        m_database.reader().read([&](StorageConnection &connection) { return readLiveness(connection, key); });
    if (!found)
        return false;
    const std::chrono::nanoseconds missing = missingFor(owner, found->locked);
    if (found->locked)
        return false;
    // By the server's clock, which somebody may have set: then so long by ours.
    const bool isSettled = found->serverSeconds > secondsAfterStart || missing > afterStart + timeToComeBack;
    return missing >= timeToComeBack && isSettled ? std::optional(true) : std::nullopt;
}

std::chrono::nanoseconds PostgresOwners::missingFor(const QString &owner, bool locked) const
{
    const auto now = std::chrono::steady_clock::now();
    const std::lock_guard lock(m_mutex);
    if (locked) {
        m_missing.remove(owner);
        return {};
    }
    Missing &missing = m_missing[owner];
    if (now - missing.asked >= askedAgainWithin) // also the first time; it may have been back in between
        missing.since = now;
    missing.asked = now;
    return now - missing.since;
}

Result<void> PostgresOwners::request(const OwnerRequest &request) const
{
    const Result<void> done = m_database.writer().run([request](WriteTransaction &transaction) {
        // Requests whose executions have ended meanwhile go at this opportunity.
        const Result<void> tidied =
            Statement(transaction.connection,
                      QStringLiteral("DELETE FROM owner_requests r WHERE NOT EXISTS (SELECT 1 FROM flow_executions e"
                                     " WHERE e.id = r.execution_id AND e.completed_at IS NULL)"))
                .run();
        return !tidied ? tidied
                       : Statement(transaction.connection,
                                   QStringLiteral("INSERT INTO owner_requests (execution_id, request) VALUES (?, ?)"
                                                  " ON CONFLICT (execution_id, request) DO NOTHING"))
                             .run(request.executionId, toString(request.what));
    });
    const std::lock_guard lock(m_mutex);
    m_requests.insert(request.executionId);
    return done;
}

QList<OwnerRequest> PostgresOwners::requests() const
{
    const Result<QList<OwnerRequest>> found =
        m_database.reader().read([](StorageConnection &connection) -> Result<QList<OwnerRequest>> {
            Statement statement(connection, QStringLiteral("SELECT execution_id, request FROM owner_requests"));
            if (Result<void> done = statement.run(); !done)
                return done.error();
            QList<OwnerRequest> requests;
            for (Result<bool> more = statement.next();; more = statement.next()) {
                if (!more)
                    return more.error();
                if (!*more)
                    return requests;
                if (const std::optional<OwnerRequest::What> what = ownerRequestFromString(statement.text(1)))
                    requests.append({statement.integer(0), *what});
            }
        });
    if (!found)
        return {}; // looked for again in a moment
    const std::lock_guard lock(m_mutex);
    for (const OwnerRequest &request : *found)
        m_requests.insert(request.executionId);
    return *found;
}

void PostgresOwners::dropRequest(const OwnerRequest &request) const
{
    [[maybe_unused]] const Result<bool> done =
        change(m_database, QStringLiteral("DELETE FROM owner_requests WHERE execution_id = ? AND request = ?"),
               request.executionId, toString(request.what));
}

void PostgresOwners::dropRequests(ExecutionId id) const
{
    {
        // Every execution that ends comes here, and hardly any was asked for.
        const std::lock_guard lock(m_mutex);
        if (!m_requests.remove(id))
            return;
    }
    [[maybe_unused]] const Result<bool> done =
        change(m_database, QStringLiteral("DELETE FROM owner_requests WHERE execution_id = ?"), id);
}

/// Waits until that is known: what a deletion refuses is refused for good.
bool PostgresOwners::isGone(const QString &deleter) const
{
    return !deadOf({deleter}, Unknown::Wait).isEmpty();
}

bool PostgresOwners::announceDeletion(const FlowId &id) const
{
    const Result<bool> announced = change(m_database,
                                          QStringLiteral("INSERT INTO flow_deletions (flow_id, owner) VALUES (?, ?)"
                                                         " ON CONFLICT (flow_id) DO NOTHING"),
                                          id, m_self);
    if (!announced || *announced)
        return announced.ok();
    const QString deleter = deleterOf(id);
    return !deleter.isNull() && isGone(deleter) && takeOverDeletion(id, deleter);
}

bool PostgresOwners::takeOverDeletion(const FlowId &id, const QString &from) const
{
    const Result<bool> taken =
        change(m_database, QStringLiteral("UPDATE flow_deletions SET owner = ? WHERE flow_id = ? AND owner = ?"),
               m_self, id, from);
    return taken && *taken;
}

void PostgresOwners::withdrawDeletion(const FlowId &id) const
{
    removeDeletion(id, m_self);
}

bool PostgresOwners::isBeingDeleted(const FlowId &id) const
{
    const QString deleter = deleterOf(id);
    if (deleter.isNull())
        return false;
    if (!isGone(deleter))
        return true;
    removeDeletion(id, deleter);
    return false;
}

void PostgresOwners::removeDeletion(const FlowId &id, const QString &owner) const
{
    [[maybe_unused]] const Result<bool> done =
        change(m_database, QStringLiteral("DELETE FROM flow_deletions WHERE flow_id = ? AND owner = ?"), id, owner);
}

/// Null when nobody deletes the flow.
QString PostgresOwners::deleterOf(const FlowId &id) const
{
    const Result<QString> owner = m_database.reader().read([&](StorageConnection &connection) -> Result<QString> {
        Statement statement(connection, QStringLiteral("SELECT owner FROM flow_deletions WHERE flow_id = ?"));
        if (Result<void> done = statement.run(id); !done)
            return done.error();
        const Result<bool> found = statement.next();
        if (!found)
            return found.error();
        return *found ? statement.text(0) : QString();
    });
    return owner ? *owner : QString();
}

} // namespace flow
