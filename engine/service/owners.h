// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/ids.h"
#include "base/result.h"
#include "service/owner_request.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <functional>
#include <memory>

namespace flow {

class Database;

/// How programs that share a database know of each other. Each is there under an id from join() on until it ends,
/// however it ends. They also ask each other to steer executions, and say which flows they are deleting, so that nobody
/// starts them meanwhile. Any thread.
class Owners
{
public:
    /// In the way that fits the database, which outlives this. Io when it cannot be done.
    static Result<std::unique_ptr<Owners>> join(Database &database);

    Owners() = default;
    virtual ~Owners();
    Q_DISABLE_COPY_MOVE(Owners)

    /// This program's id: what its executions carry as owner.
    virtual QString self() const = 0;
    /// What makes others see that this program lives, to be kept for as long as it has the database open; null where
    /// the connection itself does.
    virtual std::shared_ptr<const void> presence() const { return {}; }
    /// While one of these is there, isAlive() and deadOf() do not wait on its thread: who may only have lost his
    /// connection lives as long as that is not known. For whoever asks again soon, and on whom others depend.
    class AtOnce
    {
    public:
        AtOnce();
        ~AtOnce();
        Q_DISABLE_COPY_MOVE(AtOnce)

    private:
        const bool m_before;
    };

    /// Whether the program of that id still runs; also true where that cannot be told.
    virtual bool isAlive(const QString &owner) const = 0;
    /// Those of them whose programs do not run any more; where that takes time, for all at once.
    virtual QStringList deadOf(const QStringList &owners) const;
    /// The same, to be called while this lives.
    std::function<QStringList(const QStringList &owners)> whoIsDead() const;

    /// From now on makes this call, on a thread of its own, when the others may have taken this program for dead and
    /// cannot any more. An empty one ends that, and returns when no call is being made.
    virtual void onReturn(const std::function<void()> &call) = 0;

    /// Asks the program that runs the execution, or the next one that does.
    virtual Result<void> request(const OwnerRequest &request) const = 0;
    /// All that was asked and is not dropped.
    virtual QList<OwnerRequest> requests() const = 0;
    virtual void dropRequest(const OwnerRequest &request) const = 0;
    /// Whatever was asked of that execution.
    virtual void dropRequests(ExecutionId id) const = 0;

    /// Says that this program deletes the flow; false when that is said already or cannot be.
    virtual bool announceDeletion(const FlowId &id) const = 0;
    virtual void withdrawDeletion(const FlowId &id) const = 0;
    /// Whether a living program deletes the flow, this one included. What a dead one left is removed.
    virtual bool isBeingDeleted(const FlowId &id) const = 0;

protected:
    /// On this thread.
    static bool mayWait();
};

} // namespace flow
