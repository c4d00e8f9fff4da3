// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "service/owner_lock.h"
#include "service/owners.h"

#include <QHash>
#include <QSet>

#include <chrono>

namespace flow {

/// Programs that share a database on a PostgreSQL server, wherever they run: a living one holds its OwnerLock, and what
/// they tell each other stands in the tables owner_requests and flow_deletions.
///
/// A program whose connection stays away for longer is taken for dead until it is back. It cannot harm anybody: the
/// record of each execution names its owner and state, and what a program writes of an execution that was taken from it
/// is refused.
class PostgresOwners final : public Owners
{
public:
    /// `database` outlives this.
    static Result<std::unique_ptr<PostgresOwners>> join(Database &database);

    QString self() const override { return m_self; }
    /// Dead is who has had no lock for a while, so that a program may lose its connection. Waits for that, see AtOnce.
    bool isAlive(const QString &owner) const override { return deadOf({owner}).isEmpty(); }
    QStringList deadOf(const QStringList &owners) const override;

    void onReturn(const std::function<void()> &call) override { m_lock->onReturn(call); }

    Result<void> request(const OwnerRequest &request) const override;
    QList<OwnerRequest> requests() const override;
    void dropRequest(const OwnerRequest &request) const override;
    void dropRequests(ExecutionId id) const override;

    bool announceDeletion(const FlowId &id) const override;
    void withdrawDeletion(const FlowId &id) const override;
    bool isBeingDeleted(const FlowId &id) const override;

private:
    PostgresOwners(Database &database, QString self, std::unique_ptr<OwnerLock> lock);
    /// A program that was seen without its lock.
    struct Missing
    {
        std::chrono::steady_clock::time_point since;
        std::chrono::steady_clock::time_point asked; ///< last
    };

    /// For how long it has had no lock.
    std::chrono::nanoseconds missingFor(const QString &owner, bool locked) const;
    std::optional<bool> isDead(const QString &owner) const;
    enum class Unknown { Wait, Lives };
    QStringList deadOf(const QStringList &owners, Unknown unknown) const;
    bool isGone(const QString &deleter) const;
    bool takeOverDeletion(const FlowId &id, const QString &from) const;
    void removeDeletion(const FlowId &id, const QString &owner) const;
    QString deleterOf(const FlowId &id) const;

    Database &m_database;
    const QString m_self;
    const std::unique_ptr<OwnerLock> m_lock;
    mutable std::mutex m_mutex;
    mutable QSet<ExecutionId> m_requests; ///< with requests that this program has seen or made
    mutable QHash<QString, Missing> m_missing;
};

} // namespace flow
